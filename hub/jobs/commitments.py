"""What the clock does about commitments: offers lapse, who left answers for nothing, owners are reminded."""

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Connection, Engine

from hub.commitments.milestones import reminding
from hub.commitments.owning import lapsing
from hub.jobs.duties import Duty, keep

logger = structlog.get_logger("hub.jobs")

LOOK_AT = "41"
"""Minute of the hour at which it is looked; an offer whose time is over is refused before that all the same."""

DUTIES = (
    Duty("released", lapsing.left_alone, lapsing.release_commitment),
    Duty("lapsed", lapsing.lapsing, lapsing.lapse_handover),
    Duty("due", reminding.due_soon, reminding.remind_of_due),
    Duty("overdue", reminding.overdue, reminding.remind_of_overdue),
)
"""Who left answers for nothing first, so that nobody is reminded in vain."""


def keep_commitments(bind: Engine | Connection) -> dict[str, int]:
    """Do what is due, one thing a transaction; return how much by duty. Doing it twice, or at once, does no harm."""
    done = keep(DUTIES, bind)
    if done:
        logger.info("commitments kept", **done)
    return done


def schedule_commitments(queue: SqliteHuey, bind: Engine) -> None:
    """Have `queue` look after commitments once an hour."""

    @queue.periodic_task(crontab(minute=LOOK_AT))
    def commitments() -> None:
        keep_commitments(bind)
