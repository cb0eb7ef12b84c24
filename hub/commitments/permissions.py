"""Who may do what with commitments and what belongs to them, and which somebody may see: pure functions, conditions.

Keepers are the focal points of the commitment's country and coordinators. The owner is the member who accepted to
answer for it; while they do, they keep its record no longer, so that nobody chooses by what they are measured. A
published commitment is for everybody, a draft for its keepers alone.
"""

from datetime import date

from sqlalchemy import ColumnElement, or_, select, true

from hub.access.viewer import Role, Viewer
from hub.commitments.models import Commitment, CommitmentEvidence, EvidenceStatus, Handover
from hub.commitments.models.commitment import SHOWN
from hub.integrity.permissions import Conflict, Involvement, conflict_of
from hub.organisations.models import MembershipStatus, OrganisationMembership


def nobody(*_: object) -> bool:
    """Return False: the step follows from another one, or from the clock."""
    return False


def can_enter(viewer: Viewer) -> bool:
    """Whether `viewer` enters commitments of some country: focal points and coordinators."""
    return viewer.has_role(Role.COORDINATOR) or bool(viewer.focal_countries)


def can_enter_for(viewer: Viewer, country: str) -> bool:
    """Whether `viewer` enters commitments of `country`."""
    return viewer.has_role(Role.COORDINATOR) or country in viewer.focal_countries


def can_keep(viewer: Viewer, commitment: Commitment) -> bool:
    """Whether `viewer` keeps the record: a coordinator, or a focal point of its country, unless they own it."""
    return can_enter_for(viewer, commitment.country) and not is_owner(viewer, commitment)


def is_owner(viewer: Viewer, commitment: Commitment) -> bool:
    """Whether `viewer` accepted to answer for the commitment."""
    return viewer.member_id is not None and viewer.member_id == commitment.owner_id


def answers_for(viewer: Viewer, commitment: Commitment) -> bool:
    """Whether `viewer` moves milestones and assesses: the owner, and the keepers."""
    return is_owner(viewer, commitment) or can_keep(viewer, commitment)


def can_hand_over(viewer: Viewer, commitment: Commitment) -> bool:
    """Whether `viewer` may offer a published commitment to somebody: the owner, and the keepers."""
    return commitment.is_shown and answers_for(viewer, commitment)


def can_answer_handover(viewer: Viewer, handover: Handover) -> bool:
    """Whether `viewer` may accept or decline: to whom it was offered."""
    return viewer.member_id is not None and viewer.member_id == handover.to_member_id


def can_withdraw_handover(viewer: Viewer, handover: Handover) -> bool:
    """Whether `viewer` may take the offer back: who made it, and who may make one."""
    return (viewer.member_id is not None and viewer.member_id == handover.offered_by_id) or can_hand_over(
        viewer, handover.commitment
    )


def can_give_evidence(viewer: Viewer, commitment: Commitment) -> bool:
    """Whether `viewer` may give evidence: every member, once the commitment is published."""
    return viewer.is_member and commitment.is_shown


def owners_of(commitment: Commitment) -> frozenset[int | None]:
    """Return the ids of everybody who answers, or ever answered, for the commitment; None for who is not of the hub."""
    return frozenset({commitment.owner_id, *(each.member_id for each in commitment.ownerships)})


def involvement_in(evidence: CommitmentEvidence) -> Involvement:
    """Return who takes part, for the search for conflicts: owners ever, giver, their organisations, and all parties."""
    commitment = evidence.commitment
    members = {evidence.given_by_id, *owners_of(commitment)}
    return Involvement(
        member_ids=frozenset(number for number in members if number is not None),
        organisation_ids=frozenset(
            each.organisation_id for each in commitment.parties if each.organisation_id is not None
        )
        | _organisations_of(evidence),
        subject=evidence.subject,
        also=frozenset({commitment.subject}),
    )


def _organisations_of(evidence: CommitmentEvidence) -> frozenset[int]:
    """Return to which organisations the giver has belonged since they gave it, and owners while they owned or since."""
    found = [each for each in evidence.memberships if _lasted_until(each, evidence.given_at.date())]
    for ownership in evidence.commitment.ownerships:
        found += [each for each in ownership.memberships if _lasted_until(each, ownership.began_on)]
    return frozenset(each.organisation_id for each in found)


def _lasted_until(membership: OrganisationMembership, day: date) -> bool:
    if membership.status is MembershipStatus.ENDED:
        return membership.ended_at is None or membership.ended_at.date() >= day
    return membership.status is MembershipStatus.ACTIVE


def evidence_conflict(viewer: Viewer, evidence: CommitmentEvidence) -> Conflict | None:
    """Return what keeps `viewer` from deciding about the evidence, or None."""
    return conflict_of(viewer, involvement_in(evidence))


def can_decide_evidence(viewer: Viewer, evidence: CommitmentEvidence) -> bool:
    """Whether `viewer` may accept or reject: a coordinator, never owner nor giver, free of conflict."""
    return viewer.has_role(Role.COORDINATOR) and evidence_conflict(viewer, evidence) is None


def can_withdraw_evidence(viewer: Viewer, evidence: CommitmentEvidence) -> bool:
    """Whether `viewer` may take it back: who gave it."""
    return viewer.member_id is not None and viewer.member_id == evidence.given_by_id


def can_view(viewer: Viewer, commitment: Commitment) -> bool:
    """Whether `viewer` may know that the commitment exists. Agrees with `visible_to`, which a test proves."""
    return commitment.is_shown or can_enter_for(viewer, commitment.country)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for commitments that `viewer` may know of; it stands behind every list and count."""
    if viewer.has_role(Role.COORDINATOR):
        return true()
    return or_(Commitment.status.in_(SHOWN), Commitment.country.in_(sorted(viewer.focal_countries)))


def can_view_evidence(viewer: Viewer, evidence: CommitmentEvidence) -> bool:
    """Whether `viewer` may read the piece: accepted ones with the commitment, others giver, owner and coordinators."""
    if not can_view(viewer, evidence.commitment):
        return False
    if evidence.status is EvidenceStatus.ACCEPTED:
        return True
    return (
        viewer.has_role(Role.COORDINATOR)
        or is_owner(viewer, evidence.commitment)
        or can_withdraw_evidence(viewer, evidence)
    )


def evidence_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for evidence that `viewer` may read, as `can_view_evidence` says; never unknown."""
    seen = CommitmentEvidence.commitment_id.in_(select(Commitment.id).where(visible_to(viewer)))
    if viewer.has_role(Role.COORDINATOR):
        return seen
    accepted = CommitmentEvidence.status == EvidenceStatus.ACCEPTED
    if not viewer.is_member:  # compared with nobody, a commitment without an owner would be theirs
        return seen & accepted
    own = select(Commitment.id).where(Commitment.owner_id == viewer.member_id)
    return seen & or_(
        accepted,
        CommitmentEvidence.given_by_id == viewer.member_id,
        CommitmentEvidence.commitment_id.in_(own),
    )
