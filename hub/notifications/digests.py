"""Gathers what waits into digests: one for each member, frequency and period, and nothing twice."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update

from hub.core.clock import now
from hub.core.database import session
from hub.core.ids import new_public_id
from hub.core.outbox import queue_mails
from hub.members.models import Member
from hub.notifications.kinds import USUAL
from hub.notifications.models import Digest, Frequency, Notification, NotificationPreference
from hub.notifications.service import GATHERED, TOLD

HOUR = 6
"""Digests are made after this hour of the day, in UTC; weekly ones on Mondays."""

AT_A_TIME = 500
"""Members whose digests are made in one transaction."""

READ_KEPT_FOR = timedelta(days=90)
UNREAD_KEPT_FOR = timedelta(days=365)
"""How long notifications are kept after they were read, or if they never were."""


def period_of(frequency: Frequency, moment: datetime) -> date:
    """Return the period whose digests are due at `moment`: the day on which they are made, of weeks the Monday."""
    day = (moment.astimezone(UTC) - timedelta(hours=HOUR)).date()
    return day - timedelta(days=day.weekday()) if frequency is Frequency.WEEKLY else day


def begins_at(period: date) -> datetime:
    """Return the moment from which the digests of a period are made; what happens later waits for the next one."""
    return datetime.combine(period, time(HOUR), UTC)


def gather(frequency: Frequency, period: date, *, until: datetime | None = None) -> int:
    """Make digests for up to `AT_A_TIME` members for whom something waits. Belongs into a transaction.

    To be repeated until it returns 0. Who is killed between two has lost nothing; a second worker at the same time
    fails on the constraint that there is one digest for each member, frequency and period, and may try again.

    Args:
        frequency: daily or weekly.
        period: as `period_of` gives it.
        until: what happened from this moment on waits; the begin of the period unless given.

    Returns:
        How many digests were made.

    Raises:
        ValueError: this frequency gathers nothing.
        IntegrityError: another process made one of them just now.
    """
    if frequency not in GATHERED:
        raise ValueError(frequency)
    waiting = and_(
        Notification.waits,
        Notification.created_at < (until or begins_at(period)),
        _is_wanted(frequency),
    )
    made = exists().where(
        Digest.member_id == Member.id, Digest.frequency == frequency, Digest.period == period
    )
    people = (
        session()
        .execute(
            select(Member.id, Member.language)
            .where(
                Member.id.in_(select(Notification.member_id).where(waiting)), Member.status.in_(TOLD), ~made
            )
            .order_by(Member.id)
            .limit(AT_A_TIME)
        )
        .all()
    )
    if not people:
        return 0
    digests = {
        person.id: Digest(public_id=new_public_id(), member_id=person.id, frequency=frequency, period=period)
        for person in people
    }
    session().add_all(digests.values())
    session().flush()
    own = (
        select(Digest.id)
        .where(
            Digest.member_id == Notification.member_id,
            Digest.frequency == frequency,
            Digest.period == period,
        )
        .scalar_subquery()
    )
    session().execute(
        update(Notification)
        .where(Notification.member_id.in_(digests), waiting)
        .values(digest_id=own, waits=False),
        execution_options={"synchronize_session": False},
    )
    queue_mails(
        "digest",
        (
            (
                person.id,
                person.language,
                {"digest": digests[person.id].public_id, "frequency": frequency.value},
            )
            for person in people
        ),
    )
    return len(people)


def is_due(frequency: Frequency, period: date) -> bool:
    """Whether something waits for the digests of a period; a cheap look before a transaction is begun."""
    found = session().execute(
        select(Notification.id)
        .where(Notification.waits, Notification.created_at < begins_at(period), _is_wanted(frequency))
        .limit(1)
    )
    return found.first() is not None


def next_period(frequency: Frequency) -> date:
    """Return a period for which nobody has a digest yet, for digests that are asked for out of turn."""
    present = period_of(frequency, now())
    latest = session().scalar(select(func.max(Digest.period)).where(Digest.frequency == frequency))
    return present if latest is None or latest < present else latest + timedelta(days=1)


def _is_wanted(frequency: Frequency) -> ColumnElement[bool]:
    """Return the SQL condition for notifications that are gathered so: by their own choice, else by their topic's."""
    own = and_(
        NotificationPreference.member_id == Notification.member_id,
        NotificationPreference.topic == Notification.topic,
    )
    usual = sorted(topic for topic, each in USUAL.items() if each is frequency)
    by_topic = or_(
        exists().where(own, NotificationPreference.frequency == frequency),
        and_(Notification.topic.in_(usual), ~exists().where(own)),
    )
    return or_(Notification.frequency == frequency, and_(Notification.frequency.is_(None), by_topic))


def forget_notifications() -> int:
    """Delete what was read 90 days ago or told a year ago, and digests that hold nothing any more; return how many.

    Belongs into a transaction.
    """
    moment = now()
    gone = session().execute(
        delete(Notification).where(
            or_(
                Notification.read_at < moment - READ_KEPT_FOR,
                Notification.created_at < moment - UNREAD_KEPT_FOR,
            )
        ),
        execution_options={"synchronize_session": False},
    )
    # while a digest is young, it keeps a second one from being made
    session().execute(
        delete(Digest).where(
            Digest.made_at < moment - READ_KEPT_FOR, ~exists().where(Notification.digest_id == Digest.id)
        ),
        execution_options={"synchronize_session": False},
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
