"""What evidence allows to be said: substantial and complete rest on what neither an owner nor the giver accepted."""

from sqlalchemy import ColumnElement, exists, or_, select

from hub.commitments.models import Commitment, CommitmentEvidence, EvidenceStatus, Milestone, Ownership
from hub.commitments.models.milestone import NEEDS_EVIDENCE
from hub.commitments.permissions import owners_of
from hub.core.database import session


def counts(piece: CommitmentEvidence) -> bool:
    """Whether a piece counts: accepted by somebody who neither gave it nor ever owned the commitment."""
    owners = owners_of(piece.commitment)
    return (
        piece.status is EvidenceStatus.ACCEPTED
        and piece.decided_by_id is not None
        and piece.decided_by_id not in {piece.given_by_id, *owners}
    )


def is_counted() -> ColumnElement[bool]:
    """Return the SQL condition for pieces that count, as `counts` says; for statements that join `Commitment`."""
    was_owner = exists().where(
        Ownership.commitment_id == CommitmentEvidence.commitment_id,
        Ownership.member_id == CommitmentEvidence.decided_by_id,
    )
    return (
        (CommitmentEvidence.status == EvidenceStatus.ACCEPTED)
        & (CommitmentEvidence.decided_by_id != CommitmentEvidence.given_by_id)
        & CommitmentEvidence.decided_by_id.is_distinct_from(Commitment.owner_id)
        & ~was_owner
    )


def supports(milestone: Milestone) -> bool:
    """Whether a piece counts that is about the milestone, or about its commitment as a whole."""
    return _is_there(
        CommitmentEvidence.commitment_id == milestone.commitment_id,
        or_(CommitmentEvidence.milestone_id == milestone.id, CommitmentEvidence.milestone_id.is_(None)),
    )


def supports_commitment(commitment: Commitment) -> bool:
    """Whether any piece counts that is about the commitment or one of its milestones."""
    return _is_there(CommitmentEvidence.commitment_id == commitment.id)


def supported_ids(commitment: Commitment) -> frozenset[int]:
    """Return the ids of the milestones said to be substantial or complete for which a piece counts."""
    return frozenset(each.id for each in _moved(commitment) if supports(each))


def unsupported_ids(commitment: Commitment) -> frozenset[int]:
    """Return the ids of the milestones said to be substantial or complete, as sources tell, without such a piece."""
    return frozenset(each.id for each in _moved(commitment) if not supports(each))


def _moved(commitment: Commitment) -> list[Milestone]:
    return list(
        session().scalars(
            select(Milestone)
            .where(Milestone.commitment_id == commitment.id, Milestone.status.in_(NEEDS_EVIDENCE))
            .order_by(Milestone.number)
        )
    )


def _is_there(*conditions: ColumnElement[bool]) -> bool:
    found = (
        select(CommitmentEvidence.id)
        .join(Commitment, Commitment.id == CommitmentEvidence.commitment_id)
        .where(is_counted(), *conditions)
        .limit(1)
    )
    return session().scalar(found) is not None
