"""What the clock does about requests and partnerships: reminds, escalates, lets expire, closes what nobody acts for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, NoResultFound, SQLAlchemyError

from hub.collaboration.levels import ending, escalating, leaving, reminding
from hub.core.database import session_scope, transaction
from hub.core.errors import HubError

logger = structlog.get_logger("hub.jobs")

EVERY = "*/5"
"""Minutes of the hour at which it is looked whether something is due; due dates themselves need no job to hold."""


@dataclass(frozen=True)
class Duty:
    """One thing that the clock does.

    Args:
        name: how the log calls it.
        find: returns what is due, some at a time.
        act: does it for one of them in a transaction, having asked again; returns whether it did anything.
    """

    name: str
    find: Callable[[], Sequence[Any]]
    act: Callable[[Any], bool]


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
    """Do what is due, one thing a transaction; return how much by duty. Doing it twice, or at once, does no harm.

    What fails keeps nothing else from being done; it is tried again the next time.
    """
    done: dict[str, int] = {}
    for duty in DUTIES:
        with session_scope(bind):
            count = sum(_do(duty, key) for key in duty.find())
        if count:
            done[duty.name] = count
    if done:
        logger.info("service levels kept", **done)
    return done


def _do(duty: Duty, key: object) -> bool:
    try:
        with transaction():
            return duty.act(key)
    except (HubError, IntegrityError, NoResultFound) as error:
        # somebody else changed it at the same moment
        logger.warning("service level not kept", duty=duty.name, error=type(error).__name__)
    except SQLAlchemyError:
        raise  # the database is away for everything else as well
    except Exception:  # whatever is wrong with one thing, the next one has its turn
        logger.exception("service level not kept", duty=duty.name)
    return False


def schedule_collaboration(queue: SqliteHuey, bind: Engine) -> None:
    """Have `queue` keep service levels every few minutes."""

    @queue.periodic_task(crontab(minute=EVERY))
    def service_levels() -> None:
        keep_service_levels(bind)
