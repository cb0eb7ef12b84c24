"""What goes into search and what comes out: documents, queries, results. Knows no engine and no database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from hub.core.pagination import PageRequest
from hub.search.analysis.languages import DEFAULT
from hub.search.plan import FacetIs, Node, Or, Plan

LANGUAGE = DEFAULT
"""The language as which names and words are analysed that belong to no language."""

SORT_KEYS = ("published", "evidence", "due")
"""The numbers that results can be sorted by."""

NOTHING: Mapping[str, Any] = MappingProxyType({})

SEPARATOR = "\x1f"
"""Stands between a facet's name and its value where an engine keeps all facets in one field; no name contains it."""


class Collection(StrEnum):
    """What is searched: each has a page of its own, and no query finds or counts documents of another."""

    INNOVATIONS = "innovations"
    MEMBERS = "members"
    ORGANISATIONS = "organisations"
    REQUESTS = "requests"


@dataclass(frozen=True)
class Document:
    """One searchable thing, as the feature that owns it describes it.

    Args:
        id: unique among all documents of all collections, such as an innovation's public id.
        labels: visibility labels of `hub.access.audience`; who holds one of them may find the document.
        texts: texts by field, by the language that they are written in (BCP 47); of the fields `name` weighs most, then
            `short_description`, then all others alike. What belongs to no language stands with `LANGUAGE`.
        facets: values by facet, such as `{"country": ("GE", "ID")}`.
        sort: numbers by name: `published` (seconds since 1970) is what "newest" sorts by, `evidence` the level, 0 to 5,
            `due` (seconds since 1970) until when something can be done about it; without one it is 0.
        collection: what it belongs to.
    """

    id: str
    labels: frozenset[str]
    texts: Mapping[str, Mapping[str, str]]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    sort: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    collection: Collection = Collection.INNOVATIONS

    def to_json(self) -> dict[str, Any]:
        """Return the document as plain JSON values, always in the same order."""
        return {
            "id": self.id,
            "collection": self.collection.value,
            "labels": sorted(self.labels),
            "texts": {
                language: dict(sorted(fields.items())) for language, fields in sorted(self.texts.items())
            },
            "facets": {name: list(values) for name, values in sorted(self.facets.items())},
            "sort": {name: float(value) for name, value in sorted(self.sort.items())},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Document":
        """Return the document that `to_json` wrote as `data`."""
        return cls(
            id=data["id"],
            labels=frozenset(data["labels"]),
            # rows written before texts were kept by language have them under `fields`
            texts=data["texts"] if "texts" in data else {LANGUAGE: data["fields"]},
            facets={name: tuple(values) for name, values in data["facets"].items()},
            sort=dict(data["sort"]),
            # journal rows written before there were several collections do not name theirs
            collection=Collection(data.get("collection", Collection.INNOVATIONS)),
        )

    def text_of(self, field_name: str) -> str:
        """Return a field in all its languages, one after the other; empty where no language has it."""
        return "\n".join(fields[field_name] for fields in self.texts.values() if field_name in fields)

    @property
    def filled(self) -> frozenset[str]:
        """The fields that have a text in some language."""
        return frozenset(name for fields in self.texts.values() for name in fields)

    @property
    def digest(self) -> str:
        """SHA-256 of all that the document says, to compare an index with the database."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def texts_by_language(*parts: tuple[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return the texts of a document from pairs of a language and texts by field; empty ones are left out.

    Where the same field of a language comes twice, both texts are kept.
    """
    texts: dict[str, dict[str, str]] = {}
    for language, fields in parts:
        for name, text in fields.items():
            if text:
                known = texts.setdefault(language, {})
                known[name] = f"{known[name]}\n{text}" if name in known else text
    return texts


class Sort(StrEnum):
    """The orders in which results can be read."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    EVIDENCE = "evidence"
    DUE = "due"


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
        narrowed: a condition on facets beyond what is ticked, such as that a record works in a country; it is no
            filter, so that every facet is counted inside it.
        is_begun: whether the last word may be unfinished and names alone are searched, for suggestions.
        has_counts: whether facets are counted.
        is_passage: whether the text is a passage in somebody's words, such as a need described in a paragraph: it is
            read whole, signs in it mean nothing, and any of its words will do. No page asks so yet: collaboration
            requests and matching, whose needs are paragraphs, will; and relevance is measured so.
        is_loose: whether some of the words will do at once, even where documents have them all.
        has_synonyms: whether words that mean the same are searched too.
        moment: when it is asked, in seconds since 1970: sorted by due date, what is due after it comes first, the
            soonest first, then all else, the newest first.
        classes: facets whose values no document holds because time passes: what each value means at that moment.
    """

    labels: frozenset[str]
    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=lambda: NOTHING)
    sort: Sort = Sort.RELEVANCE
    page: PageRequest = field(default_factory=PageRequest)
    collection: Collection = Collection.INNOVATIONS
    narrowed: Node | None = None
    is_begun: bool = False
    has_counts: bool = True
    is_passage: bool = False
    is_loose: bool = False
    has_synonyms: bool = True
    moment: float = 0.0
    classes: Mapping[str, Mapping[str, Node]] = field(default_factory=lambda: NOTHING)

    @property
    def ticks(self) -> dict[str, Node]:
        """What the ticked values let pass, by facet; facets without any are left out."""
        return {facet: self.ticked(facet, values) for facet, values in self.filters.items() if values}

    def ticked(self, facet: str, values: frozenset[str]) -> Node:
        """Return what a document must hold for one of some values of a facet."""
        if facet not in self.classes:
            return FacetIs(facet, values)
        known = self.classes[facet]
        return Or(tuple(known[value] for value in sorted(values) if value in known))


@dataclass(frozen=True)
class Results:
    """What was found.

    Args:
        ids: document ids of the page, in order.
        total: how many documents were found on all pages.
        facets: counts by facet and value; those of a facet are counted with all other facets' filters applied.
        terms: the analysed words that were searched, synonyms and completed words among them, for
            `hub.search.highlights`.
        also: synonyms that were searched beside the words typed, as people write them.
        loose: whether no document had all the words, so that those with some of them are shown.
        applied_number: the last journal number that the index had taken in.
        plan: what the words typed were taken for, for `hub.search.reasons`.
    """

    ids: tuple[str, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    terms: frozenset[str]
    loose: bool
    applied_number: int
    also: tuple[str, ...] = ()
    plan: Plan | None = None
