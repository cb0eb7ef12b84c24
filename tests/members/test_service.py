"""The first accounts and roles: made at the machine, logged, and only until the hub has its people."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR, Role
from hub.audit.queries import history_of
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.members.models import Member, MemberStatus
from hub.members.permissions import can_bootstrap
from hub.members.queries import member_by_email, roles_in_force
from hub.members.service import create_member, grant_role
from hub.organisations.models import LawEnforcementState
from hub.organisations.queries import law_enforcement_countries
from hub.organisations.service import verify_law_enforcement
from tests.members.conftest import NOON

pytestmark = pytest.mark.db

DETAILS = {"password_hash": None, "display_name": "Ana", "member_type": "government"}


def create(email="Ana@Example.org", **details):
    with transaction():
        return create_member(VISITOR, email=email, **DETAILS | details)


def grant(member, role, **details):
    with transaction() as opened:
        return grant_role(VISITOR, opened.get(Member, member.id), role, **details)


def test_creates_a_confirmed_and_approved_account(database, clock):
    member = create(country="GE")
    assert member is member_by_email("ANA@example.org")
    assert (member.status, member.email_confirmed_at, member.country) == (MemberStatus.APPROVED, NOON, "GE")


def test_an_applicant_is_not_confirmed(database):
    assert create(status=MemberStatus.APPLIED).email_confirmed_at is None


def test_creation_is_logged_without_name_or_address(database):
    member = create()
    (item,) = history_of(f"member:{member.public_id}")
    assert (item.event, item.actor) == ("member:create", "system")


@pytest.mark.parametrize(
    ("field", "details"),
    [
        ("email", {"email": "nobody"}),
        ("email", {"email": "a b@example.org"}),
        ("email", {"email": "@"}),
        ("email", {"email": "a@b\r\nBcc: x@example.org"}),
        ("email", {"email": "a" * 250 + "@example.org"}),
        ("display_name", {"display_name": " "}),
        ("display_name", {"display_name": "Ana\x00"}),
        ("display_name", {"display_name": "x" * 121}),
        ("member_type", {"member_type": "hero"}),
        ("country", {"country": "XX"}),
        ("country", {"country": "ge"}),
    ],
)
def test_refuses_what_cannot_be_stored_by_naming_the_field(database, field, details):
    with pytest.raises(InvalidError) as refused:
        create(**details)
    assert refused.value.field == field
    assert member_by_email("ana@example.org") is None


def test_an_address_has_one_account(database):
    create()
    with pytest.raises(ConflictError):
        create("ana@EXAMPLE.org")


def test_grants_a_role_and_logs_it(database, clock):
    member = create()
    grant(member, Role.FOCAL_POINT, country="GE", reason="Letter of the ministry")
    (held,) = roles_in_force(member, now())
    assert (held.role, held.country, held.granted_at) == (Role.FOCAL_POINT, "GE", NOON)
    assert history_of(f"member:{member.public_id}")[-1].reason == "Letter of the ministry"


@pytest.mark.parametrize(
    ("role", "country"), [(Role.FOCAL_POINT, None), (Role.FOCAL_POINT, "ZZ"), (Role.COORDINATOR, "GE")]
)
def test_a_country_belongs_to_focal_points_only(database, role, country):
    member = create()
    with pytest.raises(InvalidError) as refused:
        grant(member, role, country=country)
    assert refused.value.field == "country"


def test_a_role_is_granted_once(database):
    member = create()
    grant(member, Role.COORDINATOR)
    with pytest.raises(ConflictError):
        grant(member, Role.COORDINATOR)


def test_an_applicant_gets_no_role(database):
    member = create(status=MemberStatus.APPLIED)
    with pytest.raises(InvalidError):
        grant(member, Role.COORDINATOR)


def test_an_ended_role_is_not_in_force(database, clock):
    member = create()
    held = grant(member, Role.COORDINATOR)
    with transaction() as opened:
        opened.get(type(held), held.id).ended_at = NOON + timedelta(hours=1)
    assert len(roles_in_force(member, NOON)) == 1
    assert roles_in_force(member, NOON + timedelta(hours=1)) == ()


def test_verification_opens_law_enforcement_for_a_year(database, clock):
    member = create()
    with transaction():
        verify_law_enforcement(VISITOR, member, country="GE", authority="Agency", reference="Letter 7")
    assert law_enforcement_countries([member.id], NOON) == {member.id: "GE"}
    assert not law_enforcement_countries([member.id], NOON + timedelta(days=365))
    assert history_of(f"member:{member.public_id}")[-1].event == "member:verify"


def test_a_revoked_verification_opens_nothing(database, clock):
    member = create()
    others = create("first@example.org"), create("second@example.org")
    with transaction() as opened:
        status = verify_law_enforcement(
            VISITOR, member, country="GE", authority="Agency", reference="Letter 7", verified_by=others
        )
        status.status, status.ended_at = LawEnforcementState.REVOKED, NOON
        opened.flush()
    assert not law_enforcement_countries([member.id], NOON)


@pytest.mark.parametrize(
    ("coordinators", "administrators", "may"), [(0, 0, True), (1, 1, True), (5, 0, True), (2, 1, False)]
)
def test_the_machine_decides_until_the_hub_has_its_people(coordinators, administrators, may):
    assert can_bootstrap(coordinators, administrators) is may


def test_bootstrap_ends_with_two_coordinators_and_an_administrator(database):
    people = [create(f"p{number}@example.org") for number in range(3)]
    grant(people[0], Role.COORDINATOR)
    grant(people[1], Role.COORDINATOR)
    grant(people[2], Role.ADMINISTRATOR)
    with pytest.raises(ForbiddenError):
        create("late@example.org")
    with pytest.raises(ForbiddenError):
        grant(people[2], Role.COORDINATOR)
    with pytest.raises(ForbiddenError), transaction():
        verify_law_enforcement(VISITOR, people[2], country="GE", authority="A", reference="1")
    assert member_by_email("late@example.org") is None


def test_bootstrap_opens_again_when_somebody_is_missing(database):
    people = [create(f"p{number}@example.org") for number in range(3)]
    grant(people[0], Role.COORDINATOR)
    grant(people[1], Role.COORDINATOR)
    grant(people[2], Role.ADMINISTRATOR)
    with transaction() as opened:
        opened.get(Member, people[0].id).status = MemberStatus.SUSPENDED
    create("late@example.org")
