"""`hub commitments`: the commitments that come with the hub."""

from collections.abc import Collection

import click

from hub.cli.context import opened_database, read_settings
from hub.commitments.codes import normal_code
from hub.commitments.loading import Loaded, coming_records, load_commitments
from hub.config import Settings
from hub.core.database import transaction


@click.group()
def commitments() -> None:
    """Keep the commitments that come with the hub."""


@commitments.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...")
def load(codes: tuple[str, ...]) -> None:
    """Add the commitments that come with the hub and are missing; what is there stays as it is.

    Where CODEs are named, such as UK0066, only these.
    """
    known = {each.details.code for each in coming_records()}
    unknown = sorted({normal_code(code) for code in codes} - known)
    if unknown:
        raise click.ClickException(f"These do not come with the hub: {', '.join(unknown)}.")
    loaded = load_missing(read_settings(), [normal_code(code) for code in codes])
    click.echo(f"Loaded {loaded.created} commitments; {loaded.kept} were there and stay as they are.")


def load_missing(settings: Settings, only: Collection[str] = ()) -> Loaded:
    """Add the commitments that come with the hub and are missing; return what was done.

    Args:
        settings: of the instance.
        only: codes of those that are wanted; all, where none are named.
    """
    with opened_database(settings), transaction():
        return load_commitments(only)
