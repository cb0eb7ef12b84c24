"""Sends the mails of the outbox; where no way out is set, they wait."""

from threading import Event, Thread

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from hub.config import Settings
from hub.core.database import session_scope
from hub.mail.sending import send_due
from hub.mail.transport import make_transport

logger = structlog.get_logger("hub.jobs")

POLL = 0.5
"""Seconds between two looks for a mail that is due."""


class Mailer:
    """Takes the mails that are due, asks again who may get them, and hands them over.

    Args:
        bind: the database.
        settings: name the mail server, the sender and the address of the hub.
    """

    def __init__(self, bind: Engine | Connection, settings: Settings) -> None:
        self._bind = bind
        self._settings = settings
        self._transport = make_transport(settings)
        self._stopping = Event()
        self._thread = Thread(target=self._work, name="mailer", daemon=True)

    def start(self) -> None:
        """Start the thread; once only."""
        if self._transport is None:
            logger.warning("no mail server is set, mails wait")
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Have the thread end after the mails at hand, and wait for it; a mail cut off goes out again later."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def step(self) -> bool:
        """Send the next mails that are due, if any; return whether there were any."""
        if self._transport is None:
            return False
        with session_scope(self._bind):
            return send_due(self._transport, self._settings)

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                is_busy = self.step()
            except SQLAlchemyError:
                logger.exception("mail not marked")
                is_busy = False
            if not is_busy:
                self._stopping.wait(POLL)
