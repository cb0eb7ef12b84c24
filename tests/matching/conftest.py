"""An index of what is suggested, on the test's own database, and a count of queries."""

import pytest

from hub.matching.index.index import MatchIndex
from tests.alerts.conftest import queries_of

__all__ = ["matching", "queries_of"]


@pytest.fixture
def matching(database, tmp_path):
    """An index that nobody wrote yet: what factories store after its first use it knows after `matching.forget()`."""
    return MatchIndex(tmp_path / "matching", "the secret of a test")
