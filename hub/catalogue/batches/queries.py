"""Batches that wait for a coordinator, and import runs of the person who started them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.catalogue.models import (
    ApprovalBatch,
    BatchEntry,
    ImportRun,
    Innovation,
    InnovationRevision,
    RevisionStatus,
)
from hub.catalogue.permissions import can_review_some, can_see_title, is_on_owner_side
from hub.catalogue.review.queries import WAITING
from hub.core.database import session
from hub.core.errors import NotFoundError

MAX_RUNS = 20
"""The most import runs that their starter is shown."""


@dataclass(frozen=True)
class BatchItem:
    """One line of the queue of batches.

    Args:
        public_id: its random id.
        collection: the name of the collection, or None where the viewer may read none of its records.
        submitted_at: when it was sent.
        waiting: how many of its records wait for a decision.
    """

    public_id: str
    collection: str | None
    submitted_at: datetime
    waiting: int


def batch_queue(viewer: Viewer) -> list[BatchItem]:
    """Return the batches with records that wait for a decision, the oldest first; empty for all but coordinators."""
    if not can_review_some(viewer):
        return []
    rows = session().execute(
        select(ApprovalBatch, func.count())
        .join(BatchEntry, BatchEntry.batch_id == ApprovalBatch.id)
        .join(InnovationRevision, InnovationRevision.id == BatchEntry.revision_id)
        .where(InnovationRevision.status.in_(WAITING))
        .group_by(ApprovalBatch.id)
        .order_by(ApprovalBatch.id)
    )
    return [
        BatchItem(
            public_id=batch.public_id,
            collection=batch.collection if any(may_list(viewer, each) for each in batch.revisions) else None,
            submitted_at=batch.submitted_at,
            waiting=waiting,
        )
        for batch, waiting in rows
    ]


def batch_by_id(public_id: str, viewer: Viewer) -> ApprovalBatch:
    """Return one batch for a coordinator.

    Raises:
        NotFoundError: there is none, or the viewer reviews nothing.
    """
    batch = session().scalar(
        select(ApprovalBatch)
        .where(ApprovalBatch.public_id == public_id)
        .options(
            selectinload(ApprovalBatch.revisions).options(
                joinedload(InnovationRevision.innovation).selectinload(Innovation.label_rows),
                selectinload(InnovationRevision.label_rows),
                selectinload(InnovationRevision.texts),
                selectinload(InnovationRevision.terms),
                selectinload(InnovationRevision.countries),
                selectinload(InnovationRevision.organisations),
                selectinload(InnovationRevision.sources),
            )
        )
    )
    if batch is None or not can_review_some(viewer):
        raise NotFoundError
    return batch


def may_list(viewer: Viewer, revision: InnovationRevision) -> bool:
    """Whether a batch may show `viewer` what a revision in it is called: they took it, or would read it anyway."""
    is_mine = revision.reviewer_id == viewer.member_id and revision.status is RevisionStatus.IN_REVIEW
    return is_mine or can_see_title(viewer, revision)


def imported_drafts(viewer: Viewer, import_source: str) -> Sequence[InnovationRevision]:
    """Return the drafts of one collection that `viewer` imported and may submit, in the order of import."""
    revisions = session().scalars(
        select(InnovationRevision)
        .join(Innovation, InnovationRevision.innovation_id == Innovation.id)
        .where(
            Innovation.import_source == import_source,
            Innovation.registered_by_id == viewer.member_id,
            InnovationRevision.status.in_((RevisionStatus.DRAFT, RevisionStatus.CHANGES_REQUESTED)),
        )
        .order_by(InnovationRevision.id)
        .options(
            joinedload(InnovationRevision.innovation),
            selectinload(InnovationRevision.texts),
            selectinload(InnovationRevision.terms),
            selectinload(InnovationRevision.countries),
            selectinload(InnovationRevision.sources),
        )
    )
    return [each for each in revisions if is_on_owner_side(viewer, each.innovation)]


def own_runs(viewer: Viewer) -> Sequence[ImportRun]:
    """Return the import runs that `viewer` started, the newest first."""
    return (
        session()
        .scalars(
            select(ImportRun)
            .where(ImportRun.started_by_id == viewer.member_id)
            .order_by(ImportRun.id.desc())
            .limit(MAX_RUNS)
            .options(joinedload(ImportRun.file))
        )
        .all()
    )


def run_by_id(public_id: str, viewer: Viewer) -> ImportRun:
    """Return one import run of the person who started it.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    run = session().scalar(
        select(ImportRun).where(ImportRun.public_id == public_id, ImportRun.started_by_id == viewer.member_id)
    )
    if run is None:
        raise NotFoundError
    return run
