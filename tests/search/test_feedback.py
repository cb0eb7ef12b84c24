"""What is learnt from the best results: the terms that several of them share, weighed by rarity."""

import pytest

from hub.search.asking import feedback
from hub.search.documents import Query, Sort
from hub.search.plan import And, FacetIs, Not, Or, Phrase, Plan, Term, Word
from hub.search.weights import rarity
from tests.search.samples import PUBLIC

BRIBE = Word((Term("en", "bribe"), Term("de", "bestech", 0.5)))
TENDER = Word((Term("en", "tender", 2.0),))


def test_weights_of_words_add_up_and_conditions_weigh_nothing():
    asked = And(
        (Or((BRIBE, TENDER)), Phrase("en", ("open", "data"), 0.5), FacetIs("kind", frozenset({"data"})))
    )
    assert feedback.weight_of(asked) == 3.5
    assert feedback.weight_of(Not(BRIBE)) == 0
    assert feedback.weight_of(Word(())) == 0


@pytest.mark.parametrize(
    ("query", "loose", "is_wanted"),
    [
        (Query(PUBLIC, "bribe"), False, False),
        (Query(PUBLIC, "bribe"), True, True),
        (Query(PUBLIC, "bribe", is_passage=True), False, True),
        (Query(PUBLIC, "bribe", sort=Sort.NEWEST), True, False),
        (Query(PUBLIC, "bribe", is_begun=True), True, False),
    ],
)
def test_only_loose_searches_in_order_of_relevance_learn(query, loose, is_wanted):
    assert feedback.is_wanted(query, Plan(BRIBE), loose=loose) is is_wanted


def test_a_plan_without_words_learns_nothing():
    assert not feedback.is_wanted(
        Query(PUBLIC, "kind:data"), Plan(FacetIs("kind", frozenset({"data"}))), loose=True
    )


def test_only_the_best_of_a_small_catalogue_are_learnt_from():
    typed, passage = Query(PUBLIC, "bribe"), Query(PUBLIC, "bribe", is_passage=True)
    counts = (0, 20, 100, 300, 10_000)
    assert [feedback.top_of(typed, count) for count in counts] == [2, 2, 5, 8, 8]
    assert [feedback.top_of(passage, count) for count in counts] == [2, 2, 5, 15, 15]


def learnt(*samples: dict[str, float], holding: int = 2, speaking: int = 100) -> dict[str, float]:
    told = [{("en", term): count for term, count in sample.items()} for sample in samples]
    terms = feedback.more_terms(BRIBE, told, lambda _language, _term: holding, lambda _language: speaking)
    return {term.text: term.weight for term in terms}


def test_what_several_results_hold_is_learnt_and_what_one_holds_is_not():
    assert set(learnt({"bribe": 1, "kickback": 1, "own": 9}, {"bribe": 2, "kickback": 1})) == {
        "bribe",
        "kickback",
    }


def test_small_words_and_numbers_are_not_learnt():
    told = {"the": 5.0, "2024": 5.0, "x": 5.0, "bribe": 1.0}
    assert set(learnt(told, told)) == {"bribe"}


def test_what_the_viewer_may_not_see_is_not_learnt():
    assert learnt({"bribe": 1}, {"bribe": 1}, holding=0) == {}


def test_the_terms_weigh_their_share_together_and_are_not_too_many():
    told = {f"term{number}": 1.0 + number for number in range(100)}
    weights = learnt(told, told)
    assert len(weights) == feedback.KEPT
    assert sum(weights.values()) == pytest.approx(feedback.SHARE)
    assert weights["term99"] > weights["term90"]


def test_a_single_result_is_learnt_from_too():
    assert set(learnt({"bribe": 1})) == {"bribe"}


def test_rare_terms_tell_more_of_a_document():
    holders = {"common": 90, "rare": 2}
    sample = {("en", "common"): 1.0, ("en", "rare"): 1.0}
    terms = feedback.telling_terms(sample, lambda _language, term: holders[term], lambda _language: 100)
    assert [term.text for term in terms] == ["rare", "common"]
    assert sum(term.weight for term in terms) == pytest.approx(1)


def test_rarity_is_counted_in_the_language():
    assert rarity(2, 4) < rarity(60, 200) < rarity(2, 200)
