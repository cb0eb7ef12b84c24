"""A count of the queries that a page asks."""

import pytest

from tests.web.catalogue.conftest import QueryCount


@pytest.fixture
def queries(app):
    """Count the SELECTs of whatever is done inside a `with`."""
    return QueryCount(app.extensions["hub"].bind)
