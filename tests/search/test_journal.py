"""Changes are queued in the transaction that makes them, and numbered in the order of commits."""

import pytest

from hub.core.database import transaction
from hub.search.documents import Query
from hub.search.queries import Difference, Fault, differences, find, lag, newest_number, pending, withheld_ids
from hub.search.service import queue_document, queue_removal
from tests.search.samples import PUBLIC, document

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("database")]


@pytest.fixture
def start(database):
    return newest_number()


def test_a_document_comes_back_as_it_was_queued(start):
    made = document("a", "Ünïcode \U0001f642", labels="le:GE org:3", country="GE ID", at=1.5)
    with transaction():
        queue_document(made, narrows=False)
    assert [change.document for change in pending(start, 10)] == [made]


def test_rows_are_read_in_order_and_in_portions(start):
    for name in "abc":
        with transaction():
            queue_document(document(name), narrows=False)
    assert [change.document_id for change in pending(start, 2)] == ["a", "b"]
    assert [change.number for change in pending(start + 2, 2)] == [start + 3]
    assert newest_number() == start + 3


def test_what_fails_queues_nothing(start):
    def fail():
        with transaction():
            queue_document(document("a"), narrows=False)
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - it is our own
        fail()
    assert newest_number() == start


def test_narrowing_and_removal_withhold_until_applied(start):
    with transaction():
        queue_document(document("wide"), narrows=False)
        queue_document(document("narrow"), narrows=True)
    with transaction():
        queue_removal("gone")
    assert withheld_ids(start) == {"narrow", "gone"}
    assert withheld_ids(start + 2) == {"gone"}
    assert withheld_ids(start + 3) == frozenset()


def test_a_search_leaves_out_what_the_index_does_not_know_yet(start, index):
    index.rebuild([document("a", "words"), document("b", "words")], start)
    with transaction():
        queue_removal("a")
    assert find(index, Query(PUBLIC, "words")).ids == ("b",)
    assert lag(index) == 1


def test_lag_is_unknown_without_an_index(index):
    assert lag(index) is None


def test_differences_are_named(start, index):
    index.rebuild([document("same"), document("old", "words"), document("gone")], start)
    found = differences(index, [document("same"), document("old", "other words"), document("new")])
    assert found == [
        Difference("gone", Fault.UNEXPECTED),
        Difference("new", Fault.MISSING),
        Difference("old", Fault.DIFFERENT),
    ]


def test_what_still_waits_is_no_difference(start, index):
    index.rebuild([], start)
    with transaction():
        queue_document(document("a"), narrows=False)
    assert differences(index, [document("a")]) == []
