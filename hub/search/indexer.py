"""The thread that keeps this node's index abreast of the journal, in whichever process holds the lock."""

import logging
from collections.abc import Callable, Iterable
from threading import Event, Thread

from sqlalchemy import Engine

from hub.core.database import session_scope
from hub.search.changes import Progress
from hub.search.documents import Document
from hub.search.engine import SearchEngine
from hub.search.queries import newest_number, pending

log = logging.getLogger(__name__)

POLL = 0.2
"""Seconds between two looks at the journal."""

LOCK_POLL = 1.0
"""Seconds between two tries for the lock, while another process has it."""

BATCH = 500
"""Changes taken in with one commit of the index."""

MAX_BACK_OFF = 30.0
"""Seconds to wait at most after repeated failures."""

PATIENCE = 3
"""Failures in a row after which the index itself is suspected and built anew."""


LOGGED_STEP = 5_000
"""The log tells of a build after so many documents."""


class Indexer:
    """Applies the journal to the index, and builds the index anew when it is missing, damaged or asked for.

    It may be started in every process of a node: only the holder of the lock beside the index works, and another
    takes over when that process ends.

    Args:
        bind: the database.
        engine: this process's search engine.
        documents: gives every searchable document; called with a session open.
    """

    def __init__(
        self, bind: Engine, engine: SearchEngine, documents: Callable[[], Iterable[Document]]
    ) -> None:
        self._bind = bind
        self._engine = engine
        self._documents = documents
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="indexer", daemon=True)
        self._failures = 0

    def start(self) -> None:
        """Start the thread; once only."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Have the thread finish what it is writing, and wait for it at most `timeout` seconds."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def step(self) -> bool:
        """Do what is due once: a rebuild, or one batch of changes. Only for the holder of the lock.

        Returns:
            whether more may be waiting.
        """
        if self._engine.is_rebuild_wanted():
            rebuild(self._bind, self._engine, self._documents)
            return True
        applied = self._engine.applied_number()
        if applied is None:
            return True
        with session_scope(self._bind):
            changes = pending(applied, BATCH)
            # A database restored from a backup starts its numbers again where the backup ended.
            is_ahead = not changes and newest_number() < applied
        if is_ahead:
            self._engine.want_rebuild()
        elif changes:
            self._engine.apply(changes, changes[-1].number)
        return is_ahead or len(changes) == BATCH

    def _run(self) -> None:
        self._open()
        while not self._stopping.is_set():
            try:
                with self._engine.folder.lock() as is_ours:
                    if is_ours:
                        self._work()
            except OSError as error:
                log.warning("the indexer's lock cannot be taken", exc_info=error)
            self._stopping.wait(LOCK_POLL)

    def _open(self) -> None:
        """Open the index before the first search of this process has to."""
        try:
            self._engine.open()
        except Exception as error:  # the first search will tell
            log.warning("the search index could not be opened", exc_info=error)

    def _work(self) -> None:
        while not self._stopping.is_set():
            pause = POLL
            try:
                if self.step():
                    pause = 0.0
                self._failures = 0
            except Exception:  # whatever went wrong, the hub must become findable again
                self._failures += 1
                pause = min(POLL * 2**self._failures, MAX_BACK_OFF)
                log.exception("indexing failed; next try in %.1f s", pause)
                self._look_for_damage()
            self._stopping.wait(pause)

    def _look_for_damage(self) -> None:
        try:
            if self._failures % PATIENCE == 0 or not self._engine.folder.is_sound():
                self._engine.want_rebuild()
        except OSError as error:
            log.warning("no rebuild can be asked for", exc_info=error)


def rebuild(
    bind: Engine,
    engine: SearchEngine,
    documents: Callable[[], Iterable[Document]],
    progress: Progress | None = None,
) -> None:
    """Build the index anew from the database. Only for the holder of the lock.

    Args:
        bind: the database.
        engine: whose index it is.
        documents: gives every searchable document; called with a session open.
        progress: is told how many documents are in, beside the log.
    """

    def tell(count: int) -> None:
        if count % LOGGED_STEP == 0:
            log.info("search index: %d documents so far", count)
        if progress is not None:
            progress(count)

    with session_scope(bind):
        # Read before the documents are: they may then be newer than the number, never older.
        number = newest_number()
        engine.rebuild(documents(), number, tell)
    log.info("search index rebuilt at journal number %d", number)
