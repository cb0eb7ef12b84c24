"""How many messages one member may write within an hour, to members and in conversations together."""

from datetime import timedelta

from hub.access.viewer import Viewer
from hub.collaboration.models import ConversationMessage
from hub.core.i18n import N_
from hub.members.holding import hold_member
from hub.members.models import ContactMessage
from hub.members.quotas import require_quota

MOST_AN_HOUR = 30
"""Messages that one member may send within `HOUR`."""

HOUR = timedelta(hours=1)

SENT_TOO_MANY = N_(
    "You have sent %(number)s messages within an hour, which is the most. What you typed is kept; wait a little."
)


def require_room(actor: Viewer) -> None:
    """Refuse a message too many; whoever sends several at once is counted one by one.

    Raises:
        TooManyError: they wrote as many as an hour allows; it says when there is room again.
    """
    hold_member(actor.member_id)
    require_quota(
        (ConversationMessage.sent_at, ConversationMessage.author_id == actor.member_id),
        (ContactMessage.sent_at, ContactMessage.sender_id == actor.member_id),
        most=MOST_AN_HOUR,
        period=HOUR,
        words=SENT_TOO_MANY,
    )
