"""What the clock does about fairness: counts each day, some seconds a minute, whose things are suggested how often."""

import time
from collections.abc import Callable
from pathlib import Path

import structlog
from huey import SqliteHuey, crontab
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from hub.core import clock
from hub.core.database import session_scope, transaction
from hub.core.errors import UnavailableError
from hub.matching.fairness.exposure import Counter, is_through, keep_strengths, store
from hub.matching.fairness.progress import Progress, progress_of, save_progress
from hub.matching.index.index import MatchIndex

logger = structlog.get_logger("hub.jobs")

SECONDS = 15.0
"""How long it counts at one go, so that what is due each minute need not wait long."""

FOLDER = "matching"
"""Where in the instance it notes how far it has come."""


def count_exposure(
    bind: Engine | Connection,
    index: MatchIndex,
    folder: Path,
    seconds: float = SECONDS,
    elapsed: Callable[[], float] = time.monotonic,
) -> bool:
    """Go on with the count of this day, and return whether it is done. Doing it twice, or after a crash, does no harm.

    Args:
        bind: the database.
        index: what can be suggested.
        folder: where it is noted how far the count has come.
        seconds: how long to go on at most, and a batch more.
        elapsed: a clock that only goes forward, in seconds.
    """
    progress = progress_of(folder, clock.now())
    if progress.is_stored:
        return True
    end = elapsed() + seconds
    with session_scope(bind):
        try:
            counter = Counter.of(index.fresh(), clock.now())
        except UnavailableError:
            # the cache is being built; the next minute looks again
            return False
        while not is_through(progress):
            best = counter.go_on(progress)
            if best:
                with transaction():
                    keep_strengths(best, clock.now())
            # after the strengths: what is done twice is the same again, what is left out is not
            save_progress(folder, progress)
            if elapsed() >= end:
                break
        return is_through(progress) and _stored(folder, progress)


def _stored(folder: Path, progress: Progress) -> bool:
    try:
        with transaction():
            store(progress, clock.now())
    except IntegrityError:
        # another worker counted the same day at the same moment
        logger.warning("exposure was counted by another worker")
    progress.is_stored = True
    save_progress(folder, progress)
    logger.info("exposure counted", groups=len(progress.tallies))
    return True


def schedule_fairness(queue: SqliteHuey, bind: Engine, index: MatchIndex, folder: Path) -> None:
    """Have `queue` count each day, some seconds a minute.

    Args:
        queue: of this node.
        bind: the database.
        index: what can be suggested.
        folder: the instance.
    """

    @queue.periodic_task(crontab())
    def exposure() -> None:
        count_exposure(bind, index, folder / FOLDER)
