"""Partnerships for tests: a request with an accepted response, as far along as a test needs."""

from dataclasses import dataclass
from datetime import timedelta

from hub.collaboration.models import (
    CollaborationRequest,
    OutcomeMoment,
    OutcomeStatus,
    PlanStep,
    RequestStatus,
    Response,
    ResponseStatus,
    Side,
)
from hub.collaboration.partnerships.outcomes import OutcomeDetails, agree_outcome, record_outcome
from hub.collaboration.partnerships.plan import StepDetails, add_step
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import Member
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member

WORDS = "We screened 4,100 notices of one year."


@dataclass(frozen=True)
class Partners:
    """Both sides of one accepted response."""

    request: CollaborationRequest
    response: Response
    poster: Member
    responder: Member


def partners(status=RequestStatus.AGREED, *, steps=0, organisation=None, innovation=None, **columns):
    """Store a request of which one response is accepted.

    Args:
        status: of the request.
        steps: how many steps the plan has, due a month from now and owned by the responder.
        organisation: for which organisation the response was made.
        innovation: what is offered.
        columns: further columns of the request.
    """
    poster = columns.pop("poster", None) or make_member()
    responder = columns.pop("responder", None) or make_member()
    dates = {"agreed_at": now()}
    if status in (RequestStatus.ACTIVE, RequestStatus.COMPLETED):
        dates["started_at"] = now()
    if status is RequestStatus.COMPLETED:
        dates["completed_at"] = now()
    request = opened_request(poster, status=status, **{**dates, **columns})
    response = responded(
        request,
        responder,
        status=ResponseStatus.ACCEPTED,
        organisation=organisation,
        innovation=innovation,
    )
    for number in range(steps):
        session().add(planned(response, number))
    session().commit()
    return Partners(request, response, poster, responder)


def planned(response, position=0, *, days=30, **columns):
    """Return a step that is not stored yet."""
    values = {"words": f"Step {position + 1}", "owner": Side.RESPONDER, **columns}
    return PlanStep(
        response_id=response.id,
        position=position,
        due_on=(now() + timedelta(days=days)).date(),
        added_by_id=response.responder_id,
        **values,
    )


def a_step(words="Send the notices of last year", *, owner=Side.REQUESTER, days=14):
    """Return what is said about a step."""
    return StepDetails(words=words, owner=owner, due_on=(now() + timedelta(days=days)).date())


def added(actor, response, **said):
    """Have somebody add a step."""
    with transaction():
        return add_step(actor, response, a_step(**said))


def an_outcome(kind="piloted", words=WORDS):
    """Return what is said about an outcome."""
    return OutcomeDetails(kind=kind, words=words, language="en-GB")


def recorded(actor, response, moment=OutcomeMoment.COMPLETION, **said):
    """Have somebody record an outcome."""
    with transaction():
        return record_outcome(actor, response, moment, an_outcome(**said))


def signed(found, kind="replicated", **said):
    """Have the requester record an outcome and the responder agree to it."""
    outcome = recorded(found.poster, found.response, kind=kind, **said)
    with transaction():
        agree_outcome(found.responder, outcome, version=outcome.version)
    assert outcome.status is OutcomeStatus.AGREED
    return outcome
