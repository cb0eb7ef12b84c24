"""Scores: kept, given, changed, and who reads them when; remarks."""

import pytest

from hub.audit.events import Event
from hub.audit.queries import history_of
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.integrity.viewers import viewer_of
from hub.showcases.models import EntryStatus, ShowcaseStatus
from hub.showcases.review.permissions import can_read_others
from hub.showcases.review.queries import (
    judged_entry,
    judging_queue,
    own_review,
)
from hub.showcases.review.remarks import write_remark
from hub.showcases.review.scoring import Scores, save_scores
from tests.collaboration.acts import did
from tests.factories import make_member
from tests.showcases.review.judging import reviewed_showcase, scored
from tests.showcases.scenes import make_curator, opened_showcase, proposed_entry

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return reviewed_showcase(team=2)


def points(entry, *values):
    return {each.id: value for each, value in zip(entry.showcase.criteria, values, strict=False)}


def save(curator, entry, *values, comment="", version=0, is_final=True):
    scores = Scores(points(entry, *values), comment)
    return did(save_scores, curator, entry, scores, version=version, is_final=is_final)


def scorings(entry):
    return len(history_of(entry.subject, events=(Event.ENTRY_SCORE,)))


def test_scores_are_given_and_logged(scene):
    _showcase, (curator, _other), (entry,) = scene
    review = save(curator, entry, 5, 3, comment=" Solid. ")
    assert review.submitted_at is not None
    assert (review.comment, {each.points for each in review.scores}) == ("Solid.", {5, 3})
    assert scorings(entry) == 1


def test_a_draft_may_be_incomplete_and_is_not_logged(scene):
    _showcase, (curator, _other), (entry,) = scene
    review = save(curator, entry, 4, is_final=False)
    assert (review.submitted_at, len(review.scores), scorings(entry)) == (None, 1, 0)
    assert save(curator, entry, 4, 2, version=1).submitted_at is not None


def test_given_scores_can_be_changed_but_not_taken_back(scene):
    _showcase, (curator, _other), (entry,) = scene
    given = save(curator, entry, 5, 3).submitted_at
    with pytest.raises(InvalidError):
        save(curator, entry, 5, version=1, is_final=False)
    review = save(curator, entry, 1, 1, version=1, is_final=False)
    assert (review.submitted_at, {each.points for each in review.scores}) == (given, {1})
    assert scorings(entry) == 2


def test_giving_needs_points_for_every_criterion(scene):
    _showcase, (curator, _other), (entry,) = scene
    with pytest.raises(InvalidError) as caught:
        save(curator, entry, 5)
    assert caught.value.field == f"points-{entry.showcase.criteria[1].id}"


@pytest.mark.parametrize("wrong", [0, 6, 100_000_000])
def test_points_are_one_to_five(scene, wrong):
    _showcase, (curator, _other), (entry,) = scene
    with pytest.raises(InvalidError):
        save(curator, entry, 3, wrong)


def test_points_of_another_showcase_are_refused(scene):
    _showcase, (curator, _other), (entry,) = scene
    other = opened_showcase().criteria[0]
    with pytest.raises(InvalidError):
        did(save_scores, curator, entry, Scores({other.id: 3}), version=0, is_final=False)


def test_a_comment_has_a_limit(scene):
    _showcase, (curator, _other), (entry,) = scene
    with pytest.raises(InvalidError):
        save(curator, entry, 3, 3, comment="x" * 2_001)


def test_two_windows_do_not_overwrite_each_other(scene):
    _showcase, (curator, _other), (entry,) = scene
    save(curator, entry, 5, 5)
    with pytest.raises(StaleVersionError):
        save(curator, entry, 1, 1)


@pytest.mark.parametrize("status", [EntryStatus.WITHDRAWN, EntryStatus.ACCEPTED])
def test_no_scores_after_the_entry_was_decided_or_withdrawn(database, status):
    showcase, (curator,), _none = reviewed_showcase(entries=0)
    entry = proposed_entry(showcase, status=status)
    with pytest.raises(ConflictError):
        save(curator, entry, 3, 3)


def test_no_scores_for_a_cancelled_showcase(database):
    curator = make_curator()
    showcase = opened_showcase(curator, status=ShowcaseStatus.CANCELLED)
    with pytest.raises(ConflictError):
        save(curator, proposed_entry(showcase), 3, 3)


def test_only_who_judges_scores(scene):
    _showcase, _curators, (entry,) = scene
    with pytest.raises(NotFoundError):
        save(make_curator(), entry, 3, 3)
    with pytest.raises(ForbiddenError):
        save(entry.proposed_by, entry, 3, 3)


def test_others_scores_are_read_after_ones_own(scene):
    _showcase, (first, second), (entry,) = scene
    save(second, entry, 5, 5)

    def reads():
        viewer = viewer_of(first)
        return can_read_others(viewer, entry, own_review(viewer, entry))

    assert not reads()
    save(first, entry, 3, 3, is_final=False)
    assert not reads()
    save(first, entry, 3, 3, version=1)
    assert reads()


def test_what_one_has_to_judge_leaves_out_ones_own(scene):
    showcase, (first, second), (entry,) = scene
    own = proposed_entry(showcase, by=second, status=EntryStatus.UNDER_REVIEW, presenters=[])
    assert {each.entry for each in judging_queue(showcase, viewer_of(first))} == {entry, own}
    assert [each.entry for each in judging_queue(showcase, viewer_of(second))] == [entry]


def test_a_conflict_hides_the_entry(scene):
    showcase, (first, second), (entry,) = scene
    own = proposed_entry(showcase, by=second, presenters=[])
    assert judged_entry(showcase.slug, own.public_id, viewer_of(first)) is own
    with pytest.raises(NotFoundError):
        judged_entry(showcase.slug, own.public_id, viewer_of(second))
    with pytest.raises(NotFoundError):
        judged_entry(opened_showcase(first).slug, entry.public_id, viewer_of(first))


def test_remarks_follow_ones_own_scores(scene):
    _showcase, (first, _second), (entry,) = scene
    with pytest.raises(ForbiddenError):
        did(write_remark, first, entry, "I know them.")
    scored(entry, first, 3)
    with pytest.raises(InvalidError):
        did(write_remark, first, entry, "  ")
    assert did(write_remark, first, entry, " Strong. ").words == "Strong."
    assert len(history_of(entry.subject, events=(Event.ENTRY_REMARK,))) == 1


def test_a_member_is_no_curator(scene):
    _showcase, _curators, (entry,) = scene
    with pytest.raises(NotFoundError):
        did(write_remark, make_member(), entry, "Hello.")
