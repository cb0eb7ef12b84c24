"""Who is told of what happens to a commitment: its owner, its keepers, and who may decide about evidence."""

from collections.abc import Collection

from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.commitments.models import Commitment, CommitmentEvidence, EvidenceStatus
from hub.commitments.permissions import can_decide_evidence
from hub.core.database import session
from hub.integrity.queries import deciders
from hub.notifications.service import notify, settle
from hub.vetting.queries import focal_points_of


def keeper_ids(commitment: Commitment) -> frozenset[int]:
    """Return the ids of coordinators and of the focal points of the commitment's country."""
    coordinators = (each.member_id for each in deciders(frozenset({Role.COORDINATOR})))
    focal_points = (each.member_id for each in focal_points_of(commitment.country))
    return frozenset(number for number in (*coordinators, *focal_points) if number is not None)


def judge_ids(piece: CommitmentEvidence) -> frozenset[int]:
    """Return the ids of the coordinators who may decide about a piece of evidence."""
    found = deciders(frozenset({Role.COORDINATOR}))
    return frozenset(
        each.member_id for each in found if each.member_id is not None and can_decide_evidence(each, piece)
    )


def tell(member_ids: Collection[int | None], kind: str, commitment: Commitment, *, but: int | None) -> None:
    """Tell some members of a commitment.

    Args:
        member_ids: who; None stands for nobody.
        kind: a name of `hub.notifications.kinds`.
        commitment: what it is about.
        but: who did it, and knows.
    """
    told = {number for number in member_ids if number is not None and number != but}
    if told:
        notify(told, kind, commitment.subject)


def tell_keepers(kind: str, commitment: Commitment, *, but: int | None = None) -> None:
    """Tell who keeps the record of a commitment."""
    tell(keeper_ids(commitment), kind, commitment, but=but)


def settle_evidence(commitment: Commitment) -> None:
    """Let it rest that evidence waits, once none of this commitment does."""
    waits = session().scalar(
        select(func.count(CommitmentEvidence.id)).where(
            CommitmentEvidence.commitment_id == commitment.id,
            CommitmentEvidence.status == EvidenceStatus.GIVEN,
        )
    )
    if not waits:
        settle("commitment_evidence_given", commitment.subject)
