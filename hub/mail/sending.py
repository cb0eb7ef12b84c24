"""Sends mails of the outbox, some at a time: claim, ask again, render, hand over, mark."""

import time
from dataclasses import replace
from email.message import EmailMessage

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from hub.config import Settings
from hub.core.database import session, transaction
from hub.core.outbox import (
    Claim,
    OutboxMessage,
    claim_due,
    due_message_id,
    mark_failed,
    mark_sent,
    mark_withdrawn,
    release,
)
from hub.mail.kinds import KINDS
from hub.mail.receivers import members_of, receiver_of
from hub.mail.rendering import render
from hub.mail.telling import Telling, tellings_of
from hub.mail.transport import RefusedError, Transport

logger = structlog.get_logger("hub.mail")

AT_A_TIME = 25
"""Mails that are claimed and asked for together."""

FRESH = 2.0
"""Seconds after which nothing is sent on what was asked before: the others are given back and asked for anew."""


MARK_EVERY = 0.25
"""Seconds after which what a server took is marked, at the latest with the next mail: who is killed doubles no more."""

Prepared = tuple[Claim, str, EmailMessage | Exception | None]
"""A claimed mail with its kind: rendered, or what is wrong with it, or None if it must not be sent."""


def send_due(transport: Transport, settings: Settings) -> bool:
    """Send the mails that have waited longest, if any are due; return whether there were any. Needs an open session.

    Mails are claimed, and the claims committed, before they are sent. Whoever is killed afterwards leaves the claims
    to run out; then the mails go out again under the same Message-ID.

    Raises:
        SQLAlchemyError: the database is away; what was claimed is sent later.
    """
    if due_message_id() is None:
        return False
    with transaction():
        claims = claim_due(AT_A_TIME)
    asked_at = time.monotonic()
    prepared = _prepared(claims, settings)
    session().rollback()  # no snapshot of the database is held while a server is waited for
    done = _Done()
    try:
        for place, (claimed, kind, mail) in enumerate(prepared):
            if time.monotonic() - asked_at > FRESH and place > 0:
                with transaction():
                    release([each for each, _kind, _mail in prepared[place:]])
                break
            _send(claimed, kind, mail, transport, done)
    finally:
        done.mark()
    return True


class _Done:
    """Mails that were sent or withdrawn, and are not marked so yet: one commit for some of them spares the disk."""

    def __init__(self) -> None:
        self._sent: list[Claim] = []
        self._withdrawn: list[Claim] = []
        self._since = time.monotonic()

    def note(self, claimed: Claim, *, is_sent: bool) -> None:
        """Keep what became of a mail, and mark what was kept for long."""
        (self._sent if is_sent else self._withdrawn).append(claimed)
        if time.monotonic() - self._since > MARK_EVERY:
            self.mark()

    def mark(self) -> None:
        """Write down what became of the mails."""
        number = len(self._sent) + len(self._withdrawn)
        if number:
            with transaction():
                held = mark_sent(*self._sent) + mark_withdrawn(*self._withdrawn)
            logger.info("mails sent", sent=len(self._sent), withdrawn=len(self._withdrawn))
            if held < number:
                logger.warning("mails were claimed by another process meanwhile", mails=number - held)
        self._sent, self._withdrawn, self._since = [], [], time.monotonic()


def _prepared(claims: list[Claim], settings: Settings) -> list[Prepared]:
    """Return each claimed mail, ready to be handed over."""
    rows = session().scalars(
        select(OutboxMessage).where(OutboxMessage.id.in_([claimed.message_id for claimed in claims]))
    )
    messages = {message.id: message for message in rows}
    # held until each mail is made, so that nobody is loaded twice
    members = members_of(messages.values())
    tellings = tellings_of(messages.values(), members)
    prepared: list[Prepared] = []
    for claimed in claims:
        message = messages[claimed.message_id]
        try:
            mail: EmailMessage | Exception | None = _mail(message, tellings.get(message.id), settings)
        except SQLAlchemyError:
            raise
        except Exception as error:  # whatever is wrong with one mail, the next one has its turn
            logger.exception("mail not rendered", kind=message.kind)
            mail = error
        prepared.append((claimed, message.kind, mail))
    return prepared


def _mail(message: OutboxMessage, telling: Telling | None, settings: Settings) -> EmailMessage | None:
    """Return the mail, or None if its receiver may no longer get it, or nothing is left to tell."""
    kind = KINDS[message.kind]
    receiver = receiver_of(message, kind)
    if receiver is None or (kind.tells and telling is None):
        return None
    return render(message, replace(receiver, telling=telling), settings)


def _send(
    claimed: Claim, kind: str, mail: EmailMessage | Exception | None, transport: Transport, done: _Done
) -> None:
    if isinstance(mail, Exception):
        _note_failure(claimed, kind, mail)
        return
    try:
        if mail is not None:
            transport.send(mail)
    except RefusedError as error:
        _note_failure(claimed, kind, error, is_final=True)
    except OSError as error:
        _note_failure(claimed, kind, error)
    except Exception as error:  # whatever is wrong with one mail, the next one has its turn
        logger.exception("mail not taken", kind=kind)
        _note_failure(claimed, kind, error)
    else:
        done.note(claimed, is_sent=mail is not None)


def _note_failure(claimed: Claim, kind: str, error: Exception, *, is_final: bool = False) -> None:
    name = " ".join(str(part) for part in (type(error).__name__, getattr(error, "smtp_code", "")) if part)
    with transaction():
        mark_failed(claimed, name, is_final=is_final)
    logger.warning("mail not sent", kind=kind, error=name, is_final=is_final)
