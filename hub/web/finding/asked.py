"""The search as an address asks for it: words, ticked filters, conditions, order, page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from hub.core import clock
from hub.core.pagination import PageRequest
from hub.search.asking import MAX_QUERY_LENGTH
from hub.search.documents import Query, Sort
from hub.search.plan import And, Node
from hub.web.finding.directory import Condition, Directory
from hub.web.sessions import viewer

PER_PAGE = 10

MOST_TICKED = 20
"""Values of one filter that count; each has links of its own on the page."""


@dataclass(frozen=True)
class Asked:
    """A search as the address asks for it.

    Args:
        directory: where.
        typed: the words, cut to what is searched.
        was_cut: whether there were more.
        filters: the ticked codes by filter, without those that mean nothing.
        conditions: what else is asked.
        query: all of it for the engine, with what the viewer may find.
        is_explained: whether it is asked why each thing was found.
        is_exact: whether the words are searched as typed, without others that mean the same.
        whole: the name of the filter whose whole list is asked for, or nothing.
    """

    directory: Directory
    typed: str
    was_cut: bool
    filters: Mapping[str, Sequence[str]]
    conditions: Sequence[Condition]
    query: Query
    is_explained: bool
    is_exact: bool
    whole: str

    @property
    def arguments(self) -> dict[str, Any]:
        """What an address needs to ask the same again from the first page on."""
        asked: dict[str, Any] = {
            "q": self.typed,
            **self.filters,
            **{each.name: each.value for each in self.conditions},
            "sort": request.args.get("sort"),
            "exact": "1" if self.is_exact else "",
            "why": "1" if self.is_explained else "",
        }
        return {name: value for name, value in asked.items() if value}

    @property
    def chosen(self) -> int:
        """How many filters and conditions there are."""
        return sum(len(codes) for codes in self.filters.values()) + len(self.conditions)

    @property
    def only_word(self) -> str:
        """The word where it is all that is asked."""
        return self.typed if self.typed and not self.chosen and len(self.typed.split()) == 1 else ""

    def href(self, **changes: object) -> str:
        """Return the address of the same search with some arguments changed; None takes one away."""
        changed: dict[str, Any] = {**self.arguments, **changes}
        return url_for(self.directory.endpoint, **changed)

    def bare(self, **changes: object) -> str:
        """Return the address of the same search without filters and conditions, some arguments changed as in `href`."""
        narrowing = (*self.filters, *(each.name for each in self.conditions))
        return self.href(**{**dict.fromkeys(narrowing), **changes})

    def without(self, name: str, code: str) -> str:
        """Return the address of the same search without one ticked value or condition."""
        return self.href(**{name: [value for value in self.filters.get(name, ()) if value != code] or None})


def asked(directory: Directory) -> Asked:
    """Return what the address asks of a directory."""
    typed = request.args.get("q", "")
    filters = _filters(directory)
    conditions = tuple(directory.conditions())
    moment = clock.now()
    query = Query(
        labels=viewer().labels,
        text=typed[:MAX_QUERY_LENGTH],
        filters=values_of(directory, filters),
        sort=_sort(directory, typed),
        page=PageRequest(request.args.get("page", 1, type=int), PER_PAGE),
        collection=directory.collection,
        narrowed=narrowed_by(conditions),
        has_synonyms=request.args.get("exact") != "1",
        moment=moment.timestamp(),
        classes=directory.classes(moment),
    )
    return Asked(
        directory=directory,
        typed=query.text,
        was_cut=len(typed) > MAX_QUERY_LENGTH,
        filters=filters,
        conditions=conditions,
        query=query,
        is_exact=not query.has_synonyms,
        is_explained=directory.is_explained and request.args.get("why") == "1",
        whole=request.args.get("list", ""),
    )


def _filters(directory: Directory) -> dict[str, list[str]]:
    """Return the ticked codes by filter; those that mean nothing are left out."""
    chosen = {}
    for facet in directory.facets:
        codes = list(dict.fromkeys(request.args.getlist(facet.name)))
        known = facet.labels(codes) if codes else {}
        chosen[facet.name] = [code for code in codes if code in known][:MOST_TICKED]
    return {name: codes for name, codes in chosen.items() if codes}


def values_of(directory: Directory, filters: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Return what ticked codes stand for in the index, by filter."""
    return {
        facet.name: frozenset().union(*(facet.values_of(code) for code in filters[facet.name]))
        for facet in directory.facets
        if filters.get(facet.name)
    }


def narrowed_by(conditions: Sequence[Condition]) -> Node | None:
    """Return all conditions as one, or None without any."""
    return And(tuple(each.node for each in conditions)) if conditions else None


def _sort(directory: Directory, typed: str) -> Sort:
    """Return the order asked for; anything unknown is the best match of words, without any the usual order."""
    name = request.args.get("sort")
    usual = Sort.RELEVANCE if typed.strip() else directory.usual
    return next((sort for sort in directory.sorts if sort.value == name), usual)
