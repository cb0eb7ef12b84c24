"""Calling a coordinator into a conversation, and taking the call back; taking and answering it is the desk's."""

from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.conversations.permissions import can_call, label_of
from hub.collaboration.holding import hold_request
from hub.collaboration.lifecycle import CALLS
from hub.collaboration.models import CallStatus, Conversation, CoordinatorCall
from hub.collaboration.models.conversation import CALL_LENGTH
from hub.collaboration.permissions import can_withdraw_call
from hub.collaboration.review.parties import free_coordinators, parties_of
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.profiles.checking import check_text
from hub.notifications.service import notify

CALLED_ALREADY = N_("A coordinator is called already. Wait for the answer, or have the call taken back.")


def call_coordinator(actor: Member, conversation: Conversation, *, words: str) -> CoordinatorCall:
    """Ask a coordinator for help, who reads the conversation from taking the call until they answer.

    Args:
        actor: who calls, of either side.
        conversation: what it is about.
        words: plain text for the coordinators alone.

    Raises:
        NotFoundError: the actor is on no side of it, or left.
        InvalidError: the words cannot be accepted; names the field.
        ConflictError: a call in this conversation is not answered yet.
    """
    hold_request(conversation.response.request)
    session().refresh(conversation)
    viewer = viewer_of(actor)
    if not can_call(viewer, conversation):
        raise NotFoundError
    if not words.strip():
        raise InvalidError(N_("Say what you need help with."), field="words")
    check_text("words", words, CALL_LENGTH)
    if any(each.status is CallStatus.ASKED for each in conversation.calls):
        raise ConflictError(CALLED_ALREADY)
    call = CoordinatorCall(
        conversation=conversation, called_by_id=actor.id, called_at=clock.now(), words=words
    )
    session().add(call)
    session().flush()
    record(viewer, Event.CONVERSATION_CALL, call.subject)
    told = free_coordinators(parties_of(conversation.response.request))
    notify(told, "coordinator_called", call.subject, tlp=label_of(conversation))
    return call


def withdraw_call(actor: Member, call: CoordinatorCall) -> None:
    """Take a call back; a coordinator who took it reads the conversation no longer.

    Raises:
        NotFoundError: somebody else called.
        ConflictError: it was answered meanwhile.
    """
    hold_request(call.conversation.response.request)
    session().refresh(call)
    viewer = viewer_of(actor)
    if not can_withdraw_call(viewer, call):
        raise NotFoundError
    CALLS.move(call, "withdraw", answered_at=clock.now())
    record(viewer, Event.CALL_WITHDRAW, call.subject)
