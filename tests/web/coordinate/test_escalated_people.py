"""What too few are free to decide about people: the officers' list, the desks and the stop page say the same."""

from datetime import timedelta

import pytest

from hub.access.viewer import PRIVILEGED_ROLES, Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.integrity.escalation import Bench
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.vetting import escalation
from hub.vetting.desk import proposal_desk, vetting_desk
from hub.vetting.law_enforcement import approve_status
from hub.vetting.roles import propose_role
from tests.factories import make_member
from tests.vetting.cast import Cast, asked, person, reported

ESCALATED = "escalated to the integrity officers"


@pytest.fixture
def cast(database):
    """Six coordinators, of whom three have a conflict with whoever comes."""
    return Cast()


@pytest.fixture
def as_(cast, new_client):
    return lambda name: new_client().become(cast[name])


def leave(cast, *names):
    for name in names:
        with transaction():
            declare_interest(cast[name], Declaration("funding", cast.organisation.name))


def kinds(cast):
    """Return the kinds of what the officers' list holds."""
    found = escalation.undecidable(viewer_of(cast["officer"]), Bench(PRIVILEGED_ROLES))
    return [each.kind for each in found]


def on_desk(cast, name):
    """Return whether each line of the people's desk says that it is escalated."""
    desk = vetting_desk(viewer_of(cast[name]))
    return [each.is_escalated for each in (*desk.applications, *desk.statuses, *desk.resets, *desk.due)]


@pytest.mark.parametrize(
    ("make", "page"), [(asked, "law-enforcement"), (reported, "factor-resets")], ids=["status", "reset"]
)
def test_what_two_decide_is_escalated_when_one_is_free(cast, as_, make, page):
    thing = make(cast)
    address = f"/coordinate/{page}/{thing.public_id}"
    leave(cast, "free")
    assert (kinds(cast), on_desk(cast, "first")) == ([], [False])
    assert ESCALATED not in as_("conflicted").get(address).text
    leave(cast, "second")
    assert len(kinds(cast)) == 1
    # who is free themselves learns it too: alone they decide nothing
    assert on_desk(cast, "first") == on_desk(cast, "conflicted") == [True]
    assert ESCALATED in as_("first").get("/coordinate/members").text
    assert "Too few who may decide" in as_("conflicted").get(address).text


def test_the_second_of_two_is_needed_still(cast, as_):
    status = asked(cast)
    with transaction():
        approve_status(cast["first"], status)
    leave(cast, "free")
    assert (kinds(cast), on_desk(cast, "conflicted")) == ([], [False])
    leave(cast, "second")
    assert (kinds(cast), on_desk(cast, "conflicted")) == (["status"], [True])
    assert ESCALATED in as_("conflicted").get(f"/coordinate/law-enforcement/{status.public_id}").text


def test_who_gets_a_conflict_after_agreeing_first_counts_no_more(cast, as_):
    status = asked(cast)
    with transaction():
        approve_status(cast["first"], status)
    leave(cast, "first", "free")
    assert (kinds(cast), on_desk(cast, "conflicted")) == (["status"], [True])
    assert ESCALATED in as_("conflicted").get(f"/coordinate/law-enforcement/{status.public_id}").text


def test_an_application_that_nobody_is_free_for(cast, as_):
    member = person(cast, MemberStatus.CONFIRMED)
    leave(cast, "free", "first")
    assert (kinds(cast), on_desk(cast, "conflicted")) == ([], [False])
    leave(cast, "second")
    assert (kinds(cast), on_desk(cast, "conflicted")) == (["application"], [True])
    browser = as_("conflicted")
    assert ESCALATED in browser.get("/coordinate/members").text
    assert ESCALATED in browser.get(f"/coordinate/members/{member.public_id}").text


def test_a_vetting_that_nobody_is_free_for(cast):
    member = cast.about(make_member(belongs_to=[cast.organisation]))
    member.vetted_until = now() + timedelta(days=3)
    session().commit()
    leave(cast, "free", "first")
    assert (kinds(cast), on_desk(cast, "conflicted")) == ([], [False])
    leave(cast, "second")
    assert (kinds(cast), on_desk(cast, "conflicted")) == (["vetting"], [True])


def test_a_proposal_that_nobody_else_is_free_for(cast, as_):
    member = cast.about(make_member(belongs_to=[cast.organisation]))
    with transaction():
        proposal = propose_role(cast["first"], member, Role.COORDINATOR, reason="Able.")
    leave(cast, "free", "second", "admin")
    assert [each.is_escalated for each in proposal_desk(viewer_of(cast["free"]))] == [False]
    assert kinds(cast) == []
    leave(cast, "officer")
    assert [each.is_escalated for each in proposal_desk(viewer_of(cast["free"]))] == [True]
    assert kinds(cast) == ["role"]
    browser = as_("free")
    for address in ("/roles/proposals", f"/roles/proposals/{proposal.public_id}"):
        assert ESCALATED in browser.get(address).text
