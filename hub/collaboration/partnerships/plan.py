"""The small plan of an accepted response: both sides add, change, move and finish its steps."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import checked_words
from hub.collaboration.models import PlanStep, Response, Side
from hub.collaboration.models.partnership import STEP_LENGTH
from hub.collaboration.partnerships.holding import holding_partnership, other_side_ids
from hub.collaboration.partnerships.permissions import first_day_not_over, is_plan_open
from hub.collaboration.partnerships.queries import outcomes_of, plan_of
from hub.collaboration.telling import tell_at_times
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.members.models import Member

MOST_STEPS = 30
"""Steps of one plan: it is small, and no tool for running projects."""

LONGEST_PLAN = timedelta(days=5 * 365)
"""How far ahead a step can be due."""

SIGNED = N_("Both sides have signed the outcome. The plan stays as it is.")
TOO_MANY = N_("A plan has %(number)s steps at most. Join some of them, or remove one.")
NO_WORDS = N_("Say what is to be done.")
PAST = N_("Choose a day that has not passed.")
TOO_FAR = N_("Choose a day within the next five years.")


@dataclass(frozen=True, kw_only=True)
class StepDetails:
    """What is said about one step.

    Args:
        words: what is to be done.
        owner: which side does it.
        due_on: by which day.
    """

    words: str
    owner: Side
    due_on: date


def add_step(actor: Member, response: Response, details: StepDetails) -> PlanStep:
    """Put a step at the end of the plan; the other side is told.

    Args:
        actor: somebody who acts for one of both sides.
        response: an accepted response.
        details: the step.

    Raises:
        NotFoundError: the response is not the actor's to see.
        ForbiddenError: the actor acts for both sides.
        ConflictError: the partnership has ended, or both sides have signed its outcome.
        InvalidError: it says nothing, is due in the past, or there are too many steps.
    """
    viewer, side = _holding_plan(actor, response)
    words = _checked(details, before=None)
    present = plan_of(response)
    if len(present) >= MOST_STEPS:
        raise InvalidError(TOO_MANY, number=MOST_STEPS)
    step = PlanStep(
        response=response,
        position=present[-1].position + 1 if present else 0,
        words=words,
        owner=details.owner,
        due_on=details.due_on,
        added_by_id=actor.id,
    )
    session().add(step)
    session().flush()
    _changed(viewer, step.response, side, after=_snapshot(step))
    return step


def save_step(actor: Member, step: PlanStep, details: StepDetails, *, version: int) -> None:
    """Change what a step says, who does it, or until when; the other side is told.

    Args:
        actor: somebody who acts for one of both sides.
        step: the step.
        details: what it says now.
        version: that of the step which was opened.

    Raises:
        NotFoundError: the response is not the actor's to see, or the step was removed.
        ForbiddenError, ConflictError, InvalidError: as for adding one.
        StaleVersionError: somebody saved it meanwhile.
    """
    viewer, side = _holding_step(actor, step)
    words = _checked(details, before=step.due_on)
    before = _snapshot(step)
    changed = session().execute(
        update(PlanStep)
        .where(PlanStep.id == step.id, PlanStep.version == version)
        .values(words=words, owner=details.owner, due_on=details.due_on, version=version + 1)
        .returning(PlanStep.id),
        execution_options={"synchronize_session": False},
    )
    if changed.scalar() is None:
        raise StaleVersionError
    session().refresh(step)
    if _snapshot(step) != before:
        _changed(viewer, step.response, side, before, _snapshot(step))


def move_step(actor: Member, step: PlanStep, *, places: int) -> None:
    """Move a step within the plan. Nobody is told: nothing that was agreed changes.

    Args:
        actor: somebody who acts for one of both sides.
        step: what moves.
        places: how far down, or up where it is negative; beyond an end it stops there.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as for saving one.
    """
    viewer, _side = _holding_step(actor, step)
    order = plan_of(step.response)
    before = [each.public_id for each in order]
    present = order.index(step)
    order.insert(max(0, min(len(order) - 1, present + places)), order.pop(present))
    for place, each in enumerate(order):
        each.position = place
    session().flush()
    after = [each.public_id for each in order]
    if after != before:
        record(
            viewer,
            Event.PLAN_CHANGE,
            step.response.subject,
            before={"order": before},
            after={"order": after},
        )


def finish_step(actor: Member, step: PlanStep) -> None:
    """Say that a step is done; one that is done already stays as it is. Either side may: both see who did.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as for saving one.
    """
    viewer, side = _holding_step(actor, step)
    if step.done_at is None:
        before = _snapshot(step)
        step.done_at, step.done_by_id = clock.now(), actor.id
        session().flush()
        _changed(viewer, step.response, side, before, _snapshot(step))


def reopen_step(actor: Member, step: PlanStep) -> None:
    """Say that a step is not done after all.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as for saving one.
    """
    viewer, side = _holding_step(actor, step)
    if step.done_at is not None:
        before = _snapshot(step)
        step.done_at, step.done_by_id = None, None
        session().flush()
        _changed(viewer, step.response, side, before, _snapshot(step))


def remove_step(actor: Member, step: PlanStep, *, version: int) -> None:
    """Take a step from the plan; the other side is told.

    Args:
        actor: somebody who acts for one of both sides.
        step: what goes.
        version: that of the step which was seen; what the other side changed meanwhile stays.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as for saving one.
        StaleVersionError: somebody saved it meanwhile.
    """
    viewer, side = _holding_step(actor, step)
    before, response = _snapshot(step), step.response
    gone = session().execute(
        delete(PlanStep).where(PlanStep.id == step.id, PlanStep.version == version),
        execution_options={"synchronize_session": False},
    )
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        raise StaleVersionError
    session().expunge(step)
    _changed(viewer, response, side, before)


def _holding_plan(actor: Member, response: Response) -> tuple[Viewer, Side]:
    acting = holding_partnership(actor, response)
    if not is_plan_open(response, outcomes_of(response)):
        raise ConflictError(SIGNED)
    return acting.viewer, acting.side


def _holding_step(actor: Member, step: PlanStep) -> tuple[Viewer, Side]:
    held = _holding_plan(actor, step.response)
    if session().scalar(select(PlanStep.id).where(PlanStep.id == step.id)) is None:
        raise NotFoundError
    session().refresh(step)
    return held


def _checked(details: StepDetails, before: date | None) -> str:
    """Return the words of a step that can be kept. A day that it was due on already may have passed meanwhile."""
    words = checked_words(" ".join(details.words.split()), STEP_LENGTH, NO_WORDS)
    today = first_day_not_over(clock.now())
    if details.due_on != before:
        if details.due_on < today:
            raise InvalidError(PAST, field="due_on")
        if details.due_on > today + LONGEST_PLAN:
            raise InvalidError(TOO_FAR, field="due_on")
    return words


def _snapshot(step: PlanStep) -> dict[str, object]:
    return {
        "step": step.public_id,
        "words": step.words,
        "owner": step.owner.value,
        "due_on": step.due_on.isoformat(),
        "is_done": step.done_at is not None,
    }


def _changed(
    viewer: Viewer,
    response: Response,
    side: Side,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """Log a change of the plan, and tell those of the other side who were not told of one lately."""
    record(viewer, Event.PLAN_CHANGE, response.subject, before=before, after=after)
    told = other_side_ids(response, side)
    tell_at_times(told, "plan_changed", response.partnership_subject, tlp=response.tlp, by=viewer.member_id)
