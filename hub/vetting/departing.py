"""What becomes of somebody's roles, status, memberships and proposals when they leave the hub: found, then closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.members.models import MailToken, Member, RoleGrant
from hub.members.queries import roles_in_force
from hub.members.service import subject_of
from hub.organisations.models import LawEnforcementState, LawEnforcementStatus, OrganisationMembership
from hub.organisations.people import is_last_representative
from hub.organisations.queries import memberships_of
from hub.vetting.law_enforcement import end_statuses
from hub.vetting.lifecycle import LAW_ENFORCEMENT, MERGES, ROLE_PROPOSALS
from hub.vetting.models import (
    Invitation,
    InvitationStatus,
    OrganisationMerge,
    OrganisationVerification,
    RoleProposal,
    VerificationStatus,
)
from hub.vetting.organisations.memberships import end_memberships
from hub.vetting.organisations.verification import withdraw_request
from hub.vetting.queries import OPEN_STATES, open_reset_of
from hub.vetting.roles import end_roles, is_needed

LEFT = "The member left the hub."
"""The reason that the audit log keeps."""


@dataclass(frozen=True)
class OpenStanding:
    """What somebody is on the hub, and what of it waits for others.

    Args:
        roles: roles in force; they end.
        needed: those of them without which the hub would have too few people: a successor must come first.
        statuses: law-enforcement status verified or asked for; it ends.
        memberships: active ones; they end.
        unspoken: those of them after which nobody speaks for the organisation.
        proposals: proposals of roles by or for the person; they are withdrawn.
        merges: proposals to merge organisations; they are withdrawn.
        verifications: requests to verify organisations; they are withdrawn.
        invitations: invitations that nobody accepted yet; they are revoked.
        has_reset: whether a report of lost second factors waits; it is deleted.
    """

    roles: Sequence[RoleGrant]
    needed: Sequence[RoleGrant]
    statuses: Sequence[LawEnforcementStatus]
    memberships: Sequence[OrganisationMembership]
    unspoken: Sequence[OrganisationMembership]
    proposals: Sequence[RoleProposal]
    merges: Sequence[OrganisationMerge]
    verifications: Sequence[OrganisationVerification]
    invitations: Sequence[Invitation]
    has_reset: bool


def open_standing(member: Member) -> OpenStanding:
    """Return what `member` is and what of it is open."""
    roles = roles_in_force(member, clock.now())
    memberships = memberships_of(member.id)
    statuses = session().scalars(
        select(LawEnforcementStatus).where(
            LawEnforcementStatus.member_id == member.id,
            LawEnforcementStatus.status.in_((*OPEN_STATES, LawEnforcementState.VERIFIED)),
        )
    )
    proposals = session().scalars(
        select(RoleProposal).where(
            or_(RoleProposal.proposed_by_id == member.id, RoleProposal.member_id == member.id),
            RoleProposal.status == ProposalStatus.PROPOSED,
        )
    )
    merges = session().scalars(
        select(OrganisationMerge).where(
            OrganisationMerge.proposed_by_id == member.id, OrganisationMerge.status == ProposalStatus.PROPOSED
        )
    )
    requests = session().scalars(
        select(OrganisationVerification).where(
            OrganisationVerification.requested_by_id == member.id,
            OrganisationVerification.status == VerificationStatus.REQUESTED,
        )
    )
    invitations = session().scalars(
        select(Invitation).where(
            Invitation.invited_by_id == member.id,
            Invitation.status == InvitationStatus.SENT,
            Invitation.expires_at > clock.now(),
        )
    )
    return OpenStanding(
        roles=roles,
        needed=[each for each in roles if is_needed(each)],
        statuses=statuses.all(),
        memberships=memberships,
        unspoken=[each for each in memberships if is_last_representative(each)],
        proposals=proposals.all(),
        merges=merges.all(),
        verifications=requests.all(),
        invitations=invitations.all(),
        has_reset=open_reset_of(member.id) is not None,
    )


def close_standing(viewer: Viewer, member: Member) -> None:
    """End and withdraw all that `open_standing` returns; the caller made sure that no role is needed.

    Args:
        viewer: who does it, for the audit log.
        member: who leaves.
    """
    standing = open_standing(member)
    moment = clock.now()
    for proposal in standing.proposals:
        ROLE_PROPOSALS.move(proposal, "withdraw", decided_at=moment)
        record(viewer, Event.MEMBER_WITHDRAW_ROLE, subject_of(proposal.member), reason=LEFT)
    for merge in standing.merges:
        MERGES.move(merge, "withdraw", decided_at=moment)
        record(viewer, Event.ORGANISATION_WITHDRAW_MERGE, merge.organisation.subject, reason=LEFT)
    for request in standing.verifications:
        withdraw_request(viewer, request)
    for status in standing.statuses:
        if status.status is not LawEnforcementState.VERIFIED:
            LAW_ENFORCEMENT.move(status, "withdraw", ended_by_id=member.id, ended_at=moment)
            record(viewer, Event.MEMBER_WITHDRAW_STATUS, subject_of(member), reason=LEFT)
    end_statuses(viewer, member, LEFT)
    end_roles(viewer, member, LEFT)
    end_memberships(viewer, member, LEFT)
    _revoke_invitations(viewer, standing.invitations)


def _revoke_invitations(viewer: Viewer, invitations: Sequence[Invitation]) -> None:
    for invitation in invitations:
        invitation.status = InvitationStatus.REVOKED
        record(viewer, Event.MEMBER_REVOKE_INVITATION, f"invitation:{invitation.public_id}", reason=LEFT)
    session().flush()
    session().execute(
        update(MailToken)
        .where(MailToken.id.in_([each.token_id for each in invitations]), MailToken.used_at.is_(None))
        .values(used_at=clock.now()),
        execution_options={"synchronize_session": False},
    )
