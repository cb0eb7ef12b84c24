"""Tells followers what is new, each minute, from what the log of decisions says."""

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Connection, Engine

from hub.alerts.search_news import tell_searchers
from hub.alerts.telling import tell_followers
from hub.core.database import session_scope, transaction
from hub.core.errors import UnavailableError
from hub.search.engine import SearchEngine

logger = structlog.get_logger("hub.jobs")


def tell_what_is_new(bind: Engine | Connection, engine: SearchEngine) -> None:
    """Tell followers of things, then of searches, batch by batch; doing it twice tells nobody twice.

    While there is no sound index, followers of searches wait; nothing is lost.
    """
    is_more = True
    while is_more:
        with session_scope(bind), transaction():
            is_more = tell_followers()
    try:
        is_more = True
        while is_more:
            with session_scope(bind):
                is_more = tell_searchers(engine)
    except UnavailableError:
        logger.warning("followers of searches wait for the index")


def schedule_alerts(queue: SqliteHuey, bind: Engine, engine: SearchEngine) -> None:
    """Have `queue` tell followers what is new once a minute."""

    @queue.periodic_task(crontab())
    def alerts() -> None:
        tell_what_is_new(bind, engine)
