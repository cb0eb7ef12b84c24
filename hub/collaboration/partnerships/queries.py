"""Plans and outcomes of one response, and the partnerships of which a follow-up is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from hub.collaboration.models import (
    CollaborationRequest,
    Outcome,
    OutcomeMoment,
    PlanStep,
    Response,
    ResponseStatus,
    ServiceLevelStep,
)
from hub.collaboration.partnerships.permissions import FOLLOW_UPS, is_asked_for
from hub.core.database import session
from hub.core.errors import NotFoundError

BATCH = 200
"""The most follow-ups that are looked at at once."""


def plan_of(response: Response) -> list[PlanStep]:
    """Return the steps of a plan in their order."""
    return list(
        session().scalars(
            select(PlanStep)
            .where(PlanStep.response_id == response.id)
            .order_by(PlanStep.position, PlanStep.id)
            .execution_options(populate_existing=True)
        )
    )


def step_by_id(response: Response, public_id: str) -> PlanStep:
    """Return one step of the plan of a response that the viewer may read.

    Raises:
        NotFoundError: there is none, or it was removed.
    """
    found = session().scalar(
        select(PlanStep).where(PlanStep.response_id == response.id, PlanStep.public_id == public_id)
    )
    if found is None:
        raise NotFoundError
    return found


def outcomes_of(response: Response) -> list[Outcome]:
    """Return what was recorded of a response, in the order of the moments."""
    found = session().scalars(
        select(Outcome)
        .where(Outcome.response_id == response.id)
        .options(joinedload(Outcome.replication))
        .execution_options(populate_existing=True)
    )
    order = list(OutcomeMoment)
    return sorted(found, key=lambda each: order.index(each.moment))


def outcome_by_id(response: Response, public_id: str) -> Outcome:
    """Return one outcome of a response that the viewer may read.

    Raises:
        NotFoundError: there is none.
    """
    found = session().scalar(
        select(Outcome).where(Outcome.response_id == response.id, Outcome.public_id == public_id)
    )
    if found is None:
        raise NotFoundError
    return found


def accepted_of(request: CollaborationRequest) -> Sequence[Response]:
    """Return the accepted responses of a request, the one accepted first at the top."""
    return (
        session()
        .scalars(
            select(Response)
            .where(Response.request_id == request.id, Response.status == ResponseStatus.ACCEPTED)
            .order_by(Response.decided_at, Response.id)
        )
        .all()
    )


def unplanned_of(request: CollaborationRequest) -> Sequence[Response]:
    """Return the accepted responses of a request whose plan has no step yet."""
    return [each for each in accepted_of(request) if not plan_of(each)]


@dataclass(frozen=True)
class FollowUp:
    """A partnership of which a follow-up is due.

    Args:
        response: the accepted response.
        moment: which follow-up.
    """

    response: Response
    moment: OutcomeMoment


def follow_ups_due(at: datetime, *, is_told: bool = False, limit: int = BATCH) -> list[FollowUp]:
    """Return the partnerships of which a follow-up is due and was not recorded, those completed first at the top.

    Args:
        at: now.
        is_told: whether to return those too whose sides were told already: a `ServiceLevelStep` names the response.
        limit: how many of each moment at most.
    """
    found: list[FollowUp] = []
    for moment in FOLLOW_UPS:
        told = exists().where(
            ServiceLevelStep.subject == "response:" + Response.public_id,
            ServiceLevelStep.step == moment.value,
        )
        rows = session().scalars(
            select(Response)
            .join(Response.request)
            .where(is_asked_for(moment, at), *([] if is_told else [~told]))
            .order_by(CollaborationRequest.completed_at, Response.id)
            .limit(limit)
        )
        found += [FollowUp(each, moment) for each in rows]
    return found
