"""Making and ending the secret address under which a calendar program reads one's dates; one address a member."""

import secrets
from hashlib import sha256

from sqlalchemy import delete, select

from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.core.errors import ForbiddenError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.showcases.models import CalendarFeed

SECRET_BYTES = 32
"""256 bits, as many as the token of a sign-in."""


def make_feed(actor: Member) -> str:
    """Make a calendar address for `actor` and end the one before.

    Returns:
        the secret in the address, which is stored nowhere.

    Raises:
        ForbiddenError: the actor is not approved.
    """
    viewer = viewer_of(actor)
    if not viewer.is_member:
        raise ForbiddenError
    hold_member(actor.id)
    session().execute(delete(CalendarFeed).where(CalendarFeed.member_id == actor.id))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session().add(CalendarFeed(member_id=actor.id, secret_digest=_digest(secret)))
    session().flush()
    record(viewer, Event.CALENDAR_MAKE, f"member:{actor.public_id}")
    return secret


def end_feed(actor: Member) -> None:
    """End the calendar address of `actor`.

    Raises:
        NotFoundError: they have none.
    """
    hold_member(actor.id)
    feed = feed_of(actor)
    if feed is None:
        raise NotFoundError
    session().delete(feed)
    session().flush()
    record(viewer_of(actor), Event.CALENDAR_REVOKE, f"member:{actor.public_id}")


def end_feed_for(member_id: int) -> None:
    """End the calendar address of a member who leaves or is suspended; nothing where they have none."""
    session().execute(delete(CalendarFeed).where(CalendarFeed.member_id == member_id))


def feed_of(member: Member) -> CalendarFeed | None:
    """Return the calendar address of a member, if they made one."""
    return session().scalar(select(CalendarFeed).where(CalendarFeed.member_id == member.id))


def member_of_feed(secret: str) -> Member:
    """Return whose calendar address holds `secret`.

    Raises:
        NotFoundError: no address holds it, or not any more, or the member is not approved now.
    """
    feed = session().scalar(select(CalendarFeed).where(CalendarFeed.secret_digest == _digest(secret)))
    if feed is None or not viewer_of(feed.member).is_member:
        raise NotFoundError
    return feed.member


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
