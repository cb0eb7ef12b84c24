"""The migrations lead to exactly the tables that the models describe, and back."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from hub.audit import triggers as audit_triggers
from hub.audit.checkpoints import triggers as checkpoint_triggers
from hub.catalogue import triggers as catalogue_triggers
from hub.core.database import make_engine
from hub.migrations import METADATA, downgrade, upgrade


def schema(engine: Engine) -> set[str]:
    """Return what SQLite keeps of its tables, indexes and triggers; the order of clauses does not matter."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")).scalars()
        plain = ("".join(row.replace('"', "").split()) for row in rows if "alembic" not in row)
        return {",".join(sorted(row.replace(")", "").replace("(", ",").split(","))) for row in plain}


def test_migrations_make_what_the_models_describe(tmp_path: Path) -> None:
    migrated = make_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    upgrade(migrated)
    described = make_engine(f"sqlite:///{tmp_path / 'described.sqlite'}")
    METADATA.create_all(described)
    with described.begin() as connection:
        protections = (audit_triggers, checkpoint_triggers, catalogue_triggers)
        for statement in (each for part in protections for each in part.create_statements("sqlite")):
            connection.exec_driver_sql(statement)
    assert schema(migrated) == schema(described)


@pytest.mark.db
def test_every_migration_can_be_undone_and_done_again(engine: Engine) -> None:
    try:
        for target in ("0006", "0005", "0004", "0003", "0002", "0001", "base"):
            downgrade(engine, target)
        assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    finally:
        upgrade(engine)
    assert set(METADATA.tables) <= set(inspect(engine).get_table_names())


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'hub.sqlite'}")
    upgrade(engine)
    before = schema(engine)
    upgrade(engine)
    assert schema(engine) == before
