"""Facts about members that the database itself keeps."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.members.models import Member, MemberStatus, RoleGrant, SignInSession
from hub.organisations.models import LawEnforcementState, LawEnforcementStatus
from tests.members.conftest import NOON

pytestmark = pytest.mark.db


def refuse(*rows):
    with pytest.raises(IntegrityError), transaction() as opened:
        opened.add_all(rows)


@pytest.mark.parametrize(
    "columns",
    [
        {"email": "Nino@example.org"},
        {"email": None},
        {"status": MemberStatus.ERASED},
        {"email": None, "status": MemberStatus.ERASED, "password_hash": "x"},
        {"country": "G"},
        {"display_name": None},
    ],
)
def test_refuses_impossible_members(database, columns):
    refuse(Member(**{"email": "a@example.org", "display_name": "A", "member_type": "innovator"} | columns))


def test_an_address_has_one_account(make_member):
    make_member("nino")
    refuse(Member(email="nino@example.org", display_name="Other", member_type="innovator"))


def test_an_erased_member_keeps_only_a_pseudonym(make_member):
    erased = make_member(email=None, status=MemberStatus.ERASED)
    assert not erased.is_active
    assert len(erased.public_id) == 22


@pytest.mark.parametrize(
    ("status", "is_active"),
    [
        (MemberStatus.APPLIED, True),
        (MemberStatus.CONFIRMED, True),
        (MemberStatus.APPROVED, True),
        (MemberStatus.DECLINED, False),
        (MemberStatus.SUSPENDED, False),
        (MemberStatus.LAPSED, True),
        (MemberStatus.ERASED, False),
    ],
)
def test_only_open_accounts_may_sign_in(status, is_active):
    member = Member(status=status, public_id="abc")
    assert member.is_active is is_active
    assert (member.is_authenticated, member.is_anonymous, member.get_id()) == (True, False, "abc")
    assert member.is_approved is (status is MemberStatus.APPROVED)


@pytest.mark.parametrize(
    "columns",
    [
        {"role": Role.FOCAL_POINT},
        {"role": Role.COORDINATOR, "country": "GE"},
        {"role": Role.COORDINATOR, "ended_at": NOON - timedelta(seconds=1)},
    ],
)
def test_refuses_impossible_grants(nino, columns):
    refuse(RoleGrant(member=nino, reason="r", granted_at=NOON, **columns))


def test_nobody_grants_a_role_to_themselves(nino):
    refuse(RoleGrant(member=nino, role=Role.COORDINATOR, reason="r", granted_by_id=nino.id))


def test_a_role_is_granted_by_two_others_or_at_the_machine(nino, make_member):
    first, second = make_member("first").id, make_member("second").id

    def grant(one, other):
        return RoleGrant(
            member_id=nino.id, role=Role.COORDINATOR, reason="r", granted_by_id=one, approved_by_id=other
        )

    for one, other in (
        (first, first),
        (first, None),
        (None, second),
        (nino.id, second),
        (first, nino.id),
    ):
        refuse(grant(one, other))
    with transaction() as opened:
        opened.add(grant(first, second))


def test_a_role_is_in_force_once_at_a_time(nino):
    with transaction() as opened:
        opened.add(RoleGrant(member=nino, role=Role.COORDINATOR, reason="r", granted_at=NOON, ended_at=NOON))
        opened.add(RoleGrant(member=nino, role=Role.COORDINATOR, reason="r"))
        opened.add(RoleGrant(member=nino, role=Role.FOCAL_POINT, country="GE", reason="r"))
        opened.add(RoleGrant(member=nino, role=Role.FOCAL_POINT, country="AM", reason="r"))
    refuse(RoleGrant(member=nino, role=Role.COORDINATOR, reason="again"))


def test_law_enforcement_is_verified_by_two_others_or_at_the_machine(nino, make_member):
    first, second = make_member("first").id, make_member("second").id

    def status(one, other, **columns):
        return LawEnforcementStatus(
            member_id=nino.id,
            country="GE",
            authority="Agency",
            reference="1",
            status=LawEnforcementState.VERIFIED,
            verified_at=NOON,
            first_verified_by_id=one,
            second_verified_by_id=other,
            **{"valid_until": NOON + timedelta(days=365)} | columns,
        )

    refuse(status(first, first))
    refuse(status(first, None))
    refuse(status(nino.id, second))
    refuse(status(first, nino.id))
    refuse(status(first, second, valid_until=NOON))
    refuse(status(first, second, ended_at=NOON - timedelta(days=1)))
    with transaction() as opened:
        opened.add_all([status(first, second), status(None, None)])


def test_a_session_is_not_seen_before_it_begins(nino):
    refuse(
        SignInSession(
            token_hash="0" * 64,
            member=nino,
            created_at=NOON,
            last_seen_at=NOON - timedelta(seconds=1),
            user_agent="",
        )
    )
