"""Walks a plan over numpy arrays: which documents hold it, and how well each fits its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

import numpy as np

from hub.search.plan import (
    DOCUMENT_ID,
    And,
    FacetIs,
    Node,
    Not,
    Or,
    Phrase,
    Term,
    Where,
    Within,
    Word,
    by_wish,
)
from hub.search.weights import rarity
from hub.search.whoosh.facets import EMPTY, Column, Mask, Numbers
from hub.search.whoosh.postings import NO_POSTINGS, Places, Postings
from hub.search.whoosh.ranking import Floats, saturated
from hub.search.whoosh.store import NAMES, TEXT

SHIFT = 1 << 32
"""More than any position in a text: a document and a position in it make one number."""


class Searched(Protocol):
    """The arrays of an index."""

    size: int
    facets: Mapping[str, Column]
    lengths: Mapping[str, Floats]
    numbers: Mapping[str, Floats]

    def postings(self, field: str, term: str) -> Postings:
        """Return which documents hold `term` in `field`."""

    def places(self, field: str, term: str) -> Places:
        """Return where `term` stands in `field` of the documents that hold it."""

    def positions(self, document_ids: frozenset[str]) -> Numbers:
        """Return the positions of the documents with these ids."""


@dataclass(frozen=True)
class View:
    """What one viewer may see of a collection, and the statistics of that.

    Args:
        visible: the documents.
        count: how many.
        means: the mean length of each field among those that have it; 0 where none has.
        counts: how many have each field.
    """

    visible: Mask
    count: int
    means: Mapping[str, float]
    counts: Mapping[str, int]

    @classmethod
    def of(cls, visible: Mask, lengths: Mapping[str, Floats]) -> "View":
        """Return the view of the documents in `visible`."""
        means, counts = {}, {}
        for field, each in lengths.items():
            seen = each[visible]
            counts[field] = int(np.count_nonzero(seen))
            # lengths are whole numbers, so that hidden documents do not even change how the sum is rounded
            means[field] = float(seen.sum() / (counts[field] or 1))
        return cls(visible, int(np.count_nonzero(visible)), means, counts)


class Matching:
    """One query's walk; what it read is kept, so that matching and scoring read it once.

    Args:
        searched: the arrays.
        view: what the viewer may see.
    """

    def __init__(self, searched: Searched, view: View) -> None:
        self._searched = searched
        self.view = view
        self._read: dict[tuple[str, str], Postings] = {}
        self._phrases: dict[Phrase, Postings] = {}

    def holds(self, node: Node) -> Mask:
        """Return which documents hold a node, visible or not."""
        match node:
            case Word(terms=terms, where=where):
                mask = self._none()
                for term in terms:
                    mask[self._postings(term, where).documents] = True
                return mask
            case Phrase():
                mask = self._none()
                mask[self._phrase(node).documents] = True
                return mask
            case FacetIs() | Within():
                return self._having(node)
            case And(parts=parts):
                return reduce(np.logical_and, map(self.holds, parts), ~self._none())
            case Or(parts=parts):
                return reduce(np.logical_or, map(self.holds, parts), self._none())
            case Not(part=part):
                return ~self.holds(part)

    def scores(self, node: Node) -> Floats:
        """Return how well each document fits the words of a node; a word takes the best of its terms."""
        match node:
            case Word() | Phrase():
                return self._best_of([node])
            case Or(parts=parts):
                return reduce(np.add, map(self._best_of, by_wish(parts)), np.zeros(self._searched.size))
            case And(parts=parts):
                return reduce(np.add, map(self.scores, parts), np.zeros(self._searched.size))
            case _:
                return np.zeros(self._searched.size)

    def holding(self, language: str, term: str) -> int:
        """Return how many documents that the viewer may see hold a term."""
        postings = self._postings(Term(language, term), Where.TEXT)
        return int(np.count_nonzero(self.view.visible[postings.documents]))

    def speaking(self, language: str) -> int:
        """Return how many documents that the viewer may see have a text in a language."""
        return self.view.counts.get(_field(language, Where.TEXT), 0)

    def _none(self) -> Mask:
        return np.zeros(self._searched.size, np.bool_)

    def _having(self, node: FacetIs | Within) -> Mask:
        if isinstance(node, Within):
            numbers = self._searched.numbers[node.key]
            return (numbers > node.after) & (numbers <= node.until)
        if node.facet != DOCUMENT_ID:
            return self._searched.facets.get(node.facet, EMPTY).mask(node.values, self._searched.size)
        mask = self._none()
        mask[self._searched.positions(node.values)] = True
        return mask

    def _postings(self, term: Term, where: Where) -> Postings:
        key = (_field(term.language, where), term.text)
        if key[0] not in self._searched.lengths:
            return NO_POSTINGS
        if key not in self._read:
            self._read[key] = self._searched.postings(*key)
        return self._read[key]

    def _best_of(self, nodes: Sequence[Node]) -> Floats:
        """Return how well each document fits the best of several nodes that stand for one wish."""
        if not isinstance(nodes[0], Word | Phrase):
            return reduce(np.add, map(self.scores, nodes), np.zeros(self._searched.size))
        found = [each for node in nodes for each in self._found(node)]
        visible, count = self.view.visible, self.view.count
        holding = sum(int(np.count_nonzero(visible[postings.documents])) for _, postings, _ in found)
        rare = rarity(min(holding, count), count)
        best = np.zeros(self._searched.size)
        for weight, postings, field in found:
            fits = rare * weight * self._fit(postings, field)
            best[postings.documents] = np.maximum(best[postings.documents], fits)
        return best

    def _found(self, node: Node) -> list[tuple[float, Postings, str]]:
        """Return for each term of a node its weight, the documents that hold it, and in which field."""
        match node:
            case Word(terms=terms, where=where):
                return [
                    (term.weight, self._postings(term, where), _field(term.language, where)) for term in terms
                ]
            case Phrase(language=language, where=where, weight=weight):
                return [(weight, self._phrase(node), _field(language, where))]
            case _:
                return []

    def _fit(self, postings: Postings, field: str) -> Floats:
        if not len(postings.documents):
            return np.empty(0)
        mean = self.view.means[field]
        share = self._searched.lengths[field][postings.documents] / mean if mean else 0.0
        return saturated(postings.counts, share)

    def _phrase(self, phrase: Phrase) -> Postings:
        if phrase not in self._phrases:
            self._phrases[phrase] = self._read_phrase(phrase)
        return self._phrases[phrase]

    def _read_phrase(self, phrase: Phrase) -> Postings:
        field = _field(phrase.language, phrase.where)
        if field not in self._searched.lengths or not phrase.terms:
            return NO_POSTINGS
        held = [self._postings(Term(phrase.language, term), phrase.where).documents for term in phrase.terms]
        together = self._none()
        together[reduce(np.intersect1d, held)] = True
        begins = []
        for place, term in enumerate(phrase.terms):
            places = self._searched.places(field, term)
            near = together[places.documents]
            # where the phrase would begin, moved by its length so that it is never below zero
            starts = places.positions[near] - place + len(phrase.terms)
            begins.append(places.documents[near].astype(np.int64) * SHIFT + starts)
        documents, counts = np.unique(reduce(np.intersect1d, begins) // SHIFT, return_counts=True)
        return Postings(documents.astype(np.int32), counts.astype(np.float32))


def _field(language: str, where: Where) -> str:
    return f"{TEXT if where is Where.TEXT else NAMES}{language}"
