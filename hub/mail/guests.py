"""Asks, at the moment of sending, whether a guest still gets a mail about their registration, and what it names."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.access.viewer import VISITOR
from hub.core.clock import now
from hub.core.database import session
from hub.core.outbox import OutboxMessage
from hub.mail.beginnings import place_of
from hub.mail.kinds import Kind
from hub.showcases.models import Registration, RegistrationStatus
from hub.showcases.permissions import can_view
from hub.showcases.registrations.guests import confirm_until

UNNAMED = frozenset({RegistrationStatus.CANCELLED})
"""What is told also of a showcase that is not public any more, without its name."""


@dataclass(frozen=True)
class Guest:
    """What mails to a guest name.

    Args:
        showcase: what the showcase is called; empty where that is not public any more.
        begins: when it begins.
        zone: of the venue, as IANA names it.
        is_all_day: whether only its days are known.
        place: venue and city, as far as they are known.
        answer: what the team wrote to who was declined.
        expires_at: when the link that confirms stops working.
    """

    showcase: str
    begins: datetime
    zone: str
    is_all_day: bool = False
    place: str = ""
    answer: str = ""
    expires_at: datetime | None = None


def guest_of(message: OutboxMessage, kind: Kind) -> Guest | None:
    """Return the facts of a guest's registration, or None if the mail must not be sent any more."""
    found = session().scalar(
        select(Registration)
        .where(
            Registration.public_id == message.parameters.get("registration"),
            Registration.guest_email == message.address,
            Registration.status.in_(kind.guests),
        )
        .options(joinedload(Registration.showcase))
    )
    if found is None or found.showcase.starts_at is None:
        return None
    is_named = can_view(VISITOR, found.showcase)
    if not is_named and found.status not in UNNAMED:
        return None
    is_open = found.status is RegistrationStatus.UNCONFIRMED
    if is_open and confirm_until(found) <= now():
        return None
    showcase = found.showcase
    return Guest(
        showcase=showcase.name if is_named else "",
        begins=found.showcase.starts_at,
        zone=showcase.time_zone,
        is_all_day=showcase.is_all_day,
        place=place_of(showcase) if is_named else "",
        answer=found.decision_words,
        expires_at=confirm_until(found) if is_open else None,
    )
