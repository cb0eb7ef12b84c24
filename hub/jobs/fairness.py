"""The thread that counts each day, some seconds at a go, whose things are suggested how often."""

import time
from collections.abc import Callable
from math import inf
from pathlib import Path
from threading import Event, Thread

import structlog
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
"""How long it counts at one go; the index is brought abreast before each."""

POLL = 60.0
"""Seconds between two looks whether a count is due, or what could not be counted can be now."""

BREATH = 1.0
"""Seconds between two goes, in which the worker's other threads have the processor to themselves."""

FIRST_AFTER = 20.0
"""Seconds after the worker began: what people wait for comes first."""

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


class Surveyor:
    """Counts each day in a thread of its own, so that nothing that is due each minute waits for it.

    Args:
        bind: the database.
        index: what can be suggested.
        folder: the instance.
        poll: seconds between two looks whether a new day's count is due.
    """

    def __init__(
        self, bind: Engine | Connection, index: MatchIndex, folder: Path, poll: float = POLL
    ) -> None:
        self._bind = bind
        self._index = index
        self._folder = folder / FOLDER
        self._poll = poll
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="surveyor", daemon=True)

    def start(self) -> None:
        """Start the thread; once only."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Have the thread end after the batch at hand, and wait for it; the next one goes on from there."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        # the worker's other threads first
        self._stopping.wait(min(self._poll, FIRST_AFTER))
        while not self._stopping.is_set():
            pause = self._poll
            try:
                if not count_exposure(self._bind, self._index, self._folder, elapsed=self._elapsed):
                    pause = BREATH
            except Exception:  # whatever went wrong, the next look goes on from the last batch
                logger.exception("exposure not counted")
            self._stopping.wait(pause)

    def _elapsed(self) -> float:
        # one batch more at most, once the worker is told to end
        return inf if self._stopping.is_set() else time.monotonic()
