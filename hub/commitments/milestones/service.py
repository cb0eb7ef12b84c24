"""Adds milestones to commitments, changes and postpones them, and binds them to metrics of the hub."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.exc import InvalidRequestError

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import checked_words
from hub.commitments.acting import holding_as_answerer, holding_as_keeper
from hub.commitments.milestones.details import (
    MetricTarget,
    MilestoneDetails,
    check_due,
    checked_details,
    checked_targets,
    details_of,
    targets_of,
)
from hub.commitments.milestones.reminding import forget_reminders
from hub.commitments.models import Commitment, CommitmentStatus, Milestone, MilestoneMetric
from hub.commitments.models.commitment import WORDS_LENGTH
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.members.models import Member

MOST_MILESTONES = 50
"""Milestones of one commitment."""

FULL = N_("A commitment has up to %(number)s milestones.")
PROMISED = N_("This was promised in public, so it stays. If nobody will do it, drop it and say why.")
NO_REASON = N_("Say why it takes longer.")
NO_DAY = N_("Enter the day until which it will be done.")
SAME_DAY = N_("It is due on this day already.")
UNPUBLISHED = N_("Publish this commitment first. Until then, its keepers change the milestone itself.")
NOTHING_DUE = N_("This milestone is complete or dropped, so nothing of it is due.")


def add_milestone(actor: Member, commitment: Commitment, details: MilestoneDetails) -> Milestone:
    """Add a milestone behind those that a commitment has.

    Args:
        actor: a keeper of the record.
        commitment: what it belongs to.
        details: what was promised; its day stays known as the first one, whatever becomes of it.

    Raises:
        NotFoundError: the commitment is not the actor's to see.
        ForbiddenError: they do not keep it.
        InvalidError: something said cannot be accepted; names the field.
        ConflictError: there are too many.
    """
    return new_milestone(holding_as_keeper(actor, commitment), commitment, details)


def new_milestone(viewer: Viewer, commitment: Commitment, details: MilestoneDetails) -> Milestone:
    """Add a milestone for a keeper who holds the commitment, or has just entered it.

    Raises:
        InvalidError: something said cannot be accepted; names the field.
        ConflictError: there are too many.
    """
    details = checked_details(commitment, details)
    last, number = (
        session()
        .execute(
            select(func.coalesce(func.max(Milestone.number), 0), func.count(Milestone.id)).where(
                Milestone.commitment_id == commitment.id
            )
        )
        .one()
    )
    if number >= MOST_MILESTONES:
        raise ConflictError(FULL, number=MOST_MILESTONES)
    milestone = Milestone(
        commitment=commitment,
        number=last + 1,
        title=details.title,
        description=details.description,
        due_first_on=details.due_on,
        due_on=details.due_on,
    )
    session().add(milestone)
    session().flush()
    record(viewer, Event.MILESTONE_ADD, milestone.subject, after=_snapshot(milestone))
    return milestone


def change_milestone(actor: Member, milestone: Milestone, details: MilestoneDetails, *, version: int) -> None:
    """Change what the record says of a milestone. Once it was read in public, the first day stays known.

    Args:
        actor: a keeper of the record.
        milestone: what is changed.
        details: what is said from now on.
        version: what the actor read.

    Raises:
        NotFoundError: the commitment is not the actor's to see, or the milestone was removed.
        ForbiddenError: they do not keep it.
        InvalidError: something said cannot be accepted; names the field.
        StaleVersionError: somebody saved it meanwhile.
    """
    viewer = holding_as_keeper(actor, milestone.commitment)
    _reread(milestone)
    details = checked_details(milestone.commitment, details)
    if milestone.version != version:
        raise StaleVersionError
    if details == details_of(milestone):
        return
    before = _snapshot(milestone)
    is_first = milestone.commitment.status is CommitmentStatus.DRAFT or milestone.due_first_on is None
    _save(
        milestone,
        version,
        title=details.title,
        description=details.description,
        due_on=details.due_on,
        due_first_on=details.due_on if is_first else milestone.due_first_on,
    )
    if before["due_on"] != milestone.due_on:
        forget_reminders(milestone.commitment, milestone)
    record(viewer, Event.MILESTONE_CHANGE, milestone.subject, before=before, after=_snapshot(milestone))


def postpone_milestone(
    actor: Member, milestone: Milestone, *, due_on: date | None, words: str, version: int
) -> None:
    """Say until when a milestone will be done, if not on the day it was due; everybody reads why.

    Args:
        actor: the owner, or a keeper.
        milestone: what takes longer, or less long.
        due_on: the new day.
        words: why.
        version: what the actor read.

    Raises:
        NotFoundError: the commitment is not the actor's to see, or the milestone was removed.
        ForbiddenError: they do not answer for it.
        InvalidError: no day, the same, one before the commitment begins, or no words; names the field.
        ConflictError: the commitment is a draft, or the milestone is complete or dropped.
        StaleVersionError: somebody saved it meanwhile.
    """
    viewer = holding_as_answerer(actor, milestone.commitment)
    _reread(milestone)
    if not milestone.commitment.is_shown:
        raise ConflictError(UNPUBLISHED)
    if not milestone.is_open:
        raise ConflictError(NOTHING_DUE)
    if due_on is None:
        raise InvalidError(NO_DAY, field="due_on")
    check_due(milestone.commitment, due_on)
    words = checked_words(words, WORDS_LENGTH, NO_REASON)
    if milestone.version != version:
        raise StaleVersionError
    if due_on == milestone.due_on:
        raise InvalidError(SAME_DAY, field="due_on")
    before = _snapshot(milestone)
    _save(
        milestone,
        version,
        due_on=due_on,
        due_first_on=milestone.due_first_on or due_on,
        status_words=words,
    )
    forget_reminders(milestone.commitment, milestone)
    record(
        viewer,
        Event.MILESTONE_CHANGE,
        milestone.subject,
        reason=words,
        before=before,
        after=_snapshot(milestone),
    )


def remove_milestone(actor: Member, milestone: Milestone) -> None:
    """Remove a milestone from a draft; what was promised in public stays, and is dropped at most.

    Raises:
        NotFoundError: the commitment is not the actor's to see, or the milestone was removed.
        ForbiddenError: they do not keep it.
        ConflictError: the commitment is published.
    """
    viewer = holding_as_keeper(actor, milestone.commitment)
    _reread(milestone)
    if milestone.commitment.is_shown:
        raise ConflictError(PROMISED)
    record(viewer, Event.MILESTONE_REMOVE, milestone.subject, before=_snapshot(milestone))
    session().delete(milestone)
    session().flush()


def measure_milestone(
    actor: Member, milestone: Milestone, targets: Sequence[MetricTarget], *, version: int
) -> None:
    """Choose by which metrics of the hub a milestone is measured; no targets for none.

    Args:
        actor: a keeper of the record: who answers for it does not choose by what they are measured.
        milestone: what is measured.
        targets: the metrics with the value to reach.
        version: what the actor read.

    Raises:
        NotFoundError: the commitment is not the actor's to see, or the milestone was removed.
        ForbiddenError: they do not keep it.
        InvalidError: a metric is not measured, or a target is none; with field `metric` or `target`.
        StaleVersionError: somebody saved it meanwhile.
    """
    viewer = holding_as_keeper(actor, milestone.commitment)
    _reread(milestone)
    targets = checked_targets(milestone, targets)
    if milestone.version != version:
        raise StaleVersionError
    before = targets_of(milestone)
    if set(before) == set(targets):
        return
    _save(milestone, version)
    kept = {(each.metric, each.breakdown): each for each in milestone.metrics}
    milestone.metrics = [
        kept.get((each.metric, each.breakdown))
        or MilestoneMetric(metric=each.metric, breakdown=each.breakdown, target=each.target)
        for each in targets
    ]
    for row, each in zip(milestone.metrics, targets, strict=True):
        row.target = each.target
    session().flush()
    record(
        viewer,
        Event.MILESTONE_MEASURE,
        milestone.subject,
        before={"metrics": _written(before)},
        after={"metrics": _written(targets)},
    )


def reread_as_answerer(actor: Member, milestone: Milestone) -> Viewer:
    """Hold the commitment of a milestone, read both anew, and return the viewer, if they answer for it.

    Raises:
        NotFoundError: it is not the actor's to see, or the milestone was removed.
        ForbiddenError: they do not answer for it.
    """
    viewer = holding_as_answerer(actor, milestone.commitment)
    _reread(milestone)
    return viewer


def _reread(milestone: Milestone) -> None:
    try:
        session().refresh(milestone)
    except InvalidRequestError:
        raise NotFoundError from None


def _save(milestone: Milestone, version: int, **changes: object) -> None:
    saved = session().execute(
        update(Milestone)
        .where(Milestone.id == milestone.id, Milestone.version == version)
        .values(version=version + 1, **changes)
        .returning(Milestone.id),
        execution_options={"synchronize_session": False},
    )
    if saved.scalar() is None:
        raise StaleVersionError
    session().refresh(milestone)


def _snapshot(milestone: Milestone) -> dict[str, object]:
    return {
        "number": milestone.number,
        "title": milestone.title,
        "description": milestone.description,
        "due_first_on": milestone.due_first_on,
        "due_on": milestone.due_on,
    }


def _written(targets: Sequence[MetricTarget]) -> list[str]:
    return [f"{each.metric}|{each.breakdown}|{each.target:g}" for each in targets]
