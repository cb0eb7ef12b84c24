"""The mails of a demonstration, which no server sends; only on this machine, and nowhere outside a demonstration."""

import ipaddress
import re
from datetime import timedelta

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.alerts.telling import tell_followers
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import NotFoundError, UnavailableError
from hub.mail.reading import kept_mail, kept_mails
from hub.matching.digest import due_members, new_suggestions, tell_suggestions
from hub.members.models import Member
from hub.notifications.digests import gather, next_period
from hub.notifications.models import Frequency
from hub.web.access import public
from hub.web.account.blueprint import account
from hub.web.runtime import runtime

AHEAD = timedelta(days=14)
"""So far ahead lies the week for which it is looked here, so that nobody chose it too late for that."""

AT_A_TIME = 500
"""Members for whom it is looked at once; a demonstration has fewer."""

ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")


@account.get("/account/outbox-demo")
@public
def outbox_demo() -> ResponseReturnValue:
    """List the mails, newest first; who joins reads the link to confirm here, so nobody needs to be signed in."""
    _require_demonstration()
    return _unkept(render_template("account/outbox_demo.html", mails=kept_mails(runtime().settings.instance)))


@account.get("/account/outbox-demo/<name>")
@public
def outbox_demo_mail(name: str) -> ResponseReturnValue:
    """Show one mail with the links of this hub in it."""
    _require_demonstration()
    mail = kept_mail(runtime().settings.instance, name)
    if mail is None:
        raise NotFoundError
    return _unkept(render_template("account/outbox_demo_mail.html", mail=mail, pieces=_pieces(mail.text)))


@account.post("/account/outbox-demo/digests")
@public
def send_digests() -> ResponseReturnValue:
    """Make the digests that wait at once, daily and weekly ones, instead of in the morning."""
    _require_demonstration()
    is_more = True
    while is_more:  # the worker tells followers once a minute, and nobody wants to wait for that here
        with transaction():
            is_more = tell_followers()
    _look_for_suggestions()
    made = 0
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        period = next_period(frequency)
        while True:
            with transaction():
                some = gather(frequency, period, until=now())
            made += some
            if not some:
                break
    flash(ngettext("%(num)s mail of what is new was made.", "%(num)s mails of what is new were made.", made))
    return redirect(url_for("account.outbox_demo"), code=303)


def _look_for_suggestions() -> None:
    """Tell who chose it of what is new among their suggestions, as the worker does on Sunday evenings."""
    week = next_period(Frequency.WEEKLY) + AHEAD
    for number in due_members(week, AT_A_TIME):
        try:
            found = new_suggestions(runtime().matching, session().get_one(Member, number))
        except UnavailableError:
            return
        with transaction():
            tell_suggestions(session().get_one(Member, number), week, found)


def _require_demonstration() -> None:
    """Let only this machine in, and only in a demonstration.

    Raises:
        NotFoundError: it is another machine, or the hub is a real one.
    """
    if not runtime().settings.demo or not _is_loopback(request.remote_addr):
        raise NotFoundError


def _is_loopback(address: str | None) -> bool:
    try:
        return address is not None and ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Return the text in pieces, each with whether it is an address of this hub."""
    own = runtime().settings.base_url.rstrip("/")
    return [
        (piece, piece == own or piece.startswith(f"{own}/")) for piece in ADDRESS.split(text.strip()) if piece
    ]


def _unkept(page: str) -> Response:
    """Return a page that no browser keeps: the links in it open things."""
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
