"""The words of what a viewer may see, and of nothing else."""

from itertools import count

import pytest

from hub.search.changes import Change
from hub.search.documents import Collection, Query
from hub.search.plan import And, FacetIs, Not, Term, Where, Word
from tests.search.conformance.engines import written
from tests.search.samples import PUBLIC, nothing_withheld

POLICE = PUBLIC | {"le"}


@pytest.fixture
def lexicon(shelf):
    return shelf.lexicon(Query(PUBLIC), nothing_withheld)


def test_words_with_a_beginning_are_told(lexicon):
    assert lexicon.starting("re", 20) == ["reads", "red", "register"]
    assert lexicon.starting("re", 2) == ["reads", "red"]
    assert lexicon.starting("zz", 5) == []


def test_words_of_most_visible_documents_come_first(index):
    def said(text, labels=PUBLIC):
        place = next(places)
        return written(f"d{place}", {"en": {"name": text, "description": text}}, labels=labels)

    places = count()
    hidden = [said("palace", frozenset({"le"})) for _ in range(3)]
    index.rebuild([said("pattern"), said("pattern"), said("paper"), said("palace"), *hidden], 1)
    for where in Where:
        ours, theirs = (index.lexicon(Query(each), nothing_withheld) for each in (PUBLIC, POLICE))
        assert ours.starting("pa", 9, where) == ["pattern", "palace", "paper"]
        assert theirs.starting("pa", 9, where) == ["palace", "pattern", "paper"]


def test_words_of_names_are_told_apart(lexicon):
    assert lexicon.starting("re", 9, Where.NAME) == ["register"]
    assert lexicon.starting("te", 9, Where.NAME) == ["tender"]
    assert lexicon.starting("quiet", 9, Where.NAME) == []


def test_words_are_told_among_what_is_wanted(lexicon):
    wanted = And((Word((Term("en", "open"),), Where.NAME), Not(FacetIs("country", frozenset({"GE"})))))
    assert lexicon.starting("r", 9, Where.NAME, wanted) == ["register"]
    assert lexicon.starting("l", 9, Where.NAME, wanted) == []
    assert lexicon.starting("reg", 9, among=wanted) == ["register"]
    assert lexicon.starting("reg", 9, among=Not(wanted)) == []


def test_words_of_names_are_told_after_changes(index):
    names = ("Bid Pattern", "Bid Pagoda", "Bid Pilot")
    documents = [written(name, {"en": {"name": name}}) for name in names]
    index.rebuild(documents[:1], 1)
    for number, document in enumerate(documents[1:], start=2):
        index.apply([Change(number, document.id, document)], number)
    index.apply([Change(9, "Bid Pagoda", None)], 9)
    told = index.lexicon(Query(PUBLIC), nothing_withheld)
    assert told.starting("p", 9, Where.NAME) == ["pattern", "pilot"]


def test_near_words_come_nearest_first(lexicon):
    assert lexicon.near("regsiter", 2, 5) == ["register"]
    assert lexicon.near("register", 2, 5) == []
    assert "tenders" in lexicon.near("tender", 1, 5)


def test_words_are_counted_by_document(lexicon):
    assert lexicon.count("procurement") == 3
    assert lexicon.count("absent") == 0


def test_hidden_words_are_not_told(shelf, lexicon):
    assert lexicon.starting("zanz", 5) == []
    assert lexicon.near("zanzibra", 2, 5) == []
    assert lexicon.count("zanzibar") == 0
    theirs = shelf.lexicon(Query(POLICE), nothing_withheld)
    assert theirs.starting("zanz", 5) == ["zanzibar"]
    assert theirs.near("zanzibra", 2, 5) == ["zanzibar"]
    assert theirs.count("zanzibar") == 1


def test_withheld_words_are_not_told(shelf):
    lexicon = shelf.lexicon(Query(POLICE), lambda _number: frozenset({"secret", "line"}))
    assert lexicon.count("zanzibar") == 0
    assert lexicon.starting("travel", 5) == []
    assert "ka" not in lexicon.languages()


def test_other_collections_are_not_told(shelf):
    theirs = shelf.lexicon(Query(PUBLIC, collection=Collection.MEMBERS), nothing_withheld)
    assert theirs.starting("", 50) == ["ada", "tender"]
    assert theirs.languages() == {"en"}


def test_languages_are_those_of_what_is_seen(lexicon):
    assert lexicon.languages() == {"en", "fr", "ka", "de", "id"}
