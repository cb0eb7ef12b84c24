"""The links that wait in mails, as their receivers would open them."""

from urllib.parse import urlencode

from sqlalchemy import select

from hub.core.database import session
from hub.core.outbox import OutboxMessage
from hub.core.sealing import sign
from hub.members.models import MailToken, TokenPurpose

PATHS = {
    TokenPurpose.CONFIRM: "/join/confirm",
    TokenPurpose.INVITATION: "/join/invitation",
    TokenPurpose.RESET: "/reset/choose",
    TokenPurpose.ADDRESS: "/account/email/confirm",
}


def latest(purpose):
    """Return the link of this purpose that was made last, or None."""
    made = select(MailToken).where(MailToken.purpose == purpose).order_by(MailToken.id.desc())
    return session().scalar(made.limit(1))


def signed(client, token, purpose=None):
    """Return what the link carries, signed for its purpose or for another."""
    key = client.application.extensions["hub"].settings.secret_key()
    return sign(key, purpose or token.purpose, token.public_id)


def link_to(client, purpose, token=None):
    """Return path and query of a link, the latest of its purpose unless one is given."""
    return f"{PATHS[purpose]}?{urlencode({'token': signed(client, token or latest(purpose))})}"


def mails():
    """Return the kinds of the mails that wait, in the order in which they were written."""
    return list(session().scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))
