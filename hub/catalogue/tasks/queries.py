"""The tasks that wait for coordinators, and one of them by its id."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from hub.access.audience import Tlp
from hub.access.viewer import Role, Viewer
from hub.catalogue.models import (
    Evidence,
    EvidenceStatus,
    Innovation,
    InnovationProposal,
    InnovationRevision,
    InnovationStatus,
    ProblemReport,
    RecordClaim,
    Replication,
)
from hub.catalogue.permissions import TASKS, AnyTask, can_review_some
from hub.catalogue.tasks.permissions import can_see_task, involvement_of, is_decidable, is_held, task_conflict
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.escalation import Bench
from hub.integrity.permissions import Conflict
from hub.members.models import Member
from hub.members.queries import members_with_role


@dataclass(frozen=True)
class TaskItem:
    """One line of the queue of tasks; name and language of a restricted untaken one stay empty.

    Args:
        kind: the table's name, such as `evidence`.
        public_id: its random id, under which actions are posted.
        task: the task itself, for what only its own list shows; None while its title is hidden.
        name: the innovation's name in its source language, or None.
        language: BCP 47 code of the name, or None.
        tlp: the innovation's TLP label.
        waiting_since: when it came in.
        is_mine: whether the viewer took it.
        is_taken: whether a coordinator holds it.
        conflict: what keeps the viewer from taking it, or None.
        is_escalated: whether no coordinator is free of conflict.
    """

    kind: str
    public_id: str
    task: AnyTask | None
    name: str | None
    language: str | None
    tlp: Tlp
    waiting_since: datetime
    is_mine: bool
    is_taken: bool
    conflict: Conflict | None
    is_escalated: bool


def task_queue(viewer: Viewer) -> list[TaskItem]:
    """Return the tasks that wait, the oldest first; empty for anybody but coordinators.

    What others hold is listed only where the viewer may read the innovation anyway.
    """
    if not can_review_some(viewer):
        return []
    coordinators, bench = members_with_role(Role.COORDINATOR, clock.now()), Bench()
    items = [
        item
        for kind in TASKS
        for task in _waiting(kind)
        if (item := _item(viewer, task, coordinators, bench)) is not None
    ]
    return sorted(items, key=lambda item: item.waiting_since)


BESIDE: dict[type[AnyTask], tuple[ORMOption, ...]] = {
    Evidence: (joinedload(Evidence.replication),),
    Replication: (joinedload(Replication.adopter),),
    RecordClaim: (joinedload(RecordClaim.organisation),),
    InnovationProposal: (
        joinedload(InnovationProposal.revision).selectinload(InnovationRevision.organisations),
    ),
}
"""What the line of a kind of task, or the search for conflicts, reads beside the innovation."""


def _waiting(kind: type[AnyTask]) -> Iterator[AnyTask]:
    """Yield every waiting task of one kind with what its line needs, in a fixed number of queries."""
    innovation = joinedload(kind.innovation)
    revision = innovation.joinedload(Innovation.published_revision)
    yield from session().scalars(  # type: ignore[misc]
        select(kind)
        .join(Innovation, kind.innovation_id == Innovation.id)
        .where(kind.status.in_(kind.WAITING), Innovation.status != InnovationStatus.TAKEN_DOWN)
        .options(
            innovation.selectinload(Innovation.label_rows),
            revision.selectinload(InnovationRevision.texts),
            revision.selectinload(InnovationRevision.label_rows),
            revision.selectinload(InnovationRevision.organisations),
            *BESIDE.get(kind, ()),
        )
    )


def _item(viewer: Viewer, task: AnyTask, coordinators: frozenset[int], bench: Bench) -> TaskItem | None:
    is_mine = task.taken_by_id == viewer.member_id
    is_taken = is_held(task, coordinators)
    is_shown = is_mine or can_see_task(viewer, task)
    if is_taken and not is_shown:
        return None
    innovation = task.innovation
    revision = innovation.published_revision or innovation.latest_revision
    conflict = task_conflict(viewer, task)
    return TaskItem(
        kind=task.__tablename__,
        public_id=task.public_id,
        task=task if is_shown else None,
        name=revision.source_text.name if is_shown else None,
        language=revision.source_language if is_shown else None,
        tlp=innovation.tlp,
        waiting_since=task.waiting_since,
        is_mine=is_mine,
        is_taken=is_taken,
        conflict=conflict,
        is_escalated=conflict is not None and bench.shortage(involvement_of(task)) is not None,
    )


def task_by_id(kind: type[AnyTask], public_id: str, viewer: Viewer) -> AnyTask:
    """Return one task that a coordinator acts on, named by its random id; what is decided too, to whom may see it.

    Raises:
        NotFoundError: the viewer decides nothing, there is none, or it is decided and hidden from the viewer.
    """
    if not can_review_some(viewer):
        raise NotFoundError
    task: AnyTask | None = session().scalar(select(kind).where(kind.public_id == public_id))  # type: ignore[assignment]
    if task is None or not (is_decidable(task) or can_see_task(viewer, task)):
        raise NotFoundError
    return task


def is_held_now(task: AnyTask) -> bool:
    """Whether somebody who still is a coordinator holds the task."""
    return is_held(task, members_with_role(Role.COORDINATOR, clock.now()))


def people_in(task: AnyTask) -> dict[int, Member]:
    """Return, by id, who takes part in a task, for the coordinator who decides it; never who reported a problem."""
    if isinstance(task, ProblemReport):
        return {}
    ids = sorted(involvement_of(task).member_ids)
    return {each.id: each for each in session().scalars(select(Member).where(Member.id.in_(ids)))}


def accepted_about(replication: Replication) -> list[Evidence]:
    """Return the accepted evidence about a replication, for the coordinator who verifies it."""
    return [
        each
        for each in replication.innovation.evidence
        if each.replication_id == replication.id and each.status is EvidenceStatus.ACCEPTED
    ]
