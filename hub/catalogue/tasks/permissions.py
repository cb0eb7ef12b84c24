"""Who may take and decide tasks: coordinators free of conflict, one at a time."""

from collections.abc import Collection

from hub.access.viewer import Viewer
from hub.catalogue.models import (
    Evidence,
    Innovation,
    InnovationProposal,
    InnovationStatus,
    ProblemReport,
    RecordClaim,
    Replication,
)
from hub.catalogue.permissions import AnyTask, can_review_some, involvement_in, is_inside
from hub.integrity.permissions import Conflict, Involvement, conflict_of


def involvement_of(task: AnyTask) -> Involvement:
    """Return who takes part in a task and its innovation, for the search for conflicts."""
    innovation = task.innovation
    members = {innovation.registered_by_id}
    organisations = {innovation.owner_id} | organisations_in(innovation)
    if isinstance(task, Evidence):
        members.add(task.added_by_id)
        if task.replication is not None:
            members |= {task.replication.claimed_by_id, task.replication.confirmed_by_id or 0}
            organisations.add(task.replication.adopter_id)
    elif isinstance(task, Replication):
        members |= {task.claimed_by_id, task.confirmed_by_id or 0}
        organisations.add(task.adopter_id)
    elif isinstance(task, RecordClaim):
        members.add(task.claimed_by_id)
        organisations.add(task.organisation_id)
    elif isinstance(task, ProblemReport):
        members.add(task.reported_by_id or 0)
    else:
        members.add(task.proposed_by_id)
        if task.revision is not None:
            inside = involvement_in(task.revision)
            members |= inside.member_ids
            organisations |= inside.organisation_ids
    return Involvement(
        member_ids=frozenset(members) - {0},
        organisation_ids=frozenset(number for number in organisations if number is not None),
        subject=innovation.subject,
    )


def organisations_in(innovation: Innovation) -> set[int | None]:
    """Return the ids of the organisations that take part in what is published."""
    revision = innovation.published_revision
    return {each.organisation_id for each in revision.organisations} if revision else set()


def task_conflict(viewer: Viewer, task: AnyTask) -> Conflict | None:
    """Return what keeps `viewer` from deciding the task, or None."""
    if isinstance(task, InnovationProposal) and viewer.member_id == task.proposed_by_id:
        return Conflict.OWN_PROPOSAL
    return conflict_of(viewer, involvement_of(task))


def is_decidable(task: AnyTask) -> bool:
    """Whether the task still waits, on a record that was not taken down meanwhile."""
    return task.is_waiting and task.innovation.status is not InnovationStatus.TAKEN_DOWN


def can_take_task(viewer: Viewer, task: AnyTask) -> bool:
    """Whether `viewer` may take the task: a coordinator free of conflict."""
    return can_review_some(viewer) and task_conflict(viewer, task) is None


def can_decide_task(viewer: Viewer, task: AnyTask) -> bool:
    """Whether `viewer` may decide the task: the coordinator who took it, still free of conflict."""
    return (
        viewer.member_id is not None and task.taken_by_id == viewer.member_id and can_take_task(viewer, task)
    )


def is_held(task: AnyTask, coordinators: Collection[int]) -> bool:
    """Whether somebody holds the task who still is one of the `coordinators`, named by id."""
    return task.taken_by_id in coordinators


def can_see_task(viewer: Viewer, task: AnyTask) -> bool:
    """Whether the queue may show what an untaken task is about: to whom the innovation is open anyway."""
    return is_inside(viewer, task.innovation)
