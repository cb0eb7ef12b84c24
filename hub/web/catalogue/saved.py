"""A search of the catalogue as it is saved: taken from an address, said in words, and made an address again."""

from typing import Any

from flask import url_for

from hub.alerts.searches import SavedQuery
from hub.search.documents import Sort
from hub.web.catalogue.search import CATALOGUE
from hub.web.finding import Asked
from hub.web.i18n import country_name, listed, translate


def saved_query(search: Asked) -> SavedQuery:
    """Return what the address asks, as it is saved."""
    works_in = str(search.arguments.get("works_in") or "")
    return SavedQuery(search.typed, search.filters, works_in, is_exact=not search.query.has_synonyms)


def words_of(query: SavedQuery) -> str:
    """Return what a search asks for, in the reader's language: its words and the labels of its filters."""
    typed = translate("“%(words)s” exactly", words=query.text) if query.is_exact else ""
    words = [typed or translate("“%(words)s”", words=query.text)] if query.text else []
    labels = [
        label
        for facet in CATALOGUE.facets
        for label in facet.labels(query.filters.get(facet.name, ())).values()
    ]
    place = (
        [translate("Works in %(country)s", country=country_name(query.works_in))] if query.works_in else []
    )
    return listed([*words, *labels, *place])


def arguments_of(query: SavedQuery) -> dict[str, Any]:
    """Return what an address names to ask a search."""
    exact = "1" if query.is_exact and query.text else ""
    asks = {"q": query.text, **query.filters, "works_in": query.works_in, "exact": exact}
    return {name: value for name, value in asks.items() if value}


def search_address(query: SavedQuery, *, is_newest_first: bool = False) -> str:
    """Return the address of a search on the hub."""
    order = Sort.NEWEST.value if is_newest_first else None
    return url_for("catalogue.search", **arguments_of(query), sort=order)
