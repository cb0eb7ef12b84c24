"""What the clock does about showcases: ends calls, begins and closes, reminds, erases, counts what came of them."""

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Connection, Engine

from hub.collaboration.showcases import tallying
from hub.jobs.duties import Duty, keep
from hub.showcases.entries import leaving
from hub.showcases.keeping import calls, forgetting, reminding, running

logger = structlog.get_logger("hub.jobs")

EVERY = "*/5"
"""Minutes of the hour at which it is looked whether something is due; windows and capacity need no job to hold."""

LOOK_AT = "19"
"""Minute of the hour at which it is looked who may no longer see what they registered for."""

DUTIES = (
    Duty("calls_closed", calls.calls_over, calls.close_call),
    Duty("begun", running.begun, running.go_live),
    Duty("closed", running.over, running.close),
    Duty("reminded", reminding.coming, reminding.remind),
    Duty("counted", tallying.to_count, tallying.count),
    Duty("forgotten", forgetting.to_forget, forgetting.forget),
    Duty("unconfirmed", forgetting.unconfirmed, forgetting.forget_guests),
)
"""In the order of time: one that was not looked after for days begins, closes and is counted at one go."""

HOURLY = (
    Duty("presenters_missing", leaving.missing_presenters, leaving.let_missing_go),
    Duty("let_go", forgetting.restricted, forgetting.let_go),
)
"""What asks of many people who they are now."""


def keep_showcases(bind: Engine | Connection) -> dict[str, int]:
    """Do what is due, one thing a transaction; return how much by duty. Doing it twice, or at once, does no harm."""
    return _kept(DUTIES, bind)


def look_after_people(bind: Engine | Connection) -> dict[str, int]:
    """Note presenters who left, and cancel registrations of who may no longer see a showcase; return how much."""
    return _kept(HOURLY, bind)


def _kept(duties: tuple[Duty, ...], bind: Engine | Connection) -> dict[str, int]:
    done = keep(duties, bind)
    if done:
        logger.info("showcases kept", **done)
    return done


def schedule_showcases(queue: SqliteHuey, bind: Engine) -> None:
    """Have `queue` look after showcases every few minutes, and after their people once an hour."""

    @queue.periodic_task(crontab(minute=EVERY))
    def showcases() -> None:
        keep_showcases(bind)

    @queue.periodic_task(crontab(minute=LOOK_AT))
    def people_of_showcases() -> None:
        look_after_people(bind)
