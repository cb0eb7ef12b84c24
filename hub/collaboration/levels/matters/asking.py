"""What waits until there is a partner: reviews, calls, requests, named receivers, responses, questions."""

from sqlalchemy import func

from hub.collaboration.levels.matters.matter import (
    Expression,
    Matters,
    Party,
    WaitingKind,
    matter,
)
from hub.collaboration.models import (
    CallStatus,
    CollaborationRequest,
    Conversation,
    CoordinatorCall,
    QuestionStatus,
    ReceiverStatus,
    RequestQuestion,
    RequestReceiver,
    RequestStatus,
    RequirementsVersion,
    Response,
)
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.models.response import WAITS
from hub.collaboration.review.items import waiting_among
from hub.core import clock
from hub.members.models import Member
from hub.organisations.models import Organisation


def reviews() -> tuple[Matters, ...]:
    """Return the select of open calls that wait for review."""
    return (
        matter(
            WaitingKind.REVIEW,
            Party.COORDINATORS,
            ("request", CollaborationRequest.public_id),
            CollaborationRequest.submitted_at,
            taken_by=CollaborationRequest.taken_by_id,
        ).where(CollaborationRequest.status == RequestStatus.SUBMITTED),
    )


def requirements() -> tuple[Matters, ...]:
    """Return the select of new requirements that wait for review."""
    return (
        matter(
            WaitingKind.REQUIREMENTS,
            Party.COORDINATORS,
            ("requirements", RequirementsVersion.public_id),
            RequirementsVersion.proposed_at,
            taken_by=RequirementsVersion.taken_by_id,
        )
        .join(RequirementsVersion, RequirementsVersion.request_id == CollaborationRequest.id)
        .where(waiting_among(RequirementsVersion)),
    )


def calls() -> tuple[Matters, ...]:
    """Return the select of calls that no coordinator has answered."""
    return (
        matter(
            WaitingKind.CALL,
            Party.COORDINATORS,
            ("call", CoordinatorCall.public_id),
            CoordinatorCall.called_at,
            tlp=Conversation.tlp,
            taken_by=CoordinatorCall.taken_by_id,
            response=Response.public_id,
        )
        .join(Response, Response.request_id == CollaborationRequest.id)
        .join(Conversation, Conversation.response_id == Response.id)
        .join(CoordinatorCall, CoordinatorCall.conversation_id == Conversation.id)
        .where(CoordinatorCall.status == CallStatus.ASKED),
    )


def requests() -> tuple[Matters, ...]:
    """Return the select of open calls that take responses and to which nobody has responded."""
    return (
        matter(
            WaitingKind.REQUEST,
            Party.EVERYBODY,
            ("request", CollaborationRequest.public_id),
            CollaborationRequest.opened_at,
        ).where(
            CollaborationRequest.status.in_(TAKES_RESPONSES),
            CollaborationRequest.due_at > clock.now(),
            CollaborationRequest.is_open_call,
            CollaborationRequest.first_answered_at.is_(None),
        ),
    )


def receivers() -> tuple[Matters, ...]:
    """Return the select of named receivers who can still respond and have neither done so nor refused."""
    return (
        matter(
            WaitingKind.RECEIVER,
            Party.RECEIVER,
            ("receiver", RequestReceiver.public_id),
            CollaborationRequest.opened_at,
            country=func.coalesce(Organisation.country, Member.country),
        )
        .join(RequestReceiver, RequestReceiver.request_id == CollaborationRequest.id)
        .join(Organisation, Organisation.id == RequestReceiver.organisation_id, isouter=True)
        .join(Member, Member.id == RequestReceiver.member_id, isouter=True)
        .where(
            CollaborationRequest.status.in_(TAKES_RESPONSES),
            CollaborationRequest.due_at > clock.now(),
            RequestReceiver.status == ReceiverStatus.ASKED,
        ),
    )


def responses() -> tuple[Matters, ...]:
    """Return the select of responses of which the requester has said nothing yet."""
    return (
        _of_response(WaitingKind.RESPONSE, Response.submitted_at).where(
            Response.first_answered_at.is_(None), Response.status.in_(WAITS)
        ),
    )


def decisions() -> tuple[Matters, ...]:
    """Return the select of responses that were talked about, but not decided by the due date."""
    return (
        _of_response(WaitingKind.DECISION, CollaborationRequest.due_at).where(
            Response.first_answered_at.is_not(None),
            Response.status.in_(WAITS),
            CollaborationRequest.due_at <= clock.now(),
        ),
    )


def _of_response(kind: WaitingKind, since: Expression) -> Matters:
    return matter(
        kind,
        Party.REQUESTER,
        ("response", Response.public_id),
        since,
        tlp=Response.tlp,
        response=Response.public_id,
    ).join(Response, Response.request_id == CollaborationRequest.id)


def questions() -> tuple[Matters, ...]:
    """Return the select of questions that were neither answered nor set aside."""
    return (
        matter(
            WaitingKind.QUESTION,
            Party.REQUESTER,
            ("question", RequestQuestion.public_id),
            RequestQuestion.asked_at,
        )
        .join(RequestQuestion, RequestQuestion.request_id == CollaborationRequest.id)
        .where(
            CollaborationRequest.status.in_(TAKES_RESPONSES),
            RequestQuestion.status == QuestionStatus.ASKED,
        ),
    )
