"""People who ask to be introduced to one another, and every way in which it can go."""

from datetime import timedelta

from hub.core.database import session, transaction
from hub.integrity.viewers import viewer_of
from hub.members.introductions.forgetting import expire_introduction
from hub.members.introductions.limits import WAITS_FOR
from hub.members.introductions.service import (
    accept_introduction,
    ask_introduction,
    decline_and_block,
    decline_introduction,
    withdraw_introduction,
)
from hub.members.messages.service import block_member
from tests.factories import make_member, make_profile

NOTE = "I trace assets from Batumi and would like to learn how you read company registers."
NINOS, DANAS = "nino@bureau.example", "+995 555 123456"
LATER = WAITS_FOR + timedelta(minutes=1)


def ask(asker, asked, *, note=NOTE, contact=NINOS, about="", language="en-GB"):
    """Ask as `asker` stands now."""
    with transaction():
        return ask_introduction(
            viewer_of(asker), asked, note=note, contact=contact, language=language, about=about
        )


def accept(actor, introduction, contact=DANAS):
    """Accept as `actor` stands now."""
    with transaction():
        accept_introduction(viewer_of(actor), introduction, contact=contact)


def decline(actor, introduction):
    """Decline as `actor` stands now."""
    with transaction():
        decline_introduction(viewer_of(actor), introduction)


def decline_with_block(actor, introduction):
    """Decline and block as `actor` stands now."""
    with transaction():
        decline_and_block(viewer_of(actor), introduction)


def withdraw(actor, introduction):
    """Take back as `actor` stands now."""
    with transaction():
        withdraw_introduction(viewer_of(actor), introduction)


def block(actor, member):
    """Block `member`."""
    with transaction():
        block_member(viewer_of(actor), member)


def change(thing, **columns):
    """Set columns of a stored thing."""
    for name, value in columns.items():
        setattr(thing, name, value)
    session().commit()


def age(introduction, by):
    """Have an introduction be older than it is, with all that is told of it."""
    for name in ("asked_at", "expires_at", "withdrawn_at", "ended_at"):
        if getattr(introduction, name) is not None:
            setattr(introduction, name, getattr(introduction, name) - by)
    session().commit()


def expired(introduction):
    """Let the time of an introduction pass, and the clock end it."""
    age(introduction, LATER)
    with transaction():
        expire_introduction(introduction.id)


def pair(number):
    """Return two members whom members see."""
    asker, asked = (make_member(display_name=f"{name} {number}") for name in ("Nino", "Dana"))
    make_profile(asker)
    make_profile(asked)
    return asker, asked


def refused_ask(asker, asked):
    """Ask from a form that was opened before the other blocked who asks."""
    block(asked, asker)
    return ask(asker, asked)


def _after(act):
    def made(asker, asked):
        introduction = ask(asker, asked)
        act(asked, introduction)
        return introduction

    return made


SILENCES = {
    "unanswered": ask,
    "declined": _after(decline),
    "declined and blocked": _after(decline_with_block),
    "blocked": _after(lambda asked, introduction: block(asked, introduction.asked_by)),
    "never delivered": refused_ask,
}
"""Every way of not accepting; who asked must not be able to tell one from another."""
