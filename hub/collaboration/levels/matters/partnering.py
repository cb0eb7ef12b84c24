"""What waits between partners: overdue steps of a plan, outcomes to sign or to revise, follow-up questions."""

from datetime import timedelta

from sqlalchemy import String, case, func, type_coerce
from sqlalchemy.orm import aliased

from hub.collaboration.levels.matters.matter import (
    Expression,
    Matters,
    Party,
    WaitingKind,
    later,
    matter,
)
from hub.collaboration.models import (
    CollaborationRequest,
    Outcome,
    OutcomeMoment,
    OutcomeStatus,
    PlanStep,
    RequestStatus,
    Response,
    Side,
)
from hub.collaboration.partnerships.permissions import (
    A_DAY_EVERYWHERE,
    FOLLOW_UPS,
    UNDER_WAY,
    first_day_not_over,
    is_asked_for,
)
from hub.core import clock
from hub.members.models import Member
from hub.organisations.models import Organisation

_OFFERING, _OFFERER = aliased(Organisation), aliased(Member)


def steps() -> tuple[Matters, ...]:
    """Return the select of overdue steps of plans."""
    return (
        _partnership(
            WaitingKind.STEP,
            PlanStep.owner,
            ("step", PlanStep.public_id),
            later(PlanStep.due_on, timedelta(days=1) + A_DAY_EVERYWHERE),
        )
        .join(PlanStep, PlanStep.response_id == Response.id)
        .where(
            CollaborationRequest.status.in_((RequestStatus.AGREED, RequestStatus.ACTIVE)),
            PlanStep.done_at.is_(None),
            PlanStep.due_on < first_day_not_over(clock.now()),
        ),
    )


def outcomes() -> tuple[Matters, ...]:
    """Return the select of outcomes that the other side has neither agreed to nor disputed."""
    other = case((Outcome.side == Side.REQUESTER, Side.RESPONDER.value), else_=Side.REQUESTER.value)
    found = _of_outcome(WaitingKind.OUTCOME, other, Outcome.recorded_at)
    return (found.where(Outcome.status == OutcomeStatus.RECORDED),)


def disputes() -> tuple[Matters, ...]:
    """Return the select of disputed outcomes that were not revised."""
    found = _of_outcome(WaitingKind.DISPUTE, Outcome.side, Outcome.answered_at)
    return (found.where(Outcome.status == OutcomeStatus.DISPUTED),)


def _of_outcome(kind: WaitingKind, side: Expression, since: Expression) -> Matters:
    return (
        _partnership(kind, side, ("outcome", Outcome.public_id), since)
        .join(Outcome, Outcome.response_id == Response.id)
        .where(CollaborationRequest.status.in_(UNDER_WAY))
    )


def follow_ups() -> tuple[Matters, ...]:
    """Return the selects of follow-up questions that neither side has answered, one for each moment."""
    now = clock.now()
    return tuple(
        matter(
            WaitingKind.FOLLOW_UP,
            Party.BOTH,
            (moment.value, Response.public_id),
            later(CollaborationRequest.completed_at, FOLLOW_UPS[moment][0]),
            tlp=Response.tlp,
            response=Response.public_id,
        )
        .join(Response, Response.request_id == CollaborationRequest.id)
        .where(is_asked_for(moment, now))
        for moment in (OutcomeMoment.SIX_MONTHS, OutcomeMoment.TWELVE_MONTHS)
    )


def _partnership(
    kind: WaitingKind, side: Expression, subject: tuple[str, Expression], since: Expression
) -> Matters:
    """Return a select of what waits on one side of a response, in the country of that side."""
    of_responder = func.coalesce(_OFFERING.country, _OFFERER.country)
    country = case((side == Side.REQUESTER.value, CollaborationRequest.country), else_=of_responder)
    return (
        matter(
            kind,
            type_coerce(side, String),
            subject,
            since,
            country=country,
            tlp=Response.tlp,
            response=Response.public_id,
        )
        .join(Response, Response.request_id == CollaborationRequest.id)
        .join(_OFFERING, _OFFERING.id == Response.organisation_id, isouter=True)
        .join(_OFFERER, _OFFERER.id == Response.responder_id)
    )
