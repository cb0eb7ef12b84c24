"""What guards every request before a view and every answer after it: hosts, proxies, sizes, headers."""

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from flask import Flask, Request as FlaskRequest, Response, current_app, g, request
from flask_login import current_user
from werkzeug.datastructures import FileStorage, ImmutableMultiDict
from werkzeug.exceptions import NotFound, RequestEntityTooLarge

from hub.config import LOOPBACK, Settings
from hub.core.uploads import MAX_FILE
from hub.web.files import is_for_files
from hub.web.links import FIELD as TOKEN_FIELD
from hub.web.runtime import runtime

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_TEXT = 2 * 1024 * 1024
"""Bytes of text that one form may carry: within them an over-long text comes back whole."""

MAX_OTHER = 64 * 1024
"""Bytes beside the text: names of fields, tokens, choices."""

MAX_BODY = 3 * MAX_TEXT + MAX_OTHER
"""Bytes of a body: percent-encoding makes three of one."""

MAX_FILE_BODY = MAX_FILE + MAX_BODY
"""Bytes of a body for views marked with `takes_file`: a file that is a little too large is named at its field."""

MAX_DRAINED = 32 * 1024 * 1024
"""Bytes of a refused body that are read nevertheless: browsers show an answer only after sending everything."""

CHUNK = 64 * 1024

MAX_FIELDS = 1_000

POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # With no-referrer, Flask-WTF would refuse every form over https.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}

STRICT_TRANSPORT = "max-age=31536000"


CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""All but tab and line ends."""


class Words(ImmutableMultiDict[str, str | FileStorage]):
    """Values of a query or form (files too) without control characters, which no person types and no page shows."""

    def __init__(self, mapping: Iterable[tuple[str, str | FileStorage]] | None = None) -> None:
        pairs = mapping.items(multi=True) if isinstance(mapping, ImmutableMultiDict) else mapping or ()
        super().__init__([(CONTROL.sub("", name), _without_control(value)) for name, value in pairs])


def _without_control(value: str | FileStorage) -> str | FileStorage:
    return CONTROL.sub("", value) if isinstance(value, str) else value


class Request(FlaskRequest):
    """Flask's request with cleaned words."""

    parameter_storage_class = Words


class Gate:
    """Turns away, before Flask begins, what no page could answer: foreign hosts, and in demo mode any proxy.

    Args:
        application: what stands behind the gate.
        settings: name the host and whether this is a demonstration.

    Raises:
        ValueError: the base URL is http but not on this machine, so that sign-in cookies would travel in the open.
    """

    def __init__(self, application: "WSGIApplication", settings: Settings) -> None:
        own = urlsplit(settings.base_url).hostname or ""
        if not settings.is_secure and own not in LOOPBACK:
            message = "HUB_BASE_URL must begin with https:// unless it names this machine"
            raise ValueError(message)
        self._application = application
        self._demo = settings.demo
        self._hosts = LOOPBACK if settings.demo else LOOPBACK | {own}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Pass the request on, or answer 400 in one plain line."""
        if _host_name(environ) not in self._hosts:
            return _refuse(start_response, b"This host name is not served here.\n")
        if self._demo and _is_forwarded(environ):
            return _refuse(
                start_response, b"The demonstration answers only on this machine, without a proxy.\n"
            )
        query = environ.get("QUERY_STRING", "")
        if not query.isascii():
            environ["QUERY_STRING"] = quote(query.encode("latin-1"), safe="%&=+;/?:@!$'()*,~-._")
        return self._application(environ, start_response)


def _host_name(environ: "WSGIEnvironment") -> str:
    host = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_forwarded(environ: "WSGIEnvironment") -> bool:
    return any(name == "HTTP_FORWARDED" or name.startswith("HTTP_X_FORWARDED_") for name in environ)


def _refuse(start_response: "StartResponse", words: bytes) -> Iterable[bytes]:
    headers = [
        *HEADERS.items(),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(words))),
    ]
    start_response(f"{HTTPStatus.BAD_REQUEST.value} Bad Request", headers)
    return [words]


def check_sizes() -> None:
    """Refuse bodies with too much text or too many fields, and addresses with NUL; runs before every view.

    Raises:
        RequestEntityTooLarge: more than `MAX_TEXT` bytes in one field, or more than its share in the whole form; a
            file counts only as part of the body.
        NotFound: the path holds NUL.
    """
    if "\0" in request.path:
        raise NotFound
    if request.method != "POST":
        return
    if _takes_file():
        request.max_content_length = MAX_FILE_BODY
    if (request.content_length or 0) > (request.max_content_length or 0):
        _drain()
        raise RequestEntityTooLarge
    if (
        request.mimetype == "application/x-www-form-urlencoded"
        and request.get_data().count(b"&") >= MAX_FIELDS
    ):
        raise RequestEntityTooLarge
    sizes = [len(value.encode("utf-8", "replace")) for _, value in request.form.items(multi=True)]
    if max(sizes, default=0) > MAX_TEXT or sum(sizes) > MAX_TEXT + MAX_OTHER:
        raise RequestEntityTooLarge


def _takes_file() -> bool:
    """Whether this is a form with files, for a view that takes one; Werkzeug keeps larger files out of the memory."""
    if request.mimetype != "multipart/form-data" or request.endpoint is None:
        return False
    return is_for_files(current_app.view_functions[request.endpoint])


def _drain() -> None:
    """Read a refused body and forget it."""
    left = min(request.content_length or 0, MAX_DRAINED)
    source = request.environ["wsgi.input"]
    while left > 0 and (chunk := source.read(min(left, CHUNK))):
        left -= len(chunk)


def add_headers(response: Response) -> Response:
    """Set the security headers, and keep pages of signed-in people out of every cache."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if runtime().settings.is_secure:
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    if request.endpoint == "static":
        return response
    if _is_personal():
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "no-cache, private")
    return response


def _is_personal() -> bool:
    """Whether the answer may hold something of an account, or of a mail's link; asked without touching the database."""
    known = getattr(g, "_login_user", None)
    is_link = TOKEN_FIELD in request.args
    return request.method != "GET" or is_link or (known is not None and bool(current_user.is_authenticated))


def configure(app: Flask) -> None:
    """Set sizes, and run the checks of this module around every request."""
    app.request_class = Request
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY, MAX_FORM_PARTS=MAX_FIELDS)
    app.before_request(check_sizes)
    app.after_request(add_headers)
