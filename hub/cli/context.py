"""Opens what a command needs: settings, database, one session."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from pydantic import ValidationError
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from hub.config import Settings
from hub.core.database import make_engine, session_scope
from hub.members.models import Member


def read_settings() -> Settings:
    """Return the settings from the environment.

    Raises:
        click.ClickException: one of them cannot be; one sentence for each.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise click.ClickException("\n".join(settings_faults(error))) from None


def settings_faults(error: ValidationError) -> list[str]:
    """Return what is wrong with the settings, a sentence each, without what was set: passwords may stand in it."""
    return [
        f"HUB_{str(fault['loc'][0]).upper()}: {fault['msg']}."
        if fault["loc"]
        else f"{fault['msg'].removeprefix('Value error, ')}."
        for fault in error.errors()
    ]


@contextmanager
def opened_database(settings: Settings | None = None) -> Iterator[Session]:
    """Open a session on the database that the settings name, for the length of one command.

    Raises:
        click.ClickException: there is no such database, or it has not been prepared.
    """
    engine = make_engine((settings or Settings()).database_address)
    try:
        if not inspect(engine).has_table(Member.__tablename__):
            raise click.ClickException("This instance is not prepared. `hub init` prepares it.")
        with session_scope(engine) as opened:
            yield opened
    except OperationalError as error:
        raise click.ClickException(f"The database does not answer: {error.orig}") from error
    finally:
        engine.dispose()
