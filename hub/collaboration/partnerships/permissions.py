"""Who plans and signs for which side of an accepted response, and until when: pure functions, one SQL condition."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists

from hub.access.viewer import Viewer
from hub.collaboration.models import (
    CollaborationRequest,
    Outcome,
    OutcomeMoment,
    OutcomeStatus,
    PlanStep,
    RequestStatus,
    Response,
    ResponseStatus,
)
from hub.collaboration.permissions import can_answer_outcome, is_requester, is_responder

UNDER_WAY = (RequestStatus.AGREED, RequestStatus.ACTIVE, RequestStatus.COMPLETED)
"""States of a request whose accepted responses are partnerships."""

FOLLOW_UPS = {
    OutcomeMoment.SIX_MONTHS: (timedelta(days=182), timedelta(days=365)),
    OutcomeMoment.TWELVE_MONTHS: (timedelta(days=365), None),
}
"""How long after completion each follow-up is asked for, and until when: the later one takes the place of the first."""

A_DAY_EVERYWHERE = timedelta(hours=12)
"""A day ends for a plan when it has ended everywhere, in UTC−12 last."""


def is_partnership(response: Response) -> bool:
    """Whether a response was accepted, and its request neither cancelled nor anything before that."""
    return response.status is ResponseStatus.ACCEPTED and response.request.status in UNDER_WAY


def acts_for_one_side(viewer: Viewer, response: Response) -> bool:
    """Whether `viewer` acts for one of both sides and not for the other as well; only they sign."""
    return is_requester(viewer, response.request) is not is_responder(viewer, response)


def can_sign(viewer: Viewer, outcome: Outcome) -> bool:
    """Whether `viewer` may agree to an outcome or dispute it: the other side, which is not their own as well."""
    return can_answer_outcome(viewer, outcome) and acts_for_one_side(viewer, outcome.response)


def is_plan_open(response: Response, outcomes: Iterable[Outcome]) -> bool:
    """Whether the plan can still change: until both sides have signed what came of it."""
    return is_partnership(response) and not any(
        each.moment is OutcomeMoment.COMPLETION and each.status is OutcomeStatus.AGREED for each in outcomes
    )


def moment_to_record(response: Response, outcomes: Iterable[Outcome], at: datetime) -> OutcomeMoment | None:
    """Return for which moment an outcome is asked for and was not recorded, or None.

    Args:
        response: an accepted response.
        outcomes: those recorded of it.
        at: now.
    """
    if not is_partnership(response):
        return None
    recorded = {each.moment for each in outcomes}
    if response.request.status is RequestStatus.ACTIVE:
        asked: OutcomeMoment | None = OutcomeMoment.COMPLETION
    else:
        asked = _follow_up(response.request.completed_at, at)
    return None if asked in recorded else asked


def _follow_up(completed_at: datetime | None, at: datetime) -> OutcomeMoment | None:
    if completed_at is None:
        return None
    for moment, (begins, ends) in FOLLOW_UPS.items():
        if completed_at + begins <= at and (ends is None or at < completed_at + ends):
            return moment
    return None


def is_asked_for(moment: OutcomeMoment, at: datetime) -> ColumnElement[bool]:
    """Return the SQL condition for accepted responses of which a follow-up is due; their request is joined.

    Args:
        moment: which follow-up.
        at: now.
    """
    begins, ends = FOLLOW_UPS[moment]
    conditions = [
        Response.status == ResponseStatus.ACCEPTED,
        CollaborationRequest.status == RequestStatus.COMPLETED,
        CollaborationRequest.completed_at <= at - begins,
        ~exists().where(Outcome.response_id == Response.id, Outcome.moment == moment),
    ]
    if ends is not None:
        conditions.append(CollaborationRequest.completed_at > at - ends)
    return and_(*conditions)


def first_day_not_over(at: datetime) -> date:
    """Return the earliest day that has not ended everywhere; a step that was due before it is overdue."""
    return (at - A_DAY_EVERYWHERE).date()


def overdue_ids(steps: Iterable[PlanStep], at: datetime) -> frozenset[int]:
    """Return the ids of the steps that should have been done by now."""
    today = first_day_not_over(at)
    return frozenset(each.id for each in steps if each.done_at is None and each.due_on < today)


def next_follow_up(response: Response, outcomes: Iterable[Outcome], at: datetime) -> datetime | None:
    """Return when both sides are asked next what became of it, or None."""
    completed = response.request.completed_at
    if completed is None:
        return None
    recorded = {each.moment for each in outcomes}
    coming = (
        completed + begins
        for moment, (begins, _ends) in FOLLOW_UPS.items()
        if moment not in recorded and completed + begins > at
    )
    return next(coming, None)
