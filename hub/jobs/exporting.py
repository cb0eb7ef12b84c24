"""Makes the files of own data that people asked for, one at a time; goes on where a killed process stopped."""

from datetime import datetime
from pathlib import Path
from threading import Event, Thread

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from hub.core.clock import now
from hub.core.database import session, session_scope, transaction
from hub.mail.wording import wording
from hub.members.models import DataExport
from hub.privacy.archive import unlink, write_archive
from hub.privacy.collecting import own_data
from hub.privacy.exports import claim, due_export_id, mark_failed, mark_made

logger = structlog.get_logger("hub.jobs")

POLL = 1.0
"""Seconds between two looks for an export that waits."""


class Exporter:
    """Takes exports that wait, and exports whose worker fell silent, and makes their files.

    Args:
        bind: the database.
        folder: the instance folder, where the files go.
    """

    def __init__(self, bind: Engine | Connection, folder: Path) -> None:
        self._bind = bind
        self._folder = folder
        self._stopping = Event()
        self._thread = Thread(target=self._work, name="exporter", daemon=True)

    def start(self) -> None:
        """Start the thread; once only."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Have the thread end after the file at hand, and wait for it; one cut off is made again later."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def step(self) -> bool:
        """Make the next file that waits, if any; return whether there was one."""
        with session_scope(self._bind):
            export_id = due_export_id()
            if export_id is None:
                return False
            with transaction():
                claimed_at = claim(export_id)
            if claimed_at is not None:
                self._make(export_id, claimed_at)
        return True

    def _make(self, export_id: int, claimed_at: datetime) -> None:
        try:
            export = session().get_one(DataExport, export_id)
            words, data = wording(export.language), own_data(export.member)
            session().rollback()  # no snapshot of the database is held while a file is written
            name, size = write_archive(self._folder, data, words.translate, now())
        except SQLAlchemyError:
            raise
        except Exception:  # whatever went wrong with one file, the next one has its turn
            logger.exception("own data not exported")
            session().rollback()
            with transaction():
                mark_failed(export_id, claimed_at)
            return
        try:
            with transaction():
                is_ours = mark_made(export_id, claimed_at, file_name=name, size=size)
        except SQLAlchemyError:
            unlink(self._folder, [name])
            raise
        if not is_ours:
            # another process took it over, or its owner erased the account meanwhile
            unlink(self._folder, [name])
        logger.info("own data exported", is_kept=is_ours)

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                is_busy = self.step()
            except SQLAlchemyError:
                logger.exception("export not finished")
                is_busy = False
            if not is_busy:
                self._stopping.wait(POLL)
