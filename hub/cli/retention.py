"""`hub retention`: deletes what is kept no longer, or says what that would be."""

import click

from hub.cli.context import opened_database, read_settings
from hub.privacy.retention import FILE_RULES, RULES, due, sweep


@click.command()
@click.option("--dry-run", is_flag=True, help="Only count; nothing is deleted.")
def retention(*, dry_run: bool) -> None:
    """Delete what is kept no longer, as the worker does once an hour; what is kept how long is in docs/privacy.md."""
    settings = read_settings()
    with opened_database(settings):
        counts = due(settings.instance) if dry_run else sweep(settings.instance)
    for rule in (*RULES, *FILE_RULES):
        click.echo(f"{counts[rule.name]:>8}  {rule.what} (kept: {rule.kept})")
    click.echo("Nothing was deleted." if dry_run else "Deleted.")
