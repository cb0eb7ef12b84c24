"""Evidence as its readers and deciders see it, always for a viewer, and what nobody is free to decide."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hub.access.viewer import Role, Viewer
from hub.commitments.models import Commitment, CommitmentEvidence, EvidenceStatus, Ownership
from hub.commitments.permissions import (
    can_decide_evidence,
    can_view,
    evidence_visible_to,
    involvement_in,
)
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.escalation import Bench, Escalated
from hub.integrity.permissions import can_handle_conflicts

ESCALATED_KIND = "commitment_evidence"


def evidence_of(commitment: Commitment, viewer: Viewer) -> Sequence[CommitmentEvidence]:
    """Return the evidence of a commitment that `viewer` may read, the latest first; what was taken back is left out.

    Who gave a piece still sees it once it was rejected, never once they took it back.
    """
    query = _pieces(
        CommitmentEvidence.commitment_id == commitment.id,
        CommitmentEvidence.status != EvidenceStatus.WITHDRAWN,
        evidence_visible_to(viewer),
    )
    return session().scalars(query.order_by(CommitmentEvidence.given_at.desc(), CommitmentEvidence.id)).all()


def evidence_given_by(viewer: Viewer) -> Sequence[CommitmentEvidence]:
    """Return what `viewer` gave for commitments, the latest first."""
    if not viewer.is_member:
        return ()
    query = _pieces(CommitmentEvidence.given_by_id == viewer.member_id, evidence_visible_to(viewer))
    return session().scalars(query.order_by(CommitmentEvidence.given_at.desc(), CommitmentEvidence.id)).all()


def evidence_by_id(public_id: str, viewer: Viewer) -> CommitmentEvidence:
    """Return one piece.

    Raises:
        NotFoundError: there is none, or `viewer` may not read it.
    """
    found = session().scalar(_pieces(CommitmentEvidence.public_id == public_id, evidence_visible_to(viewer)))
    if found is None:
        raise NotFoundError
    return found


def evidence_to_decide(viewer: Viewer) -> Sequence[CommitmentEvidence]:
    """Return the pieces that wait, for coordinators, the oldest first; also those that `viewer` may not decide."""
    if not viewer.has_role(Role.COORDINATOR):
        return ()
    query = _pieces(CommitmentEvidence.status == EvidenceStatus.GIVEN)
    return session().scalars(query.order_by(CommitmentEvidence.given_at, CommitmentEvidence.id)).all()


def count_to_decide(viewer: Viewer) -> int:
    """Return how many pieces wait that `viewer` is free to decide."""
    return sum(can_decide_evidence(viewer, each) for each in evidence_to_decide(viewer))


def undecidable(viewer: Viewer, bench: Bench) -> list[Escalated]:
    """Return the pieces that wait and that no coordinator is free to decide, for integrity officers only.

    Args:
        viewer: who asks.
        bench: whoever decides; coordinators are on it.
    """
    if not can_handle_conflicts(viewer):
        return []
    waiting = session().scalars(
        _pieces(CommitmentEvidence.status == EvidenceStatus.GIVEN).order_by(CommitmentEvidence.given_at)
    )
    found = []
    for each in waiting:
        short = bench.shortage(involvement_in(each), among=frozenset({Role.COORDINATOR}))
        if short is None:
            continue
        commitment = each.commitment
        is_shown = can_view(viewer, commitment)
        found.append(
            Escalated(
                ESCALATED_KIND,
                each.given_at,
                short.candidates,
                short.free,
                title=f"{commitment.code} {commitment.title}" if is_shown else None,
                language=commitment.language if is_shown else None,
                address=commitment.code if is_shown else None,
            )
        )
    return found


def _pieces(*conditions: ColumnElement[bool]) -> Select[CommitmentEvidence]:
    return (
        select(CommitmentEvidence)
        .join(CommitmentEvidence.commitment)
        .where(*conditions)
        .options(
            contains_eager(CommitmentEvidence.commitment).options(
                selectinload(Commitment.parties),
                selectinload(Commitment.ownerships).selectinload(Ownership.memberships),
            ),
            joinedload(CommitmentEvidence.milestone),
            joinedload(CommitmentEvidence.given_by),
            selectinload(CommitmentEvidence.memberships),
        )
    )
