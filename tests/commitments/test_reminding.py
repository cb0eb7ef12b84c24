"""Owners are told once that a milestone is due, and once that it is overdue; history is not."""

import pytest

from hub.commitments.milestones.details import MilestoneDetails
from hub.commitments.milestones.service import change_milestone
from hub.commitments.models import CommitmentStatus, MilestoneStatus
from hub.core.database import session
from hub.jobs.commitments import keep_commitments
from tests.collaboration.acts import did, told
from tests.commitments.making import COUNTRY, in_days, make_commitment, make_handover, make_milestone
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def owner(database):
    return make_member()


@pytest.fixture
def keep(database):
    """Do what the clock does; return how much by duty."""

    def kept():
        database.commit()
        return keep_commitments(database.connection())

    return kept


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (31, []),
        (30, ["milestone_due"]),
        (0, ["milestone_due"]),
        (-1, ["milestone_overdue"]),
        (-30, ["milestone_overdue"]),
        (-31, []),
    ],
)
def test_an_owner_is_told_once_of_what_is_due_and_of_what_is_overdue(owner, keep, days, kinds):
    make_milestone(make_commitment(owner=owner), due_on=in_days(days))
    keep()
    assert keep() == {}
    assert told(owner) == kinds


@pytest.mark.parametrize("why", ["done", "dropped", "ended", "without owner"])
def test_what_is_over_reminds_nobody(owner, keep, why):
    status = CommitmentStatus.ENDED if why == "ended" else CommitmentStatus.ACTIVE
    commitment = make_commitment(owner=None if why == "without owner" else owner, status=status)
    state = {"done": MilestoneStatus.COMPLETE, "dropped": MilestoneStatus.DROPPED}
    make_milestone(commitment, due_on=in_days(3), status=state.get(why, MilestoneStatus.LIMITED))
    assert keep() == {}


def test_a_new_day_is_told_anew(owner, keep):
    milestone = make_milestone(make_commitment(owner=owner), due_on=in_days(3))
    keep()
    keeper = make_member(focal_country=COUNTRY)
    did(change_milestone, keeper, milestone, MilestoneDetails("Later", due_on=in_days(90)), version=1)
    assert told(owner) == []
    did(change_milestone, keeper, milestone, MilestoneDetails("Sooner", due_on=in_days(20)), version=2)
    assert keep() == {"due": 1}


def test_offers_lapse_with_the_clock(owner, keep):
    make_handover(make_commitment(owner=owner), to=make_member(), by=owner, days=-1)
    assert keep() == {"lapsed": 1}
    assert keep() == {}
    session().expire_all()
    assert told(owner) == ["handover_lapsed"]
