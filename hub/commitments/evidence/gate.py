"""What evidence allows to be said: substantial and complete rest on what neither an owner nor the giver accepted."""

from sqlalchemy import ColumnElement, exists, or_, select, true

from hub.commitments.models import (
    Commitment,
    CommitmentEvidence,
    EvidenceStatus,
    Milestone,
    MilestoneStatus,
    Ownership,
)
from hub.commitments.models.milestone import NEEDS_EVIDENCE
from hub.core.database import session


def is_counted() -> ColumnElement[bool]:
    """Return the SQL condition for pieces that count; for statements that join `Commitment`.

    Somebody accepted them who neither gave them nor ever owned the commitment.
    """
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


def supports(milestone: Milestone, *, but: int | None = None) -> bool:
    """Whether a piece counts that is about the milestone, or about its commitment as a whole.

    Args:
        milestone: the milestone.
        but: a member; what they accepted is left out.
    """
    return _is_there(
        _decided_by_others(but),
        CommitmentEvidence.commitment_id == milestone.commitment_id,
        or_(CommitmentEvidence.milestone_id == milestone.id, CommitmentEvidence.milestone_id.is_(None)),
    )


def supports_commitment(commitment: Commitment, *, but: int | None = None) -> bool:
    """Whether a piece counts that is about the commitment as a whole, or one for each milestone that is not dropped.

    Args:
        commitment: the commitment.
        but: a member; what they accepted is left out.
    """
    if _is_there(
        _decided_by_others(but),
        CommitmentEvidence.commitment_id == commitment.id,
        CommitmentEvidence.milestone_id.is_(None),
    ):
        return True
    promised = frozenset(
        session().scalars(
            select(Milestone.id).where(
                Milestone.commitment_id == commitment.id, Milestone.status != MilestoneStatus.DROPPED
            )
        )
    )
    return bool(promised) and promised <= backed_ids(commitment, but=but)


def backed_ids(commitment: Commitment, *, but: int | None = None) -> frozenset[int]:
    """Return the ids of all milestones of a commitment that `supports` is true of, in one query."""
    piece = (
        select(CommitmentEvidence.id)
        .join(Commitment, Commitment.id == CommitmentEvidence.commitment_id)
        .where(
            is_counted(),
            _decided_by_others(but),
            CommitmentEvidence.commitment_id == Milestone.commitment_id,
            or_(CommitmentEvidence.milestone_id == Milestone.id, CommitmentEvidence.milestone_id.is_(None)),
        )
        .correlate(Milestone)
    )
    return frozenset(
        session().scalars(
            select(Milestone.id).where(Milestone.commitment_id == commitment.id, piece.exists())
        )
    )


def supported_ids(commitment: Commitment) -> frozenset[int]:
    """Return the ids of the milestones said to be substantial or complete for which a piece counts."""
    return _moved_ids(commitment) & backed_ids(commitment)


def unsupported_ids(commitment: Commitment) -> frozenset[int]:
    """Return the ids of the milestones said to be substantial or complete, as sources tell, without such a piece."""
    return _moved_ids(commitment) - backed_ids(commitment)


def _moved_ids(commitment: Commitment) -> frozenset[int]:
    return frozenset(
        session().scalars(
            select(Milestone.id).where(
                Milestone.commitment_id == commitment.id, Milestone.status.in_(NEEDS_EVIDENCE)
            )
        )
    )


def _decided_by_others(member_id: int | None) -> ColumnElement[bool]:
    return true() if member_id is None else CommitmentEvidence.decided_by_id != member_id


def _is_there(*conditions: ColumnElement[bool]) -> bool:
    found = (
        select(CommitmentEvidence.id)
        .join(Commitment, Commitment.id == CommitmentEvidence.commitment_id)
        .where(is_counted(), *conditions)
        .limit(1)
    )
    return session().scalar(found) is not None
