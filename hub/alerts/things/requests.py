"""What requests are called, and what belongs to them: all of it by the title of the request, to its sides alone."""

from sqlalchemy import String, and_, or_, type_coerce

from hub.access.viewer import Viewer
from hub.alerts.things.naming import Expression, Names, named, strictest, subject_of
from hub.collaboration.conversations.permissions import conversations_visible_to
from hub.collaboration.models import (
    CollaborationRequest,
    Conversation,
    ConversationMessage,
    CoordinatorCall,
    Outcome,
    PlanStep,
    QuestionStatus,
    RequestQuestion,
    RequirementsVersion,
    Response,
)
from hub.collaboration.permissions import (
    requested_by,
    responses_visible_to,
    visible_to,
)


def requests(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of requests that `viewer` may know of."""
    found = _of_request("request", CollaborationRequest.public_id)
    return found.where(CollaborationRequest.public_id.in_(keys), visible_to(viewer))


def requirements(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of versions of requirements; they stand for their request."""
    return (
        _of_request("requirements", RequirementsVersion.public_id)
        .join(RequirementsVersion, RequirementsVersion.request_id == CollaborationRequest.id)
        .where(RequirementsVersion.public_id.in_(keys), visible_to(viewer))
    )


def questions(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of questions; until one is answered, only who asked and the requester know of it."""
    is_theirs = and_(
        RequestQuestion.status != QuestionStatus.WITHDRAWN,
        or_(RequestQuestion.status == QuestionStatus.ANSWERED, requested_by(viewer)),
    )
    if viewer.member_id is not None:
        is_theirs = or_(is_theirs, RequestQuestion.asked_by_id == viewer.member_id)
    return (
        _of_request("question", RequestQuestion.public_id)
        .join(RequestQuestion, RequestQuestion.request_id == CollaborationRequest.id)
        .where(RequestQuestion.public_id.in_(keys), visible_to(viewer), is_theirs)
    )


def responses(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of responses that `viewer` may see."""
    found = _of_response("response", "response", Response.public_id)
    return found.where(Response.public_id.in_(keys), responses_visible_to(viewer))


def partnerships(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of partnerships, by their responses."""
    found = _of_response("partnership", "partnership", Response.public_id)
    return found.where(Response.public_id.in_(keys), responses_visible_to(viewer))


def steps(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of steps of plans; they stand for their partnership."""
    return (
        _of_response("step", "partnership", PlanStep.public_id)
        .join(PlanStep, PlanStep.response_id == Response.id)
        .where(PlanStep.public_id.in_(keys), responses_visible_to(viewer))
    )


def outcomes(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of outcomes; they stand for their partnership."""
    return (
        _of_response("outcome", "partnership", Outcome.public_id)
        .join(Outcome, Outcome.response_id == Response.id)
        .where(Outcome.public_id.in_(keys), responses_visible_to(viewer))
    )


def conversations(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of conversations that `viewer` may read."""
    return (
        _of_response("conversation", "conversation", Conversation.public_id, Conversation.tlp)
        .join(Conversation, Conversation.response_id == Response.id)
        .where(Conversation.public_id.in_(keys), conversations_visible_to(viewer))
    )


def messages(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of messages; they stand for their conversation, under the strictest label of both."""
    labels = (ConversationMessage.tlp, Conversation.tlp)
    return (
        _of_response("conversation_message", "conversation", ConversationMessage.public_id, *labels)
        .join(Conversation, Conversation.response_id == Response.id)
        .join(ConversationMessage, ConversationMessage.conversation_id == Conversation.id)
        .where(ConversationMessage.public_id.in_(keys), conversations_visible_to(viewer))
    )


def calls(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of calls for a coordinator, for who reads the conversation: its sides, and who helps."""
    return (
        _of_response("call", "conversation", CoordinatorCall.public_id, Conversation.tlp)
        .join(Conversation, Conversation.response_id == Response.id)
        .join(CoordinatorCall, CoordinatorCall.conversation_id == Conversation.id)
        .where(CoordinatorCall.public_id.in_(keys), conversations_visible_to(viewer))
    )


def _of_request(subject: str, key: Expression) -> Names:
    """Return a select of what is found on the page of its request."""
    return named(
        subject_of(subject, key),
        "request",
        CollaborationRequest.public_id,
        CollaborationRequest.title,
        language=CollaborationRequest.language,
        tlp=type_coerce(CollaborationRequest.tlp, String),
    ).select_from(CollaborationRequest)


def _of_response(subject: str, kind: str, key: Expression, *labels: Expression) -> Names:
    """Return a select of what belongs to a response, under the strictest label of all that it belongs to."""
    return (
        named(
            subject_of(subject, key),
            kind,
            CollaborationRequest.public_id + "/responses/" + Response.public_id,
            CollaborationRequest.title,
            language=CollaborationRequest.language,
            tlp=strictest(CollaborationRequest.tlp, Response.tlp, *labels),
        )
        .select_from(CollaborationRequest)
        .join(Response, Response.request_id == CollaborationRequest.id)
    )
