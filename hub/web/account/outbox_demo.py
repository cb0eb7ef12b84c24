"""The mails of a demonstration, which no server sends; only on this machine, and nowhere outside a demonstration."""

import ipaddress
import re

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from hub.core.errors import NotFoundError
from hub.mail.reading import kept_mail, kept_mails
from hub.web.access import public
from hub.web.account.blueprint import account
from hub.web.runtime import runtime

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
