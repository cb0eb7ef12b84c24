"""Taking a task and giving it back, and the first steps of every decision on one."""

from sqlalchemy import or_, update

from hub.access.viewer import Role, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models import InnovationStatus
from hub.catalogue.models.checking import check_text
from hub.catalogue.models.content import PARAGRAPH_LENGTH
from hub.catalogue.permissions import AnyTask, can_review_some
from hub.catalogue.tasks.permissions import can_decide_task, task_conflict
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.permissions import CONFLICT_WORDS
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.queries import members_with_role


def take_task(actor: Member, task: AnyTask) -> None:
    """Take a task, so that nobody else decides it meanwhile; what a former coordinator holds may be taken over.

    Raises:
        NotFoundError: the actor decides nothing here.
        ForbiddenError: the actor has a conflict of interest.
        ConflictError: somebody else holds it, or it waits no more.
    """
    viewer = _coordinator(actor, task)
    now = clock.now()
    kind = type(task)
    coordinators = sorted(members_with_role(Role.COORDINATOR, now))
    _update(
        task,
        or_(kind.taken_by_id.is_(None), kind.taken_by_id.not_in(coordinators)),
        taken_by_id=viewer.member_id,
        taken_at=now,
    )
    record(viewer, Event.TASK_TAKE, task.subject, after=_named(task))


def release_task(actor: Member, task: AnyTask) -> None:
    """Give a task back to the others, also where a conflict of interest arose since it was taken.

    Raises:
        NotFoundError: the actor decides nothing here.
        ConflictError: the actor does not hold it, or it waits no more.
    """
    viewer = viewer_of(actor)
    if not can_review_some(viewer):
        raise NotFoundError
    _update(task, type(task).taken_by_id == viewer.member_id, taken_by_id=None, taken_at=None)
    record(viewer, Event.TASK_RELEASE, task.subject, after=_named(task))


def decider(actor: Member, task: AnyTask) -> Viewer:
    """Return the viewer of somebody who holds the task and may decide it.

    Raises:
        NotFoundError: the actor decides nothing here.
        ForbiddenError: the actor has a conflict of interest.
        ConflictError: the actor does not hold it.
    """
    viewer = _coordinator(actor, task)
    if not (can_decide_task(viewer, task) and task.is_waiting):
        raise ConflictError(N_("You do not hold this task: take it first, or look at what became of it."))
    return viewer


def check_words(words: str, field: str = "words") -> str:
    """Return the words of a decision without white space around them.

    Raises:
        InvalidError: there are none, or too many.
    """
    words = words.strip()
    if not words:
        raise InvalidError(N_("Give your reason in your own words."), field=field)
    check_text(field, words, PARAGRAPH_LENGTH)
    return words


def _named(task: AnyTask) -> dict[str, object]:
    """Return which task it is, for the audit log."""
    return {"task": task.__tablename__, "id": task.public_id}


def _coordinator(actor: Member, task: AnyTask) -> Viewer:
    viewer = viewer_of(actor)
    if not can_review_some(viewer):
        raise NotFoundError
    conflict = task_conflict(viewer, task)
    if conflict is not None:
        raise ForbiddenError(CONFLICT_WORDS[conflict])
    if task.innovation.status is InnovationStatus.TAKEN_DOWN:
        raise ConflictError(N_("This record was taken down. Nothing is decided about it any more."))
    return viewer


def _update(task: AnyTask, condition: object, **changes: object) -> None:
    """Change a waiting task by one guarded statement, or refuse where a rival was faster."""
    kind = type(task)
    changed = session().execute(
        update(kind).where(kind.id == task.id, kind.status.in_(kind.WAITING), condition).values(**changes),  # type: ignore[arg-type]
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise ConflictError
    session().refresh(task)
