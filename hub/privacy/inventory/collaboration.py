"""References to members in the tables of requests, responses, conversations and partnerships."""

from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.audience import Tlp
from hub.access.viewer import Viewer
from hub.collaboration.conversations.permissions import conversations_visible_to
from hub.collaboration.models import (
    CollaborationRequest,
    Conversation,
    ConversationMessage,
    CoordinatorCall,
    Outcome,
    Participation,
    PlanStep,
    RequestInvitation,
    RequestQuestion,
    RequestReceiver,
    RequirementsVersion,
    Response,
)
from hub.collaboration.permissions import responses_visible_to, visible_to
from hub.privacy.inventory.shape import FOR_GOOD, Fate, Link, Seen, decided

SHARED = "both sides rest on it"
UNTIL_DECIDED = "until it is decided"
TWO_YEARS_AFTER = "two years after the request ended"


def of_request(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition for requests that the person may see; what is TLP:RED leaves the hub in no file."""
    return and_(CollaborationRequest.tlp != Tlp.RED, visible_to(viewer))


def of_response(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition for responses that the person may see and that are not TLP:RED."""
    return and_(Response.tlp != Tlp.RED, responses_visible_to(viewer))


def of_message(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition for messages in conversations that the person may see, and that are not TLP:RED."""
    seen = select(Conversation.id).where(conversations_visible_to(viewer))
    return and_(ConversationMessage.tlp != Tlp.RED, ConversationMessage.conversation_id.in_(seen))


def in_request(column: InstrumentedAttribute[Any]) -> Seen:
    """Return the condition for rows whose request, named in `column`, the person may see."""

    def seen(viewer: Viewer) -> ColumnElement[bool]:
        return column.in_(select(CollaborationRequest.id).where(of_request(viewer)))

    return seen


def in_response(column: InstrumentedAttribute[Any]) -> Seen:
    """Return the condition for rows whose response, named in `column`, the person may see."""

    def seen(viewer: Viewer) -> ColumnElement[bool]:
        return column.in_(select(Response.id).where(of_response(viewer)))

    return seen


def in_conversation(column: InstrumentedAttribute[Any]) -> Seen:
    """Return the condition for rows whose conversation, named in `column`, the person may see."""

    def seen(viewer: Viewer) -> ColumnElement[bool]:
        known = select(Conversation.id).where(Conversation.tlp != Tlp.RED, conversations_visible_to(viewer))
        return column.in_(known)

    return seen


def _held(model: type[Any], what: str) -> Link:
    return Link(
        model.taken_by_id, f"which coordinator holds {what}", Fate.UNNAME, UNTIL_DECIDED, ("taken_at",)
    )


REQUESTS = (
    Link(
        CollaborationRequest.posted_by_id,
        "requests posted",
        Fate.KEEP,
        FOR_GOOD,
        (
            "type",
            "tlp",
            "title",
            "summary",
            "background",
            "outcome_wanted",
            "brings",
            "status",
            "created_at",
            "opened_at",
            "due_at",
        ),
        ("tlp", "created_at"),
        of_request,
        why="others responded to it; what nobody was sent is deleted",
    ),
    _held(CollaborationRequest, "a request for review"),
    decided(
        CollaborationRequest.decided_by_id,
        "who decided about a request",
        "status",
        "decided_at",
        seen=of_request,
        dates=("decided_at",),
    ),
    Link(
        RequestReceiver.member_id,
        "requests sent to the person by name",
        Fate.BLANK,
        FOR_GOOD,
        ("status", "answered_at", "reason", "words"),
        ("answered_at",),
        in_request(RequestReceiver.request_id),
        {"words": ""},
        why="who asked must know what became of it",
    ),
    Link(
        RequestReceiver.answered_by_id,
        "who answered for a receiver",
        Fate.KEEP,
        FOR_GOOD,
        ("status", "answered_at", "reason", "words"),
        ("answered_at",),
        in_request(RequestReceiver.request_id),
        why="who asked must know what became of it",
    ),
    Link(
        RequestInvitation.member_id,
        "invitations to respond",
        Fate.DELETE,
        TWO_YEARS_AFTER,
        ("invited_at",),
        ("invited_at",),
        in_request(RequestInvitation.request_id),
    ),
    Link(
        RequestInvitation.invited_by_id,
        "who invited others to respond",
        Fate.KEEP,
        TWO_YEARS_AFTER,
        ("invited_at",),
        ("invited_at",),
        in_request(RequestInvitation.request_id),
        why="who acts for the requester must know who was invited",
    ),
    Link(
        RequirementsVersion.proposed_by_id,
        "requirements written",
        Fate.KEEP,
        "as long as the request",
        ("number", "status", "why", "proposed_at"),
        ("proposed_at",),
        in_request(RequirementsVersion.request_id),
        why="responses answer them",
    ),
    _held(RequirementsVersion, "new requirements"),
    decided(
        RequirementsVersion.decided_by_id,
        "who decided about new requirements",
        "number",
        "status",
        "decided_at",
        seen=in_request(RequirementsVersion.request_id),
        dates=("decided_at",),
    ),
    Link(
        RequestQuestion.asked_by_id,
        "questions asked",
        Fate.UNNAME,
        FOR_GOOD,
        ("words", "status", "asked_at", "answer", "answered_at"),
        ("asked_at",),
        in_request(RequestQuestion.request_id),
        why="the answer is for everybody, and nobody else knows who asked",
    ),
    Link(
        RequestQuestion.answered_by_id,
        "questions answered",
        Fate.KEEP,
        FOR_GOOD,
        ("words", "status", "answer", "answered_at"),
        ("answered_at",),
        in_request(RequestQuestion.request_id),
        why="the answer is for everybody",
    ),
)

RESPONSES = (
    Link(
        Response.responder_id,
        "responses",
        Fate.KEEP,
        FOR_GOOD,
        ("tlp", "offer", "conditions", "status", "created_at", "submitted_at", "decided_at"),
        ("tlp", "created_at"),
        of_response,
        why="the requester rests on it; what nobody was sent is deleted",
    ),
    Link(
        Response.decided_by_id,
        "who accepted or declined a response",
        Fate.KEEP,
        FOR_GOOD,
        ("status", "decided_at", "decision_reason", "decision_words"),
        ("decided_at",),
        of_response,
        why=SHARED,
    ),
)

CONVERSATIONS = (
    Link(
        Conversation.started_by_id,
        "conversations begun",
        Fate.UNNAME,
        FOR_GOOD,
        ("tlp", "started_at"),
        ("tlp", "started_at"),
        in_conversation(Conversation.id),
        why="it is the other side's too",
    ),
    Link(
        Participation.member_id,
        "conversations in which the person takes part",
        Fate.KEEP,
        FOR_GOOD,
        ("side", "joined_at", "left_at", "read_at", "shows_reading"),
        why="the other side must know that somebody left",
    ),
    Link(
        ConversationMessage.author_id,
        "messages in conversations, with their files",
        Fate.BLANK,
        FOR_GOOD,
        ("tlp", "words", "sent_at"),
        ("tlp", "sent_at"),
        of_message,
        {"words": ""},
        why="the conversation goes on without the words; its files go",
    ),
    Link(
        CoordinatorCall.called_by_id,
        "calls for a coordinator",
        Fate.BLANK,
        FOR_GOOD,
        ("words", "status", "called_at", "answer", "answered_at"),
        ("called_at",),
        in_conversation(CoordinatorCall.conversation_id),
        {"words": ""},
        why="what a coordinator answered stays known",
    ),
    decided(
        CoordinatorCall.taken_by_id,
        "which coordinator took a call",
        "status",
        "taken_at",
        "answered_at",
    ),
)

PARTNERSHIPS = (
    Link(
        PlanStep.added_by_id,
        "steps of plans written",
        Fate.KEEP,
        FOR_GOOD,
        ("words", "owner", "due_on", "added_at"),
        ("added_at",),
        in_response(PlanStep.response_id),
        why=SHARED,
    ),
    Link(
        PlanStep.done_by_id,
        "steps of plans marked as done",
        Fate.UNNAME,
        FOR_GOOD,
        ("words", "done_at"),
        ("done_at",),
        in_response(PlanStep.response_id),
        why=SHARED,
    ),
    Link(
        Outcome.recorded_by_id,
        "outcomes recorded",
        Fate.KEEP,
        FOR_GOOD,
        ("moment", "kind", "words", "status", "recorded_at"),
        ("recorded_at",),
        in_response(Outcome.response_id),
        why=SHARED,
    ),
    Link(
        Outcome.answered_by_id,
        "outcomes agreed or disputed",
        Fate.KEEP,
        FOR_GOOD,
        ("moment", "kind", "status", "answer_words", "answered_at"),
        ("answered_at",),
        in_response(Outcome.response_id),
        why=SHARED,
    ),
)
