"""Every text column of the schema holds its word in something hidden, or stands in the list of those that need none."""

import pytest

from tests.web.leaks.planting import plant, unplanted
from tests.web.leaks.words import EXEMPT, WORDS


@pytest.mark.db
def test_every_text_column_is_planted_or_says_why_not(hub):
    plant(hub.rows)
    assert unplanted() == []


def test_the_list_of_reasons_names_columns_that_are_there():
    columns = {f"{table}.{column}" for table, column in WORDS} | {f"*.{column}" for _, column in WORDS}
    assert sorted(set(EXEMPT) - columns) == []
    assert all(EXEMPT.values())
