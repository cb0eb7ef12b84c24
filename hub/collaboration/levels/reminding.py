"""Reminders by the clock: of due dates and of expiry, of overdue steps of a plan, and of follow-up questions."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists, select

from hub.collaboration.levels.matters import Party, WaitingKind
from hub.collaboration.levels.moments import REMIND_AGAIN_BEFORE, REMIND_BEFORE, WARN_BEFORE
from hub.collaboration.levels.taking import AT_A_TIME, Matter, held, still_waits, take_step, untaken
from hub.collaboration.models import (
    CollaborationRequest,
    LevelStep,
    OutcomeMoment,
    Response,
    ServiceLevelStep,
)
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.partnerships.permissions import is_asked_for
from hub.collaboration.partnerships.queries import follow_ups_due
from hub.collaboration.telling import requester_ids, responder_ids, tell_awaited, tell_requester
from hub.core import clock
from hub.core.database import session
from hub.notifications.service import notify

WINDOWS = {
    LevelStep.SEVEN_DAYS: (REMIND_BEFORE, REMIND_AGAIN_BEFORE),
    LevelStep.TWO_DAYS: (REMIND_AGAIN_BEFORE, timedelta()),
}
"""From how long before the due date until how long before it each reminder is sent; one that is late falls away."""

KINDS = {LevelStep.SEVEN_DAYS: "request_due", LevelStep.TWO_DAYS: "request_due_soon"}
OWN_KINDS = {LevelStep.SEVEN_DAYS: "own_request_due", LevelStep.TWO_DAYS: "own_request_due_soon"}
"""What each reminder says to those who may still respond, and to the requester."""


def due_soon() -> list[tuple[int, LevelStep]]:
    """Return the ids of requests whose due date nobody was reminded of yet, each with the reminder that is due."""
    return [
        (number, step)
        for step in WINDOWS
        for number in session().scalars(
            select(CollaborationRequest.id)
            .where(_is_due(step), ~_was_taken(step, CollaborationRequest.due_at))
            .order_by(CollaborationRequest.due_at, CollaborationRequest.id)
            .limit(AT_A_TIME)
        )
    ]


def remind_of_due_date(key: tuple[int, LevelStep]) -> bool:
    """Remind the requester, the receivers who were not heard of, and those who draft a response, of the due date.

    Who asked with less time than that needs no reminder: nobody has forgotten yet. Belongs into a transaction.

    Args:
        key: id of the request and which reminder.

    Returns:
        Whether anybody was told.
    """
    number, step = key
    request = held(number)
    if not session().scalar(select(_is_due(step)).where(CollaborationRequest.id == number)):
        return False
    if request.due_at is None or not take_step(request.subject, step, request.due_at):
        return False
    if request.opened_at is None or request.opened_at > request.due_at - WINDOWS[step][0]:
        return False
    tell_awaited(KINDS[step], request)
    tell_requester(OWN_KINDS[step], request)
    return True


def expiring_soon() -> list[int]:
    """Return the ids of requests that expire within a week, of which the requester was not told."""
    found = session().scalars(
        select(CollaborationRequest.id)
        .where(_expires_soon(), ~_was_taken(LevelStep.EXPIRES_SOON, CollaborationRequest.expires_at))
        .order_by(CollaborationRequest.expires_at, CollaborationRequest.id)
        .limit(AT_A_TIME)
    )
    return list(found)


def warn_of_expiry(number: int) -> bool:
    """Tell the requester's side that a request expires soon; return whether it was done. Belongs into a transaction."""
    request = held(number)
    if not session().scalar(select(_expires_soon()).where(CollaborationRequest.id == number)):
        return False
    if request.expires_at is None or not take_step(
        request.subject, LevelStep.EXPIRES_SOON, request.expires_at
    ):
        return False
    tell_requester("request_expiring", request)
    return True


def overdue_steps() -> list[Matter]:
    """Return the overdue steps of plans of which their owners were not told."""
    return untaken((WaitingKind.STEP,), LevelStep.STEP_OVERDUE)[:AT_A_TIME]


def remind_of_step(matter: Matter) -> bool:
    """Tell the side that owns a step that it is overdue; return whether they were told. Belongs into a transaction."""
    held(matter.request_id)
    if not still_waits(matter) or not take_step(matter.subject, LevelStep.STEP_OVERDUE, matter.since):
        return False
    response = session().scalars(select(Response).where(Response.public_id == matter.response_id)).one()
    is_requesters = matter.party == Party.REQUESTER
    told = requester_ids(response.request) if is_requesters else responder_ids(response)
    notify(told, "step_due", matter.subject, tlp=response.tlp)
    return True


def open_follow_ups() -> list[tuple[int, OutcomeMoment]]:
    """Return the ids of responses of which both sides are to be asked what became of it, and for which moment."""
    return [(each.id, moment) for each, moment in follow_ups_due(clock.now(), limit=AT_A_TIME)]


def ask_what_became(key: tuple[int, OutcomeMoment]) -> bool:
    """Ask both sides what became of a partnership; return whether they were asked. Belongs into a transaction.

    Args:
        key: id of the response and for which moment.
    """
    number, moment = key
    response = session().get_one(Response, number)
    request = held(response.request_id)
    is_asked = select(
        exists().where(Response.id == number, _is_of_response(), is_asked_for(moment, clock.now()))
    )
    if request.completed_at is None or not session().scalar(is_asked):
        return False
    if not take_step(response.subject, LevelStep(moment.value), request.completed_at):
        return False
    both = requester_ids(request) | responder_ids(response)
    notify(both, "follow_up_due", response.partnership_subject, tlp=response.tlp)
    return True


def _is_of_response() -> ColumnElement[bool]:
    return CollaborationRequest.id == Response.request_id


def _is_due(step: LevelStep) -> ColumnElement[bool]:
    now, (first, last) = clock.now(), WINDOWS[step]
    return and_(
        CollaborationRequest.status.in_(TAKES_RESPONSES),
        CollaborationRequest.due_at <= now + first,
        CollaborationRequest.due_at > now + last,
    )


def _expires_soon() -> ColumnElement[bool]:
    now = clock.now()
    return and_(
        CollaborationRequest.status.in_(TAKES_RESPONSES),
        CollaborationRequest.expires_at > now,
        CollaborationRequest.expires_at <= now + WARN_BEFORE,
    )


def _was_taken(step: LevelStep, since: object) -> ColumnElement[bool]:
    return exists().where(
        ServiceLevelStep.subject == "request:" + CollaborationRequest.public_id,
        ServiceLevelStep.step == step,
        ServiceLevelStep.since == since,
    )
