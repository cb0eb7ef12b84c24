"""Asks, at the moment of sending, who gets a mail and whether they still may."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from hub.core.clock import now
from hub.core.database import session
from hub.core.outbox import OutboxMessage
from hub.mail.guests import Guest, guest_of
from hub.mail.kinds import Kind
from hub.mail.telling import Telling
from hub.members.models import MailToken, Member, TokenPurpose


@dataclass(frozen=True)
class Receiver:
    """Where a mail goes now.

    Args:
        address: the e-mail address.
        expires_at: until when the link in it works, where it carries a token.
        telling: what it may tell, where it is about notifications.
        guest: what it names, where it is about the registration of somebody without an account.
    """

    address: str
    expires_at: datetime | None = None
    telling: Telling | None = None
    guest: Guest | None = None


def members_of(messages: Collection[OutboxMessage]) -> dict[int, Member]:
    """Return the members that mails go to, by id, in one query."""
    member_ids = {message.member_id for message in messages if message.member_id is not None}
    if not member_ids:
        return {}
    found = session().scalars(select(Member).where(Member.id.in_(sorted(member_ids))))
    return {member.id: member for member in found}


def receiver_of(message: OutboxMessage, kind: Kind) -> Receiver | None:
    """Return who gets `message` at this moment, or None if it must not be sent any more."""
    address = message.address
    if message.member_id is not None:
        member = session().get(Member, message.member_id)
        if member is None or member.status not in kind.reaches:
            return None
        address = member.email
    if address is None:
        return None
    if kind.guests:
        guest = guest_of(message, kind)
        return Receiver(address, guest.expires_at, guest=guest) if guest else None
    if kind.purpose is None:
        return Receiver(address)
    if kind.purpose is TokenPurpose.RESET and message.member_id is None:
        return None  # nobody signs in with this address
    token = _open_token(message, kind)
    return Receiver(address, token.expires_at) if token else None


def _open_token(message: OutboxMessage, kind: Kind) -> MailToken | None:
    """Return the token of the link, if it still opens something and is this receiver's."""
    token = session().scalar(
        select(MailToken).where(
            MailToken.public_id == message.parameters.get("token"),
            MailToken.purpose == kind.purpose,
            MailToken.used_at.is_(None),
            MailToken.expires_at > now(),
        )
    )
    if token is None or (token.member is not None and token.member.status not in kind.reaches):
        return None
    is_theirs = (
        token.member_id == message.member_id
        if message.member_id is not None
        else token.address in {None, message.address}
    )
    return token if is_theirs else None
