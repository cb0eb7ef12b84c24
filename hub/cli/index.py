"""`hub index`: this node's search index and suggestions, made anew from the database; the index compared with it."""

import sys
import time

import click

from hub.cli.context import opened_database
from hub.config import Settings
from hub.core.database import make_engine
from hub.core.errors import UnavailableError
from hub.jobs.indexing import documents
from hub.matching.index.index import make_match_index
from hub.search.engine import SearchEngine, make_search_engine
from hub.search.indexer import rebuild as rebuild_index
from hub.search.queries import differences

PATIENCE = 600.0
"""Seconds to wait for a running server's indexer to build the index anew."""

POLL = 0.5


@click.group()
def index() -> None:
    """Keep the search index of this node in order."""


@index.command()
def rebuild() -> None:
    """Build the index anew from the database, and suggestions; the old ones serve until the new ones stand."""
    settings, started = Settings(), time.monotonic()
    count = build_index(settings)
    click.echo(f"Indexed {count} documents in {time.monotonic() - started:.1f} s.")
    prepare_suggestions(settings)


def build_index(settings: Settings) -> int:
    """Build the index anew, or have the running hub that keeps it do so; return how many documents it holds."""
    engine = make_search_engine(settings)
    database = make_engine(settings.database_address)
    with engine.folder.lock() as is_ours:
        if is_ours:
            rebuild_index(database, engine, documents, _tell)
            _tell_end()
        else:
            click.echo("A running hub keeps this index; asking it to build the index anew.")
            _wait_for_rebuild(engine)
    database.dispose()
    return len(engine.contents().digests)


def prepare_suggestions(settings: Settings) -> None:
    """Write anew what suggestions are made from, or have the running hub that does so now do it again."""
    matching = make_match_index(settings)
    with matching.folder.lock() as is_ours:
        if is_ours:
            with opened_database(settings):
                count = matching.rebuild()
            click.echo(f"Prepared suggestions of {count} things.")
        else:
            matching.folder.want_rebuild()
            click.echo("A running hub prepares suggestions at this moment; it will do so once more.")


@index.command()
def check() -> None:
    """Compare the index with the database; exit 1 on any difference."""
    settings = Settings()
    engine = make_search_engine(settings)
    try:
        with opened_database(settings):
            found = differences(engine, documents())
    except UnavailableError as error:
        raise click.ClickException("There is no sound index. `hub index rebuild` builds one.") from error
    for difference in found:
        click.echo(f"{difference.fault}: {difference.document_id}")
    if found:
        raise click.ClickException(f"The index differs from the database in {len(found)} documents.")
    click.echo("The index equals the database.")


def _tell(count: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{count} documents …", nl=False, err=True)


def _tell_end() -> None:
    if sys.stderr.isatty():
        click.echo("\r", nl=False, err=True)


def _wait_for_rebuild(engine: SearchEngine) -> None:
    engine.want_rebuild()
    deadline = time.monotonic() + PATIENCE
    while engine.is_rebuild_wanted():
        if time.monotonic() > deadline:
            raise click.ClickException(f"The running hub did not build the index within {PATIENCE:.0f} s.")
        time.sleep(POLL)
