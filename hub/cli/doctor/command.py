"""The `hub doctor` command."""

import os
from collections import Counter

import click
from pydantic import ValidationError

from hub.cli.context import settings_faults
from hub.cli.doctor.findings import Finding, Level, Situation, problem
from hub.cli.doctor.table import examine
from hub.config import Settings

COLOURS = {Level.OK: "green", Level.WARNING: "yellow", Level.PROBLEM: "red"}


@click.command()
def doctor() -> None:
    """Say what is unsafe or broken, and what to do about it; exit 1 if there is any problem."""
    counted: Counter[Level] = Counter()
    try:
        findings = examine(Situation(Settings(), os.environ))
    except ValidationError as error:
        findings = iter([problem(fault, "Mend it, then ask again.") for fault in settings_faults(error)])
    for finding in findings:
        counted[finding.level] += 1
        _tell(finding)
    click.echo(
        f"Problems: {counted[Level.PROBLEM]}, warnings: {counted[Level.WARNING]}, in order: {counted[Level.OK]}."
    )
    if counted[Level.PROBLEM]:
        raise SystemExit(1)


def _tell(finding: Finding) -> None:
    click.echo(f"{click.style(f'{finding.level.value:8}', fg=COLOURS[finding.level])} {finding.words}")
    if finding.remedy:
        click.echo(f"{'':8} → {finding.remedy}")
