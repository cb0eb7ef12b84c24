"""Checks of the database itself: does it answer, is its schema that of this version, do its guards stand?"""

import re
from collections.abc import Callable, Iterator

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from hub.audit import triggers as audit_triggers
from hub.audit.checkpoints import triggers as checkpoint_triggers
from hub.catalogue import triggers as catalogue_triggers
from hub.cli.doctor.files import sqlite_file
from hub.cli.doctor.findings import Finding, Situation, ok, problem
from hub.config import Settings
from hub.core.database import make_engine, session
from hub.migrations import FOLDER

PATIENCE = 5
"""Seconds to wait for a PostgreSQL server."""

TRIGGER = re.compile(r"CREATE TRIGGER (\w+)")

STATEMENTS: tuple[Callable[[str], tuple[str, ...]], ...] = (
    audit_triggers.create_statements,
    checkpoint_triggers.create_statements,
    catalogue_triggers.create_statements,
)


class NoDatabaseError(Exception):
    """There is no database to look at; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def opened(settings: Settings) -> Engine:
    """Return an engine on a database that answers; never makes one.

    Raises:
        NoDatabaseError: there is none, or it does not answer.
    """
    file = sqlite_file(settings)
    if file is not None and not file.is_file():
        raise NoDatabaseError(
            problem(
                f"There is no database at {file}.", "Run `hub init`, with the HUB_DATABASE_URL of the server."
            )
        )
    try:
        url = make_url(settings.database_address)
        if url.get_backend_name() == "postgresql":
            url = url.update_query_dict({"connect_timeout": str(PATIENCE)})
        engine = make_engine(url.render_as_string(hide_password=False))
    except (ArgumentError, ModuleNotFoundError) as error:
        reason = (
            "its driver is not installed" if isinstance(error, ModuleNotFoundError) else "it is no address"
        )
        raise NoDatabaseError(
            problem(
                f"HUB_DATABASE_URL cannot be used: {reason}.",
                "For PostgreSQL run `python3 scripts/bootstrap.py --postgres` and write"
                " postgresql+psycopg://hub:password@localhost/hub.",
            )
        ) from error
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        engine.dispose()
        raise NoDatabaseError(
            problem(
                f"The database does not answer: {_first_line(error)}",
                "Start it, or mend HUB_DATABASE_URL or its rights.",
            )
        ) from error
    return engine


def _first_line(error: SQLAlchemyError) -> str:
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return said[0] if said else type(error).__name__


def version(engine: Engine) -> Finding:
    """Say whether the schema is that of this version; only then is the finding `ok`."""
    scripts = ScriptDirectory(str(FOLDER))
    head = scripts.get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == head:
        return ok(f"The database answers, and its schema is that of this version ({head}).")
    if current is None:
        return problem("The database has not been prepared.", "Run `hub init`.")
    if current not in {script.revision for script in scripts.walk_revisions()}:
        return problem(
            f"The schema of the database ({current}) is newer than this version of the hub ({head}).",
            "Run the version that it belongs to, or restore a backup.",
        )
    return problem(
        f"The schema of the database stands at {current}, and this version needs {head}.", "Run `hub init`."
    )


def guards(situation: Situation) -> Iterator[Finding]:
    """Look whether the triggers stand that make the database refuse to rewrite the audit log and approved revisions."""
    del situation
    dialect = session().get_bind().dialect.name
    expected = {
        match.group(1): statement
        for create in STATEMENTS
        for statement in create(dialect)
        if (match := TRIGGER.match(statement))
    }
    found = _triggers(dialect)
    missing = sorted(expected.keys() - found.keys())
    # PostgreSQL stores no statement to compare
    changed = sorted(
        name for name, sql in found.items() if sql and name in expected and sql != expected[name]
    )
    if missing or changed:
        names = ", ".join(missing + changed)
        yield problem(
            f"The database no longer refuses to rewrite its records: {names} missing or changed.",
            "Find out who took it away, run `hub audit verify`, and restore a backup that verifies.",
        )
    else:
        yield ok("The database refuses to rewrite the audit log and approved revisions.")


def _triggers(dialect: str) -> dict[str, str]:
    """Return the statement of each trigger that is in force, empty where the database keeps none."""
    if dialect == "sqlite":
        query = "SELECT name, sql AS statement FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT tgname AS name, '' AS statement FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(pg_class.oid)"
        )
    return {row.name: row.statement for row in session().execute(text(query))}
