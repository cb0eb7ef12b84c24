"""What pages ask about conversations, always for one viewer; all of it only reads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.audience import Tlp, stricter
from hub.access.viewer import Viewer
from hub.collaboration.conversations.permissions import (
    conversations_attended_by,
    conversations_visible_to,
    has_left,
    is_called,
    is_party,
    label_of,
    responses_talked_about_with,
)
from hub.collaboration.models import (
    CallStatus,
    CollaborationRequest,
    Conversation,
    ConversationMessage,
    CoordinatorCall,
    MessageFile,
    Participation,
    Response,
    Side,
)
from hub.collaboration.permissions import side_of
from hub.core.database import UtcDateTime, session
from hub.core.errors import NotFoundError
from hub.members.models import Block

MESSAGES_SHOWN = 50
"""Messages on one page; earlier ones stand behind a link."""

MOST_UNREAD = 20
"""Conversations with something unread that one list shows."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Talk:
    """The conversation about one response as it stands for one viewer.

    Args:
        response: what it is about, with its request.
        conversation: None as long as nobody wrote.
        side: on which side the viewer is; None for a coordinator who was called.
        participation: the viewer's own, once they opened or left it.
        has_left: whether the viewer left it; nothing of it is shown to them then.
    """

    response: Response
    conversation: Conversation | None
    side: Side | None
    participation: Participation | None
    has_left: bool

    @property
    def request(self) -> CollaborationRequest:
        """The request that the response answers."""
        return self.response.request

    @property
    def tlp(self) -> Tlp:
        """The label under which the next message is written."""
        if self.conversation is None:
            return stricter(self.response.tlp, self.request.tlp)
        return label_of(self.conversation)

    @property
    def open_call(self) -> CoordinatorCall | None:
        """The call for a coordinator that is not answered, by whomever."""
        return next((each for each in self._calls if each.status is CallStatus.ASKED), None)

    @property
    def answered_calls(self) -> Sequence[CoordinatorCall]:
        """The calls that a coordinator answered; each is for who called alone."""
        return [each for each in self._calls if each.status is CallStatus.ANSWERED]

    @property
    def _calls(self) -> Sequence[CoordinatorCall]:
        return self.conversation.calls if self.conversation else ()


@dataclass(frozen=True)
class Messages:
    """A part of a conversation.

    Args:
        items: the messages, the oldest first, with authors and files.
        has_earlier: whether there are messages before them.
        is_latest: whether nothing comes after them.
    """

    items: Sequence[ConversationMessage]
    has_earlier: bool
    is_latest: bool


def talk_about(request_id: str, response_id: str, viewer: Viewer) -> Talk:
    """Return the conversation about a response, begun or not, that `viewer` may read or come back to.

    Args:
        request_id: public id of the request.
        response_id: public id of the response.
        viewer: who looks.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    response = session().scalar(
        select(Response)
        .join(Response.request)
        .options(
            joinedload(Response.request).joinedload(CollaborationRequest.organisation),
            joinedload(Response.request).joinedload(CollaborationRequest.posted_by),
            joinedload(Response.organisation),
            joinedload(Response.responder),
        )
        .where(
            CollaborationRequest.public_id == request_id,
            Response.public_id == response_id,
            responses_talked_about_with(viewer),
        )
    )
    if response is None:
        raise NotFoundError
    return talk_of(response, viewer)


def talk_of(response: Response, viewer: Viewer) -> Talk:
    """Return the conversation about a response as it stands for somebody who may know of it."""
    found = conversation_about(response)
    side = side_of(viewer, response) if is_party(viewer, response) else None
    if found is None:
        return Talk(response, None, side, None, has_left=False)
    own = next((each for each in found.participations if each.member_id == viewer.member_id), None)
    away = has_left(viewer, found) and not is_called(viewer, found)
    return Talk(response, found, side, own, has_left=away)


def conversation_about(response: Response) -> Conversation | None:
    """Return the conversation about a response with who takes part in it, or None; who calls knows who asks."""
    return session().scalar(
        select(Conversation)
        .options(
            selectinload(Conversation.participations).joinedload(Participation.member),
            selectinload(Conversation.calls),
        )
        .where(Conversation.response_id == response.id)
        .execution_options(populate_existing=True)
    )


def messages_in(conversation: Conversation, *, before: str = "") -> Messages:
    """Return the latest messages of a conversation that the viewer may read, or those before one of them.

    Args:
        conversation: what the viewer reads.
        before: public id of the message that follows them; the latest are meant where it is none of this conversation.
    """
    wanted = [ConversationMessage.conversation_id == conversation.id]
    following = None
    if before:
        following = session().scalar(
            select(ConversationMessage.id).where(*wanted, ConversationMessage.public_id == before)
        )
    if following is not None:
        wanted.append(ConversationMessage.id < following)
    found = session().scalars(
        select(ConversationMessage)
        .options(
            joinedload(ConversationMessage.author),
            selectinload(ConversationMessage.files).joinedload(MessageFile.file),
        )
        .where(*wanted)
        .order_by(ConversationMessage.id.desc())
        .limit(MESSAGES_SHOWN + 1)
    )
    newest_first = found.all()
    shown = newest_first[:MESSAGES_SHOWN]
    return Messages(shown[::-1], len(newest_first) > MESSAGES_SHOWN, following is None)


def message_by_id(public_id: str, viewer: Viewer) -> ConversationMessage:
    """Return a message of a conversation that `viewer` may read, with what its page and its mail need.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    found = session().scalar(
        select(ConversationMessage)
        .join(ConversationMessage.conversation)
        .options(joinedload(ConversationMessage.author), joinedload(ConversationMessage.conversation))
        .where(ConversationMessage.public_id == public_id, conversations_visible_to(viewer))
    )
    if found is None:
        raise NotFoundError
    return found


