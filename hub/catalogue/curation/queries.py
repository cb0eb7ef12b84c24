"""Problem reports as reporters see them, proposals on a record, and what is featured."""

from collections.abc import Sequence

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.catalogue.models import (
    Innovation,
    InnovationProposal,
    InnovationRevision,
    InnovationStatus,
    ProblemReport,
)
from hub.catalogue.permissions import can_review_some, in_audience_of
from hub.catalogue.queries import loaded_for_lists
from hub.catalogue.tasks.permissions import task_conflict
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.four_eyes import ProposalStatus

MAX_OWN_REPORTS = 20
"""The most reports on one record that their reporter is shown."""


def own_reports(innovation: Innovation, viewer: Viewer) -> Sequence[ProblemReport]:
    """Return what `viewer` reported about the innovation, the newest first; nothing for visitors."""
    if viewer.member_id is None:
        return []
    return (
        session()
        .scalars(
            select(ProblemReport)
            .where(
                ProblemReport.innovation_id == innovation.id,
                ProblemReport.reported_by_id == viewer.member_id,
            )
            .order_by(ProblemReport.id.desc())
            .limit(MAX_OWN_REPORTS)
        )
        .all()
    )


def open_proposals(innovation: Innovation, viewer: Viewer) -> Sequence[InnovationProposal]:
    """Return the proposals on the innovation that wait for a second coordinator, as far as `viewer` may weigh them.

    Nothing for others, nor for a coordinator with a conflict of interest, except their own.
    """
    if not can_review_some(viewer):
        return []
    proposals = session().scalars(
        select(InnovationProposal)
        .where(
            InnovationProposal.innovation_id == innovation.id,
            InnovationProposal.status == ProposalStatus.PROPOSED,
        )
        .order_by(InnovationProposal.id)
    )
    return [
        each
        for each in proposals
        if each.proposed_by_id == viewer.member_id or task_conflict(viewer, each) is None
    ]


def proposed_revisions() -> frozenset[int]:
    """Return the ids of the revisions that wait for a second coordinator, because they widen their record."""
    return frozenset(
        session().scalars(
            select(InnovationRevision.id)
            .join(InnovationProposal, InnovationProposal.revision_id == InnovationRevision.id)
            .where(InnovationProposal.status == ProposalStatus.PROPOSED)
        )
    )


def proposal_by_id(public_id: str, viewer: Viewer) -> InnovationProposal:
    """Return the proposal of which `viewer` is the proposer.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    proposal = session().scalar(select(InnovationProposal).where(InnovationProposal.public_id == public_id))
    if proposal is None or viewer.member_id is None or proposal.proposed_by_id != viewer.member_id:
        raise NotFoundError
    return proposal


def featured_innovations(viewer: Viewer, limit: int) -> Sequence[Innovation]:
    """Return the innovations that coordinators feature, among those shown to `viewer`, the latest first."""
    return (
        session()
        .scalars(
            select(Innovation)
            .where(
                in_audience_of(viewer),
                Innovation.featured_at.is_not(None),
                Innovation.status == InnovationStatus.PUBLISHED,
            )
            .order_by(Innovation.featured_at.desc(), Innovation.id.desc())
            .limit(limit)
            .options(*loaded_for_lists())
        )
        .all()
    )
