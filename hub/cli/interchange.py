"""`hub import` and `hub export`: records in and out, in CSV and JSON."""

import json
import sys
from pathlib import Path
from typing import TextIO

import click

from hub.cli.context import opened_database
from hub.config import Settings
from hub.core.errors import HubError
from hub.interchange.exporting import export_pieces
from hub.interchange.importing import import_rows
from hub.interchange.reading import FORMATS, RowFile, read_file
from hub.interchange.report import Report
from hub.members.models import Member
from hub.members.queries import member_by_email

FORMAT = click.option("--format", "kind", type=click.Choice(FORMATS), required=True, help="What FILE is.")

SHOWN_PROBLEMS = 20


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@FORMAT
@click.option("--as", "email", required=True, metavar="EMAIL", help="Who imports: the drafts are theirs.")
@click.option("--language", default="en-GB", show_default=True, help="Language of records that name none.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report there, as JSON.",
)
def import_records(
    file: Path, kind: str, email: str, language: str, report_file: Path | None, *, dry_run: bool
) -> None:
    """Import the records of FILE as drafts, or as changes of what was imported before.

    A bad row is named and left out whole; the others are imported. Exit 1 only if the file cannot be read.
    """
    if report_file is not None:
        _touch(report_file)
    try:
        rows = read_file(file, kind)
        with opened_database():
            actor = member_by_email(email)
            if actor is None:
                raise click.ClickException(f"No account has the address {email}.")
            report = _import(actor, rows, language, is_dry_run=dry_run)
    except HubError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or file}: {error.strerror}") from error
    if report_file is not None:
        report_file.write_text(
            json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
    _tell(report, "record" if kind == "json" else "line", is_dry_run=dry_run)


@click.command("export")
@click.option("--format", "kind", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option(
    "--out",
    type=click.File("w", encoding="utf-8", lazy=True, atomic=True),
    default="-",
    help="The file to write, whole or not at all; standard output if none is named.",
)
def export_records(kind: str, out: TextIO) -> None:
    """Write all public innovations. Importing the file again changes nothing."""
    settings = Settings()
    with opened_database(settings):
        out.writelines(export_pieces(kind, settings.base_url.rstrip("/")))


def _import(actor: Member, rows: RowFile, language: str, *, is_dry_run: bool) -> Report:
    # no bar where nobody watches: the report goes to standard output, the bar to standard error
    with click.progressbar(
        length=rows.total, label="Checking" if is_dry_run else "Importing", file=sys.stderr
    ) as bar:

        def note(report: Report) -> None:
            bar.update(report.done - bar.pos)

        return import_rows(actor, rows, language=language, is_dry_run=is_dry_run, note=note)


def _touch(path: Path) -> None:
    """Make sure that the report can be written before anything is imported."""
    try:
        path.touch()
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error


def _tell(report: Report, unit: str, *, is_dry_run: bool) -> None:
    would = "Nothing was changed; this is what an import would do.\n" if is_dry_run else ""
    click.echo(
        f"{would}created {report.created}, updated {report.updated}, unchanged {report.unchanged}, "
        f"rejected {report.rejected}"
    )
    for problem in report.problems[:SHOWN_PROBLEMS]:
        place = dict.fromkeys((f"{unit} {problem.line}", problem.record, problem.field))
        click.echo(f"{', '.join(filter(None, place))}: {problem.words()}")
    if len(report.problems) > SHOWN_PROBLEMS:
        click.echo(f"{len(report.problems) - SHOWN_PROBLEMS} more problems; --report names them all.")