def file_by_id(conversation: Conversation, public_id: str, viewer: Viewer) -> MessageFile:
    """Return a file sent in a conversation that `viewer` may read.

    Raises:
        NotFoundError: there is none in it, or not for this viewer.
    """
    found = session().scalar(
        select(MessageFile)
        .join(MessageFile.message)
        .join(ConversationMessage.conversation)
        .options(joinedload(MessageFile.file))
        .where(
            MessageFile.public_id == public_id,
            ConversationMessage.conversation_id == conversation.id,
            conversations_visible_to(viewer),
        )
    )
    if found is None:
        raise NotFoundError
    return found


def last_sent_at(conversation: Conversation) -> datetime:
    """Return when the latest message of a conversation was sent."""
    latest = session().scalar(
        select(func.max(ConversationMessage.sent_at)).where(
            ConversationMessage.conversation_id == conversation.id
        )
    )
    return latest or LONG_AGO


def author_ids(conversation: Conversation) -> frozenset[int]:
    """Return the ids of everybody who ever wrote in a conversation."""
    return frozenset(
        session().scalars(
            select(ConversationMessage.author_id)
            .where(ConversationMessage.conversation_id == conversation.id)
            .distinct()
        )
    )


def blocked_among(viewer: Viewer, member_ids: Collection[int]) -> frozenset[int]:
    """Return the ids of those of the members whom `viewer` blocked."""
    return frozenset(
        session().scalars(
            select(Block.blocked_id).where(
                Block.member_id == viewer.member_id, Block.blocked_id.in_(sorted(member_ids))
            )
        )
    )


@dataclass(frozen=True)
class News:
    """A conversation in which somebody did not read everything.

    Args:
        conversation: which.
        number: how many messages they did not read.
        since: when the first of these was sent.
    """

    conversation: Conversation
    number: int
    since: datetime


def conversations_with_news(viewer: Viewer) -> list[News]:
    """Return the conversations in which `viewer` did not read everything, the latest first.

    What the viewer wrote, and what somebody wrote whom they blocked, is no news.
    """
    own = and_(Participation.conversation_id == Conversation.id, Participation.member_id == viewer.member_id)
    blocked = select(Block.blocked_id).where(Block.member_id == viewer.member_id)
    counted = (
        select(
            Conversation.id,
            func.count(ConversationMessage.id).label("number"),
            func.min(ConversationMessage.sent_at, type_=UtcDateTime()).label("since"),
        )
        .join(ConversationMessage, ConversationMessage.conversation_id == Conversation.id)
        .outerjoin(Participation, own)
        .where(
            conversations_attended_by(viewer),
            ConversationMessage.author_id != viewer.member_id,
            ConversationMessage.author_id.not_in(blocked),
            ConversationMessage.sent_at > func.coalesce(Participation.read_at, LONG_AGO),
        )
        .group_by(Conversation.id)
        .order_by(func.max(ConversationMessage.id).desc())
        .limit(MOST_UNREAD)
    )
    rows = session().execute(counted).all()
    if not rows:
        return []
    found = session().scalars(
        select(Conversation)
        .options(
            joinedload(Conversation.response)
            .joinedload(Response.request)
            .joinedload(CollaborationRequest.organisation),
            joinedload(Conversation.response).joinedload(Response.organisation),
        )
        .where(Conversation.id.in_([row.id for row in rows]))
    )
    by_id = {each.id: each for each in found}
    return [News(by_id[row.id], row.number, row.since) for row in rows]
