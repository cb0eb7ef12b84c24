"""Roles by two people: proposing, approving, ending, resigning, handing over."""

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import PRIVILEGED_ROLES, Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.outbox import OutboxMessage
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus, RoleGrant
from hub.members.queries import roles_in_force
from hub.vetting.models import RoleAction, RoleProposal
from hub.vetting.queries import approved_member, grants_in_force, offers_to, waiting_proposals
from hub.vetting.roles import (
    accept_offer,
    approve_proposal,
    offer_role,
    propose_end,
    propose_role,
    resign_role,
    set_named,
)
from tests.factories import make_member
from tests.vetting.conftest import logged

pytestmark = pytest.mark.db

REASON = "Read budgets for ten years."


@pytest.fixture
def first(database):
    return make_member(roles=[Role.COORDINATOR])


@pytest.fixture
def second(database):
    return make_member(roles=[Role.COORDINATOR])


@pytest.fixture
def member(database):
    return make_member(has_factor=True)


def proposed(actor, member, role=Role.COORDINATOR, **named):
    with transaction():
        return propose_role(actor, member, role, reason=REASON, **named)


def approved(actor, proposal):
    with transaction():
        approve_proposal(actor, proposal)


def grant_of(member):
    (grant,) = roles_in_force(member, now())
    return grant


def mailed():
    return [each.kind for each in session().scalars(select(OutboxMessage).order_by(OutboxMessage.id))]


def test_a_role_is_dated_reasoned_and_names_both(first, second, member):
    approved(second, proposed(first, member))
    grant = grant_of(member)
    assert (grant.granted_by_id, grant.approved_by_id) == (first.id, second.id)
    assert grant.reason == REASON
    assert viewer_of(member).roles == {Role.COORDINATOR}
    assert logged("member:grant") == 1
    assert mailed() == ["role_granted"]


def test_a_proposal_alone_gives_nothing(first, member):
    proposed(first, member)
    assert not viewer_of(member).roles
    assert [each.member_id for each in waiting_proposals()] == [member.id]


@pytest.mark.parametrize("role", sorted(PRIVILEGED_ROLES))
def test_every_privileged_role_proposes_and_approves(first, member, role):
    other = make_member(roles=[role])
    approved(first, proposed(other, member))
    assert grant_of(member).role is Role.COORDINATOR


def test_without_a_second_factor_nobody_appoints(member):
    with pytest.raises(NotFoundError):
        proposed(make_member(roles=[Role.COORDINATOR], has_factor=False), member)


def test_nobody_proposes_themselves(first):
    with pytest.raises(ForbiddenError, match="Nobody proposes themselves"):
        proposed(first, first, Role.ADMINISTRATOR)


@pytest.mark.parametrize("status", [MemberStatus.CONFIRMED, MemberStatus.SUSPENDED])
def test_only_approved_members_are_proposed(first, status):
    with pytest.raises(InvalidError, match="approved member"):
        proposed(first, make_member(status=status))


@pytest.mark.parametrize(
    ("role", "country"),
    [(Role.FOCAL_POINT, None), (Role.FOCAL_POINT, "XX"), (Role.COORDINATOR, "GE")],
)
def test_focal_points_and_only_they_have_a_country(first, member, role, country):
    with pytest.raises(InvalidError) as refused:
        proposed(first, member, role, country=country)
    assert refused.value.field == "country"


def test_the_same_is_not_proposed_twice(first, second, member):
    proposed(first, member)
    with pytest.raises(ConflictError, match="proposed already"):
        proposed(second, member)


def test_who_has_a_role_is_not_proposed_for_it(first, second):
    with pytest.raises(ConflictError, match="has this role"):
        proposed(first, second)


def test_who_proposed_and_lost_the_role_leaves_nothing_to_approve(first, second, member):
    make_member(roles=[Role.COORDINATOR])
    proposal = proposed(first, member)
    grant_of(first).ended_at = now()
    session().commit()
    with pytest.raises(ConflictError, match="Somebody else must propose it anew"):
        approved(second, proposal)
    session().rollback()
    assert not viewer_of(member).roles


def test_who_is_suspended_meanwhile_gets_nothing(first, second, member):
    proposal = proposed(first, member)
    member.status = MemberStatus.SUSPENDED
    session().commit()
    with pytest.raises(ConflictError, match="not an approved member"):
        approved(second, proposal)


def test_an_end_by_two_stops_the_role_at_once(first, second):
    make_member(roles=[Role.COORDINATOR])
    third = make_member(roles=[Role.COORDINATOR])
    with transaction():
        proposal = propose_end(first, grant_of(third), reason="Moved on.")
    assert viewer_of(third).roles
    approved(second, proposal)
    assert not viewer_of(third).roles
    assert mailed() == ["role_ended"]


