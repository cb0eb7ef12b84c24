"""What the clock does about requests and partnerships: reminds, escalates, lets expire, closes what nobody acts for."""

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Connection, Engine

from hub.collaboration.levels import ending, escalating, leaving, reminding
from hub.jobs.duties import Duty, keep

logger = structlog.get_logger("hub.jobs")

EVERY = "*/5"
"""Minutes of the hour at which it is looked whether something is due; due dates themselves need no job to hold."""

DUTIES = (
    Duty("expired", ending.due_to_expire, ending.expire),
    Duty("closed", ending.due_to_close, ending.close),
    Duty("receivers_gone", leaving.gone_receivers, leaving.part_with),
    Duty("orphaned", leaving.orphaned_requests, leaving.close_orphan),
    Duty("reminded", reminding.due_soon, reminding.remind_of_due_date),
    Duty("warned", reminding.expiring_soon, reminding.warn_of_expiry),
    Duty("steps", reminding.overdue_steps, reminding.remind_of_step),
    Duty("follow_ups", reminding.open_follow_ups, reminding.ask_what_became),
    Duty("escalated", escalating.unanswered, escalating.escalate),
)
"""What ends comes first, so that nobody is reminded of it."""


def keep_service_levels(bind: Engine | Connection) -> dict[str, int]:
    """Do what is due, one thing a transaction; return how much by duty. Doing it twice, or at once, does no harm."""
    done = keep(DUTIES, bind)
    if done:
        logger.info("service levels kept", **done)
    return done


def schedule_collaboration(queue: SqliteHuey, bind: Engine) -> None:
    """Have `queue` keep service levels every few minutes."""

    @queue.periodic_task(crontab(minute=EVERY))
    def service_levels() -> None:
        keep_service_levels(bind)
