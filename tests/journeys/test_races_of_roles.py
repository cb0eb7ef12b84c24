"""Two people at the same moment, at roles and recusals: one outcome, clear words, one entry in the log."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.core.clock import now
from hub.core.database import session_scope, transaction
from hub.core.errors import ConflictError
from hub.integrity.models import Recusal
from hub.integrity.permissions import Conflict
from hub.integrity.service import record_recusal
from hub.integrity.viewers import viewer_of
from hub.members.models import Member, RoleGrant
from hub.members.queries import members_with_role
from hub.vetting.models import RoleProposal
from hub.vetting.roles import (
    approve_proposal,
    decline_proposal,
    propose_role,
    resign_role,
    withdraw_proposal,
)
from tests.factories import make_member
from tests.journeys.live import at_once, post

pytestmark = pytest.mark.db

ROUNDS = 3
ONE_OF_TWO = {"done": 1, ConflictError: 1}


@pytest.fixture
def hub(live_on_both):
    return live_on_both


@pytest.fixture
def people(hub):
    """Three coordinators beside the two of the scene, and somebody who gets roles, by id."""
    names = ("first", "second", "third")
    found = {name: hub.member(roles=[Role.COORDINATOR]).id for name in names}
    return {**found, "member": hub.member(has_factor=True).id}


def proposed(hub, people):
    """Propose that a new member become coordinator; return the proposal's id and random id."""
    with session_scope(hub.engine) as opened:
        member = make_member(has_factor=True)
        with transaction():
            made = propose_role(opened.get(Member, people["first"]), member, Role.COORDINATOR, reason="Able.")
        return made.id, made.public_id, made.member_id


def acting(hub, service, actor_id, table, thing_id, *words, **named):
    """Prepare a call of a service as one person, in a session of its own."""

    def run():
        with session_scope(hub.engine) as opened, transaction():
            service(opened.get(Member, actor_id), opened.get(table, thing_id), *words, **named)
        return "done"

    return run


def outcomes(*acts):
    return Counter(each if isinstance(each, str) else type(each) for each in at_once(*acts))


def logged(hub, *tags):
    return hub.asked(select(func.count()).where(AuditEntry.tag.in_(tags)))[0]


def is_whole(hub):
    with session_scope(hub.engine):
        return verify_stored(stored_entries(), first_loose_number()).is_whole


def test_two_approve_one_proposal(hub, people):
    before = logged(hub, "member:grant")
    for number in range(1, ROUNDS + 1):
        proposal, _public_id, member = proposed(hub, people)
        acts = [
            acting(hub, approve_proposal, people[name], RoleProposal, proposal)
            for name in ("second", "third")
        ]
        assert outcomes(*acts) == ONE_OF_TWO
        assert hub.asked(select(func.count(RoleGrant.id)).where(RoleGrant.member_id == member)) == [1]
        assert logged(hub, "member:grant") == before + number
    assert is_whole(hub)


@pytest.mark.parametrize(
    ("name", "service", "words"), [("third", decline_proposal, ["No."]), ("first", withdraw_proposal, [])]
)
def test_approving_races_with_declining_and_withdrawing(hub, people, name, service, words):
    for _ in range(ROUNDS):
        proposal, _public_id, member = proposed(hub, people)
        acts = (
            acting(hub, approve_proposal, people["second"], RoleProposal, proposal),
            acting(hub, service, people[name], RoleProposal, proposal, *words),
        )
        assert outcomes(*acts) == ONE_OF_TWO
        (status,) = hub.asked(select(RoleProposal.status).where(RoleProposal.id == proposal))
        grants = hub.asked(select(func.count(RoleGrant.id)).where(RoleGrant.member_id == member))
        assert grants == [int(status == "approved")]
    assert is_whole(hub)


def test_two_browsers_approve_and_one_is_told_so(hub, people):
    _proposal, public_id, member = proposed(hub, people)
    browsers = []
    for name in ("second", "third"):
        with session_scope(hub.engine) as opened:
            who = opened.get(Member, people[name])
            browsers.append(hub.app.test_client().become(who))
    place = f"/roles/proposals/{public_id}/approve"
    assert sorted(at_once(*(post(each, place) for each in browsers))) == [303, 409]
    assert hub.asked(select(func.count(RoleGrant.id)).where(RoleGrant.member_id == member)) == [1]


def test_a_role_withdrawn_while_the_form_is_open_decides_nothing(hub, people):
    _proposal, public_id, member = proposed(hub, people)
    with session_scope(hub.engine) as opened:
        browser = hub.app.test_client().become(opened.get(Member, people["second"]))
    place = f"/roles/proposals/{public_id}"
    assert "Your decision" in browser.get(place).text
    with session_scope(hub.engine) as opened, transaction():
        opened.scalars(
            select(RoleGrant).where(RoleGrant.member_id == people["second"])
        ).one().ended_at = now()
    answer = browser.act(f"{place}/approve")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert hub.asked(select(func.count(RoleGrant.id)).where(RoleGrant.member_id == member)) == [0]


def test_those_who_resign_at_once_never_leave_too_few(hub, people):
    with session_scope(hub.engine) as opened:
        grants = list(opened.scalars(select(RoleGrant).where(RoleGrant.role == Role.COORDINATOR)))
        held = [(each.member_id, each.id) for each in grants]
    acts = [acting(hub, resign_role, member, RoleGrant, grant, reason="Tired.") for member, grant in held]
    found = outcomes(*acts)
    assert found[ConflictError] == 2
    with session_scope(hub.engine):
        assert len(members_with_role(Role.COORDINATOR, now())) == 2
    assert is_whole(hub)


def test_a_recusal_met_twice_at_once_is_written_once(hub, people):
    subject = "innovation:23456789abcdefghjkmnpq"

    def meet():
        with session_scope(hub.engine) as opened:
            viewer = viewer_of(opened.get(Member, people["second"]))
            try:
                with transaction():
                    record_recusal(viewer, subject, Conflict.INTEREST)
            except ConflictError:
                pass
        return "done"

    assert outcomes(meet, meet, meet) == {"done": 3}
    assert hub.asked(select(func.count(Recusal.id))) == [1]
    assert logged(hub, "recusal:record") == 1
    assert is_whole(hub)
