"""The database schema and the way from one version of it to the next (Alembic, called directly)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from hub.migrations.tables import METADATA

FOLDER = Path(__file__).parent


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to `revision`, in one transaction; does nothing where it is there already."""
    _run(engine, command.upgrade, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the database back to `revision`; `base` removes every table."""
    _run(engine, command.downgrade, revision)


def _run(engine: Engine, act: object, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    with engine.connect().execution_options(hub_write=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        act(config, revision)  # type: ignore[operator]


__all__ = ["METADATA", "downgrade", "upgrade"]
