"""What a mail may quote of messages: the beginning of those under CLEAR and GREEN, nothing of any other."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from hub.access.audience import Tlp, stricter
from hub.access.viewer import Viewer
from hub.collaboration.conversations.permissions import conversations_visible_to, label_of
from hub.collaboration.models import Conversation, ConversationMessage, Response
from hub.core.database import session

QUOTED = frozenset({Tlp.CLEAR, Tlp.GREEN})

QUOTE_LENGTH = 1_000
"""The most characters of a message that a mail quotes."""


def quote_of(message: ConversationMessage) -> str:
    """Return what a mail may quote of a message; a label that was raised since then counts."""
    label = stricter(message.tlp, label_of(message.conversation))
    if label not in QUOTED:
        return ""
    words = message.words
    return words if len(words) <= QUOTE_LENGTH else f"{words[:QUOTE_LENGTH].rstrip()}…"


def quotes_of(subjects: Collection[str], viewer: Viewer) -> dict[str, str]:
    """Return what mails to `viewer` may quote, in one query.

    Args:
        subjects: messages, as notifications name them; of others, and of what the viewer may not read, there is none.
        viewer: whom the mails are for.
    """
    kind = ConversationMessage.SUBJECT
    wanted = [each.removeprefix(kind) for each in subjects if each.startswith(kind)]
    if not wanted:
        return {}
    found = session().scalars(
        select(ConversationMessage)
        .join(ConversationMessage.conversation)
        .join(Conversation.response)
        .join(Response.request)
        .options(
            contains_eager(ConversationMessage.conversation)
            .contains_eager(Conversation.response)
            .contains_eager(Response.request)
        )
        .where(ConversationMessage.public_id.in_(wanted), conversations_visible_to(viewer))
    )
    quotes = {each.subject: quote_of(each) for each in found}
    return {subject: words for subject, words in quotes.items() if words}
