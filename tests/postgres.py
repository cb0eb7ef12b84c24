"""Databases of this test process on the PostgreSQL server that CI names; they go when the process ends."""

import os

from sqlalchemy import text
from sqlalchemy.engine import make_url

from hub.core.database import make_engine

POSTGRES_URL = os.environ.get("HUB_TEST_POSTGRES_URL", "")

_made: list[str] = []


def address_of(name: str) -> str:
    """Return the address of a database on the server."""
    return make_url(POSTGRES_URL).set(database=name).render_as_string(hide_password=False)


def new_database(use: str) -> str:
    """Make an empty database that no other process uses, another run of the tests on the same server included.

    Args:
        use: what it is for; the first part of its name after `hub`.

    Returns:
        Its name.
    """
    name = f"hub_{use}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    _ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    _made.append(name)
    return name


def remove_databases() -> None:
    """Remove what `new_database` made."""
    _ask(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in _made))
    _made.clear()


def _ask(*statements: str) -> None:
    if not statements:
        return
    admin = make_engine(POSTGRES_URL).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    admin.dispose()
