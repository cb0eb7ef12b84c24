"""Belonging to an organisation: roles in it, leaving it, and what happens when nobody speaks for it any more."""

from hub.access.viewer import Role, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.queries import deciders
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.profiles.documents import requeue
from hub.members.service import subject_of
from hub.notifications.service import notify
from hub.organisations.models import (
    MembershipRole,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.organisations.people import is_last_representative, own_membership, speakers
from hub.organisations.permissions import can_describe, oversees
from hub.organisations.queries import memberships_of
from hub.organisations.service import end_membership, hold
from hub.vetting.law_enforcement import end_statuses_of
from hub.vetting.organisations.ending import lapse
from hub.vetting.organisations.queries import open_verification
from hub.vetting.organisations.verification import withdraw_request

UNSPOKEN = "Nobody speaks for the organisation any more."


def change_role(actor: Member, membership: OrganisationMembership, role: MembershipRole) -> None:
    """Make somebody a representative, or one of them a mere member.

    Args:
        actor: a representative of the organisation.
        membership: an active one, also the actor's own.
        role: what the person becomes.

    Raises:
        NotFoundError: the actor does not represent the organisation, or the membership ended.
        InvalidError: the person is not an approved member, and so could speak for nobody.
        ConflictError: the actor is the last representative and would be none.
    """
    viewer = _representative(actor, membership)
    if membership.role is role:
        return
    if role is MembershipRole.REPRESENTATIVE and not membership.member.is_approved:
        raise InvalidError(N_("This person is not an approved member."), field="role")
    if role is MembershipRole.MEMBER and is_last_representative(membership):
        raise ConflictError(N_("You are the last representative. Make somebody else one first, or leave."))
    before = {"organisation": membership.organisation.slug, "role": membership.role}
    membership.role = role
    session().flush()
    after = {"organisation": membership.organisation.slug, "role": role}
    record(viewer, Event.MEMBERSHIP_CHANGE, subject_of(membership.member), before=before, after=after)
    notify({membership.member_id} - {actor.id}, "membership_changed", membership.organisation.subject)


def remove_member(actor: Member, membership: OrganisationMembership) -> None:
    """End the membership of somebody else.

    Raises:
        NotFoundError: the actor does not represent the organisation, it is their own, or it ended.
    """
    viewer = _representative(actor, membership)
    if membership.member_id == actor.id:
        raise NotFoundError
    end_membership(viewer, membership)
    notify({membership.member_id}, "membership_ended", membership.organisation.subject)


def leave_organisation(actor: Member, organisation: Organisation) -> None:
    """End one's own membership. With the last representative goes what the hub vouched for.

    Raises:
        NotFoundError: there is none.
    """
    # two representatives who leave at once must see one another
    hold(organisation)
    viewer = viewer_of(actor)
    membership = own_membership(organisation, viewer)
    if membership is None:
        raise NotFoundError
    _end(viewer, membership)


def end_memberships(viewer: Viewer, member: Member, reason: str) -> None:
    """End every membership of somebody whose account ends, with what rests on them.

    Args:
        viewer: who ends them, for the audit log; `VISITOR` stands for the system.
        member: whose they are.
        reason: why, for the audit log.
    """
    memberships = memberships_of(member.id)
    hold(*(each.organisation for each in memberships))
    for membership in memberships:
        _end(viewer, membership, reason)


def show_membership(actor: Member, membership: OrganisationMembership, *, is_shown: bool) -> None:
    """Say whether the organisation's page names one; only the person decides that.

    Raises:
        NotFoundError: it is not the actor's, or it ended.
    """
    if membership.member_id != actor.id or membership.status is not MembershipStatus.ACTIVE:
        raise NotFoundError
    if membership.is_shown is is_shown:
        return
    membership.is_shown = is_shown
    session().flush()
    # suggestions of people know where they are named
    requeue(actor)


def _end(viewer: Viewer, membership: OrganisationMembership, reason: str = "") -> None:
    is_last, organisation = is_last_representative(membership), membership.organisation
    end_membership(viewer, membership, reason=reason)
    notify(speakers(organisation) - {membership.member_id}, "member_left", organisation.subject)
    if is_last:
        _fall_silent(viewer, organisation)


def _fall_silent(viewer: Viewer, organisation: Organisation) -> None:
    """Have everything end that the hub vouched for, and tell who looks after such organisations."""
    request = open_verification(organisation)
    if request is not None:
        withdraw_request(viewer, request)
    if organisation.status is OrganisationStatus.VERIFIED:
        lapse(viewer, organisation, UNSPOKEN)
    else:
        end_statuses_of(viewer, organisation, UNSPOKEN)
    overseers = deciders((Role.COORDINATOR, Role.FOCAL_POINT))
    told = {each.member_id for each in overseers if each.member_id and oversees(each, organisation)}
    notify(told - {viewer.member_id}, "organisation_unspoken", organisation.subject)


def _representative(actor: Member, membership: OrganisationMembership) -> Viewer:
    # two representatives who remove one another at once must see what the other did
    hold(membership.organisation)
    session().refresh(membership)
    viewer = viewer_of(actor)
    if not can_describe(viewer, membership.organisation) or membership.status is not MembershipStatus.ACTIVE:
        raise NotFoundError
    return viewer
