"""What is cleared away once an hour."""

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Engine

from hub.core.database import session_scope, transaction
from hub.members.signing_in import forget_old

logger = structlog.get_logger("hub.jobs")

MINUTE_OF_THE_HOUR = "17"
"""Away from the full hour, when much else runs on many machines."""


def tidy(bind: Engine) -> None:
    """Delete what is kept no longer. Doing it twice does no harm."""
    with session_scope(bind), transaction():
        sessions = forget_old()
    logger.info("tidied", sign_in_sessions=sessions)


def schedule(queue: SqliteHuey, bind: Engine) -> None:
    """Have `queue` tidy once an hour."""

    @queue.periodic_task(crontab(minute=MINUTE_OF_THE_HOUR))
    def housekeeping() -> None:
        tidy(bind)
