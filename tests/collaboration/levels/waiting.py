"""One of everything that can wait, stored for tests of service levels."""

from datetime import UTC, date, datetime, timedelta

from hub.access.viewer import Role
from hub.collaboration.models import (
    Conversation,
    CoordinatorCall,
    Outcome,
    OutcomeMoment,
    OutcomeStatus,
    PlanStep,
    RequestQuestion,
    RequestStatus,
    Requirement,
    RequirementsVersion,
    ResponseStatus,
    Side,
    VersionStatus,
)
from hub.core.clock import now
from hub.core.database import session
from tests.collaboration.requests import opened_request, submitted_request
from tests.collaboration.responses import responded
from tests.factories import make_member

MONDAY = datetime(2026, 3, 9, 10, tzinfo=UTC)
"""When things begin to wait; no holiday in Georgia or Spain comes soon."""


def asked(request, asker=None, **columns):
    """Store a question about a request."""
    asker = asker or make_member()
    question = RequestQuestion(
        request_id=request.id,
        asked_by_id=asker.id,
        language="en-GB",
        words="Which portals does it read?",
        **columns,
    )
    session().add(question)
    session().commit()
    return question


def planned(response, *, owner=Side.RESPONDER, due_on=date(2026, 3, 13), **columns):
    """Store a step of the plan of a response."""
    step = PlanStep(
        response_id=response.id,
        position=1,
        words="Hand over a year of notices",
        owner=owner,
        due_on=due_on,
        added_by_id=response.responder_id,
        **columns,
    )
    session().add(step)
    session().commit()
    return step


def recorded(response, *, side=Side.REQUESTER, moment=OutcomeMoment.COMPLETION, **columns):
    """Store an outcome that one side recorded."""
    by = response.request.posted_by_id if side is Side.REQUESTER else response.responder_id
    outcome = Outcome(
        response_id=response.id,
        moment=moment,
        kind="piloted",
        words="It was tried for three months.",
        language="en-GB",
        side=side,
        recorded_by_id=by,
        **columns,
    )
    session().add(outcome)
    session().commit()
    return outcome


def disputed(response, **columns):
    """Store an outcome that the other side disputes."""
    return recorded(
        response,
        status=OutcomeStatus.DISPUTED,
        answered_at=now(),
        answered_by_id=response.responder_id,
        answer_words="It was four months.",
        **columns,
    )


def called(response, **columns):
    """Store a conversation about a response in which the responder calls a coordinator."""
    conversation = Conversation(
        response_id=response.id, tlp=columns.pop("tlp", response.tlp), started_by_id=response.responder_id
    )
    session().add(conversation)
    session().flush()
    call = CoordinatorCall(
        conversation_id=conversation.id,
        called_by_id=response.responder_id,
        words="Please help us to agree.",
        **columns,
    )
    session().add(call)
    session().commit()
    return call


def proposed(request, **columns):
    """Store new requirements that wait for a coordinator."""
    version = RequirementsVersion(
        request_id=request.id,
        number=2,
        status=VersionStatus.PROPOSED,
        why="One is new.",
        proposed_by_id=request.posted_by_id,
        requirements=[Requirement(position=1, is_essential=True, words="Works offline")],
        **columns,
    )
    session().add(version)
    session().commit()
    return version


def partnership(poster=None, responder=None, *, status=RequestStatus.ACTIVE, **columns):
    """Store a response that was accepted, of a request in one of the states that follow."""
    request = opened_request(poster, status=status, agreed_at=now(), started_at=now(), **columns)
    return responded(request, responder, status=ResponseStatus.ACCEPTED)


def completed(poster=None, responder=None, **columns):
    """Store a partnership that was completed now."""
    return partnership(poster, responder, status=RequestStatus.COMPLETED, completed_at=now(), **columns)


def one_of_each(poster, responder):
    """Store one matter of every kind, as of now; return their subjects by kind.

    Args:
        poster: who posted each request, in Georgia.
        responder: whom each of them is from, who is asked by name, in Spain.
    """
    answered = {"first_answered_at": now()}
    late = now() - timedelta(days=1)
    quiet = opened_request(poster)
    asking = opened_request(poster, receivers=[responder])
    questioned = opened_request(poster, **answered)
    waiting = responded(opened_request(poster, **answered), responder)
    decided_late = responded(
        opened_request(poster, due_at=late, expires_at=late + timedelta(days=30), **answered),
        responder,
        **answered,
    )
    overdue = planned(partnership(poster, responder, **answered), due_on=now().date() - timedelta(days=3))
    done = completed(poster, responder)
    done.request.completed_at = now() - timedelta(days=190)
    session().commit()
    return {
        "review": submitted_request(poster).subject,
        "requirements": proposed(opened_request(poster, **answered)).subject,
        "call": called(partnership(poster, responder, **answered)).subject,
        "request": quiet.subject,
        "receiver": f"receiver:{asking.receivers[0].public_id}",
        "response": waiting.subject,
        "decision": decided_late.subject,
        "question": asked(questioned, responder).subject,
        "step": f"step:{overdue.public_id}",
        "outcome": recorded(partnership(poster, responder, **answered)).subject,
        "dispute": disputed(partnership(poster, responder, **answered)).subject,
        "follow_up": f"six_months:{done.public_id}",
    }


def make_focal_point(country="GE"):
    """Store a focal point."""
    return make_member(focal_country=country)


def make_coordinators(number=2):
    """Store coordinators."""
    return [make_member(roles=[Role.COORDINATOR]) for _ in range(number)]
