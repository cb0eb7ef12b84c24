"""Coordinators recuse themselves from records; what they hold of them goes back to the others."""

from collections.abc import Iterator

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.catalogue.models import InnovationRevision, RevisionStatus
from hub.catalogue.models.checking import check_text
from hub.catalogue.permissions import TASKS, AnyTask, can_review_some, review_conflict
from hub.catalogue.review.service import release_revision
from hub.catalogue.tasks.permissions import task_conflict
from hub.catalogue.tasks.service import release_task
from hub.core.database import session
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.permissions import Conflict
from hub.integrity.service import INTEREST_WORDS_LENGTH, record_recusal
from hub.integrity.viewers import viewer_of
from hub.members.models import Member

Item = InnovationRevision | AnyTask


def recuse_oneself(actor: Member, item: Item, words: str = "") -> None:
    """Recuse oneself for good from the record of a revision or a task, for a reason that the hub cannot know.

    What the actor holds of the record goes back to the others.

    Args:
        actor: a coordinator.
        item: what they hold or could take.
        words: what they want to say about it; shown to nobody else.

    Raises:
        NotFoundError: the actor decides nothing here.
        InvalidError: the words are too long.
        ConflictError: the hub knows a conflict already.
    """
    viewer = viewer_of(actor)
    if not can_review_some(viewer):
        raise NotFoundError
    if conflict_with(viewer, item) is not None:
        raise ConflictError(N_("You are kept from this already."))
    check_text("words", words, INTEREST_WORDS_LENGTH)
    record_recusal(viewer, item.innovation.subject, Conflict.DECLARED, words)
    release_conflicted(actor)


def release_conflicted(actor: Member) -> int:
    """Give back whatever somebody holds and may not decide any more, after what they declared just now.

    Returns:
        How much it was.
    """
    viewer = viewer_of(actor)
    if not can_review_some(viewer):
        return 0
    held = [item for item in held_by(viewer) if conflict_with(viewer, item) is not None]
    for item in held:
        release_item(actor, item)
    return len(held)


def release_item(actor: Member, item: Item) -> None:
    """Give a revision or a task back to the queue.

    Raises:
        NotFoundError: the actor decides nothing here; ConflictError: they do not hold it.
    """
    if isinstance(item, InnovationRevision):
        release_revision(actor, item)
    else:
        release_task(actor, item)


def conflict_with(viewer: Viewer, item: Item) -> Conflict | None:
    """Return what keeps `viewer` from deciding a revision or a task, or None."""
    if isinstance(item, InnovationRevision):
        return review_conflict(viewer, item)
    return task_conflict(viewer, item)


def held_by(viewer: Viewer) -> Iterator[Item]:
    """Yield the revisions and tasks that `viewer` took and that wait for their decision."""
    yield from session().scalars(
        select(InnovationRevision).where(
            InnovationRevision.reviewer_id == viewer.member_id,
            InnovationRevision.status == RevisionStatus.IN_REVIEW,
        )
    )
    for kind in TASKS:
        yield from session().scalars(  # type: ignore[misc]
            select(kind).where(kind.taken_by_id == viewer.member_id, kind.status.in_(kind.WAITING))
        )
