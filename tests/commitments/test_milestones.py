"""Milestones: what was promised stays known, nobody measures themselves, and nothing is said without evidence."""

from datetime import date, timedelta

import pytest

from hub.access.viewer import VISITOR, Role
from hub.commitments.milestones.details import MetricTarget, MilestoneDetails, details_of, targets_of
from hub.commitments.milestones.moving import move_milestone
from hub.commitments.milestones.queries import due_for, milestone_by_number, milestones_of
from hub.commitments.milestones.service import (
    add_milestone,
    change_milestone,
    measure_milestone,
    postpone_milestone,
    remove_milestone,
)
from hub.commitments.models import CommitmentStatus, Milestone, MilestoneMetric, MilestoneStatus
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.insights.metrics.registry import METRICS
from hub.integrity.viewers import viewer_of
from tests.collaboration.acts import did
from tests.commitments.making import COUNTRY, START, in_days, make_commitment, make_evidence, make_milestone
from tests.factories import make_member

METRIC, OTHER = sorted(METRICS)[:2]


@pytest.fixture
def keeper(database):
    return make_member(focal_country=COUNTRY)


@pytest.fixture
def owner(database):
    return make_member()


@pytest.mark.db
def test_milestones_are_numbered_in_the_order_in_which_they_are_added(keeper):
    commitment = make_commitment()
    for title in ("First", "Second"):
        did(add_milestone, keeper, commitment, MilestoneDetails(title))
    found = milestones_of(commitment, VISITOR)
    assert [(each.number, each.title) for each in found] == [(1, "First"), (2, "Second")]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (MilestoneDetails("Too early", due_on=START - timedelta(days=1)), "due_on"),
        (MilestoneDetails(" "), "title"),
        (MilestoneDetails("x" * 251), "title"),
        (MilestoneDetails("Long", "x" * 5_001), "description"),
    ],
)
def test_what_cannot_be_promised_is_named_at_its_field(keeper, details, field):
    with pytest.raises(InvalidError) as refused:
        did(add_milestone, keeper, make_commitment(starts_on=START), details)
    assert refused.value.field == field


def test_a_milestone_is_due_on_the_first_day_at_the_earliest(keeper):
    commitment = make_commitment(starts_on=START)
    assert did(add_milestone, keeper, commitment, MilestoneDetails("In time", due_on=START)).due_on == START


@pytest.mark.parametrize(("status", "first"), [("draft", "moves"), ("active", "stays")])
def test_the_day_that_was_promised_stays_known_once_it_was_public(keeper, status, first):
    commitment = make_commitment(status=CommitmentStatus(status))
    old, new = date(2027, 1, 1), date(2027, 6, 1)
    milestone = make_milestone(commitment, due_on=old, due_first_on=old)
    did(change_milestone, keeper, milestone, MilestoneDetails("Later", due_on=new), version=1)
    assert (milestone.due_on, milestone.version) == (new, 2)
    assert milestone.due_first_on == (new if first == "moves" else old)


@pytest.mark.db
@pytest.mark.parametrize("act", ["change", "postpone", "measure"])
def test_what_somebody_saved_meanwhile_is_not_overwritten(keeper, act):
    milestone = make_milestone(make_commitment())
    did(change_milestone, keeper, milestone, MilestoneDetails("Meanwhile"), version=1)
    acts = {
        "change": lambda: did(change_milestone, keeper, milestone, MilestoneDetails("Mine"), version=1),
        "postpone": lambda: did(
            postpone_milestone, keeper, milestone, due_on=in_days(9), words="Later.", version=1
        ),
        "measure": lambda: did(measure_milestone, keeper, milestone, [MetricTarget(METRIC, 5)], version=1),
    }
    with pytest.raises(StaleVersionError):
        acts[act]()
    session().refresh(milestone)
    assert details_of(milestone) == MilestoneDetails("Meanwhile")


def test_the_owner_postpones_and_says_why(owner):
    day = in_days(5)
    milestone = make_milestone(make_commitment(owner=owner), due_on=day, due_first_on=day)
    later = in_days(50)
    did(postpone_milestone, owner, milestone, due_on=later, words="The law came late.", version=1)
    assert (milestone.due_first_on, milestone.due_on) == (day, later)
    assert milestone.status_words == "The law came late."


def test_the_owner_changes_neither_the_promise_nor_how_it_is_measured(owner):
    milestone = make_milestone(make_commitment(owner=owner))
    with pytest.raises(ForbiddenError):
        did(change_milestone, owner, milestone, MilestoneDetails("Easier"), version=1)
    with pytest.raises(ForbiddenError):
        did(measure_milestone, owner, milestone, [MetricTarget(METRIC, 1)], version=1)


def test_what_was_promised_in_public_is_dropped_and_never_removed(keeper):
    milestone = make_milestone(make_commitment())
    with pytest.raises(ConflictError, match="promised"):
        did(remove_milestone, keeper, milestone)
    draft = make_milestone(make_commitment(status=CommitmentStatus.DRAFT))
    number = draft.id
    did(remove_milestone, keeper, draft)
    assert session().get(Milestone, number) is None


