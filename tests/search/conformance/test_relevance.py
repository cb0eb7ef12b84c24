"""How results are ranked beyond single words: passages, what the best teach, languages, the nearest."""

import pytest

from hub.core.database import transaction
from hub.search.asking import feedback
from hub.search.documents import Document, Query
from hub.search.queries import ENOUGH, find, nearest, newest_number
from hub.search.service import queue_removal
from tests.search.samples import PUBLIC, document

MEMBER = frozenset({"public", "member"})

PASSAGE = (
    'We are a small office - and "nobody" here has ever seen how tenders are watched; kind:none OR whatever.'
)


def fillers(count: int) -> list[Document]:
    """Return documents about something else."""
    return [document(f"other{number}", f"gardens {number}") for number in range(count)]


class TestPassages:
    def test_any_word_will_do_and_signs_mean_nothing(self, index, found):
        index.rebuild([document("a", "watching tenders"), document("b", "an office"), *fillers(3)], 1)
        results = found(PASSAGE, is_passage=True)
        assert set(results.ids) == {"a", "b"}
        assert not results.loose

    def test_words_beyond_what_people_may_type_count(self, index, found):
        index.rebuild([document("a", "whistleblower"), *fillers(3)], 1)
        passage = " ".join(f"word{number}" for number in range(100)) + " whistleblowers"
        assert found(passage).total == 0
        assert found(passage, is_passage=True).ids == ("a",)

    def test_an_empty_passage_finds_everything(self, index, found):
        index.rebuild(fillers(3), 1)
        assert found(" ", is_passage=True).total == 3


class TestLearning:
    RECORDS = (
        document("first", "tenders watched by citizens, flags, risk", at=1),
        document("second", "tenders seen with flags and risk", at=2),
        document("alike", "citizens, flags and risk", at=3),
        document("unlike", "citizens and theatre", at=4),
    )
    ASKED = "tenders citizens unheard"

    def test_what_the_best_have_in_common_ranks_the_rest(self, index, found):
        index.rebuild([*self.RECORDS, *fillers(60)], 1)
        order = found(self.ASKED).ids
        assert order.index("alike") < order.index("unlike")

    def test_it_changes_the_order_and_nothing_else(self, index, found, monkeypatch):
        index.rebuild([*self.RECORDS, document("related", "flags and risk"), *fillers(60)], 1)
        learnt = found(self.ASKED)
        monkeypatch.setattr(feedback, "is_wanted", lambda *_args, **_more: False)
        plain = found(self.ASKED)
        assert set(learnt.ids) == set(plain.ids)
        assert "related" not in learnt.ids
        assert (learnt.total, learnt.facets, learnt.terms) == (plain.total, plain.facets, plain.terms)

    def test_hidden_documents_teach_visitors_nothing(self, index, found):
        hidden = [
            document(f"hidden{number}", "tenders citizens theatre theatre", labels="member")
            for number in range(9)
        ]
        index.rebuild([*self.RECORDS, *fillers(60)], 1)
        without = found(self.ASKED).ids
        index.rebuild([*self.RECORDS, *fillers(60), *hidden], 2)
        assert found(self.ASKED).ids == without


def test_a_common_word_is_not_rare_in_a_language_that_few_write(index, found):
    records = [document(f"plain{number}", "monitoring") for number in range(40)]
    records += [document(f"wanted{number}", "where Ruritania is") for number in range(4)]
    records += [
        Document(f"spanish{number}", PUBLIC, {"es": {"description": "monitoring"}}) for number in range(2)
    ]
    index.rebuild([*records, *fillers(40)], 1)
    assert found("monitoring Ruritania unheard").ids[0].startswith("wanted")


@pytest.mark.db
class TestNearest:
    @pytest.fixture
    def near(self, index):
        def ask(text, labels=PUBLIC, **more):
            query = Query(labels, text, **more)
            return nearest(index, query, find(index, query))

        return ask

    @pytest.fixture(autouse=True)
    def shelf(self, database, index):
        records = [
            document("both", "tenders citizens", kind="data"),
            document("one", "tenders", kind="data"),
            document("other", "citizens", kind="method"),
            document("hidden", "tenders", labels="member", kind="data"),
        ]
        index.rebuild([*records, *fillers(30)], newest_number())

    def test_they_have_some_of_the_words_where_few_have_all(self, near):
        assert set(near("tenders citizens")) == {"one", "other"}

    def test_they_are_seen_by_those_who_may_only(self, near):
        assert set(near("tenders citizens", MEMBER)) == {"one", "other", "hidden"}

    def test_they_keep_to_filters_and_to_what_must_not_be(self, near):
        assert set(near("tenders citizens", filters={"kind": frozenset({"data"})})) == {"one"}
        assert set(near("tenders citizens -theatre")) == {"one", "other"}

    def test_there_are_none_where_none_or_many_have_all_words(self, near):
        assert near("tenders unheard") == ()
        assert near("gardens") == ()
        assert near("tenders") == ()
        assert near("") == ()

    def test_they_fill_the_first_places_only(self, near):
        # nothing has all three: the results are loose themselves
        assert near("tenders citizens gardens") == ()
        # one has tenders and one of the others
        assert len(near("tenders citizens OR gardens")) == ENOUGH - 1

    def test_what_was_just_withdrawn_is_not_among_them(self, near):
        with transaction():
            queue_removal("one")
        assert set(near("tenders citizens")) == {"other"}
