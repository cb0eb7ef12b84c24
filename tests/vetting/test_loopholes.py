"""Ways around two people and around a conflict that somebody with patience would try."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus, RoleGrant
from hub.organisations.models import MembershipRole, OrganisationMembership
from hub.organisations.queries import law_enforcement_countries, memberships_of
from hub.organisations.service import add_membership, end_membership
from hub.vetting.applications import approve_application
from hub.vetting.law_enforcement import approve_status, request_status
from hub.vetting.permissions import can_vet
from hub.vetting.roles import approve_proposal, propose_role
from hub.vetting.standing import ask_renewal, lapse_overdue
from tests.factories import make_law_enforcement, make_member, make_organisation

pytestmark = pytest.mark.db


def done(service, *arguments, **named):
    with transaction():
        return service(*arguments, **named)


def coordinator(**columns):
    return make_member(roles=[Role.COORDINATOR], **columns)


def asked(member, **said):
    said = {"country": "GE", "authority": "Police", "reference": "1", "words": "I am one.", **said}
    return done(request_status, member, **said)


def test_who_lapsed_gets_neither_role_nor_status_back_from_one_coordinator(database):
    member = coordinator(law_enforcement="GE", vetted_until=now() - timedelta(days=1))
    done(lapse_overdue)
    done(ask_renewal, member, "I am still here.")
    done(approve_application, coordinator(), member)
    assert member.status is MemberStatus.APPROVED
    viewer = viewer_of(member)
    assert (viewer.roles, viewer.law_enforcement_country, viewer.is_withheld) == (frozenset(), None, False)
    assert session().scalar(select(RoleGrant.ended_at).where(RoleGrant.member_id == member.id)) is not None


def test_a_year_that_is_over_ends_everything_before_the_job_has_run(database):
    member = coordinator(vetted_until=now() - timedelta(seconds=1))
    assert not viewer_of(member).is_member


def test_a_status_does_not_come_back_with_a_second_membership(database):
    police = make_organisation()
    member = make_member(belongs_to=[police], has_factor=True)
    make_law_enforcement(member, "GE", organisation_id=police.id)
    session().commit()
    assert law_enforcement_countries([member.id], now()) == {member.id: "GE"}
    done(end_membership, viewer_of(member), memberships_of(member.id)[0])
    done(add_membership, police, member, MembershipRole.MEMBER)
    assert law_enforcement_countries([member.id], now()) == {}


def test_the_authority_counts_as_organisation_whether_or_not_it_was_chosen(database):
    police = make_organisation("Anti-Corruption Bureau")
    colleague = coordinator(belongs_to=[police])
    status = asked(make_member(), authority="anti-corruption  bureau")
    with pytest.raises(ForbiddenError):
        done(approve_status, colleague, status)


def test_a_status_rests_on_ones_own_organisation_of_that_name(database):
    police = make_organisation("Anti-Corruption Bureau")
    member = make_member(belongs_to=[police])
    assert asked(member, authority="Anti-Corruption Bureau").organisation_id == police.id


def test_leaving_an_organisation_frees_nobody_to_decide_about_its_people(database):
    police = make_organisation()
    vetter = coordinator(belongs_to=[police])
    member = make_member(belongs_to=[police])
    done(end_membership, viewer_of(vetter), memberships_of(vetter.id)[0])
    assert not can_vet(viewer_of(vetter), member)
    left = (
        session()
        .scalars(select(OrganisationMembership).where(OrganisationMembership.member_id == vetter.id))
        .one()
    )
    left.started_at, left.ended_at = now() - timedelta(days=900), now() - timedelta(days=800)
    session().commit()
    assert can_vet(viewer_of(vetter), member)


def test_a_first_agreement_counts_only_from_somebody_still_free_of_conflict(database):
    police = make_organisation()
    first, second = coordinator(), coordinator()
    member = make_member(belongs_to=[police])
    status = asked(member, organisation=police)
    done(approve_status, first, status)
    done(add_membership, police, first, MembershipRole.MEMBER)
    done(approve_status, second, status)
    assert (status.status, status.first_verified_by_id) == ("supported", second.id)


def test_nobody_proposes_a_colleague(database):
    office = make_organisation()
    with pytest.raises(ForbiddenError):
        done(
            propose_role,
            coordinator(belongs_to=[office]),
            make_member(belongs_to=[office]),
            Role.ADMINISTRATOR,
            reason="We need one.",
        )


def test_a_proposal_ends_with_the_freedom_of_who_made_it(database):
    office = make_organisation()
    proposer, member = coordinator(), make_member(belongs_to=[office])
    proposal = done(propose_role, proposer, member, Role.ADMINISTRATOR, reason="We need one.")
    done(add_membership, office, proposer, MembershipRole.MEMBER)
    with pytest.raises(ConflictError):
        done(approve_proposal, coordinator(), proposal)
