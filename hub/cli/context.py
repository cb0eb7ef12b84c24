"""Opens what a command needs: settings, database, one session."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from hub.config import Settings
from hub.core.database import make_engine, session_scope


@contextmanager
def opened_database(settings: Settings | None = None) -> Iterator[Session]:
    """Open a session on the database that the settings name, for the length of one command."""
    engine = make_engine((settings or Settings()).database_address)
    try:
        with session_scope(engine) as opened:
            yield opened
    finally:
        engine.dispose()