def test_ones_own_end_is_resigned_and_not_proposed(first):
    with pytest.raises(ForbiddenError, match="resign it alone"), transaction():
        propose_end(first, grant_of(first), reason="Tired.")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_too_few_are_never_left(first, second, role):
    held = first if role is Role.COORDINATOR else make_member(roles=[role])
    with pytest.raises(ConflictError, match="too few people"), transaction():
        resign_role(held, grant_of(held), reason="Tired.")


def test_an_integrity_officer_may_resign_alone(database):
    officer = make_member(roles=[Role.INTEGRITY_OFFICER])
    with transaction():
        resign_role(officer, grant_of(officer), reason="A new post.")
    assert not viewer_of(officer).roles
    assert logged("member:end_role") == 1


def test_nobody_resigns_for_another(first, second):
    with pytest.raises(NotFoundError), transaction():
        resign_role(first, grant_of(second), reason="No.")


def test_a_hand_over_ends_one_role_and_begins_the_other(first, member):
    focal = make_member(focal_country="GE")
    with transaction():
        offer = offer_role(focal, grant_of(focal), member, reason="I move to another ministry.")
    assert [each.id for each in offers_to(member.id)] == [offer.id]
    assert not waiting_proposals()
    with transaction():
        accept_offer(member, offer)
    assert [each.id for each in waiting_proposals()] == [offer.id]
    approved(first, offer)
    assert viewer_of(member).focal_countries == {"GE"}
    assert not viewer_of(focal).focal_countries
    assert (grant_of(member).granted_by_id, grant_of(member).approved_by_id) == (focal.id, first.id)


def test_a_giver_who_lost_the_role_hands_nothing_over(first, member):
    focal = make_member(focal_country="GE")
    with transaction():
        offer = offer_role(focal, grant_of(focal), member, reason="Moving.")
    with transaction():
        accept_offer(member, offer)
    grant_of(focal).ended_at = now()
    session().commit()
    with pytest.raises(ConflictError):
        approved(first, offer)


def test_only_the_holder_says_whether_they_are_named(first, second):
    grant = grant_of(first)
    with pytest.raises(NotFoundError), transaction():
        set_named(second, grant, is_named=True)
    with transaction():
        set_named(first, grant, is_named=True)
    assert [each.is_named for each in grants_in_force()].count(True) == 1


def test_members_are_found_by_id_or_address_if_they_are_approved(member):
    assert approved_member(f" {member.public_id} ") is member
    assert approved_member(member.email.upper()) is member
    assert approved_member(make_member(status=MemberStatus.CONFIRMED).public_id) is None
    assert approved_member("nobody@test.example") is None
    assert approved_member("%") is None


@pytest.fixture
def row(first, second, member):
    """A proposal as the database takes it."""
    return {
        "public_id": "x" * 22,
        "action": RoleAction.GRANT,
        "member_id": member.id,
        "role": Role.COORDINATOR,
        "reason": REASON,
        "status": ProposalStatus.APPROVED,
        "proposed_by_id": first.id,
        "proposed_at": now(),
        "decided_by_id": second.id,
        "decided_at": now(),
        "decision_words": "",
    }


def test_the_database_takes_what_two_people_agreed(row):
    session().execute(insert(RoleProposal).values(row))


@pytest.mark.parametrize(
    "changed",
    [
        lambda row: {"decided_by_id": row["proposed_by_id"]},
        lambda row: {"decided_by_id": row["member_id"]},
        lambda row: {"proposed_by_id": row["member_id"]},
        lambda _row: {"decided_by_id": None},
        lambda row: {"decided_by_id": row["proposed_by_id"], "status": ProposalStatus.DECLINED},
        lambda _row: {"country": "GE"},
        lambda _row: {"action": RoleAction.HAND_OVER},
    ],
)
def test_the_database_itself_refuses_one_pair_of_eyes(row, changed):
    with pytest.raises(IntegrityError):
        session().execute(insert(RoleProposal).values(row | changed(row)))


def test_the_database_refuses_an_approval_by_the_proposer_past_the_service(first, member):
    proposal = proposed(first, member)
    with pytest.raises(IntegrityError):
        session().execute(
            update(RoleProposal)
            .where(RoleProposal.id == proposal.id)
            .values(status=ProposalStatus.APPROVED, decided_by_id=first.id, decided_at=now())
        )


@pytest.mark.parametrize(
    "granted",
    [
        lambda first, _second, _member: {"granted_by_id": first.id, "approved_by_id": first.id},
        lambda first, _second, _member: {"granted_by_id": first.id},
        lambda first, _second, member: {"granted_by_id": first.id, "approved_by_id": member.id},
        lambda _first, second, member: {"granted_by_id": member.id, "approved_by_id": second.id},
    ],
)
def test_the_database_refuses_a_grant_by_one_person(first, second, member, granted):
    values = {
        "public_id": "y" * 22,
        "member_id": member.id,
        "role": Role.COORDINATOR,
        "reason": REASON,
        "granted_at": now(),
        "is_named": False,
    }
    with pytest.raises(IntegrityError):
        session().execute(insert(RoleGrant).values(values | granted(first, second, member)))
