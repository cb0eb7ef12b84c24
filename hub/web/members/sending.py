"""Sending a message and telling the receiver, in one transaction."""

from hub.collaboration.conversations.limits import require_room
from hub.core.database import transaction
from hub.integrity.viewers import viewer_of
from hub.members.messages.service import send_message
from hub.members.models import ContactMessage, Member
from hub.notifications.service import notify
from hub.web.runtime import runtime
from hub.web.sessions import actor


def deliver(receiver: Member, *, subject: str, words: str, answers: ContactMessage | None = None) -> None:
    """Send a message from who is signed in; neither bell nor mail carry its words. Those in conversations count too.

    Raises:
        NotFoundError, ForbiddenError, ConflictError, InvalidError: as `send_message`.
        TooManyError: as `require_room`.
    """
    with transaction():
        writer = viewer_of(actor())
        if runtime().settings.limits == "on":
            require_room(writer)
        sent = send_message(writer, receiver, subject=subject, words=words, answers=answers)
        notify([receiver.id], "message_received", f"message:{sent.public_id}")
