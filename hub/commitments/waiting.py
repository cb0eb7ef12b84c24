"""How much of commitments waits on one person, in one query; whoever shows it gives it words."""

from collections.abc import Iterator, Mapping

from sqlalchemy import exists, or_, union_all

from hub.access.viewer import Role, Viewer
from hub.alerts.piles import Counted, Pile, pile_of
from hub.commitments.models import (
    Commitment,
    CommitmentEvidence,
    CommitmentStatus,
    EvidenceStatus,
    Handover,
    HandoverStatus,
    Ownership,
)
from hub.commitments.permissions import visible_to
from hub.core import clock
from hub.core.database import session


def what_waits(viewer: Viewer) -> Mapping[str, Pile]:
    """Return what of commitments waits on `viewer`, by kind; kinds without any are left out.

    `handovers`: offers to answer, with the moment at which the first lapses; `commitment_evidence`: what a
    coordinator may decide, but for what they gave, own or ever owned; `commitment_drafts`: what they entered, keep, and
    nobody published.
    """
    if viewer.member_id is None:
        return {}
    rows = session().execute(union_all(*_selects(viewer.member_id, viewer)))
    return {row.kind: Pile(row.kind, row.number, row.since) for row in rows if row.number}


def _selects(member_id: int, viewer: Viewer) -> Iterator[Counted]:
    yield pile_of(
        "handovers",
        Handover.expires_at,
        Handover.to_member_id == member_id,
        Handover.status == HandoverStatus.OFFERED,
        Handover.expires_at > clock.now(),
    )
    yield pile_of(
        "commitment_drafts",
        Commitment.saved_at,
        Commitment.entered_by_id == member_id,
        Commitment.status == CommitmentStatus.DRAFT,
        visible_to(viewer),
    )
    if viewer.has_role(Role.COORDINATOR):
        yield pile_of(
            "commitment_evidence",
            CommitmentEvidence.given_at,
            CommitmentEvidence.status == EvidenceStatus.GIVEN,
            CommitmentEvidence.given_by_id != member_id,
            Commitment.id == CommitmentEvidence.commitment_id,
            or_(Commitment.owner_id.is_(None), Commitment.owner_id != member_id),
            ~exists().where(Ownership.commitment_id == Commitment.id, Ownership.member_id == member_id),
        )
