"""An officer and a scientist with a browser each, a tool that fits the officer's need, and a count of queries."""

import pytest

from tests.matching.scenes import officer, scientist, tracing_tool
from tests.web.catalogue.conftest import QueryCount
from tests.web.client import main_of, words


@pytest.fixture
def queries(app):
    """Count the SELECTs of whatever is done inside a `with`."""
    return QueryCount(app.extensions["hub"].bind)


@pytest.fixture
def nino(database):
    """A Georgian officer who needs tools for asset tracing."""
    return officer()


@pytest.fixture
def marta(database):
    """A data scientist who offers network analysis."""
    return scientist()


@pytest.fixture
def tool(database):
    """A record about asset tracing."""
    return tracing_tool()


@pytest.fixture
def browser(client, nino, matching):
    """The officer's browser; the index knows everything that was stored by its first use."""
    matching.forget()
    return client.become(nino)


@pytest.fixture
def said():
    """Return what a page says in its main part."""

    def read(answer):
        return words(main_of(answer.text))

    return read
