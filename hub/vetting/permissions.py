"""Who lets people in, gives roles and verifies law enforcement: pure functions on a viewer and a thing."""

from hub.access.viewer import PRIVILEGED_ROLES, Role, Viewer
from hub.core.clock import now
from hub.integrity.permissions import Conflict, conflict_of
from hub.members.models import AbuseReport, Member, MemberStatus
from hub.organisations.models import LawEnforcementStatus, Organisation, OrganisationStatus
from hub.vetting.involvements import abuse_involvement, involvement_of, proposal_involvement
from hub.vetting.models import FactorReset, Invitation, InvitationStatus, RoleAction, RoleProposal

MAY_ACCEPT = frozenset({MemberStatus.CONFIRMED, MemberStatus.APPROVED})
"""Whose account stands so that they can accept with it."""


def can_vet_some(viewer: Viewer) -> bool:
    """Whether `viewer` vets people at all: coordinators."""
    return viewer.has_role(Role.COORDINATOR)


def vetting_conflict(viewer: Viewer, member: Member) -> Conflict | None:
    """Return what keeps `viewer` from deciding about the membership or the lost factors of `member`, or None."""
    return conflict_of(viewer, involvement_of(member))


def can_vet(viewer: Viewer, member: Member) -> bool:
    """Whether `viewer` may approve, decline, suspend or reinstate: a coordinator free of conflict."""
    return can_vet_some(viewer) and vetting_conflict(viewer, member) is None


def is_self(viewer: Viewer, thing: Member | LawEnforcementStatus | FactorReset) -> bool:
    """Whether the thing is about `viewer`."""
    return viewer.member_id == (thing.id if isinstance(thing, Member) else thing.member_id)


def by_link(_viewer: Viewer, _thing: object) -> bool:
    """What only the holder of a link or the clock does: on no page is it a button."""
    return False


def status_conflict(viewer: Viewer, status: LawEnforcementStatus) -> Conflict | None:
    """Return what keeps `viewer` from verifying the law-enforcement status, or None."""
    return vetting_conflict(viewer, status.member)


def can_verify(viewer: Viewer, status: LawEnforcementStatus) -> bool:
    """Whether `viewer` may support, verify or decline: a coordinator free of conflict who did not support it before."""
    return (
        can_vet_some(viewer)
        and status.first_verified_by_id != viewer.member_id
        and status_conflict(viewer, status) is None
    )


def can_decline_status(viewer: Viewer, status: LawEnforcementStatus) -> bool:
    """Whether `viewer` may decline: a coordinator free of conflict, also who supported it and thinks again."""
    return can_vet_some(viewer) and status_conflict(viewer, status) is None


def can_revoke(viewer: Viewer, status: LawEnforcementStatus) -> bool:
    """Whether `viewer` may end the status at once: one coordinator free of conflict, or the person."""
    return is_self(viewer, status) or can_decline_status(viewer, status)


def can_decide_reset(viewer: Viewer, reset: FactorReset) -> bool:
    """Whether `viewer` may agree: a coordinator free of conflict who did not agree before."""
    return reset.first_approved_by_id != viewer.member_id and can_vet(viewer, reset.member)


def can_decline_reset(viewer: Viewer, reset: FactorReset) -> bool:
    """Whether `viewer` may decline: a coordinator free of conflict, also who agreed first and thinks again."""
    return can_vet(viewer, reset.member)


def can_appoint_some(viewer: Viewer) -> bool:
    """Whether `viewer` proposes and approves roles: coordinators, integrity officers, administrators."""
    return bool(viewer.roles & PRIVILEGED_ROLES)


def proposal_conflict(viewer: Viewer, proposal: RoleProposal) -> Conflict | None:
    """Return what keeps `viewer` from deciding a proposal, or None."""
    if proposal.proposed_by_id == viewer.member_id:
        return Conflict.OWN_PROPOSAL
    return conflict_of(viewer, proposal_involvement(proposal))


def can_decide_proposal(viewer: Viewer, proposal: RoleProposal) -> bool:
    """Whether `viewer` may approve or decline: one who appoints, free of conflict, once an offer was accepted."""
    return (
        can_appoint_some(viewer)
        and (proposal.action is not RoleAction.HAND_OVER or proposal.accepted_at is not None)
        and proposal_conflict(viewer, proposal) is None
    )


def can_withdraw_proposal(viewer: Viewer, proposal: RoleProposal) -> bool:
    """Whether `viewer` made the proposal; or refuses what was offered to them."""
    return viewer.member_id is not None and (
        viewer.member_id == proposal.proposed_by_id or can_answer_offer(viewer, proposal)
    )


def can_answer_offer(viewer: Viewer, proposal: RoleProposal) -> bool:
    """Whether a focal point's role was offered to `viewer`, who has not answered."""
    return (
        proposal.action is RoleAction.HAND_OVER
        and proposal.accepted_at is None
        and proposal.member_id == viewer.member_id
    )


def can_invite(viewer: Viewer) -> bool:
    """Whether `viewer` may ask people to join, at present or once their organisation is verified.

    Focal points for their country, representatives for an organisation: see `can_invite_to`.
    """
    return bool(viewer.focal_countries or viewer.represents)


def can_invite_to(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether `viewer` may ask people to join the organisation: who represents it, while it is verified.

    A name that nobody verified would stand in a mail of the hub to anybody whatever.
    """
    return organisation.id in viewer.represents and organisation.status is OrganisationStatus.VERIFIED


def can_revoke_invitation(viewer: Viewer, invitation: Invitation) -> bool:
    """Whether `viewer` sent the invitation."""
    return viewer.member_id is not None and viewer.member_id == invitation.invited_by_id


def is_open(invitation: Invitation) -> bool:
    """Whether the invitation may still be accepted."""
    return invitation.status is InvitationStatus.SENT and invitation.expires_at > now()


def is_known(member: Member) -> bool:
    """Whether the vetting desk knows the person: they confirmed their address."""
    return member.status not in {MemberStatus.APPLIED, MemberStatus.ERASED}


def abuse_conflict(viewer: Viewer, report: AbuseReport) -> Conflict | None:
    """Return what keeps `viewer` from deciding a report of abuse, or None."""
    return conflict_of(viewer, abuse_involvement(report))


def can_decide_abuse(viewer: Viewer, report: AbuseReport) -> bool:
    """Whether `viewer` may uphold or dismiss: a coordinator free of conflict with both sides."""
    return can_vet_some(viewer) and abuse_conflict(viewer, report) is None
