"""Where a person may be sent on: paths of this site only, whatever an address or a header asks for."""

import re
from urllib.parse import unquote, urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

MAX_LENGTH = 2_000
MAX_DECODINGS = 6

BARE = re.compile(r"[^\s\\]+")
"""Neither white space (browsers drop tabs and newlines) nor backslash (browsers read it as a slash)."""


def is_safe_path(target: str) -> bool:
    """Whether `target` is a path on this site in every reading of it, percent-encoded ones included.

    The part before `?` is decoded again and again, since a proxy or browser may do so: `/%09/evil.test` and
    `/%252f/evil.test` are refused. What stands in the query cannot change the site.
    """
    if len(target) > MAX_LENGTH or not _is_plain(target):
        return False
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    for _ in range(MAX_DECODINGS):
        if not _is_plain(path) or "//" in path:
            return False
        decoded = unquote(path, errors="replace")
        if decoded == path:
            return "\ufffd" not in path
        path = decoded
    return False


def _is_plain(text: str) -> bool:
    return (
        text.startswith("/")
        and not text.startswith("//")
        and text.isprintable()
        and bool(BARE.fullmatch(text))
    )


def safe_next(target: str | None) -> str:
    """Return `target` if it is a safe path and no mere action, else the home page."""
    home = url_for("home.index")
    if not target or not is_safe_path(target):
        return home
    path = urlsplit(target).path
    try:
        current_app.url_map.bind("").match(unquote(path), method="GET")
    except MethodNotAllowed:
        return home
    except (NotFound, RequestRedirect):
        return target
    return target


def back_to(endpoint: str, target: str | None) -> str:
    """Return `target` if it is a safe path to the page of `endpoint`, with any query; else nothing."""
    if not target or not is_safe_path(target):
        return ""
    return target if urlsplit(target).path == url_for(endpoint) else ""


def own_path(referrer: str | None) -> str:
    """Return path and query of `referrer` if it is one of our own pages, else the home page."""
    if not referrer:
        return url_for("home.index")
    try:
        parts = urlsplit(referrer)
    except ValueError:
        return url_for("home.index")
    if parts.netloc != request.host:
        return url_for("home.index")
    return safe_next(f"{parts.path}?{parts.query}" if parts.query else parts.path)
