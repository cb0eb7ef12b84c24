"""What waits for coordinators about people, and what the public may know of roles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Role, Viewer
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.permissions import conflict_of
from hub.members.models import MailToken, Member, MemberStatus, RoleGrant
from hub.members.queries import is_granted, member_by_email
from hub.organisations.models import LawEnforcementState, LawEnforcementStatus
from hub.vetting.involvements import involvements_of
from hub.vetting.models import (
    Application,
    FactorReset,
    FactorResetStatus,
    Invitation,
    InvitationStatus,
    RoleAction,
    RoleProposal,
)
from hub.vetting.permissions import MAY_ACCEPT, can_appoint_some

OPEN_STATES = (LawEnforcementState.REQUESTED, LawEnforcementState.SUPPORTED)
OPEN_RESETS = (FactorResetStatus.REQUESTED, FactorResetStatus.SUPPORTED, FactorResetStatus.APPROVED)
UNDECIDED_RESETS = (FactorResetStatus.REQUESTED, FactorResetStatus.SUPPORTED)


def waiting_applications() -> Sequence[Application]:
    """Return the applications of people who confirmed their address, the oldest first."""
    return (
        session()
        .scalars(
            select(Application)
            .join(Application.member)
            .options(joinedload(Application.member), joinedload(Application.invitation))
            .where(Member.status == MemberStatus.CONFIRMED, Application.decision.is_(None))
            .order_by(Application.confirmed_at, Application.id)
        )
        .all()
    )


def applications_of(member_id: int) -> Sequence[Application]:
    """Return what somebody applied for, the latest first."""
    return (
        session()
        .scalars(
            select(Application).where(Application.member_id == member_id).order_by(Application.id.desc())
        )
        .all()
    )


def waiting_statuses() -> Sequence[LawEnforcementStatus]:
    """Return the requests for law-enforcement status, the oldest first."""
    return (
        session()
        .scalars(
            select(LawEnforcementStatus)
            .options(joinedload(LawEnforcementStatus.member))
            .where(LawEnforcementStatus.status.in_(OPEN_STATES))
            .order_by(LawEnforcementStatus.requested_at, LawEnforcementStatus.id)
        )
        .all()
    )


def open_status_of(member_id: int) -> LawEnforcementStatus | None:
    """Return the request of a member that waits, or None."""
    return session().scalar(
        select(LawEnforcementStatus).where(
            LawEnforcementStatus.member_id == member_id, LawEnforcementStatus.status.in_(OPEN_STATES)
        )
    )


def waiting_resets() -> Sequence[FactorReset]:
    """Return the reports of lost factors that wait for a first or second coordinator, the oldest first."""
    return (
        session()
        .scalars(
            select(FactorReset)
            .options(joinedload(FactorReset.member))
            .where(FactorReset.status.in_(UNDECIDED_RESETS))
            .order_by(FactorReset.requested_at, FactorReset.id)
        )
        .all()
    )


def open_reset_of(member_id: int) -> FactorReset | None:
    """Return the report of lost factors that is under way for a member, or None."""
    return session().scalar(OPEN_RESET, {"member_id": member_id})


OPEN_RESET = select(FactorReset).where(
    FactorReset.member_id == bindparam("member_id"), FactorReset.status.in_(OPEN_RESETS)
)
"""Made once, for every page of somebody signed in asks it."""


def is_waiting() -> ColumnElement[bool]:
    """Return the SQL condition for proposals of roles that wait for a second person; offers do once accepted."""
    return and_(
        RoleProposal.status == ProposalStatus.PROPOSED,
        or_(RoleProposal.action != RoleAction.HAND_OVER, RoleProposal.accepted_at.is_not(None)),
    )


def waiting_proposals() -> Sequence[RoleProposal]:
    """Return the proposals of roles that wait for a second person, the oldest first; offers once accepted."""
    return (
        session()
        .scalars(
            select(RoleProposal)
            .options(joinedload(RoleProposal.member), joinedload(RoleProposal.proposed_by))
            .where(is_waiting())
            .order_by(RoleProposal.proposed_at, RoleProposal.id)
        )
        .all()
    )


def offers_to(member_id: int) -> Sequence[RoleProposal]:
    """Return the focal points' roles that were offered to a member and wait for their answer."""
    return (
        session()
        .scalars(
            select(RoleProposal).where(
                RoleProposal.member_id == member_id,
                RoleProposal.action == RoleAction.HAND_OVER,
                RoleProposal.status == ProposalStatus.PROPOSED,
                RoleProposal.accepted_at.is_(None),
            )
        )
        .all()
    )


def is_invited(email: object, belongs: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    """Return the SQL conditions for open invitations to an address, into other organisations than one belongs to."""
    return (
        Invitation.email == email,
        Invitation.status == InvitationStatus.SENT,
        Invitation.expires_at > clock.now(),
        Invitation.organisation_id.is_not(None),
        Invitation.organisation_id.not_in(sorted(belongs)),
    )


def invitations_to(member: Member, belongs: Collection[int]) -> Sequence[tuple[Invitation, str]]:
    """Return the open invitations into organisations that were sent to a member's address, the oldest first.

    Args:
        member: whose address; only who can accept has any.
        belongs: ids of the organisations that they belong to, which are left out.

    Returns:
        Each with the public id of the token that its link carries.
    """
    if member.status not in MAY_ACCEPT:
        return []
    rows = session().execute(
        select(Invitation, MailToken.public_id)
        .join(MailToken, MailToken.id == Invitation.token_id)
        .options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by))
        .where(*is_invited(member.email, belongs))
        .order_by(Invitation.invited_at, Invitation.id)
    )
    return [(invitation, token) for invitation, token in rows]


