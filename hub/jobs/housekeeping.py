"""What the clock does: once an hour what is kept no longer is cleared away, each minute what is due takes effect."""

from pathlib import Path

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Engine

from hub.catalogue.batches.service import forget_runs
from hub.core.database import session_scope, transaction
from hub.core.outbox import forget_sent
from hub.core.uploads import forget_orphans
from hub.members.links import forget_links
from hub.members.signing_in import forget_old
from hub.vetting.factor_resets import complete_due_resets, is_reset_due
from hub.vetting.invitations import forget_invitations
from hub.vetting.joining import forget_abandoned
from hub.vetting.standing import lapse_overdue

logger = structlog.get_logger("hub.jobs")

MINUTE_OF_THE_HOUR = "17"
"""Away from the full hour, when much else runs on many machines."""


def tidy(bind: Engine, folder: Path) -> None:
    """Delete what is kept no longer, in the database and in the instance `folder`. Doing it twice does no harm."""
    with session_scope(bind), transaction():
        sessions = forget_old()
        imports = forget_runs()
        mails = forget_sent()
        links = forget_links()
        invitations = forget_invitations()
    with session_scope(bind):
        files = forget_orphans(folder)
    logger.info(
        "tidied",
        sign_in_sessions=sessions,
        imports=imports,
        mails=mails,
        links=links,
        invitations=invitations,
        files=files,
    )


def keep_standing(bind: Engine) -> None:
    """End memberships that nobody vetted again, and forget applications that nobody confirmed."""
    with session_scope(bind), transaction():
        lapsed = lapse_overdue()
    with session_scope(bind), transaction():
        abandoned = forget_abandoned()
    logger.info("standing kept", lapsed=lapsed, abandoned_applications=abandoned)


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
