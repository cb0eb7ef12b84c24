"""Batches that wait for a coordinator, and import runs of the person who started them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Role, Viewer
from hub.catalogue.models import (
    ApprovalBatch,
    BatchEntry,
    CountryRelation,
    ImportRun,
    Innovation,
    InnovationRevision,
    InnovationStatus,
    RevisionCountry,
    RevisionStatus,
    RevisionTerm,
    RevisionText,
    TermScheme,
)
from hub.catalogue.models.revision import EDITABLE
from hub.catalogue.permissions import (
    can_decide,
    can_edit,
    can_review_some,
    can_see_title,
    involvement_in,
    registered_by,
    review_conflict,
)
from hub.catalogue.queries import loaded_content
from hub.catalogue.review.queries import WAITING
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.escalation import Bench
from hub.integrity.permissions import Conflict
from hub.members.queries import members_with_role

MAX_RUNS = 20
"""The most import runs that their starter is shown."""

DRAFTS_AT_A_TIME = 100


@dataclass(frozen=True)
class BatchItem:
    """One line of the queue of batches.

    Args:
        public_id: its random id.
        collection: the name of the collection, or None where the viewer may read none of its records.
        countries: where the records come from that the viewer may know of (ISO codes).
        sender: name of the person who sent it, or None where the viewer may read none of its records.
        submitted_at: when it was sent.
        waiting: how many of its records wait for a decision.
        mine: how many of them the viewer holds.
        free: how many of them the viewer can take.
        conflict: what keeps the viewer from each that nobody else holds, or None.
        is_escalated: whether it holds something for which no coordinator is free of conflict.
    """

    public_id: str
    collection: str | None
    countries: tuple[str, ...]
    sender: str | None
    submitted_at: datetime
    waiting: int
    mine: int
    free: int
    conflict: Conflict | None
    is_escalated: bool


def batch_queue(viewer: Viewer) -> list[BatchItem]:
    """Return the batches with records that wait for a decision, the oldest first; empty for all but coordinators."""
    if not can_review_some(viewer):
        return []
    coordinators = members_with_role(Role.COORDINATOR, clock.now())
    with_waiting = (
        select(BatchEntry.batch_id)
        .join(InnovationRevision, InnovationRevision.id == BatchEntry.revision_id)
        .join(Innovation, InnovationRevision.innovation_id == Innovation.id)
        .where(InnovationRevision.status.in_(WAITING), Innovation.status != InnovationStatus.TAKEN_DOWN)
    )
    batches = session().scalars(
        select(ApprovalBatch)
        .where(ApprovalBatch.id.in_(with_waiting))
        .order_by(ApprovalBatch.id)
        .options(
            joinedload(ApprovalBatch.submitted_by),
            selectinload(ApprovalBatch.revisions).options(
                joinedload(InnovationRevision.innovation).selectinload(Innovation.label_rows),
                selectinload(InnovationRevision.label_rows),
                selectinload(InnovationRevision.organisations),
            ),
        )
    )
    bench = Bench()
    return [_item(viewer, batch, coordinators, bench) for batch in batches]


def _item(viewer: Viewer, batch: ApprovalBatch, coordinators: frozenset[int], bench: Bench) -> BatchItem:
    waiting = [each for each in batch.revisions if each.status in WAITING]
    unheld = [each for each in waiting if each.reviewer_id not in coordinators]
    conflicts = [review_conflict(viewer, each) for each in unheld]
    listed = [each for each in batch.revisions if may_list(viewer, each)]
    return BatchItem(
        public_id=batch.public_id,
        collection=batch.collection if listed else None,
        countries=tuple(sorted({each.innovation.origin_country or "" for each in listed} - {""})),
        sender=batch.submitted_by.display_name if listed else None,
        submitted_at=batch.submitted_at,
        waiting=len(waiting),
        mine=sum(can_decide(viewer, each) for each in waiting),
        free=conflicts.count(None),
        conflict=conflicts[0] if conflicts and all(conflicts) else None,
        is_escalated=any(
            conflict is not None and bench.shortage(involvement_in(each)) is not None
            for conflict, each in zip(conflicts, unheld, strict=True)
        ),
    )


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
                *loaded_content(),
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


def imported_drafts(
    viewer: Viewer, import_source: str, *, after: int = 0, limit: int | None = None
) -> Sequence[InnovationRevision]:
    """Return the drafts of one collection that `viewer` imported and may submit, in the order of import.

    Args:
        viewer: who imported them.
        import_source: scope and name of the collection.
        after: id of the revision after which to begin.
        limit: how many to look at, at most.
    """
    revisions = session().scalars(
        _drafts_of(viewer)
        .where(Innovation.import_source == import_source, InnovationRevision.id > after)
        .order_by(InnovationRevision.id)
        .limit(limit)
        .options(
            joinedload(InnovationRevision.innovation),
            *loaded_content(),
        )
    )
    return [each for each in revisions if can_edit(viewer, each)]


def complete_drafts(viewer: Viewer, import_source: str) -> Iterator[InnovationRevision]:
    """Yield the drafts of one collection that lack nothing, in the order of import, some at a time."""
    after = 0
    while drafts := imported_drafts(viewer, import_source, after=after, limit=DRAFTS_AT_A_TIME):
        after = drafts[-1].id
        yield from (each for each in drafts if not each.missing_parts)


def own_collections(viewer: Viewer) -> list[tuple[str, int]]:
    """Return scope and name of each collection with drafts that `viewer` imported, and how many these are."""
    rows = session().execute(
        _drafts_of(viewer)
        .with_only_columns(Innovation.import_source, func.count())
        .group_by(Innovation.import_source)
        .order_by(Innovation.import_source)
    )
    return [(source or "", count) for source, count in rows]


def complete_count(viewer: Viewer, import_source: str) -> int:
    """Return how many drafts of one collection that `viewer` imported lack nothing."""
    statement = _drafts_of(viewer).where(Innovation.import_source == import_source, _lacks_nothing())
    return session().scalar(statement.with_only_columns(func.count())) or 0


def _lacks_nothing() -> ColumnElement[bool]:
    """Return the condition that `InnovationRevision.missing_parts` is empty, for imported records."""
    return and_(
        InnovationRevision.texts.any(
            and_(
                RevisionText.language == InnovationRevision.source_language,
                RevisionText.name != "",
                RevisionText.short_description != "",
            )
        ),
        InnovationRevision.kind.is_not(None),
        InnovationRevision.terms.any(RevisionTerm.scheme == TermScheme.FUNCTIONS),
        Innovation.owner_id.is_not(None),
        InnovationRevision.countries.any(RevisionCountry.relation == CountryRelation.DEPLOYED),
        InnovationRevision.is_audience_chosen,
        InnovationRevision.sources.any(),
    )


def _drafts_of(viewer: Viewer) -> Select[InnovationRevision]:
    return (
        select(InnovationRevision)
        .join(Innovation, InnovationRevision.innovation_id == Innovation.id)
        .where(
            Innovation.import_source.is_not(None),
            registered_by(viewer),
            InnovationRevision.status.in_(EDITABLE),
        )
    )


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
