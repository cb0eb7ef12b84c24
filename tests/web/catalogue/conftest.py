"""The people of one record with a browser each, and a count of the queries that a page asks."""

import pytest
from sqlalchemy import event

from tests.catalogue.cast import make_cast
from tests.catalogue.records import make_scene


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def partner(scene, new_client):
    """The browser of whoever registers."""
    return new_client().become(scene.partner)


@pytest.fixture
def coordinator(scene, new_client):
    """The browser of whoever reviews."""
    return new_client().become(scene.coordinator)


@pytest.fixture
def colleague(scene, new_client):
    """The browser of another coordinator."""
    return new_client().become(scene.colleague)


@pytest.fixture
def cast(database):
    """Everybody who takes part in the life of a whole record."""
    return make_cast()


@pytest.fixture
def browser_of(cast, new_client):
    """Open the browser of one of the cast, by name."""

    def open_browser(name):
        return new_client().become(cast[name]) if cast[name] else new_client()

    return open_browser


@pytest.fixture
def queries(app):
    """Count the SELECTs of whatever is done inside a `with`."""
    return QueryCount(app.extensions["hub"].bind)


class QueryCount:
    """Counts statements that read; savepoints belong to the tests, not to the page."""

    def __init__(self, bind):
        self._bind = bind
        self.statements = []

    def __enter__(self):
        self.statements.clear()
        event.listen(self._bind, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_details):
        event.remove(self._bind, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            self.statements.append(statement)

    def __len__(self):
        return len(self.statements)
