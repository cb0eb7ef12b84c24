"""Addresses of the hub's own pages for templates: those without values of somebody are built once, not on each page."""

from functools import lru_cache
from typing import Any

from flask import Flask, url_for

KEPT = frozenset({"slug"})
"""Values with which an address is kept too: a list names each record several times."""


def address_of(endpoint: str, /, **values: Any) -> str:  # noqa: ANN401 - as Flask types them
    """Return the address of a view as `url_for` does."""
    if not endpoint.startswith(".") and (not values or values.keys() <= KEPT):
        slug = values.get("slug")
        if slug is None or isinstance(slug, str):
            return _kept(endpoint, slug)
    return url_for(endpoint, **values)


@lru_cache(maxsize=8192)
def _kept(endpoint: str, slug: str | None) -> str:
    """Return an address that is the same for everybody; a hub is served under one root."""
    return url_for(endpoint) if slug is None else url_for(endpoint, slug=slug)


def configure(app: Flask) -> None:
    """Give templates this module's addresses in place of Flask's."""
    app.jinja_env.globals["url_for"] = address_of
