"""What waits for coordinators about people, and what the public may know of roles."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.members.models import Member, MemberStatus, RoleGrant
from hub.members.queries import is_granted
from hub.organisations.models import LawEnforcementState, LawEnforcementStatus
from hub.vetting.models import (
    Application,
    FactorReset,
    FactorResetStatus,
    Invitation,
    RoleAction,
    RoleProposal,
)

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
    return session().scalar(
        select(FactorReset).where(FactorReset.member_id == member_id, FactorReset.status.in_(OPEN_RESETS))
    )


def waiting_proposals() -> Sequence[RoleProposal]:
    """Return the proposals of roles that wait for a second person, the oldest first; offers once accepted."""
    return (
        session()
        .scalars(
            select(RoleProposal)
            .options(joinedload(RoleProposal.member), joinedload(RoleProposal.proposed_by))
            .where(
                RoleProposal.status == ProposalStatus.PROPOSED,
                or_(RoleProposal.action != RoleAction.HAND_OVER, RoleProposal.accepted_at.is_not(None)),
            )
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
