"""The words of what a viewer may see, and of nothing else."""

import pytest

from hub.search.documents import Collection, Query
from tests.search.samples import PUBLIC, nothing_withheld

POLICE = PUBLIC | {"le"}


@pytest.fixture
def lexicon(shelf):
    return shelf.lexicon(Query(PUBLIC), nothing_withheld)


def test_words_with_a_beginning_come_in_order(lexicon):
    assert lexicon.starting("re", 20) == ["reads", "red", "register"]
    assert lexicon.starting("re", 2) == ["reads", "red"]
    assert lexicon.starting("zz", 5) == []


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
