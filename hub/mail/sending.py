"""Sends one mail of the outbox: claim, ask again, render, hand over, mark."""

from email.message import EmailMessage

import structlog
from sqlalchemy.exc import SQLAlchemyError

from hub.config import Settings
from hub.core.database import session, transaction
from hub.core.outbox import (
    Claim,
    OutboxMessage,
    claim,
    due_message_id,
    mark_failed,
    mark_sent,
    mark_withdrawn,
)
from hub.mail.kinds import KINDS
from hub.mail.receivers import receiver_of
from hub.mail.rendering import render
from hub.mail.transport import RefusedError, Transport

logger = structlog.get_logger("hub.mail")


def send_next(transport: Transport, settings: Settings) -> bool:
    """Send the mail that has waited longest, if one is due; return whether there was one. Needs an open session.

    A mail is claimed, and the claim committed, before it is sent. Whoever is killed afterwards leaves the claim to
    run out; then the mail goes out again under the same Message-ID.

    Raises:
        SQLAlchemyError: the database is away; what was claimed is sent later.
    """
    message_id = due_message_id()
    if message_id is None:
        return False
    with transaction():
        claimed = claim(message_id)
    if claimed is not None:
        _send(claimed, transport, settings)
    return True


def _send(claimed: Claim, transport: Transport, settings: Settings) -> None:
    kind = session().get_one(OutboxMessage, claimed.message_id).kind
    try:
        mail = _prepared(claimed, settings)
        session().rollback()  # no snapshot of the database is held while a server is waited for
        if mail is not None:
            transport.send(mail)
    except SQLAlchemyError:
        raise
    except RefusedError as error:
        _note_failure(claimed, kind, error, is_final=True)
    except OSError as error:
        _note_failure(claimed, kind, error)
    except Exception as error:  # whatever is wrong with one mail, the next one has its turn
        logger.exception("mail not rendered", kind=kind)
        session().rollback()
        _note_failure(claimed, kind, error)
    else:
        with transaction():
            held = mark_sent(claimed) if mail is not None else mark_withdrawn(claimed)
        outcome = "mail sent" if mail is not None else "mail withdrawn"
        logger.info(outcome if held else "mail was claimed by another process meanwhile", kind=kind)


def _prepared(claimed: Claim, settings: Settings) -> EmailMessage | None:
    """Return the mail, or None if its receiver may no longer get it."""
    message = session().get_one(OutboxMessage, claimed.message_id)
    receiver = receiver_of(message, KINDS[message.kind])
    return render(message, receiver, settings) if receiver else None


def _note_failure(claimed: Claim, kind: str, error: Exception, *, is_final: bool = False) -> None:
    name = " ".join(str(part) for part in (type(error).__name__, getattr(error, "smtp_code", "")) if part)
    with transaction():
        mark_failed(claimed, name, is_final=is_final)
    logger.warning("mail not sent", kind=kind, error=name, is_final=is_final)
