"""Keeps once a day what the metrics say; looks every few minutes, so that a worker that was away soon catches up."""

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Connection, Engine

from hub.core import clock
from hub.core.database import session_scope, transaction
from hub.insights.history import add_readings, has_snapshot
from hub.insights.snapshots import readings_now

logger = structlog.get_logger("hub.jobs")

EVERY = "*/5"
"""Minutes of the hour at which it is looked whether the reading of this day is missing."""


def keep_readings(bind: Engine | Connection) -> int:
    """Keep this day's readings if any is missing; return how many are new. Doing it twice, or at once, does no harm.

    Counting comes before the transaction, so that nobody who writes waits for it.
    """
    with session_scope(bind):
        if has_snapshot(clock.now().date()):
            return 0
        rows = readings_now()
        with transaction():
            new = add_readings(rows)
    if new:
        logger.info("metrics read", readings=new)
    return new


def schedule_insights(queue: SqliteHuey, bind: Engine) -> None:
    """Have `queue` keep what the metrics say, once a day and soon after a day was missed."""

    @queue.periodic_task(crontab(minute=EVERY))
    def readings() -> None:
        keep_readings(bind)
