"""Dates until when something can be done: the order by them, and facets that mean another thing each day."""

import pytest

from hub.core.pagination import PageRequest
from hub.search.documents import Document, Query, Sort
from hub.search.plan import And, FacetIs, Not, Or, Within
from tests.search.samples import OFFICER, PUBLIC, nothing_withheld

NOW = 1_800_000_000.0
DAY = 86_400.0

RECORDS = {
    "past": (1.0, NOW - DAY, "open", "public"),
    "tomorrow": (2.0, NOW + DAY, "open", "public"),
    "in-a-month": (3.0, NOW + 30 * DAY, "open", "public"),
    "this-minute": (4.0, NOW, "open", "public"),
    "done": (5.0, None, "completed", "public"),
    "for-police": (6.0, NOW + 2 * DAY, "open", "le"),
}
"""When each was published and is due, how far it is, and for whom."""

OPEN = FacetIs("status", frozenset({"open"}))
CLASSES = {
    "due": {
        "week": Within("due", NOW, NOW + 7 * DAY),
        "later": Within("due", NOW + 7 * DAY),
        "past": And((OPEN, Not(Within("due", NOW)))),
    },
    "state": {
        "takes": Within("due", NOW),
        "ended": Or((FacetIs("status", frozenset({"completed"})), And((OPEN, Not(Within("due", NOW)))))),
    },
}


@pytest.fixture
def index(index):
    index.rebuild(
        [
            Document(
                name,
                frozenset({label}),
                {"en": {"name": "partner wanted"}},
                {"status": (status,)},
                {"published": at} if due is None else {"published": at, "due": due},
            )
            for name, (at, due, status, label) in RECORDS.items()
        ],
        1,
    )
    return index


@pytest.fixture
def found(index):
    def ask(text="", *, labels=PUBLIC, sort=Sort.DUE, ticked=None, **asked):
        filters = {name: frozenset(values.split()) for name, values in (ticked or {}).items()}
        query = Query(labels, text, filters, sort=sort, moment=NOW, classes=CLASSES, **asked)
        return index.search(query, nothing_withheld)

    return ask


@pytest.mark.parametrize("text", ["", "partner"])
def test_what_is_due_soonest_comes_first_and_what_is_past_comes_last_the_newest_first(found, text):
    assert found(text).ids == ("tomorrow", "in-a-month", "done", "this-minute", "past")


def test_a_restricted_one_stands_in_its_place_for_whom_it_is_for(found):
    assert found(labels=OFFICER).ids[:3] == ("tomorrow", "for-police", "in-a-month")


@pytest.mark.parametrize("per_page", [1, 2, 3, 4])
def test_pages_neither_repeat_nor_miss_anything(found, per_page):
    whole = found().ids
    pages = [found(page=PageRequest(number, per_page)) for number in range(1, 7)]
    assert tuple(each for page in pages for each in page.ids) == whole
    assert {page.total for page in pages} == {5}


@pytest.mark.parametrize(
    ("ticked", "ids"),
    [
        ({"due": "week"}, {"tomorrow"}),
        ({"due": "later"}, {"in-a-month"}),
        ({"due": "past"}, {"past", "this-minute"}),
        ({"due": "week later"}, {"tomorrow", "in-a-month"}),
        ({"state": "ended"}, {"done", "past", "this-minute"}),
        ({"state": "ended", "due": "week"}, set()),
        ({"state": "takes", "status": "open"}, {"tomorrow", "in-a-month"}),
        ({"due": "nonsense"}, set()),
    ],
)
def test_values_that_nothing_holds_itself_filter(found, ticked, ids):
    results = found(ticked=ticked)
    assert (set(results.ids), results.total) == (ids, len(ids))


def test_they_are_counted_as_other_facets_are(found):
    assert found().facets["due"] == {"week": 1, "later": 1, "past": 2}
    assert found(labels=OFFICER).facets["due"] == {"week": 2, "later": 1, "past": 2}
    ticked = found(ticked={"due": "week"})
    assert ticked.facets["due"] == {"week": 1, "later": 1, "past": 2}
    assert ticked.facets["state"] == {"takes": 1}
    assert ticked.facets["status"] == {"open": 1}


def test_a_ticked_value_that_finds_nothing_is_counted_too(found):
    assert found(ticked={"state": "ended", "due": "week"}).facets["due"] == {"week": 0, "past": 2}


def test_a_record_without_words_in_common_is_in_no_count(found):
    assert found("zebra").facets.get("due", {}) == {}


def test_time_passes(index):
    later = {"due": {"past": And((OPEN, Not(Within("due", NOW + 2 * DAY))))}}
    query = Query(PUBLIC, sort=Sort.DUE, moment=NOW + 2 * DAY, classes=later)
    found = index.search(query, nothing_withheld)
    assert found.ids == ("in-a-month", "done", "this-minute", "tomorrow", "past")
    assert found.facets["due"] == {"past": 3}
