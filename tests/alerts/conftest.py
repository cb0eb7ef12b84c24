"""A count of queries, and a search engine of one's own."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from hub.config import Settings
from hub.jobs.indexing import documents
from hub.search.engine import make_search_engine
from hub.search.indexer import rebuild


@pytest.fixture
def queries_of(database):
    """Count the statements that read inside a `with`."""

    @contextmanager
    def counting():
        asked = []

        def note(_connection, _cursor, statement, *_rest):
            if statement.lstrip().upper().startswith(("SELECT", "WITH")):
                asked.append(statement)

        bind = database.get_bind()
        event.listen(bind, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(bind, "before_cursor_execute", note)

    return counting


@pytest.fixture
def engine_of(database, tmp_path):
    """A search engine, and a function that brings it abreast of the database."""
    engine = make_search_engine(Settings(instance=tmp_path))

    def catch_up():
        database.commit()
        rebuild(database.get_bind(), engine, documents)
        return engine

    return catch_up
