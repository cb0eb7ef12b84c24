"""Writing in a conversation, noting who read it, leaving it and raising its label.

Messages are between the two sides: the audit log holds that a conversation was begun, never what was said.
"""

from collections.abc import Sequence

from sqlalchemy import Select, literal, select

from hub.access.audience import Tlp, is_lowered
from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.answering import discuss, mark_answered
from hub.collaboration.conversations.limits import require_room
from hub.collaboration.conversations.permissions import can_leave, can_return, label_of
from hub.collaboration.conversations.queries import Talk, talk_about
from hub.collaboration.conversations.reaching import left_ids, refusal, told_of_message
from hub.collaboration.holding import hold_request
from hub.collaboration.models import (
    Conversation,
    ConversationMessage,
    MessageFile,
    Participation,
    Response,
    Side,
)
from hub.collaboration.models.conversation import MESSAGE_LENGTH
from hub.collaboration.permissions import side_of
from hub.collaboration.telling import requester_ids, responder_ids, tell_at_times
from hub.core import clock
from hub.core.database import session
from hub.core.errors import InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.uploads import AcceptedFile, stored_file
from hub.integrity.viewers import viewer_of
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.members.profiles.checking import check_text
from hub.notifications.models import Notification
from hub.notifications.queries import unread_by
from hub.notifications.service import mark_read, notify

MOST_FILES = 5
"""Files that go with one message."""

MESSAGE_TOLD = "conversation_message"
"""The kind of notification that tells of a message."""


def send_message(
    actor: Member,
    response: Response,
    *,
    words: str,
    files: Sequence[AcceptedFile] = (),
    is_limited: bool = True,
) -> ConversationMessage:
    """Write a message to the other side; the first one begins the conversation.

    Args:
        actor: who writes: one of the two sides, or a coordinator who was called.
        response: what the conversation is about.
        words: Markdown.
        files: checked files that go with it.
        is_limited: whether the messages of the last hour count.

    Raises:
        NotFoundError: the actor may not know of the conversation.
        ForbiddenError: the responder wrote too early, or nobody on the other side takes messages; it does not say why.
        ConflictError: the conversation is closed, the actor or everybody else left it, or the actor blocked them.
        InvalidError: words or files cannot be sent so; names the field.
        TooManyError: they wrote as many as an hour allows.
    """
    viewer, talk = _held(actor, response)
    refused = refusal(viewer, talk)
    if refused is not None:
        raise refused
    if not words.strip():
        raise InvalidError(N_("Write what you want to say."), field="words")
    check_text("words", words, MESSAGE_LENGTH)
    if len(files) > MOST_FILES:
        raise InvalidError(N_("Send up to %(number)s files with one message."), "files", number=MOST_FILES)
    if is_limited:
        require_room(viewer)
    conversation = talk.conversation or _begin(viewer, actor, talk)
    conversation.tlp = label_of(conversation)
    message = ConversationMessage(
        conversation_id=conversation.id,
        author_id=actor.id,
        side=talk.side,
        tlp=conversation.tlp,
        words=words,
        sent_at=clock.now(),
        files=[MessageFile(file_id=stored_file(each).id) for each in files],
    )
    session().add(message)
    session().flush()
    if talk.side is not None:
        _participation(conversation, actor, talk.side).read_at = message.sent_at
    if talk.side is Side.REQUESTER:
        mark_answered(response)
        discuss(viewer, talk.request)
    _tell(told_of_message(viewer, talk), message)
    return message


def open_conversation(actor: Member, conversation: Conversation) -> None:
    """Note that somebody of one side opened it, so that neither page nor bell hold anything new of it for them.

    Of a coordinator nothing is noted.
    """
    viewer = viewer_of(actor)
    if not can_leave(viewer, conversation):
        return
    hold_member(actor.id)
    session().refresh(conversation, ["participations"])
    _joined(viewer, actor, conversation).read_at = clock.now()
    session().flush()
    mark_read(actor, _told_of(actor, conversation))


def show_reading(actor: Member, conversation: Conversation, *, shows: bool) -> None:
    """Consent that the others see how far one has read, or take that back; who does not consent sees nothing of others.

    Raises:
        NotFoundError: the actor is on no side of it, or left.
    """
    viewer = viewer_of(actor)
    _require(can_leave(viewer, conversation))
    hold_member(actor.id)
    session().refresh(conversation, ["participations"])
    _joined(viewer, actor, conversation).shows_reading = shows
    session().flush()


