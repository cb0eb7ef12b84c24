"""Reads the mails that a demonstration keeps in its folder, for the page that shows them."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from hub.mail.transport import folder_of

NAME = re.compile(r"\d{8}T\d{12}-[a-z0-9]{22}")
"""How the files are named, without their ending; nothing else in the folder is read."""

NEWEST = 100
"""The most mails that the page lists."""


@dataclass(frozen=True)
class KeptMail:
    """One mail as its receiver would read it.

    Args:
        name: what the file is called, without its ending.
        subject: its subject.
        sender: whom it says it is from.
        receiver: the address it went to.
        sent_at: the moment that its header names.
        language: BCP 47 tag of its words.
        text: the text part.
    """

    name: str
    subject: str
    sender: str
    receiver: str
    sent_at: datetime
    language: str
    text: str


def kept_mails(instance: Path) -> list[KeptMail]:
    """Return the hundred newest mails in the instance folder, newest first."""
    names = [path.stem for path in folder_of(instance).glob("*.eml") if NAME.fullmatch(path.stem)]
    found = (kept_mail(instance, name) for name in sorted(names, reverse=True)[:NEWEST])
    return [mail for mail in found if mail is not None]


def kept_mail(instance: Path, name: str) -> KeptMail | None:
    """Return the mail with this name, or None if there is none."""
    if not NAME.fullmatch(name):
        return None
    try:
        content = (folder_of(instance) / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    mail = message_from_bytes(content, _class=EmailMessage, policy=default)
    body = mail.get_body(("plain",))
    return KeptMail(
        name=name,
        subject=str(mail["Subject"]),
        sender=str(mail["From"]),
        receiver=str(mail["To"]),
        sent_at=mail["Date"].datetime,
        language=str(mail["Content-Language"]),
        text=body.get_content().replace("\r\n", "\n") if body is not None else "",
    )
