"""What is cleared away once an hour."""

from pathlib import Path

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Engine

from hub.catalogue.batches.service import forget_runs
from hub.core.database import session_scope, transaction
from hub.core.outbox import forget_sent
from hub.core.uploads import forget_orphans
from hub.members.signing_in import forget_old

logger = structlog.get_logger("hub.jobs")

MINUTE_OF_THE_HOUR = "17"
"""Away from the full hour, when much else runs on many machines."""


def tidy(bind: Engine, folder: Path) -> None:
    """Delete what is kept no longer, in the database and in the instance `folder`. Doing it twice does no harm."""
    with session_scope(bind), transaction():
        sessions = forget_old()
        imports = forget_runs()
        mails = forget_sent()
    with session_scope(bind):
        files = forget_orphans(folder)
    logger.info("tidied", sign_in_sessions=sessions, imports=imports, mails=mails, files=files)


def schedule(queue: SqliteHuey, bind: Engine, folder: Path) -> None:
    """Have `queue` tidy the database and the instance `folder` once an hour."""

    @queue.periodic_task(crontab(minute=MINUTE_OF_THE_HOUR))
    def housekeeping() -> None:
        tidy(bind, folder)
