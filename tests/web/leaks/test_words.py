"""Every text column of the schema holds its word in something hidden, or stands in the list of those that need none."""

import pytest

from tests.catalogue.cast import make_cast
from tests.web.leaks.planting import hide_people, hide_record, plant, rows_now, rows_since, unplanted
from tests.web.leaks.words import EXEMPT, WORDS, reason_for

pytestmark = pytest.mark.db


def test_every_text_column_is_planted_or_says_why_not(database):
    scene = make_cast().scene
    before = rows_now()
    innovation = hide_record(scene)
    hide_people(innovation)
    plant(rows_since(before))
    assert unplanted() == []


def test_the_list_of_reasons_names_columns_that_are_there():
    used = {EXEMPT[key] for key in EXEMPT if "*" in key or tuple(key.split(".")) in WORDS}
    assert used == set(EXEMPT.values())
    assert all(reason_for(table, column) or column for table, column in WORDS)