def offers_by(member_id: int) -> Sequence[RoleProposal]:
    """Return the hand-overs that a focal point began and that are not decided."""
    return (
        session()
        .scalars(
            select(RoleProposal).where(
                RoleProposal.proposed_by_id == member_id,
                RoleProposal.action == RoleAction.HAND_OVER,
                RoleProposal.status == ProposalStatus.PROPOSED,
            )
        )
        .all()
    )


def invitations_by(viewer: Viewer, limit: int = 50) -> Sequence[Invitation]:
    """Return the latest invitations that `viewer` sent."""
    return (
        session()
        .scalars(
            select(Invitation)
            .where(Invitation.invited_by_id == viewer.member_id)
            .order_by(Invitation.id.desc())
            .limit(limit)
        )
        .all()
    )


def own_invitation(viewer: Viewer, public_id: str) -> Invitation:
    """Return an invitation that `viewer` sent.

    Raises:
        NotFoundError: there is none.
    """
    found = session().scalar(
        select(Invitation).where(
            Invitation.public_id == public_id, Invitation.invited_by_id == viewer.member_id
        )
    )
    if found is None:
        raise NotFoundError
    return found


def members_to_vet_again(until: datetime) -> Sequence[Member]:
    """Return the approved members whose vetting ends before `until`, the first to end first."""
    return (
        session()
        .scalars(
            select(Member)
            .where(Member.status == MemberStatus.APPROVED, Member.vetted_until <= until)
            .order_by(Member.vetted_until, Member.id)
        )
        .all()
    )


def grants_in_force() -> Sequence[RoleGrant]:
    """Return the roles that approved members hold, by role, country and date; the page names only who agreed."""
    return (
        session()
        .scalars(
            select(RoleGrant)
            .join(RoleGrant.member)
            .options(joinedload(RoleGrant.member))
            .where(is_granted(clock.now()), Member.status == MemberStatus.APPROVED)
            .order_by(RoleGrant.role, RoleGrant.country, RoleGrant.granted_at, RoleGrant.id)
        )
        .all()
    )


def countries_with_focal_points() -> frozenset[str]:
    """Return the ISO codes of the countries that have a focal point."""
    found = session().scalars(
        select(RoleGrant.country)
        .join(RoleGrant.member)
        .where(
            RoleGrant.role == Role.FOCAL_POINT,
            is_granted(clock.now()),
            Member.status == MemberStatus.APPROVED,
        )
    )
    return frozenset(country for country in found if country)


def focal_points_of(country: str) -> Sequence[RoleGrant]:
    """Return the grants of a country's focal points (ISO code); pages name only who agreed."""
    return (
        session()
        .scalars(
            select(RoleGrant)
            .join(RoleGrant.member)
            .options(joinedload(RoleGrant.member))
            .where(
                RoleGrant.role == Role.FOCAL_POINT,
                RoleGrant.country == country,
                is_granted(clock.now()),
                Member.status == MemberStatus.APPROVED,
            )
            .order_by(RoleGrant.granted_at, RoleGrant.id)
        )
        .all()
    )


def proposal_by_id(public_id: str, viewer: Viewer) -> RoleProposal:
    """Return a proposal of a role, decided or not, to who appoints; an offer only once it was accepted.

    Raises:
        NotFoundError: there is none, or the viewer does not appoint.
    """
    proposal = _proposal(public_id)
    is_offer = proposal.action is RoleAction.HAND_OVER and proposal.accepted_at is None
    if is_offer or not can_appoint_some(viewer):
        raise NotFoundError
    return proposal


def offer_by_id(public_id: str, viewer: Viewer) -> RoleProposal:
    """Return the hand-over of a focal point's role to one of the two people in it.

    Raises:
        NotFoundError: there is none, or it is none of the viewer's.
    """
    proposal = _proposal(public_id)
    people = {proposal.proposed_by_id, proposal.member_id}
    if proposal.action is not RoleAction.HAND_OVER or viewer.member_id not in people:
        raise NotFoundError
    return proposal


def _proposal(public_id: str) -> RoleProposal:
    proposal = session().scalar(select(RoleProposal).where(RoleProposal.public_id == public_id))
    if proposal is None:
        raise NotFoundError
    return proposal


def grant_by_id(public_id: str) -> RoleGrant:
    """Return a role that somebody holds or held; the service asks who may do something with it.

    Raises:
        NotFoundError: there is none.
    """
    grant = session().scalar(select(RoleGrant).where(RoleGrant.public_id == public_id))
    if grant is None:
        raise NotFoundError
    return grant


def approved_member(handle: str) -> Member | None:
    """Return the approved member with this member id or e-mail address, or None."""
    handle = handle.strip()
    if "@" in handle:
        member = member_by_email(handle)
    elif handle.isascii() and handle.isalnum():
        member = session().scalar(select(Member).where(Member.public_id == handle))
    else:
        member = None
    return member if member is not None and member.is_approved else None


@dataclass(frozen=True)
class AppointedMember:
    """A member as the audit log names them to somebody who takes part in giving roles.

    Args:
        name: how they are called.
        has_conflict: whether the reader has a conflict with them, and so reads no reasons.
    """

    name: str
    has_conflict: bool


def appointed_members(public_ids: Collection[str], viewer: Viewer) -> dict[str, AppointedMember]:
    """Return members named by their random ids, by random id, for what concerns their roles.

    Nothing for anybody but who appoints.
    """
    if not can_appoint_some(viewer):
        return {}
    members = session().scalars(select(Member).where(Member.public_id.in_(sorted(public_ids)))).all()
    involved = involvements_of(members)
    return {
        each.public_id: AppointedMember(each.display_name, conflict_of(viewer, involved[each.id]) is not None)
        for each in members
    }