def leave_conversation(actor: Member, conversation: Conversation) -> None:
    """Read nothing more of a conversation and be told nothing, until one comes back; the others are told.

    Raises:
        NotFoundError: the actor is on no side of it, or left already.
    """
    viewer, _talk = _held(actor, conversation.response)
    _require(can_leave(viewer, conversation))
    _joined(viewer, actor, conversation).left_at = clock.now()
    session().flush()
    record(viewer, Event.CONVERSATION_LEAVE, conversation.subject)
    response = conversation.response
    others = requester_ids(response.request) | responder_ids(response)
    told = others - left_ids(conversation)
    tell_at_times(
        told, "participant_left", conversation.subject, tlp=label_of(conversation), by=viewer.member_id
    )


def return_to_conversation(actor: Member, conversation: Conversation) -> None:
    """Come back to a conversation that one left, with all that was written meanwhile.

    Raises:
        NotFoundError: the actor is on no side of it, or did not leave.
    """
    viewer, _talk = _held(actor, conversation.response)
    _require(can_return(viewer, conversation))
    _joined(viewer, actor, conversation).left_at = None
    session().flush()
    record(viewer, Event.CONVERSATION_RETURN, conversation.subject)


def raise_label(actor: Member, conversation: Conversation, tlp: Tlp) -> None:
    """Have what is written from now on passed on to fewer people; what was written keeps its label.

    Raises:
        NotFoundError: the actor is on no side of it, or left.
        InvalidError: the label is not stricter than the present one.
    """
    viewer, _talk = _held(actor, conversation.response)
    _require(can_leave(viewer, conversation))
    before = label_of(conversation)
    if not is_lowered(tlp, before):
        raise InvalidError(N_("Choose a stricter label. A label is raised, never lowered."), field="tlp")
    conversation.tlp = tlp
    session().flush()
    record(viewer, Event.CONVERSATION_RAISE, conversation.subject, before={"tlp": before}, after={"tlp": tlp})


def _held(actor: Member, response: Response) -> tuple[Viewer, Talk]:
    """Hold the request and return who acts, with the conversation as it stands now.

    Raises:
        NotFoundError: they may not know of it.
    """
    request = response.request
    hold_member(actor.id)  # before the request, as everybody does who holds both
    hold_request(request)
    session().refresh(response)
    viewer = viewer_of(actor)
    return viewer, talk_about(request.public_id, response.public_id, viewer)


def _begin(viewer: Viewer, actor: Member, talk: Talk) -> Conversation:
    conversation = Conversation(
        response=talk.response, tlp=talk.tlp, started_at=clock.now(), started_by_id=actor.id
    )
    session().add(conversation)
    session().flush()
    record(viewer, Event.CONVERSATION_START, conversation.subject, after={"tlp": conversation.tlp})
    return conversation


def _tell(member_ids: frozenset[int], message: ConversationMessage) -> None:
    """Tell that a message waits; who has one of the conversation unread already learns nothing new by another."""
    messages = _messages_in(message.conversation_id)
    told = member_ids - unread_by(member_ids, MESSAGE_TOLD, messages)
    notify(told, MESSAGE_TOLD, message.subject, tlp=message.tlp)


def _messages_in(conversation_id: int) -> Select[str]:
    """Return the select of the messages of a conversation, as notifications name them."""
    subject = literal(ConversationMessage.SUBJECT) + ConversationMessage.public_id
    return select(subject).where(ConversationMessage.conversation_id == conversation_id)


def _told_of(actor: Member, conversation: Conversation) -> Sequence[str]:
    """Return the public ids of the unread notifications of somebody about the messages of a conversation."""
    messages = _messages_in(conversation.id)
    told = select(Notification.public_id).where(
        Notification.member_id == actor.id, Notification.read_at.is_(None), Notification.subject.in_(messages)
    )
    return session().scalars(told).all()


def _joined(viewer: Viewer, actor: Member, conversation: Conversation) -> Participation:
    side = side_of(viewer, conversation.response)
    if side is None:
        raise NotFoundError
    return _participation(conversation, actor, side)


def _participation(conversation: Conversation, actor: Member, side: Side) -> Participation:
    """Return how somebody takes part, from now on if they did not before; what they do is held."""
    found = next((each for each in conversation.participations if each.member_id == actor.id), None)
    if found is None:
        found = Participation(member_id=actor.id, side=side, joined_at=clock.now(), shows_reading=False)
        conversation.participations.append(found)
        session().flush()
    found.side = side
    return found


def _require(may: bool) -> None:  # noqa: FBT001 - what a permission answered
    if not may:
        raise NotFoundError
