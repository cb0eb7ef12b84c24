"""What the clock does: once an hour what is kept no longer is cleared away, each minute what is due takes effect."""

from pathlib import Path

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Engine

from hub.core.database import session_scope, transaction
from hub.privacy.retention import sweep
from hub.vetting.factor_resets import complete_due_resets, is_reset_due
from hub.vetting.organisations.ending import lapse_overdue_organisations
from hub.vetting.standing import lapse_overdue

logger = structlog.get_logger("hub.jobs")

MINUTE_OF_THE_HOUR = "17"
"""Away from the full hour, when much else runs on many machines."""


def tidy(bind: Engine, folder: Path) -> None:
    """Delete what is kept no longer, in the database and in the instance `folder`. Doing it twice does no harm."""
    with session_scope(bind):
        counts = sweep(folder)
    logger.info("tidied", **counts)


def keep_standing(bind: Engine) -> None:
    """End the standing of members whom nobody vetted again, and of organisations that nobody verified again."""
    with session_scope(bind), transaction():
        lapsed = lapse_overdue()
    with session_scope(bind), transaction():
        organisations = lapse_overdue_organisations()
    logger.info("standing kept", lapsed=lapsed, lapsed_organisations=organisations)


def finish_resets(bind: Engine) -> int:
    """Take away the lost second factors whose 48 hours are over; return of how many people."""
    with session_scope(bind):
        if not is_reset_due():
            return 0
        with transaction():
            done = complete_due_resets()
    logger.info("lost factors removed", people=done)
    return done


def schedule(queue: SqliteHuey, bind: Engine, folder: Path) -> None:
    """Have `queue` tidy the database and the instance `folder` once an hour, and do each minute what is due."""

    @queue.periodic_task(crontab(minute=MINUTE_OF_THE_HOUR))
    def housekeeping() -> None:
        tidy(bind, folder)

    @queue.periodic_task(crontab(minute=MINUTE_OF_THE_HOUR))
    def standing() -> None:
        keep_standing(bind)

    @queue.periodic_task(crontab())
    def resets() -> None:
        finish_resets(bind)
