"""The orders in which results can be read."""

import pytest

from hub.search.documents import Document, Query, Sort
from tests.search.samples import PUBLIC, nothing_withheld

RECORDS = {"old-strong": (1.0, 4), "new-weak": (3.0, 0), "new-strong": (2.0, 4), "middling": (4.0, 2)}
"""When each was published, and the level of its evidence."""


@pytest.fixture
def index(index):
    index.rebuild(
        [
            Document(
                name,
                PUBLIC,
                {"en": {"name": "gift ledger"}},
                {"evidence": (str(level),)},
                {"published": at, "evidence": level},
            )
            for name, (at, level) in RECORDS.items()
        ],
        1,
    )
    return index


@pytest.mark.parametrize("text", ["", "gift"])
def test_the_best_evidence_comes_first_and_among_equals_the_newest(index, text):
    found = index.search(Query(PUBLIC, text, sort=Sort.EVIDENCE), nothing_withheld)
    assert found.ids == ("new-strong", "old-strong", "middling", "new-weak")


def test_levels_can_be_filtered_and_are_counted(index):
    query = Query(PUBLIC, filters={"evidence": frozenset({"4"})})
    found = index.search(query, nothing_withheld)
    assert (found.total, found.facets["evidence"]) == (2, {"0": 1, "2": 1, "4": 2})


def test_a_document_without_a_level_comes_last(index):
    index.rebuild([Document("none", PUBLIC, {"en": {"name": "gift"}}), *_documents()], 2)
    found = index.search(Query(PUBLIC, sort=Sort.EVIDENCE), nothing_withheld)
    assert found.ids[-1] == "none"


def _documents():
    return [Document("some", PUBLIC, {"en": {"name": "gift"}}, {}, {"published": 1.0, "evidence": 1.0})]
