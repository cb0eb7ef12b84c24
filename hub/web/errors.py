"""Turns failures into pages: what happened, what to do next, and what was typed. Needs no database."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError

from hub.core.errors import ForbiddenError, HubError, TooManyError
from hub.core.i18n import N_
from hub.members.models import MemberStatus
from hub.web.i18n import translate
from hub.web.origin import is_from_elsewhere, is_surely_own
from hub.web.redirects import own_path
from hub.web.sessions import current_member
from hub.web.typed import has_secret, sent_fields, typed_fields

LINE_RESET = 400
"""The least status that is an error; below it an HTTPException is a redirect and goes its way."""


@dataclass(frozen=True)
class Wording:
    """Title and lead of one kind of error page, as message ids."""

    title: str
    lead: str


WORDINGS = {
    HTTPStatus.BAD_REQUEST: Wording(
        N_("We could not read this request"),
        N_("Something in the address or in what was sent is damaged. Go back and try again."),
    ),
    HTTPStatus.FORBIDDEN: Wording(
        N_("You may not open this page"),
        N_("Your roles do not include it. If they should, ask a coordinator."),
    ),
    HTTPStatus.NOT_FOUND: Wording(
        N_("There is nothing here"),
        N_("Check the address. It may also have been moved, withdrawn or never published."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: Wording(
        N_("This cannot be opened like a page"),
        N_("The address belongs to a button. Go back and use the button on the page."),
    ),
    HTTPStatus.CONFLICT: Wording(
        N_("Something changed in the meantime"),
        N_("Somebody else was faster. Look at the present state and decide again."),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Wording(
        N_("That is too much at once"),
        N_(
            "A form takes up to 2 MB of text and, where it asks for a file, one of up to 20 MB."
            " Nothing was saved now; what you saved before is kept."
        ),
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: Wording(
        N_("This cannot be accepted"),
        N_("Something you entered cannot be accepted."),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: Wording(
        N_("Too many tries"),
        N_("Too many tries. Wait a little, then try again."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: Wording(
        N_("Something went wrong on our side"),
        N_("What you saved before is kept. Try again in a few minutes."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: Wording(
        N_("The hub cannot do this at the moment"),
        N_("Nothing you saved is lost. Try again in a few minutes."),
    ),
}

TOO_LARGE_FOR = {
    "catalogue.imports": N_(
        "A file that is imported in the browser may have up to 20 MB. Divide it, or have whoever runs the hub"
        " import it: the command “hub import” takes up to 100 MB. Nothing was imported."
    ),
    "collaboration.send_message": N_(
        "The files of one message may have up to 20 MB together. Nothing was sent. Go back with your browser, which"
        " keeps what you typed, and choose smaller files."
    ),
}
"""What is said instead, by endpoint, where something too large was sent."""

NOT_YET = N_("Your application must be approved first. Your account page says how it stands.")
"""What is said instead of missing roles to somebody whose application waits."""

STALE_FORM = Wording(
    N_("This form is no longer valid"),
    N_(
        "You may have signed in or out in another tab, or left the page open for long. Nothing was saved yet."
    ),
)

SIGNED_OUT = Wording(
    N_("You have been signed out"),
    N_("Nothing was saved. Sign in again, then enter your words once more; they are below."),
)


def register_errors(app: Flask) -> None:
    """Give each failure its page."""
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(HubError, hub_error)
    for kind in (OperationalError, InterfaceError, PoolTimeoutError):
        app.register_error_handler(kind, database_error)


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Return the page for an error that Flask or Werkzeug raised; redirects pass as they are."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status < LINE_RESET or error.response is not None:
        return error.get_response(request.environ)
    wording = WORDINGS.get(HTTPStatus(status)) or WORDINGS[HTTPStatus.BAD_REQUEST]
    own = TOO_LARGE_FOR.get(request.endpoint or "") if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else ""
    lead = translate(own) if own else ""
    answer = error_page(wording, status, lead=lead, needs_no_account=isinstance(error, InternalServerError))
    for name, value in error.get_headers(request.environ):
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def hub_error(error: HubError) -> Response:
    """Return the page for a failure that the rules named, with their own words where they have any."""
    wording = WORDINGS[error.status]
    said = error.message != type(error).default
    lead = translate(error.message, **error.parameters) if said else translate(wording.lead)
    if isinstance(error, ForbiddenError) and not said and applies():
        return error_page(
            wording,
            error.status,
            lead=translate(NOT_YET),
            actions=[(translate(N_("Your account")), url_for("account.show")), *way_back()],
        )
    answer = error_page(wording, error.status, lead=lead)
    if isinstance(error, TooManyError):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def applies() -> bool:
    """Whether somebody is signed in whose application waits for an answer."""
    member = current_member()
    return member is not None and member.status in {MemberStatus.APPLIED, MemberStatus.CONFIRMED}


def database_error(error: DBAPIError | PoolTimeoutError) -> Response:
    """Return 503: the database is locked, full, read-only or away."""
    del error
    status = HTTPStatus.SERVICE_UNAVAILABLE
    answer = error_page(WORDINGS[status], status, needs_no_account=True)
    answer.headers["Retry-After"] = "60"
    return answer


def stale_form(error: CSRFError) -> Response:
    """Return 400 with the words that were sent, and a button to send them again.

    The button is there only if the browser vouches that our own page sent the form: nobody shall confirm with
    one click what another site made up.
    """
    del error
    retry: dict[str, object] | None = None
    if is_surely_own() and not has_secret() and sent_fields():
        retry = {
            "action": request.full_path.rstrip("?"),
            "fields": sent_fields(),
            "text": translate(N_("Send it again")),
        }
    return error_page(STALE_FORM, HTTPStatus.BAD_REQUEST, retry=retry)


def signed_out_page(sign_in_address: str) -> Response:
    """Return 403 for somebody whose session ended while typing: the words, and the way to sign in."""
    action = (translate(N_("Sign in")), sign_in_address)
    return error_page(SIGNED_OUT, HTTPStatus.FORBIDDEN, actions=[action])


def error_page(
    wording: Wording,
    status: int,
    *,
    lead: str = "",
    actions: list[tuple[str, str]] | None = None,
    retry: dict[str, object] | None = None,
    needs_no_account: bool = False,
) -> Response:
    """Return an error page.

    Args:
        wording: title and lead.
        status: the HTTP status.
        lead: translated words instead of those of `wording`.
        actions: links (text, address); the way back where none are given.
        retry: a form to send again, for the template.
        needs_no_account: leave the account out of the frame, because the database may be the fault.
    """
    if needs_no_account:
        # Whoever is signed in would be read from the database that just failed.
        g._login_user = AnonymousUserMixin()  # noqa: SLF001 - Flask-Login knows no other way
        g.has_no_account = True
    g.is_error = True
    typed = [] if is_from_elsewhere() else [(field.label, field.text) for field in typed_fields()]
    page = render_template(
        "errors/error.html",
        title=translate(wording.title),
        lead=lead or translate(wording.lead),
        actions=way_back() if actions is None else actions,
        typed=typed,
        retry=retry,
    )
    return make_response(page, status)


def way_back() -> list[tuple[str, str]]:
    """Return the page that sent the form, for a POST, and the home page."""
    home = url_for("home.index")
    links = [(translate(N_("Go to the home page")), home)]
    before = own_path(request.referrer) if request.method == "POST" else home
    if request.blueprint == "coordinate" and request.method == "POST":
        links.insert(0, (translate(N_("Back to the review queue")), url_for("coordinate.queue")))
    elif before != home:
        links.insert(0, (translate(N_("Back to the form")), before))
    return links
