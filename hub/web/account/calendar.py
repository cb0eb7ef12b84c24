"""One's own calendar address: making it, reading it once, ending it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.core.database import transaction
from hub.showcases.calendars.feeds import end_feed, feed_of, make_feed
from hub.web.access import members_only
from hub.web.account.blueprint import account
from hub.web.calendars.events import whole
from hub.web.i18n import translate
from hub.web.sessions import actor


@account.get("/account/calendar")
@members_only
def calendar() -> ResponseReturnValue:
    """Say whether there is an address, and offer to make or end it."""
    return page()


@account.post("/account/calendar/make")
@members_only
def make_calendar() -> ResponseReturnValue:
    """Make an address and show it, this once; the one before ends."""
    with transaction():
        secret = make_feed(actor())
    return page(whole(url_for("calendars.personal", secret=secret)))


@account.post("/account/calendar/revoke")
@members_only
def revoke_calendar() -> ResponseReturnValue:
    """End the address."""
    with transaction():
        end_feed(actor())
    flash(translate("The address works no longer."))
    return redirect(url_for("account.calendar"), code=303)


def page(made: str = "") -> str:
    """Return the page.

    Args:
        made: the address that was made just now; it cannot be shown again.
    """
    return render_template("account/calendar.html", feed=feed_of(actor()), made=made)
