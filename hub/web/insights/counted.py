"""Where everybody sees what a metric counts: lists that hold exactly that, for the whole and for parts."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import url_for

from hub.insights.metrics.metric import Dimension, dimension_of

LISTS: Mapping[str, tuple[str, Mapping[str, Any], Mapping[Dimension, str]]] = MappingProxyType(
    {
        "innovations_published": ("catalogue.search", {}, {Dimension.FUNCTION: "function"}),
        "innovations_level_3": ("catalogue.search", {"evidence": "3+"}, {}),
        "members_public": (
            "members.search",
            {},
            {Dimension.COUNTRY: "country", Dimension.MEMBER_TYPE: "type"},
        ),
        "organisations_verified": ("organisations.search", {}, {Dimension.COUNTRY: "country"}),
        "showcases_held": ("showcases.directory", {"state": "held"}, {Dimension.COUNTRY: "country"}),
        "entries_presented": ("showcases.directory", {"state": "held"}, {Dimension.COUNTRY: "country"}),
    }
)
"""Endpoint, arguments, and the argument for a part of each dimension that the list can be narrowed to.

Catalogue lists are not narrowed by country: they find a record also where it is in use, metrics count its origin.
"""

OF_COUNTRY = MappingProxyType({"replications_confirmed": "replications"})
"""Metrics whose parts by country stand on the page of the country, with their place there."""


def list_of(key: str, breakdown: str = "") -> str:
    """Return the address of the list of what a metric counts, or empty where there is none for this part."""
    part = dimension_of(breakdown)
    if part and part[0] is Dimension.COUNTRY and key in OF_COUNTRY:
        return url_for("countries.show", code=part[1], _anchor=OF_COUNTRY[key])
    if key not in LISTS:
        return ""
    endpoint, given, narrowing = LISTS[key]
    arguments: dict[str, Any] = {**given}
    if part is not None:
        if part[0] not in narrowing:
            return ""
        arguments[narrowing[part[0]]] = part[1]
    return url_for(endpoint, **arguments)


def page_of_metric(key: str, breakdown: str = "") -> str:
    """Return the address of the page that says what a metric counts."""
    return url_for("insights.metric", key=key, part=breakdown if dimension_of(breakdown) else None)


def seen_at(key: str, breakdown: str = "") -> str:
    """Return where everybody sees what a metric counts: its list, or else its page."""
    return list_of(key, breakdown) or page_of_metric(key, breakdown)
