"""The mailbox of the browser tests: what the demonstration would send, as everybody at its machine can read it."""

import time

from tests.browser.person import Person

PATIENCE = 15


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
