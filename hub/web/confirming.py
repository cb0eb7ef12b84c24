"""Asking for the password again before a decision; the words of the form wait on that page and go on with it."""

from flask import current_app, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ForbiddenError, InvalidError, TooManyError, UnavailableError
from hub.core.i18n import N_
from hub.members import signing_in
from hub.members.queries import is_confirmed
from hub.web.fields import HTTP_INVALID
from hub.web.i18n import translate
from hub.web.redirects import own_path
from hub.web.runtime import runtime
from hub.web.sessions import actor, current_session
from hub.web.typed import sent_fields
from hub.web.waiting import wait_words

FIELD = "confirming_password"
"""The field of the password that is asked for again; typed fields leave it out by the end of its name."""

WRONG = N_("This is not your password.")


def ask_password_again() -> ResponseReturnValue | None:
    """Return the page that asks for the password, or None where it was entered within ten minutes.

    The page's form goes to the same address with the same fields and the password: if it is right, the view goes on
    as if nobody had asked.
    """
    # this runs before Flask-WTF's own check: nobody else's page may have a password judged or its fields kept
    current_app.extensions["csrf"].protect()
    if is_confirmed(current_session(), now()):
        return None
    if FIELD not in request.form:
        return _page()
    try:
        _confirm(request.form[FIELD])
    except TooManyError as error:
        answer = make_response(_page(wait_words(error.retry_after), error.status))
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    except InvalidError:
        return _page(translate(WRONG), HTTP_INVALID)
    except UnavailableError as error:
        return _page(translate(error.message, **error.parameters), error.status)
    g.pop("viewer", None)
    return None


def _confirm(password: str) -> None:
    """Check the password like a sign-in, with the same counting of tries; hashing stands outside both transactions."""
    email = actor().email or ""
    with transaction():
        attempt = signing_in.begin_attempt(
            email, request.remote_addr or "", is_limited=runtime().settings.limits == "on"
        )
    checked = signing_in.check_password(email, password)
    with transaction():
        signing_in.confirm_session(current_session(), checked, attempt)


def _way_back() -> str:
    """Return the page before; one's own account where that page is unknown or asks for the password itself."""
    before = own_path(request.referrer)
    asks_too = FIELD in request.form and before == request.full_path.rstrip("?")
    return url_for("account.show") if asks_too or before == url_for("home.index") else before


def _page(fault: str = "", status: int = ForbiddenError.status) -> ResponseReturnValue:
    page = render_template(
        "account/confirm.html",
        action=request.full_path.rstrip("?"),
        fields=[(name, value) for name, value in sent_fields() if name != FIELD],
        field=FIELD,
        fault=fault,
        back=_way_back(),
    )
    return make_response(page, status)
