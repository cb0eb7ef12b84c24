"""Makes the daily and weekly digests when their time has come, and reminds of records that wait to be confirmed."""

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from hub.catalogue.ownership.reminding import remind_of_confirmations
from hub.core.clock import now
from hub.core.database import session_scope, transaction
from hub.notifications.digests import gather, is_due, period_of
from hub.notifications.models import Frequency

logger = structlog.get_logger("hub.jobs")

EVERY = "*/5"
"""Minutes of the hour at which it is looked whether something is due."""

REMIND_AT = "37"


def make_digests(bind: Engine | Connection) -> int:
    """Make the digests that are due, some hundred people at a time; return how many. Twice makes none twice."""
    made = 0
    with session_scope(bind):
        for frequency in (Frequency.DAILY, Frequency.WEEKLY):
            period = period_of(frequency, now())
            while is_due(frequency, period):
                try:
                    with transaction():
                        some = gather(frequency, period)
                except IntegrityError:
                    continue  # another worker has just made them
                if not some:
                    break
                made += some
    if made:
        logger.info("digests made", digests=made)
    return made


def remind(bind: Engine | Connection) -> int:
    """Ask those who look after records to confirm what is due; return how many records."""
    with session_scope(bind), transaction():
        return remind_of_confirmations()


def schedule_digests(queue: SqliteHuey, bind: Engine) -> None:
    """Have `queue` make digests soon after their time, and remind once an hour."""

    @queue.periodic_task(crontab(minute=EVERY))
    def digests() -> None:
        make_digests(bind)

    @queue.periodic_task(crontab(minute=REMIND_AT))
    def reminders() -> None:
        remind(bind)
