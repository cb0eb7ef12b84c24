"""What tests of collaboration do again and again: act in a transaction, look who was told what, and let time pass."""

from sqlalchemy import select

from hub.core import clock
from hub.core.database import session, transaction
from hub.notifications.models import Notification


def did(service, *arguments, **named):
    """Call a service in a transaction of its own; return what it returned."""
    with transaction():
        return service(*arguments, **named)


def told(member):
    """Return the kinds of what a member was told, in order."""
    kinds = select(Notification.kind).where(Notification.member_id == member.id).order_by(Notification.id)
    return list(session().scalars(kinds))


def later(monkeypatch, by):
    """Let the clock stand at a moment that is later by so much."""
    moment = clock.now() + by
    monkeypatch.setattr(clock, "now", lambda: moment)
