"""Means, weights and spread, without a database; what of them who reads, with one."""

import pytest
from hypothesis import given, strategies as st

from hub.integrity.viewers import viewer_of
from hub.showcases.review.ranking import ranking, standing_of, weighted_mean
from hub.showcases.review.recusing import recuse_from_entry
from tests.collaboration.acts import did
from tests.showcases.review.judging import reviewed_showcase, scored, under_review
from tests.web.catalogue.conftest import QueryCount

WEIGHTS = {1: 3, 2: 2}

points = st.fixed_dictionaries({1: st.integers(1, 5), 2: st.integers(1, 5)})


def test_heavier_criteria_count_for_more():
    assert weighted_mean({1: 5, 2: 1}, WEIGHTS) == pytest.approx(3.4)


def test_spread_is_the_standard_deviation_of_the_means():
    standing = standing_of([{1: 5, 2: 5}, {1: 1, 2: 1}], WEIGHTS)
    assert (standing.mean, standing.lowest, standing.highest, standing.deviation) == (3, 1, 5, 2)
    assert standing.by_criterion == {1: 3, 2: 3}


def test_without_scores_there_is_no_standing():
    assert standing_of([], WEIGHTS) is None
    assert standing_of([{}], {}) is None


@given(st.lists(points, min_size=1, max_size=6))
def test_a_standing_lies_between_the_lowest_and_the_highest(reviews):
    standing = standing_of(reviews, WEIGHTS)
    assert 1 <= standing.lowest <= standing.mean + 1e-9
    assert standing.mean <= standing.highest + 1e-9 <= 5 + 1e-6
    assert 0 <= standing.deviation <= 2
    if len(reviews) == 1:
        assert standing.deviation == 0


@pytest.mark.db
def test_the_best_come_first_and_those_without_figures_last(database):
    showcase, (first, second), (low, high, bare) = reviewed_showcase(entries=3, team=2)
    for curator in (first, second):
        scored(low, curator, 2)
        scored(high, curator, 5, 4)
    lines = ranking(showcase, viewer_of(first))
    assert [each.entry for each in lines] == [high, low, bare]
    assert lines[0].standing.mean == pytest.approx(4.6)
    assert (lines[0].reviews, lines[0].judges, lines[2].standing) == (2, 2, None)


def test_figures_appear_after_ones_own_scores(database):
    showcase, (first, second), (entry,) = reviewed_showcase(team=2)
    scored(entry, second, 4)
    (line,) = ranking(showcase, viewer_of(first))
    assert (line.reviews, line.standing) == (1, None)
    scored(entry, first, 2, is_draft=True)
    assert ranking(showcase, viewer_of(first))[0].standing is None


def test_drafts_count_for_nothing(database):
    showcase, (first, second), (entry,) = reviewed_showcase(team=2)
    scored(entry, first, 4)
    scored(entry, second, 1, is_draft=True)
    (line,) = ranking(showcase, viewer_of(first))
    assert (line.reviews, line.standing.mean) == (1, 4)


def test_the_ranking_asks_as_much_for_many_entries_as_for_one(database):
    showcase, (curator,), _entries = reviewed_showcase()
    viewer, queries = viewer_of(curator), QueryCount(database.get_bind())

    def asked():
        database.expire_all()
        with queries:
            assert all(each.entry.organisation for each in ranking(showcase, viewer))
        return len(queries)

    few = asked()
    for _ in range(4):
        scored(under_review(showcase), curator, 3)
    assert asked() == few


@pytest.mark.db
def test_scores_of_who_has_a_conflict_by_now_count_no_more(database):
    showcase, (first, second), (entry,) = reviewed_showcase(team=2)
    scored(entry, first, 4)
    scored(entry, second, 1)
    did(recuse_from_entry, second, entry)
    (line,) = ranking(showcase, viewer_of(first))
    assert (line.reviews, line.judges, line.standing.mean) == (1, 1, 4)
    assert ranking(showcase, viewer_of(second)) == []
