"""Notifications for tests, and the clock that digests go by."""

from datetime import UTC, datetime

from hub.access.audience import Tlp
from hub.core.database import session, transaction
from hub.core.outbox import OutboxMessage
from hub.notifications.digests import gather
from hub.notifications.models import Digest, Frequency, Notification
from hub.notifications.service import notify

SATURDAY = datetime(2026, 11, 21, 10, tzinfo=UTC)
"""After the digests of the day were made."""


def tell(member, kind="followed_country", subject="country:GE", *, tlp=Tlp.CLEAR):
    """Tell one member something; return the notification."""
    with transaction():
        notify([member.id], kind, subject, tlp=tlp)
    return session().query(Notification).order_by(Notification.id.desc()).first()


def gathered(frequency, period, **options):
    """Make the digests of one batch; return how many."""
    with transaction():
        return gather(frequency, period, **options)


def mails():
    """Return the mails that wait, in the order in which they were written."""
    session().rollback()
    return session().query(OutboxMessage).order_by(OutboxMessage.id).all()


def digests():
    """Return frequency, period and number of notifications of each digest."""
    session().rollback()
    made = session().query(Digest).order_by(Digest.id).all()
    return [
        (each.frequency, each.period, session().query(Notification).filter_by(digest_id=each.id).count())
        for each in made
    ]


DAILY, WEEKLY = Frequency.DAILY, Frequency.WEEKLY
