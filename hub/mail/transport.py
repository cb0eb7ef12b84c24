"""The ways out: a mail server, or in a demonstration a folder. Nothing else in the hub opens a connection."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from hub.config import LOOPBACK, Settings, private_opener

TIMEOUT = 20.0
"""Seconds that the server may take for one answer; a dozen of them stay within the lease of a claim."""

NEVER = frozenset({550, 551, 553})
"""Answers to RCPT by which a server says that it will never take mail for this address (RFC 5321, 4.2.3)."""


class RefusedError(Exception):
    """The server takes no mail for this address, now or later."""


class Transport(Protocol):
    """Something that takes a mail."""

    def send(self, message: EmailMessage) -> None:
        """Hand `message` over.

        Raises:
            RefusedError: no other try can help.
            OSError: it was not taken; another try may do it.
        """


def make_transport(settings: Settings) -> Transport | None:
    """Return the way out that the settings name; None if there is none yet, so that mails wait."""
    if settings.demo:
        return FolderTransport(folder_of(settings.instance))
    return SmtpTransport(settings.smtp_url) if settings.smtp_url else None


def folder_of(instance: Path) -> Path:
    """Return where the mails of a demonstration lie."""
    return instance / "outbox"


class SmtpTransport:
    """Sends through one mail server, over TLS unless it is on this machine.

    Args:
        url: `smtps://` (TLS from the start) or `smtp://` (STARTTLS, which must work), with user and password if needed.
    """

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)

    def send(self, message: EmailMessage) -> None:
        """Send one mail in one connection; once the server has taken it, nothing that follows counts."""
        server = _connected(self._parts)
        try:
            if self._parts.username:
                server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            if all(code in NEVER for code, _words in error.recipients.values()):
                raise RefusedError from error
            raise
        else:
            with suppress(OSError):
                server.quit()
        finally:
            server.close()


def _connected(parts: SplitResult) -> smtplib.SMTP:
    host = parts.hostname or ""
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(
            host, parts.port or smtplib.SMTP_SSL_PORT, timeout=TIMEOUT, context=ssl.create_default_context()
        )
    server = smtplib.SMTP(host, parts.port or smtplib.SMTP_PORT, timeout=TIMEOUT)
    if host not in LOOPBACK:
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


class FolderTransport:
    """Keeps each mail as a file that only the hub's own user may read; a mail sent again replaces itself.

    Args:
        folder: made when first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write one mail, whole or not at all."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        moment = message["Date"].datetime.strftime("%Y%m%dT%H%M%S%f")
        name = message["Message-ID"].strip("<>").partition("@")[0]
        draft = self._folder / f"{name}.part"
        draft.unlink(missing_ok=True)
        with open(draft, "wb", opener=private_opener) as file:
            file.write(message.as_bytes())
        draft.replace(self._folder / f"{moment}-{name}.eml")
