"""Duties of the clock: what is due is found some at a time, and done one thing a transaction, having asked again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, NoResultFound, SQLAlchemyError

from hub.core.database import session_scope, transaction
from hub.core.errors import HubError

logger = structlog.get_logger("hub.jobs")


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


def keep(duties: Iterable[Duty], bind: Engine | Connection) -> dict[str, int]:
    """Do what is due, one thing a transaction; return how much by duty. Doing it twice, or at once, does no harm.

    What fails keeps nothing else from being done; it is tried again the next time.
    """
    done: dict[str, int] = {}
    for duty in duties:
        with session_scope(bind):
            count = sum(_do(duty, key) for key in duty.find())
        if count:
            done[duty.name] = count
    return done


def _do(duty: Duty, key: object) -> bool:
    try:
        with transaction():
            return duty.act(key)
    except (HubError, IntegrityError, NoResultFound) as error:
        # somebody else changed it at the same moment
        logger.warning("duty not kept", duty=duty.name, error=type(error).__name__)
    except SQLAlchemyError:
        raise  # the database is away for everything else as well
    except Exception:  # whatever is wrong with one thing, the next one has its turn
        logger.exception("duty not kept", duty=duty.name)
    return False