@pytest.mark.db
def test_a_milestone_is_measured_by_several_metrics_with_targets(keeper):
    milestone = make_milestone(make_commitment())
    targets = [MetricTarget(METRIC, 30), MetricTarget(OTHER, 0.5)]
    did(measure_milestone, keeper, milestone, targets, version=1)
    assert set(targets_of(milestone)) == set(targets)
    did(measure_milestone, keeper, milestone, [MetricTarget(METRIC, 40)], version=2)
    assert targets_of(milestone) == (MetricTarget(METRIC, 40),)


@pytest.mark.parametrize(
    ("targets", "field"),
    [
        ([MetricTarget("no_longer_there", 3)], "metric"),
        ([MetricTarget(METRIC, 3, "country:??")], "metric"),
        ([MetricTarget(METRIC, 3), MetricTarget(METRIC, 4)], "metric"),
        ([MetricTarget(METRIC, -1)], "target"),
        ([MetricTarget(METRIC, float("nan"))], "target"),
        ([MetricTarget(METRIC, float("inf"))], "target"),
    ],
)
def test_what_cannot_be_measured_is_named_at_its_field(keeper, targets, field):
    with pytest.raises(InvalidError) as refused:
        did(measure_milestone, keeper, make_milestone(make_commitment()), targets, version=1)
    assert refused.value.field == field


def test_a_metric_that_no_longer_exists_stays_where_it_was_chosen(keeper):
    milestone = make_milestone(make_commitment())
    milestone.metrics = [MilestoneMetric(metric="retired", target=3)]
    session().commit()
    did(
        measure_milestone, keeper, milestone, [MetricTarget("retired", 3), MetricTarget(METRIC, 1)], version=1
    )
    assert len(milestone.metrics) == 2


def test_complete_is_refused_until_somebody_else_accepts_evidence(owner):
    judge = make_member(roles=[Role.COORDINATOR])
    commitment = make_commitment(owner=owner)
    milestone = make_milestone(commitment, status=MilestoneStatus.LIMITED)
    with pytest.raises(InvalidError, match="Nothing shows this"):
        did(move_milestone, owner, milestone, "complete", words="All done.")
    make_evidence(commitment, milestone=milestone, giver=owner, decider=judge)
    did(move_milestone, owner, milestone, "complete", words="All done.")
    assert (milestone.status, milestone.status_words) == (MilestoneStatus.COMPLETE, "All done.")


def test_every_move_is_explained(owner):
    milestone = make_milestone(make_commitment(owner=owner))
    with pytest.raises(InvalidError) as refused:
        did(move_milestone, owner, milestone, "start", words=" ")
    assert refused.value.field == "words"


def test_milestones_of_a_draft_do_not_move(keeper):
    milestone = make_milestone(make_commitment(status=CommitmentStatus.DRAFT))
    with pytest.raises(ConflictError, match="Publish"):
        did(move_milestone, keeper, milestone, "start", words="It began.")


def test_milestones_of_drafts_are_their_keepers_alone(keeper):
    draft = make_commitment(status=CommitmentStatus.DRAFT)
    milestone = make_milestone(draft)
    assert milestone_by_number(draft, 1, viewer_of(keeper)) == milestone
    with pytest.raises(NotFoundError):
        milestone_by_number(draft, 1, viewer_of(make_member()))


def test_an_owner_sees_what_is_due(owner):
    commitment = make_commitment(owner=owner)
    soon = make_milestone(commitment, due_on=in_days(30))
    late = make_milestone(commitment, due_on=in_days(-400))
    make_milestone(commitment, due_on=in_days(31))
    make_milestone(commitment, due_on=in_days(1), status=MilestoneStatus.DROPPED)
    assert list(due_for(viewer_of(owner))) == [late, soon]
    assert clock.now().date() < soon.due_on


@pytest.mark.parametrize(
    ("due", "moved", "rests"), [(-400, -1, True), (-400, -91, False), (-5, -6, False), (5, -1, False)]
)
def test_what_is_late_rests_once_somebody_said_how_far_it_is(owner, due, moved, rests):
    milestone = make_milestone(
        make_commitment(owner=owner), due_on=in_days(due), moved_at=clock.now() + timedelta(days=moved)
    )
    assert list(due_for(viewer_of(owner))) == ([] if rests else [milestone])


@pytest.mark.parametrize("status", [MilestoneStatus.COMPLETE, MilestoneStatus.DROPPED])
def test_what_is_over_is_not_postponed(keeper, status):
    milestone = make_milestone(make_commitment(), status=status)
    with pytest.raises(ConflictError, match="complete or dropped"):
        did(postpone_milestone, keeper, milestone, due_on=in_days(30), words="Later.", version=1)
