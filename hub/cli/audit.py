"""`hub audit`: proves the audit log whole or names its first break, and writes the log that is published."""

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from hub.audit.encoding import log_line, time_text
from hub.audit.queries import erased_numbers, first_loose_number, published_links, stored_entries
from hub.audit.verify import Verdict, verify_log, verify_stored
from hub.cli.context import opened_database


@click.group()
def audit() -> None:
    """Check and publish the log of decisions."""


@audit.command()
@click.option(
    "--log",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check this published log instead of the database; needs no database at all.",
)
def verify(log: Path | None) -> None:
    """Prove that the log is whole, or name its first break and exit with 1.

    Entries cut off at the end leave no trace in the log itself: keep the count and hash that this prints,
    and compare.
    """
    erased: Sequence[int] = ()
    if log is not None:
        # Undecodable bytes become signs that no sound line holds.
        with log.open(encoding="utf-8", errors="replace", newline="\n") as lines:
            verdict = verify_log(lines)
    else:
        with opened_database():
            verdict = verify_stored(stored_entries(), first_loose_number())
            erased = erased_numbers()
    _report(verdict)
    if erased:
        click.echo(f"Private parts erased: {len(erased)}, of entries {', '.join(map(str, erased))}.")


@audit.command()
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True, atomic=True))
def export(file: TextIO) -> None:
    """Write the published log to FILE: number, time, commitment and hash of each entry, nothing personal."""
    count = 0
    with opened_database():
        for link in published_links():
            file.write(log_line(link) + "\n")
            count += 1
    click.echo(f"{count} entries written.", err=True)


def _report(verdict: Verdict) -> None:
    if verdict.first_break is not None:
        raise click.ClickException(str(verdict.first_break))
    if verdict.recorded_at is None:
        click.echo("The audit log is whole: it has no entries yet.")
        return
    click.echo(
        f"The audit log is whole: {verdict.entries} entries, the last of {time_text(verdict.recorded_at)}."
    )
    click.echo(f"Hash of the last entry: {verdict.head}")
