"""How many messages one member may write within an hour, to members and in conversations together."""

from datetime import datetime

from sqlalchemy import func, select

from hub.access.viewer import Viewer
from hub.collaboration.models import ConversationMessage
from hub.core import clock
from hub.core.database import session
from hub.core.errors import TooManyError
from hub.members.holding import hold_member
from hub.members.messages.service import HOUR, MOST_AN_HOUR, SENT_TOO_MANY
from hub.members.models import ContactMessage


def require_room(actor: Viewer) -> None:
    """Refuse a message too many; whoever sends several at once is counted one by one.

    Raises:
        TooManyError: they wrote as many as an hour allows; it says when the oldest no longer counts.
    """
    hold_member(actor.member_id)
    moment = clock.now()
    sent: list[datetime] = []
    for author, sent_at in (
        (ConversationMessage.author_id, ConversationMessage.sent_at),
        (ContactMessage.sender_id, ContactMessage.sent_at),
    ):
        counted = select(func.count(), func.min(sent_at)).where(
            author == actor.member_id, sent_at > moment - HOUR
        )
        number, oldest = session().execute(counted).one()
        sent += [oldest] * number
    if len(sent) >= MOST_AN_HOUR:
        wait = max(1, int((min(sent) + HOUR - moment).total_seconds()) + 1)
        raise TooManyError(SENT_TOO_MANY, retry_after=wait, number=MOST_AN_HOUR)
