"""The mailbox of the browser tests: what the demonstration would send, as everybody at its machine can read it."""

import re
import time
import urllib.request
from email import message_from_bytes, policy
from email.message import EmailMessage

from tests.browser.person import Person
from tests.browser.serving import Hub

PATIENCE = 15

DEMANDED = b"List-Unsubscribe=One-Click"
"""What a mail program sends by itself (RFC 8058)."""


def opens_the_mail(person: Person, address: str, subject: str | None = None) -> None:
    """Wait until the worker has put a mail where it can be read, and open the newest one.

    Args:
        person: at whose window.
        address: to whom it went.
        subject: what it is called, or None where it is the only one.
    """
    strict, person.strict = person.strict, False
    mails = person.main.get_by_role("listitem").filter(has_text=address).get_by_role("link", name=subject)
    until = time.monotonic() + PATIENCE
    person.opens("/account/outbox-demo")
    while not mails.count() and time.monotonic() < until:
        time.sleep(0.5)
        person.opens("/account/outbox-demo")
    person.strict = strict
    with person.page.expect_navigation():
        mails.first.click()
    person.looks()


def mails_to(hub: Hub, address: str) -> list[EmailMessage]:
    """Return the mails of the demonstration that went to an address."""
    kept = (path.read_bytes() for path in (hub.instance / "outbox").glob("*.eml"))
    mails = [message_from_bytes(each, _class=EmailMessage, policy=policy.default) for each in kept]
    return [each for each in mails if each["To"] == address]


def words_of(mail: EmailMessage) -> str:
    """Return the words of a mail, on one line."""
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def ends_with_one_click(hub: Hub, mail: EmailMessage) -> str:
    """Do twice what a mail program does for somebody who wants no more mails like this; return the link."""
    assert mail["List-Unsubscribe-Post"] == DEMANDED.decode()
    (link,) = re.findall(r"<(http[^>]+)>", mail["List-Unsubscribe"])
    path = "/unsubscribe" + link.partition("/unsubscribe")[2]
    for _ in range(2):  # mail programs ask again when they are not sure
        with urllib.request.urlopen(urllib.request.Request(hub.url + path, data=DEMANDED)) as answer:
            assert answer.status == 200
    return path
