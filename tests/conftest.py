"""Databases for the tests: SQLite always, PostgreSQL too for what is marked `db`."""

import gc
import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from hub.core.database import make_engine, session_scope
from hub.migrations import upgrade

POSTGRES_URL = os.environ.get("HUB_TEST_POSTGRES_URL", "")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Repeat what is marked `db` on PostgreSQL, where CI names one."""
    if "engine" in metafunc.fixturenames:
        kinds = ["sqlite"]
        if metafunc.definition.get_closest_marker("db"):
            kinds.append("postgres")
        metafunc.parametrize("engine", kinds, indirect=True, scope="session")


def pytest_collection_finish() -> None:
    """Have garbage looked for rarely, and never among the modules and tests, which stay to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with every table and trigger, shared by the tests of this process."""
    if request.param == "postgres":
        if not POSTGRES_URL:
            pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
        made = _postgres(os.environ.get("PYTEST_XDIST_WORKER", "main"))
    else:
        made = make_engine(f"sqlite:///{tmp_path_factory.mktemp('database') / 'hub.sqlite'}")
    upgrade(made)
    yield made
    made.dispose()


def _postgres(worker: str) -> Engine:
    """Make a database of its own for each test process."""
    name = f"hub_test_{worker}"
    admin = make_engine(POSTGRES_URL).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return make_engine(make_url(POSTGRES_URL).set(database=name).render_as_string(hide_password=False))


@pytest.fixture
def database(engine: Engine) -> Iterator[Session]:
    """An open session whose every commit is a savepoint, undone after the test."""
    with engine.connect() as connection:
        outer = connection.begin()
        with session_scope(connection) as opened:
            yield opened
        outer.rollback()
