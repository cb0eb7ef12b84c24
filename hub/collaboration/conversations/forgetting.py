"""What goes of conversations two years after their end, or with who leaves the hub: words and files."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select, update

from hub.collaboration.models import (
    CollaborationRequest,
    Conversation,
    ConversationMessage,
    MessageFile,
    Participation,
    Response,
)
from hub.core.clock import now
from hub.core.database import session
from hub.core.uploads import StoredFile
from hub.members.models import Member

WORDS_KEPT = timedelta(days=730)
"""How long conversations are kept after the request was closed or completed."""


def forget_conversations() -> int:
    """Empty conversations about what ended two years ago; return how many messages are empty now."""
    limit = now() - WORDS_KEPT
    ended = func.coalesce(CollaborationRequest.completed_at, CollaborationRequest.closed_at)
    over = (
        select(Conversation.id)
        .join(Response, Response.id == Conversation.response_id)
        .join(CollaborationRequest, CollaborationRequest.id == Response.request_id)
        .where(ended <= limit)
    )
    return _empty(ConversationMessage.conversation_id.in_(over))


def forget_words_of(member: Member) -> int:
    """Empty what a member wrote in conversations, with its files, and what is noted of their reading.

    Returns:
        How many messages are empty now.
    """
    session().execute(
        update(Participation)
        .where(Participation.member_id == member.id)
        .values(read_at=None, shows_reading=False),
        execution_options={"synchronize_session": False},
    )
    emptied = _empty(ConversationMessage.author_id == member.id)
    session().expire_all()
    return emptied


def _empty(which: ColumnElement[bool]) -> int:
    """Take words and files from messages; return from how many."""
    chosen = select(ConversationMessage.id).where(which)
    files = session().scalars(select(MessageFile.file_id).where(MessageFile.message_id.in_(chosen))).all()
    unsynchronised = {"synchronize_session": False}
    for statement in (
        delete(MessageFile).where(MessageFile.message_id.in_(chosen)),
        delete(StoredFile).where(StoredFile.id.in_(files)),
    ):
        session().execute(statement, execution_options=unsynchronised)
    emptied = session().execute(
        update(ConversationMessage).where(which, ConversationMessage.words != "").values(words=""),
        execution_options=unsynchronised,
    )
    return int(emptied.rowcount)  # type: ignore[attr-defined]
