"""Labels and the withheld list: what somebody may not read is not found, counted or counted on."""

import pytest

from hub.search.changes import Change
from hub.search.documents import Query
from tests.search.samples import OFFICER, OTHER_OFFICER, PUBLIC, document

MEMBER = frozenset({"public", "member", "person:3"})
INSIDER = frozenset({"public", "member", "person:4", "org:12"})


@pytest.fixture
def catalogue(index):
    index.rebuild(
        [
            document("open", "canary", country="UK"),
            document("members", "canary", labels="member", country="FR"),
            document("police", "canary", labels="le", country="NO"),
            document("georgia", "canary", labels="le:GE", country="GE", kind="method"),
            document("named", "canary", labels="org:12 person:7", country="ID"),
        ],
        1,
    )


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (frozenset(), set()),
        (PUBLIC, {"open"}),
        (MEMBER, {"open", "members"}),
        (OFFICER, {"open", "members", "police", "georgia", "named"}),
        (OTHER_OFFICER, {"open", "members", "police"}),
        (INSIDER, {"open", "members", "named"}),
    ],
)
@pytest.mark.parametrize("text", ["", "canary"])
def test_only_what_the_labels_open_is_found(found, labels, expected, text):
    results = found(text, labels)
    assert set(results.ids) == expected
    assert results.total == len(expected)
    assert sum(results.facets.get("country", {}).values()) == len(expected)


@pytest.mark.usefixtures("catalogue")
def test_a_filter_for_a_hidden_value_finds_nothing(found):
    results = found(filters={"kind": frozenset({"method"})}, labels=OTHER_OFFICER)
    assert results.total == 0
    assert results.facets["kind"] == {"method": 0}


@pytest.mark.usefixtures("catalogue")
def test_facets_of_hidden_documents_are_not_named(found):
    assert "kind" in found(labels=OFFICER).facets
    assert "kind" not in found(labels=OTHER_OFFICER).facets


@pytest.mark.usefixtures("catalogue")
def test_the_public_index_holds_no_restricted_word(tmp_path):
    folders = (tmp_path / "instance" / "index").glob("generation-*/*public")
    public = [file.read_bytes() for folder in folders for file in folder.iterdir()]
    assert any(b"open" in content for content in public)
    assert not any(b"georgia" in content or b"le:GE" in content for content in public)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("text", ["", "canary", "canary absent"])
def test_withheld_documents_are_absent_before_the_index_knows(index, text):
    results = index.search(Query(OFFICER, text), lambda _number: frozenset({"georgia", "open", "unknown"}))
    assert set(results.ids) == {"members", "police", "named"}
    assert results.total == 3
    assert set(results.facets["country"]) == {"FR", "NO", "ID"}


def test_a_withheld_document_does_not_satisfy_all_words(index):
    index.rebuild([document("a", "one two"), document("b", "one")], 1)
    results = index.search(Query(PUBLIC, "one two"), lambda _number: frozenset({"a"}))
    assert (results.ids, results.loose) == (("b",), True)


def test_the_withheld_list_is_asked_for_what_the_index_has_not_applied(index):
    index.rebuild([], 4)
    asked = []
    index.search(Query(PUBLIC), lambda number: asked.append(number) or frozenset())
    index.apply([Change(5, "a", document("a"))], 5)
    index.search(Query(PUBLIC), lambda number: asked.append(number) or frozenset())
    assert asked == [4, 5]
