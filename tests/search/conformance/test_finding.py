"""What a search finds, in which order and in which counts."""

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from hub.core.pagination import PageRequest
from hub.search.changes import Change
from hub.search.documents import Document, Query, Sort
from tests.search.conformance.engines import ENGINES, engine_of
from tests.search.samples import OFFICER, PUBLIC, document, nothing_withheld


@pytest.fixture
def catalogue(index):
    index.rebuild(
        [
            document(
                "a", "Red flags in public tenders", name="Tender watch", at=1, country="GE", kind="data"
            ),
            document(
                "b", "Tells of bribery at borders", name="Border line", at=2, country="GE ID", kind="method"
            ),
            document(
                "c", "A register; mentions a tender once in passing words", at=3, country="ID", kind="data"
            ),
            document("d", "Red herring", name="Fish", at=4, country="UK", kind="data"),
        ],
        1,
    )


@pytest.mark.usefixtures("catalogue")
class TestWords:
    def test_a_word_of_the_description_finds(self, found):
        assert found("bribery").ids == ("b",)

    def test_forms_of_a_word_find(self, found):
        assert set(found("TENDERING").ids) == {"a", "c"}

    def test_the_name_weighs_most(self, found):
        assert found("tender").ids == ("a", "c")

    def test_all_words_must_match(self, found):
        results = found("red tender")
        assert (results.ids, results.loose) == (("a",), False)

    def test_where_nothing_has_all_words_some_do(self, found):
        results = found("bribery tender flags")
        assert results.loose
        assert results.ids[0] == "a"
        assert results.total == 3

    def test_an_unknown_word_finds_nothing(self, found):
        results = found("zebra")
        assert (results.total, results.loose, results.ids) == (0, False, ())

    def test_no_words_find_everything_newest_first(self, found):
        assert found("  ").ids == ("d", "c", "b", "a")

    @pytest.mark.parametrize("text", ["???", '" -- "', "\x00", "()" * 2_500])
    def test_signs_alone_are_passed_over(self, found, text):
        assert found(text).ids == ("d", "c", "b", "a")

    def test_terms_are_named_for_marking(self, found):
        assert found("Red tenders").terms >= {"red", "tender"}

    def test_newest_first_when_asked(self, found):
        assert found("tender", sort=Sort.NEWEST).ids == ("c", "a")


@pytest.mark.usefixtures("catalogue")
class TestFilters:
    def test_values_of_one_facet_widen(self, found):
        assert set(found(filters={"country": frozenset({"ID", "UK"})}).ids) == {"b", "c", "d"}

    def test_facets_narrow(self, found):
        filters = {"country": frozenset({"ID", "GE"}), "kind": frozenset({"data"})}
        assert set(found(filters=filters).ids) == {"a", "c"}

    def test_counts_of_a_facet_ignore_its_own_ticks(self, found):
        results = found(filters={"country": frozenset({"UK"}), "kind": frozenset({"data"})})
        assert results.facets["country"] == {"GE": 1, "ID": 1, "UK": 1}
        assert results.facets["kind"] == {"data": 1}

    def test_words_and_filters_work_together(self, found):
        assert found("red", filters={"country": frozenset({"GE"})}).ids == ("a",)

    def test_an_unknown_value_finds_nothing(self, found):
        assert found(filters={"country": frozenset({"'; --"})}).total == 0


class TestPages:
    def test_pages_neither_repeat_nor_miss(self, index, found):
        index.rebuild([document(f"d{number:03}", "same words") for number in range(95)], 1)
        seen = [
            document_id
            for number in range(1, 6)
            for document_id in found("words", page=PageRequest(number)).ids
        ]
        assert len(seen) == len(set(seen)) == 95

    def test_a_page_beyond_the_end_is_empty(self, index, found):
        index.rebuild([document("a", "words")], 1)
        results = found("words", page=PageRequest(500))
        assert (results.ids, results.total) == ((), 1)

    def test_an_empty_index_finds_nothing(self, index, found):
        index.rebuild([], 0)
        assert found("anything").total == found().total == 0


class TestChanges:
    def test_a_change_is_found_at_once(self, index, found):
        index.rebuild([document("a", "old words")], 1)
        assert found("new").total == 0
        index.apply([Change(2, "a", document("a", "new words")), Change(3, "b", document("b", "new"))], 3)
        assert set(found("new").ids) == {"a", "b"}
        assert found("old").total == 0
        assert found("").applied_number == 3

    def test_the_last_change_of_a_batch_counts(self, index, found):
        index.rebuild([], 0)
        index.apply([Change(1, "a", document("a", "first")), Change(2, "a", None)], 2)
        assert found().total == 0

    def test_a_batch_may_be_applied_twice(self, index, found):
        index.rebuild([], 0)
        for _ in range(2):
            index.apply([Change(1, "a", document("a", "words"))], 1)
        assert found("words").ids == ("a",)

    def test_what_was_public_leaves_the_public_index(self, index, found):
        index.rebuild([document("a", "words")], 0)
        index.apply([Change(1, "a", document("a", "words", labels="le:GE"))], 1)
        assert found("words").total == 0
        assert found("words", OFFICER).ids == ("a",)
        index.apply([Change(2, "a", document("a", "words"))], 2)
        assert found("words").ids == ("a",)
        assert found("words", OFFICER).ids == ("a",)

    def test_many_changes_keep_few_segments(self, index, found, tmp_path):
        index.rebuild([], 0)
        for number in range(1, 41):
            index.apply(
                [Change(number, f"d{number % 30}", document(f"d{number % 30}", f"word{number}"))], number
            )
        assert found().total == 30
        assert len(list((tmp_path / "instance" / "index").rglob("*"))) < 100
        assert len(index.contents().digests) == 30


words = st.lists(st.sampled_from(["bribe", "tender", "court", "data", "the", "red"]), max_size=5).map(
    " ".join
)
label = st.sampled_from(["public", "member", "le:GE", "org:3"])
things = st.lists(
    st.tuples(words, st.frozensets(label, min_size=1, max_size=2), st.sampled_from(["GE", "ID"])),
    max_size=12,
)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=25, deadline=None)
@given(rows=things, text=words, held=st.frozensets(label).map(lambda labels: labels | PUBLIC))
def test_hidden_documents_leave_no_trace(tmp_path_factory, name, rows, text, held):
    """Totals, counts, words and looseness are those of a catalogue without what the viewer may not see.

    So is the order with Whoosh; tantivy's statistics are those of all that signed-in people may see together.
    """
    documents = [
        Document(f"d{place}", labels, {"en": {"name": text}}, {"country": (country,)}, {"published": place})
        for place, (text, labels, country) in enumerate(rows)
    ]
    results = []
    for chosen in (documents, [made for made in documents if made.labels & held]):
        index = engine_of(name, tmp_path_factory.mktemp("one"))
        index.rebuild(chosen, 1)
        found = index.search(Query(held, text), nothing_withheld)
        if name != "whoosh":
            found = replace(found, ids=tuple(sorted(found.ids)), plan=replace(found.plan, more=()))
        results.append(found)
    assert results[0] == results[1]
