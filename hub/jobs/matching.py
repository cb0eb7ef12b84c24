"""The thread that writes the files that suggestions are made from: anew, or abreast when enough changed."""

from threading import Event, Thread

import structlog
from sqlalchemy import Engine

from hub.core.database import session_scope
from hub.matching.index.index import MatchIndex

logger = structlog.get_logger("hub.jobs")

POLL = 10.0
"""Seconds between two looks of the worker at what changed; a page that shows suggestions looks for itself."""

LATE = 120.0
"""Seconds between two looks of a server, on whose machine there may be no worker; where there is one, it was sooner."""

MAX_BACK_OFF = 300.0
"""Seconds to wait at most after repeated failures."""


class Preparer:
    """Prepares suggestions in the background, for all processes of this node.

    Args:
        bind: the database.
        index: this process's index.
        poll: seconds between two looks.
    """

    def __init__(self, bind: Engine, index: MatchIndex, poll: float = POLL) -> None:
        self._bind = bind
        self._index = index
        self._poll = poll
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="preparer", daemon=True)

    def start(self) -> None:
        """Start the thread; once only."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Have the thread end, and wait for it at most `timeout` seconds; what it was writing is written anew."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        pause = self._poll
        if self._poll > POLL:  # the worker first
            self._stopping.wait(pause)
        while not self._stopping.is_set():
            try:
                with session_scope(self._bind):
                    self._index.keep()
                pause = self._poll
            except Exception:  # whatever went wrong, suggestions must come back
                pause = min(pause * 2, MAX_BACK_OFF)
                logger.exception("suggestions not prepared", next_try=pause)
            self._stopping.wait(pause)
