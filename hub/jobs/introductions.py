"""What the clock does about introductions: ends those that nobody answered in time. Nobody is told of it."""

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Connection, Engine

from hub.jobs.duties import Duty, keep
from hub.members.introductions.forgetting import expire_introduction, overdue_introductions

logger = structlog.get_logger("hub.jobs")

EVERY = "*/5"
"""Minutes of the hour at which it is looked; pages count the days themselves and need no job to be right."""

DUTIES = (Duty("introductions_expired", overdue_introductions, expire_introduction),)


def end_introductions(bind: Engine | Connection) -> dict[str, int]:
    """End what nobody answered in time; return how many. Doing it twice, or at once, does no harm."""
    done = keep(DUTIES, bind)
    if done:
        logger.info("introductions ended", **done)
    return done


def schedule_introductions(queue: SqliteHuey, bind: Engine) -> None:
    """Have `queue` look every few minutes."""

    @queue.periodic_task(crontab(minute=EVERY))
    def introductions() -> None:
        end_introductions(bind)
