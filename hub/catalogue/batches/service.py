"""Submitting imported drafts as batches, and deciding a batch in one go; each entry is audited for itself."""

from collections.abc import Collection
from datetime import timedelta
from itertools import islice

from sqlalchemy import ColumnElement, select

from hub.access.viewer import Role
from hub.catalogue.batches.queries import complete_drafts
from hub.catalogue.models import ApprovalBatch, ImportRun, ImportStatus, InnovationRevision, RevisionStatus
from hub.catalogue.permissions import can_import, can_review_some, can_take
from hub.catalogue.review.queries import WAITING
from hub.catalogue.review.service import publish_revision, release_revision, take_revision
from hub.catalogue.service import submit_revision
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.uploads import StoredFile
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.queries import members_with_role

RUNS_KEPT = timedelta(days=90)
"""How long the report and the file of an import are kept."""

BATCH_SIZE = 100
"""The most records of one batch: what a person can look through before deciding."""

MOST_SUBMITTED = 300
"""The most records that are submitted in one go: nobody else can write meanwhile."""


def start_import(
    actor: Member,
    file: StoredFile,
    *,
    format: str,  # noqa: A002 - the field's name
    language: str,
    is_dry_run: bool,
) -> ImportRun:
    """Have a file imported in the background.

    Args:
        actor: who imports.
        file: the checked file.
        format: `csv` or `json`.
        language: BCP 47 code of the texts of rows that name none.
        is_dry_run: whether to check only.

    Raises:
        ForbiddenError: the actor registers and compiles nothing.
    """
    viewer = viewer_of(actor)
    if not can_import(viewer):
        raise ForbiddenError
    run = ImportRun(
        started_by_id=actor.id,
        started_at=clock.now(),
        format=format,
        file=file,
        language=language,
        is_dry_run=is_dry_run,
        problems=[],
    )
    session().add(run)
    session().flush()
    return run


def begin_import(actor: Member, checked: ImportRun) -> ImportRun:
    """Have the file of a finished check imported; asked twice, it is done once.

    Returns:
        The run that imports it, begun now or before.

    Raises:
        ForbiddenError: the actor registers and compiles nothing.
        ConflictError: the check is not finished, or failed.
    """
    same_file = (ImportRun.file_id == checked.file_id, ImportRun.started_by_id == actor.id)
    # on PostgreSQL a second request waits here until the first has written its run
    session().execute(select(ImportRun.id).where(*same_file).with_for_update())
    session().refresh(checked)
    if checked.status is not ImportStatus.FINISHED or not checked.is_dry_run:
        raise ConflictError
    begun = session().scalar(
        select(ImportRun)
        .where(*same_file, ImportRun.is_dry_run.is_(False), ImportRun.status != ImportStatus.FAILED)
        .limit(1)
    )
    return begun or start_import(
        actor, checked.file, format=checked.format, language=checked.language, is_dry_run=False
    )


def submit_batch(actor: Member, import_source: str, *, most: int = MOST_SUBMITTED) -> list[ApprovalBatch]:
    """Submit complete drafts of one collection that the actor imported, in batches of `BATCH_SIZE`.

    Args:
        actor: who imported them.
        import_source: scope and name of the collection, as `Innovation.import_source`.
        most: how many to submit at most, the first ones first.

    Returns:
        The batches, one for each `BATCH_SIZE` records.

    Raises:
        InvalidError: none of them is complete.
    """
    complete = islice(complete_drafts(viewer_of(actor), import_source), most)
    batches = []
    while revisions := list(islice(complete, BATCH_SIZE)):
        batch = ApprovalBatch(
            collection=import_source.partition("/")[2], submitted_by_id=actor.id, submitted_at=clock.now()
        )
        session().add(batch)
        for revision in revisions:
            submit_revision(actor, revision, version=revision.version)
        batch.revisions = revisions
        session().flush()
        batches.append(batch)
    if not batches:
        raise InvalidError(N_("None of these drafts is complete. Open one to see what it lacks."))
    return batches


def take_batch(actor: Member, batch: ApprovalBatch) -> int:
    """Take every record of a batch that waits and that the actor may review; return how many.

    What a former coordinator holds is taken over.

    Raises:
        NotFoundError: the actor does not review.
        ForbiddenError: the actor has a conflict with each of them.
        ConflictError: nothing waits in it any more.
    """
    viewer = viewer_of(actor)
    if not can_review_some(viewer):
        raise NotFoundError
    coordinators = members_with_role(Role.COORDINATOR, clock.now())
    waiting = [
        each for each in batch.revisions if each.status in WAITING and each.reviewer_id not in coordinators
    ]
    if not waiting:
        raise ConflictError
    free = [each for each in waiting if can_take(viewer, each)]
    if not free:
        raise ForbiddenError(N_("You have a conflict of interest with every record of this batch."))
    for revision in free:
        take_revision(actor, revision)
    return len(free)


def publish_batch(actor: Member, batch: ApprovalBatch, chosen: Collection[str]) -> int:
    """Publish the chosen records of a batch, all or none.

    Args:
        actor: the coordinator who took them.
        batch: the batch.
        chosen: public ids of the innovations.

    Returns:
        How many were published.

    Raises:
        InvalidError: none is chosen.
        ConflictError: the actor does not hold one of them.
    """
    revisions = _held(actor, batch, chosen)
    for revision in revisions:
        publish_revision(actor, revision)
    return len(revisions)


def release_batch(actor: Member, batch: ApprovalBatch) -> int:
    """Give back all records of a batch that the actor holds; return how many.

    Raises:
        ConflictError: the actor holds none of them.
    """
    held = [
        each
        for each in batch.revisions
        if each.reviewer_id == actor.id and each.status is RevisionStatus.IN_REVIEW
    ]
    if not held:
        raise ConflictError(N_("You hold nothing of this batch any more."))
    for revision in held:
        release_revision(actor, revision)
    return len(held)


def _held(actor: Member, batch: ApprovalBatch, chosen: Collection[str]) -> list[InnovationRevision]:
    if not can_review_some(viewer_of(actor)):
        raise NotFoundError
    revisions = [each for each in batch.revisions if each.innovation.public_id in chosen]
    if not revisions:
        raise InvalidError(N_("Choose at least one record."), field="chosen")
    return revisions


def forget_runs() -> int:
    """Delete the reports and files of imports that were started more than `RUNS_KEPT` ago; their records stay.

    Returns:
        How many imports were forgotten.
    """
    return _forget(ImportRun.started_at < clock.now() - RUNS_KEPT)


def forget_runs_of(member_id: int) -> int:
    """Delete the reports and files of every import that a member started, one that runs too; its records stay.

    Returns:
        How many imports were forgotten.
    """
    return _forget(ImportRun.started_by_id == member_id)


def _forget(condition: ColumnElement[bool]) -> int:
    found = session().scalars(select(ImportRun).where(condition)).all()
    files = {run.file for run in found}
    for run in found:
        session().delete(run)
    session().flush()
    kept = set(session().scalars(select(ImportRun.file_id)))
    for file in files:
        if file.id not in kept:
            session().delete(file)
    session().flush()
    return len(found)
