"""Searches as they are saved: taken from an address, said in words, and made an address again."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from hub.alerts.searches import SavedQuery
from hub.search.documents import Collection, Sort
from hub.web.catalogue.search import CATALOGUE
from hub.web.collaboration.directory import REQUESTS
from hub.web.finding import Asked, Directory
from hub.web.i18n import country_name, listed, translate

DIRECTORIES: Mapping[Collection, Directory] = {
    Collection.INNOVATIONS: CATALOGUE,
    Collection.REQUESTS: REQUESTS,
}
"""Where searches can be saved."""


def directory_named(name: str) -> Directory:
    """Return the directory that the argument `in` of an address names; the catalogue for anything else."""
    return next((each for key, each in DIRECTORIES.items() if key.value == name), CATALOGUE)


def saved_query(search: Asked) -> SavedQuery:
    """Return what the address asks, as it is saved."""
    works_in = str(search.arguments.get("works_in") or "")
    return SavedQuery(
        search.typed,
        search.filters,
        works_in,
        is_exact=not search.query.has_synonyms,
        collection=search.directory.collection,
    )


def words_of(query: SavedQuery) -> str:
    """Return what a search asks for, in the reader's language: its words and the labels of its filters."""
    typed = translate("“%(words)s” exactly", words=query.text) if query.is_exact else ""
    words = [typed or translate("“%(words)s”", words=query.text)] if query.text else []
    labels = [
        label
        for facet in DIRECTORIES[query.collection].facets
        for label in facet.labels(query.filters.get(facet.name, ())).values()
    ]
    place = (
        [translate("Works in %(country)s", country=country_name(query.works_in))] if query.works_in else []
    )
    asked = listed([*words, *labels, *place])
    if query.collection is not Collection.REQUESTS:
        return asked
    return translate("Requests: %(search)s", search=asked) if asked else translate("All requests")


def arguments_of(query: SavedQuery) -> dict[str, Any]:
    """Return what an address names to ask a search in its directory."""
    exact = "1" if query.is_exact and query.text else ""
    asks = {"q": query.text, **query.filters, "works_in": query.works_in, "exact": exact}
    return {name: value for name, value in asks.items() if value}


def saving_arguments(query: SavedQuery) -> dict[str, Any]:
    """Return what the address names where a search is saved; those of the catalogue name no directory."""
    place = {} if query.collection is Collection.INNOVATIONS else {"in": query.collection.value}
    return {**place, **arguments_of(query)}


def search_address(query: SavedQuery, *, is_newest_first: bool = False) -> str:
    """Return the address of a search on the hub."""
    order = Sort.NEWEST.value if is_newest_first else None
    return url_for(DIRECTORIES[query.collection].endpoint, **arguments_of(query), sort=order)
