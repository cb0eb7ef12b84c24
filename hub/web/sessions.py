"""The sign-in cookie, the member behind it, and the Viewer that permissions ask for; read anew on each request."""

import re
from datetime import timedelta

from flask import Flask, Request, Response, g, request, session as form_session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from hub.access.viewer import VISITOR, Viewer
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members import signing_in
from hub.members.models import Member, SignInSession
from hub.members.queries import is_idle, is_touch_due, pending_session_by_token, session_by_token
from hub.web.runtime import runtime

LONGEST = timedelta(hours=12)
"""No session lives longer, so neither does its cookie."""

UNSIGNED = frozenset(
    {
        "static",
        "system.healthz",
        "system.readyz",
        "feeds.innovations",
        "feeds.requests",
        "calendars.upcoming",
        "calendars.personal",
        "decisions.checkpoint",
        "decisions.checkpoints_file",
        "decisions.key",
        "decisions.log",
    }
)
"""Endpoints whose answers are the same for everybody, so that they neither set nor depend on a cookie."""

TOKEN = re.compile(r"[A-Za-z0-9_-]{20,200}")

LANGUAGE_KEY = "language"


def cookie_name() -> str:
    """Return the name of the cookie that holds the sign-in token and nothing else."""
    return "__Host-hub" if runtime().settings.is_secure else "hub"


def sign_in_token() -> str | None:
    """Return the token that the browser sent, if it can be one."""
    sent = request.cookies.get(cookie_name(), "")
    return sent if TOKEN.fullmatch(sent) else None


def load_member(_request: Request) -> Member | None:
    """Return whom the cookie signs in; given to Flask-Login as its request loader.

    A privileged person's session that was left alone for half an hour is over.
    """
    token = sign_in_token()
    if token is None:
        return None
    moment = now()
    found = session_by_token(token, moment)
    if found is None:
        return None
    if is_touch_due(found, moment):
        if is_idle(found, moment) and viewer_of(found.member).is_privileged:
            return None
        found = _touched(found)
    g.sign_in_session = found
    return found.member


def _touched(found: SignInSession) -> SignInSession:
    try:
        with transaction():
            signing_in.touch_session(found.id)
    except OperationalError:
        # A full disk stops writing, not reading: the session goes on, its last sign of life stays older.
        pass
    return found


def current_session() -> SignInSession:
    """Return the session in which somebody is signed in; for views that nobody else enters.

    Raises:
        NotFoundError: nobody is signed in any more.
    """
    actor()
    found: SignInSession | None = g.get("sign_in_session")
    if found is None:
        raise NotFoundError
    return found


def pending_session() -> SignInSession | None:
    """Return the session that waits for its second factor in this browser, or None."""
    token = sign_in_token()
    return pending_session_by_token(token, now()) if token else None


def viewer() -> Viewer:
    """Return who asks, with the roles, organisations and status in force at this moment."""
    if "viewer" not in g:
        member = current_member()
        g.viewer = viewer_of(member) if member else VISITOR
    found: Viewer = g.viewer
    return found


def only_as_visitor() -> None:
    """Answer this request as anybody's, whoever sends it; to be called before anything asks for the viewer."""
    g.viewer = VISITOR


def current_member() -> Member | None:
    """Return the signed-in member, or None for a visitor."""
    if not current_user.is_authenticated:
        return None
    member: Member = current_user._get_current_object()  # noqa: SLF001 - werkzeug's documented way to unwrap
    return member


def actor() -> Member:
    """Return the signed-in member who acts; for views that nobody else enters.

    Raises:
        NotFoundError: nobody is signed in any more.
    """
    member = current_member()
    if member is None:
        raise NotFoundError
    return member


def keep_token(response: Response, token: str) -> None:
    """Put the sign-in token into its cookie."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=LONGEST,
        secure=runtime().settings.is_secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def drop_token(response: Response) -> None:
    """Take the sign-in cookie away."""
    response.delete_cookie(
        cookie_name(), secure=runtime().settings.is_secure, httponly=True, samesite="Lax", path="/"
    )


class FormCookie(SecureCookieSessionInterface):
    """Flask's signed cookie with form token, language and flashed messages; left out where nothing depends on it."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie and `Vary: Cookie`, except for `UNSIGNED` endpoints."""
        if request.endpoint not in UNSIGNED:
            super().save_session(app, session, response)


def renew_form_secret() -> None:
    """Forget everything that Flask's own cookie holds except the language, so that older form tokens are void."""
    language = form_session.get(LANGUAGE_KEY)
    form_session.clear()
    g.pop("csrf_token", None)
    if language is not None:
        form_session[LANGUAGE_KEY] = language
