"""Answers queries from the arrays of one state of an index. Reads no file that is not already open."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np

from hub.search.analysis import query_terms
from hub.search.documents import SORT_KEYS, Collection, Query, Results, Sort
from hub.search.facets import Column, Mask, Numbers, narrow
from hub.search.ranking import Floats, Matches, Postings, best


class Piece(Protocol):
    """A part of an index whose documents never change."""

    size: int
    facets: Mapping[str, Column]
    labels: Column
    collections: Column
    sort: Mapping[str, Floats]
    lengths: Mapping[str, Floats]

    def postings(self, field: str, term: str) -> Postings:
        """Return which documents hold `term` in `field`."""

    def positions(self, document_ids: frozenset[str]) -> Numbers:
        """Return the positions of the documents with these ids."""

    def stored(self, position: int) -> tuple[str, str]:
        """Return id and digest of the document at `position`."""


class Snapshot:
    """One state of an index: its pieces joined, without what was deleted.

    Args:
        number: the last journal number taken in.
        pieces: each with the positions of its deleted documents.
    """

    def __init__(self, number: int, pieces: Sequence[tuple[Piece, Iterable[int]]]) -> None:
        self.number = number
        starts = np.cumsum([0, *(piece.size for piece, _ in pieces)])
        self._pieces = [(piece, int(start)) for (piece, _), start in zip(pieces, starts, strict=False)]
        self._size = int(starts[-1])
        self._alive = np.ones(self._size, dtype=np.bool_)
        for (_, deleted), start in zip(pieces, starts, strict=False):
            self._alive[np.fromiter(deleted, np.int64) + start] = False
        facets = sorted({facet for piece, _ in pieces for facet in piece.facets})
        self._facets = {facet: self._joined(facet) for facet in facets}
        self._labels = Column.joined([(piece.labels, start) for piece, start in self._pieces])
        collections = Column.joined([(piece.collections, start) for piece, start in self._pieces])
        self._alive_in = {each: collections.mask([each], self._size) & self._alive for each in Collection}
        self._sort = {key: _concatenated([piece.sort[key] for piece, _ in pieces]) for key in SORT_KEYS}
        fields = sorted({field for piece, _ in pieces for field in piece.lengths})
        self._lengths = {
            field: _concatenated([piece.lengths[field] for piece, _ in pieces]) for field in fields
        }

    def _joined(self, facet: str) -> Column:
        return Column.joined([(p.facets[facet], start) for p, start in self._pieces if facet in p.facets])

    def search(self, query: Query, withheld: frozenset[str]) -> Results:
        """Return what `query` finds, without the documents whose ids are withheld."""
        visible = self._labels.mask(query.labels, self._size) & self._alive_in[query.collection]
        if withheld:
            for piece, start in self._pieces:
                visible[piece.positions(withheld) + start] = False
        terms = query_terms(query.text)
        matches: Matches | None = None
        loose = False
        matching = visible
        if terms:
            matches = self._matches(terms, visible)
            matching = matches.all()
            if not matching.any() and len(terms) > 1:
                matching = matches.any()
                loose = bool(matching.any())
        elif query.text.strip():
            matching = np.zeros_like(visible)
        found, counts = narrow(self._facets, query.filters, matching)
        positions = np.flatnonzero(found).astype(np.int32)
        order = [self._sort["published"][positions]]
        if query.sort is Sort.EVIDENCE:
            order.insert(0, self._sort["evidence"][positions])
        if matches is not None and query.sort is Sort.RELEVANCE:
            order.insert(0, matches.scores(positions))
        page = best(order, query.page.offset, query.page.per_page)
        return Results(
            ids=tuple(self._stored(int(position))[0] for position in positions[page]),
            total=len(positions),
            facets=counts,
            terms=frozenset(terms),
            loose=loose,
            applied_number=self.number,
        )

    def digests(self) -> dict[str, str]:
        """Return the digest of every document by its id."""
        return dict(self._stored(int(position)) for position in np.flatnonzero(self._alive))

    def _matches(self, terms: Sequence[str], visible: Mask) -> Matches:
        return Matches(
            [{field: self._postings(field, term) for field in self._lengths} for term in terms],
            self._lengths,
            visible,
        )

    def _postings(self, field: str, term: str) -> Postings:
        parts = [(piece.postings(field, term), start) for piece, start in self._pieces]
        if len(parts) == 1:
            return parts[0][0]
        return Postings(
            np.concatenate([part.documents + np.int32(start) for part, start in parts]),
            np.concatenate([part.counts for part, _ in parts]),
        )

    def _stored(self, position: int) -> tuple[str, str]:
        for piece, start in self._pieces:
            if position < start + piece.size:
                return piece.stored(position - start)
        raise IndexError(position)


def _concatenated(arrays: Sequence[Floats]) -> Floats:
    return np.concatenate(arrays) if arrays else np.empty(0)
