"""What goes into search and what comes out: documents, queries, results. Knows no engine and no database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from hub.core.pagination import PageRequest

SORT_KEYS = ("published", "evidence")
"""The numbers that results can be sorted by."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Collection(StrEnum):
    """What is searched: each has a page of its own, and no query finds or counts documents of another."""

    INNOVATIONS = "innovations"
    MEMBERS = "members"
    ORGANISATIONS = "organisations"


@dataclass(frozen=True)
class Document:
    """One searchable thing, as the feature that owns it describes it.

    Args:
        id: unique among all documents of all collections, such as an innovation's public id.
        labels: visibility labels of `hub.access.audience`; who holds one of them may find the document.
        fields: texts by name; `name` weighs most, then `short_description`, then all others alike.
        facets: values by facet, such as `{"country": ("GE", "ID")}`.
        sort: numbers by name: `published` (seconds since 1970) is what "newest" sorts by, `evidence` the level, 0 to 5.
        collection: what it belongs to.
    """

    id: str
    labels: frozenset[str]
    fields: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    sort: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    collection: Collection = Collection.INNOVATIONS

    def to_json(self) -> dict[str, Any]:
        """Return the document as plain JSON values, always in the same order."""
        return {
            "id": self.id,
            "collection": self.collection.value,
            "labels": sorted(self.labels),
            "fields": dict(sorted(self.fields.items())),
            "facets": {name: list(values) for name, values in sorted(self.facets.items())},
            "sort": {name: float(value) for name, value in sorted(self.sort.items())},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Document":
        """Return the document that `to_json` wrote as `data`."""
        return cls(
            id=data["id"],
            labels=frozenset(data["labels"]),
            fields=dict(data["fields"]),
            facets={name: tuple(values) for name, values in data["facets"].items()},
            sort=dict(data["sort"]),
            # journal rows written before there were several collections do not name theirs
            collection=Collection(data.get("collection", Collection.INNOVATIONS)),
        )

    @property
    def digest(self) -> str:
        """SHA-256 of all that the document says, to compare an index with the database."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


class Sort(StrEnum):
    """The orders in which results can be read."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Query:
    """What somebody looks for.

    Args:
        labels: the labels that the viewer holds; nothing outside them is found or counted.
        text: words as typed; empty means everything.
        filters: ticked values by facet; values of one facet widen, facets narrow.
        sort: the order; without words, relevance means newest, and so does an equal level of evidence.
        page: which part of the results.
        collection: what is searched.
    """

    labels: frozenset[str]
    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=lambda: NOTHING)
    sort: Sort = Sort.RELEVANCE
    page: PageRequest = field(default_factory=PageRequest)
    collection: Collection = Collection.INNOVATIONS


@dataclass(frozen=True)
class Results:
    """What was found.

    Args:
        ids: document ids of the page, in order.
        total: how many documents were found on all pages.
        facets: counts by facet and value; those of a facet are counted with all other facets' filters applied.
        terms: the analysed words that were searched, for `hub.search.highlights`.
        loose: whether no document had all the words, so that those with some of them are shown.
        applied_number: the last journal number that the index had taken in.
    """

    ids: tuple[str, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    terms: frozenset[str]
    loose: bool
    applied_number: int
