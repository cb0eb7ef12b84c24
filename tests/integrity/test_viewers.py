"""The Viewer of a member: what holds at this moment and nothing else."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role
from hub.core.clock import now
from hub.core.database import transaction
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus, RoleGrant
from hub.organisations.models import (
    LawEnforcementState,
    LawEnforcementStatus,
    MembershipRole,
    MembershipStatus,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.organisations.queries import memberships_of
from hub.organisations.service import add_membership, end_membership
from tests.factories import make_law_enforcement, make_member, make_organisation

pytestmark = pytest.mark.db


def test_nobody_is_a_visitor(database):
    assert viewer_of(None) is VISITOR


@pytest.mark.parametrize(
    "status", [each for each in MemberStatus if each not in {MemberStatus.APPROVED, MemberStatus.ERASED}]
)
def test_whoever_is_not_approved_sees_what_visitors_see(database, status):
    member = make_member(roles=[Role.COORDINATOR], law_enforcement="GE", status=status)
    assert viewer_of(member) is VISITOR


def test_a_member_is_known_by_ids_only(database):
    member = make_member()
    viewer = viewer_of(member)
    assert (viewer.member_id, viewer.public_id) == (member.id, member.public_id)
    assert (viewer.roles, viewer.focal_countries, viewer.represents) == (
        frozenset(),
        frozenset(),
        frozenset(),
    )


def test_roles_in_force_count(database):
    member = make_member(roles=[Role.COORDINATOR], focal_country="GE")
    viewer = viewer_of(member)
    assert viewer.roles == {Role.COORDINATOR, Role.FOCAL_POINT}
    assert viewer.focal_countries == {"GE"}


def test_an_ended_role_counts_no_more(database):
    member = make_member()
    granted = RoleGrant(member_id=member.id, role=Role.COORDINATOR, reason="once")
    granted.granted_at = now() - timedelta(days=2)
    granted.ended_at = now() - timedelta(days=1)
    database.add(granted)
    database.commit()
    assert viewer_of(member).roles == frozenset()


def test_representatives_speak_and_others_belong(database):
    spoken, joined = make_organisation(), make_organisation()
    viewer = viewer_of(make_member(represents=[spoken], belongs_to=[joined]))
    assert viewer.represents == {spoken.id}
    assert viewer.organisations == {spoken.id, joined.id}


@pytest.mark.parametrize("status", [MembershipStatus.INVITED, MembershipStatus.ENDED])
def test_only_active_memberships_count(database, status):
    organisation, member = make_organisation(), make_member()
    database.add(
        OrganisationMembership(
            organisation_id=organisation.id,
            member_id=member.id,
            role=MembershipRole.REPRESENTATIVE,
            status=status,
            started_at=now(),
        )
    )
    database.commit()
    assert memberships_of(member.id) == []
    assert viewer_of(member).represents == frozenset()


def test_a_verified_status_gives_the_country(database):
    assert viewer_of(make_member(law_enforcement="GE")).law_enforcement_country == "GE"


def test_a_lapsed_status_gives_nothing(database):
    member = make_member(law_enforcement="GE")
    with time_machine.travel(now() + timedelta(days=400), tick=False):
        assert viewer_of(member).law_enforcement_country is None


def test_a_revoked_status_gives_nothing(database):
    member = make_member()
    status = make_law_enforcement(member, "GE")
    status.status = LawEnforcementState.REVOKED
    database.commit()
    with time_machine.travel(now() + timedelta(minutes=1), tick=False):
        assert viewer_of(member).law_enforcement_country is None


def test_a_new_membership_counts_at_once(database):
    organisation, member = make_organisation(), make_member()
    with transaction():
        add_membership(organisation, member, MembershipRole.REPRESENTATIVE)
    assert viewer_of(member).represents == {organisation.id}


PRIVILEGED = (
    {"roles": [Role.COORDINATOR]},
    {"roles": [Role.INTEGRITY_OFFICER]},
    {"roles": [Role.ADMINISTRATOR]},
    {"law_enforcement": "GE"},
)


@pytest.mark.parametrize("privilege", PRIVILEGED)
def test_without_a_second_factor_privileges_are_withheld(database, privilege):
    viewer = viewer_of(make_member(**privilege, has_factor=False))
    assert (viewer.roles, viewer.law_enforcement_country) == (frozenset(), None)
    assert viewer.is_withheld
    assert viewer.is_privileged


@pytest.mark.parametrize("privilege", PRIVILEGED)
def test_with_a_second_factor_they_are_in_force(database, privilege):
    viewer = viewer_of(make_member(**privilege))
    assert viewer.roles or viewer.law_enforcement_country
    assert not viewer.is_withheld


def test_a_focal_point_may_go_without(database):
    viewer = viewer_of(make_member(focal_country="GE", has_factor=False))
    assert viewer.focal_countries == {"GE"}
    assert not viewer.is_withheld


def test_a_status_ends_with_the_membership_that_it_rests_on(database):
    police = make_organisation()
    member = make_member(belongs_to=[police], law_enforcement="GE")
    status = database.scalar(select(LawEnforcementStatus).where(LawEnforcementStatus.member_id == member.id))
    status.organisation_id = police.id
    database.commit()
    assert viewer_of(member).law_enforcement_country == "GE"
    with transaction():
        end_membership(VISITOR, memberships_of(member.id)[0])
    assert viewer_of(member).law_enforcement_country is None


def test_a_status_ends_with_the_verification_of_the_organisation(database):
    police = make_organisation()
    member = make_member(belongs_to=[police], law_enforcement="GE")
    status = database.scalar(select(LawEnforcementStatus).where(LawEnforcementStatus.member_id == member.id))
    status.organisation_id = police.id
    police.status = OrganisationStatus.LAPSED
    database.commit()
    assert viewer_of(member).law_enforcement_country is None
