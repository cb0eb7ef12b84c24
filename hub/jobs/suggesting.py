"""Looks once a week what is new among the suggestions of who chose to be told, some seconds at a time."""

import time

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from hub.core import clock
from hub.core.database import session, session_scope, transaction
from hub.core.errors import HubError, UnavailableError
from hub.matching.digest import due_members, new_suggestions, tell_suggestions, week_of
from hub.matching.index.index import MatchIndex
from hub.members.models import Member

logger = structlog.get_logger("hub.jobs")

SLICE = 20.0
"""Seconds after which the rest waits for the next minute, so that other jobs have their turn."""

AT_A_TIME = 100
"""Members whose ids are held at once; each has a session and a transaction of its own."""


def tell_what_fits(bind: Engine | Connection, index: MatchIndex, *, seconds: float = SLICE) -> int:
    """Look for members of whom it is due, for some seconds; return how many were told of something.

    Doing it twice, or at once, tells nobody twice; who is killed in the middle goes on with the next member. What fails
    for one member keeps nobody else from being told, and is tried again the next time.
    """
    until = time.monotonic() + seconds
    week = week_of(clock.now())
    told = after = 0
    while True:
        with session_scope(bind):
            due = due_members(week, AT_A_TIME, after=after)
        for number in due:
            if time.monotonic() > until:
                return _done(told)
            after = number
            try:
                told += _tell(bind, index, number)
            except UnavailableError:
                logger.warning("suggestions wait for the index")
                return _done(told)
        if not due:
            return _done(told)


def _tell(bind: Engine | Connection, index: MatchIndex, number: int) -> bool:
    with session_scope(bind):
        member = session().get_one(Member, number)
        try:
            found = new_suggestions(index, member)
            with transaction():
                return tell_suggestions(session().get_one(Member, number), week_of(clock.now()), found) > 0
        except UnavailableError:
            raise
        except (HubError, IntegrityError) as error:
            # something changed, or another worker was faster
            logger.warning("suggestions not told", error=type(error).__name__)
        except SQLAlchemyError:
            raise  # the database is away for everybody else as well
        except Exception:  # whatever is wrong with one member, the next one has their turn
            logger.exception("suggestions not told")
    return False


def _done(told: int) -> int:
    if told:
        logger.info("suggestions told", members=told)
    return told


def schedule_suggesting(queue: SqliteHuey, bind: Engine, index: MatchIndex) -> None:
    """Have `queue` look each minute whether there is somebody to tell; in most minutes there is nobody."""

    @queue.periodic_task(crontab())
    def suggestions() -> None:
        tell_what_fits(bind, index)
