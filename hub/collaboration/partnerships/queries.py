"""Plans and outcomes of one response, and the partnerships of which a follow-up is due."""

from collections.abc import Iterable, Sequence
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


def partners_of(requests: Iterable[CollaborationRequest]) -> dict[int, list[Response]]:
    """Return the accepted responses of several requests by the id of the request, in one query."""
    ids = sorted(each.id for each in requests)
    found: dict[int, list[Response]] = {}
    if ids:
        rows = session().scalars(
            select(Response)
            .where(Response.request_id.in_(ids), Response.status == ResponseStatus.ACCEPTED)
            .options(joinedload(Response.responder), joinedload(Response.organisation))
            .order_by(Response.decided_at, Response.id)
        )
        for response in rows:
            found.setdefault(response.request_id, []).append(response)
    return found


def unplanned_of(request: CollaborationRequest) -> Sequence[Response]:
    """Return the accepted responses of a request whose plan has no step yet."""
    return (
        session()
        .scalars(
            select(Response)
            .where(
                Response.request_id == request.id,
                Response.status == ResponseStatus.ACCEPTED,
                ~exists().where(PlanStep.response_id == Response.id),
            )
            .order_by(Response.decided_at, Response.id)
        )
        .all()
    )


def follow_ups_due(at: datetime, *, limit: int = BATCH) -> list[tuple[Response, OutcomeMoment]]:
    """Return the partnerships of which a follow-up is due, was not recorded and not asked for, the oldest first.

    Args:
        at: now.
        limit: how many of each moment at most.
    """
    found: list[tuple[Response, OutcomeMoment]] = []
    for moment in FOLLOW_UPS:
        told = exists().where(
            ServiceLevelStep.subject == "response:" + Response.public_id,
            ServiceLevelStep.step == moment.value,
        )
        rows = session().scalars(
            select(Response)
            .join(Response.request)
            .where(is_asked_for(moment, at), ~told)
            .order_by(CollaborationRequest.completed_at, Response.id)
            .limit(limit)
        )
        found += [(each, moment) for each in rows]
    return found
