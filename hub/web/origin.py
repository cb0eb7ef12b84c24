"""Where a request comes from: one of our own pages, or another site's."""

from urllib.parse import urlsplit

from flask import request

OURS = frozenset({"same-origin", "none"})


def is_from_elsewhere() -> bool:
    """Whether the browser says that another site made this request; programs that say nothing are not browsers."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in OURS
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def is_surely_own() -> bool:
    """Whether the browser vouches that one of our own pages made this request; no site can write these headers."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.host
