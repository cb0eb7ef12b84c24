"""Accepting, declining and taking back an introduction; who declines does so in silence."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.introductions.permissions import can_answer, can_withdraw
from hub.members.introductions.queries import introduction_by_id
from hub.members.introductions.service import (
    accept_introduction,
    decline_and_block,
    decline_introduction,
    withdraw_introduction,
)
from hub.members.models import Introduction
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.i18n import translate
from hub.web.introductions.blueprint import introductions
from hub.web.introductions.reading import AcceptForm, introduction_page
from hub.web.introductions.telling import settle_asked, take_back_asked, tell_accepted
from hub.web.sessions import actor, viewer


@introductions.post("/<public_id>/accept")
@members_only
def accept(public_id: str) -> ResponseReturnValue:
    """Agree to meet who asked, with a way to be reached."""
    found = received(public_id)
    form = AcceptForm()

    def act() -> ResponseReturnValue:
        with transaction():
            accept_introduction(viewer_of(actor()), found, contact=form.contact.data or "")
            tell_accepted(found)
        flash(translate("Accepted. You can reach each other now."))
        return redirect(url_for("introductions.show", public_id=public_id), code=303)

    return ask(form, act, lambda: introduction_page(found, form))


@introductions.post("/<public_id>/decline")
@members_only
def decline(public_id: str) -> ResponseReturnValue:
    """Pass over an introduction in silence."""
    found = received(public_id)
    with transaction():
        decline_introduction(viewer_of(actor()), found)
        settle_asked(found)
    flash(translate("Declined. Nobody is told of it."))
    return redirect(url_for("introductions.received"), code=303)


@introductions.post("/<public_id>/block")
@members_only
def block(public_id: str) -> ResponseReturnValue:
    """Decline an introduction that waits, and have nothing more from who asked reach who is signed in."""
    found = received(public_id)
    with transaction():
        for each in decline_and_block(viewer_of(actor()), found):
            take_back_asked(each)
        settle_asked(found)
    flash(translate("Blocked. Nothing more from this member reaches you; they are not told."))
    return redirect(url_for("introductions.received"), code=303)


@introductions.post("/<public_id>/withdraw")
@members_only
def withdraw(public_id: str) -> ResponseReturnValue:
    """Take back what one asked for."""
    found = introduction_by_id(public_id, viewer())
    if not can_withdraw(viewer(), found):
        raise NotFoundError
    with transaction():
        withdraw_introduction(viewer_of(actor()), found)
        take_back_asked(found)
    flash(translate("Taken back. It waits no more."))
    return redirect(url_for("introductions.show", public_id=public_id), code=303)


def received(public_id: str) -> Introduction:
    """Return an introduction that reached who is signed in.

    Raises:
        NotFoundError: there is none, or they asked for it themselves.
    """
    found = introduction_by_id(public_id, viewer())
    if not can_answer(viewer(), found):
        raise NotFoundError
    return found
