"""Databases for the tests: SQLite always, PostgreSQL too for what is marked `db`."""

import gc
from collections.abc import Generator, Iterator

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from hub.core.database import make_engine, session_scope
from hub.insights.kept import forget
from hub.migrations import upgrade
from tests.postgres import POSTGRES_URL, address_of, new_database, remove_databases
from tests.spreading import spread, waits_for_a_browser

# Factories write what no service logs, so public figures that are kept would not notice.
for _written in ("after_flush", "after_bulk_update", "after_bulk_delete", "after_rollback"):
    event.listen(Session, _written, lambda *_: forget())


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Generator[None, int, int]:
    """Have `-n auto` start a process a core, and one more where one of them waits for a browser."""
    cores = yield
    return cores + waits_for_a_browser(config)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Repeat what is marked `db` on PostgreSQL, where CI names one."""
    if "engine" in metafunc.fixturenames:
        kinds = ["sqlite"]
        if metafunc.definition.get_closest_marker("db"):
            kinds.append("postgres")
        metafunc.parametrize("engine", kinds, indirect=True, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL what a test's mark keeps to SQLite, and spread the others over the processes.

    `db(name=values)` says what is repeated.
    """
    left_out = [item for item in items if _is_for_sqlite_only(item)]
    if left_out:
        kept = set(items) - set(left_out)
        items[:] = [item for item in items if item in kept]
        config.hook.pytest_deselected(items=left_out)
    items[:] = spread(items, getattr(config, "workerinput", {}).get("workercount", 1))


def _is_for_sqlite_only(item: pytest.Item) -> bool:
    mark, call = item.get_closest_marker("db"), getattr(item, "callspec", None)
    if mark is None or call is None or call.params.get("engine") != "postgres":
        return False
    return any(call.params[parameter] not in repeated for parameter, repeated in mark.kwargs.items())


def pytest_sessionfinish() -> None:
    """Remove the databases of this process."""
    remove_databases()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Have garbage looked for rarely, and never among the modules and tests, which stay to the end.

    While they are collected nothing is dropped, and looking for garbage would take as long as all the rest.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        gc.enable()


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with every table and trigger, shared by the tests of this process."""
    if request.param == "postgres":
        if not POSTGRES_URL:
            pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
        made = make_engine(address_of(new_database("test")))
    else:
        made = make_engine(f"sqlite:///{tmp_path_factory.mktemp('database') / 'hub.sqlite'}")
    upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def database(engine: Engine) -> Iterator[Session]:
    """An open session whose every commit is a savepoint, undone after the test."""
    with engine.connect() as connection:
        outer = connection.begin()
        with session_scope(connection) as opened:
            yield opened
        outer.rollback()
