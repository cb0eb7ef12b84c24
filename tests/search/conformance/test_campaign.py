"""Random changes of records, in a process that is killed now and then, leave an index that equals the database."""

import pytest

from benchmarks.campaigns import changes
from tests.search.conformance.engines import ENGINES


@pytest.mark.parametrize("name", ENGINES)
def test_random_changes_and_kills_leave_the_index_equal_to_the_database(tmp_path, name):
    found = changes.run(tmp_path, changes=25, engines=(name,))
    assert found["passed"], found
    assert found[name]["changes"] >= 25
