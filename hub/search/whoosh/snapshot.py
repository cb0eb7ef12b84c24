"""Answers queries from the arrays of one state of an index. Reads no file that is not already open."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import cast
from weakref import proxy

import numpy as np

from hub.search.asking import feedback
from hub.search.asking.planning import plan_of
from hub.search.documents import Collection, Document, Query, Results, Sort
from hub.search.lexicon import Lexicon
from hub.search.plan import And, Node, Or, Plan, Term, Word, has_words
from hub.search.remembering import RememberedWords
from hub.search.weights import Sample, sample_of
from hub.search.whoosh.facets import Column, Numbers, narrow
from hub.search.whoosh.matching import Matching, View
from hub.search.whoosh.postings import Places, Postings
from hub.search.whoosh.ranking import Floats, best
from hub.search.whoosh.segment import Segment
from hub.search.whoosh.store import NUMBERS, TEXT
from hub.search.whoosh.words import Words

REMEMBERED_VIEWS = 32
"""So many viewers' statistics are kept; those of visitors are always among them."""


@dataclass(frozen=True)
class _Viewer:
    """What is kept of somebody who asked: what they may see, and its words."""

    view: View
    words: Lexicon


class Snapshot:
    """One state of an index: its pieces joined, without what was deleted.

    Args:
        number: the last journal number taken in.
        pieces: each with the positions of its deleted documents.
    """

    def __init__(self, number: int, pieces: Sequence[tuple[Segment, Iterable[int]]]) -> None:
        self.number = number
        starts = np.cumsum([0, *(piece.size for piece, _ in pieces)])
        self._pieces = [(piece, int(start)) for (piece, _), start in zip(pieces, starts, strict=False)]
        self.size = int(starts[-1])
        self._alive = np.ones(self.size, dtype=np.bool_)
        for (_, deleted), start in zip(pieces, starts, strict=False):
            self._alive[np.fromiter(deleted, np.int64) + start] = False
        facets = sorted({facet for piece, _ in pieces for facet in piece.facets})
        self.facets: Mapping[str, Column] = {facet: self._joined(facet) for facet in facets}
        self._labels = Column.joined([(piece.labels, start) for piece, start in self._pieces])
        collections = Column.joined([(piece.collections, start) for piece, start in self._pieces])
        self._alive_in = {each: collections.mask([each], self.size) & self._alive for each in Collection}
        self.numbers: Mapping[str, Floats] = {
            key: _concatenated([piece.numbers[key] for piece, _ in pieces]) for key in NUMBERS
        }
        fields = sorted({field for piece, _ in pieces for field in piece.lengths})
        self.lengths: Mapping[str, Floats] = {field: self._lengths_of(field) for field in fields}
        self._viewers: OrderedDict[tuple[Collection, frozenset[str], frozenset[str]], _Viewer] = OrderedDict()
        self._lock = Lock()

    def _joined(self, facet: str) -> Column:
        return Column.joined([(p.facets[facet], start) for p, start in self._pieces if facet in p.facets])

    def _lengths_of(self, field: str) -> Floats:
        return _concatenated(
            [
                piece.lengths[field] if field in piece.lengths else np.zeros(piece.size)
                for piece, _ in self._pieces
            ]
        )

    # --- what is asked ---

    def search(self, query: Query, withheld: frozenset[str]) -> Results:
        """Return what `query` finds, without the documents whose ids are withheld."""
        viewer = self._viewer(query, withheld)
        view, plan = viewer.view, plan_of(query, viewer.words)
        matching = Matching(self, view)
        matched = matching.holds(plan.match) & view.visible
        is_loose = False
        if plan.loose is not None and (query.is_loose or not matched.any()):
            matched = matching.holds(plan.loose) & view.visible
            is_loose = bool(matched.any())
        wanted = plan.loose if is_loose and plan.loose is not None else plan.match
        found, counts = narrow(
            self._columns(query, matching), query.filters, matched, has_counts=query.has_counts
        )
        positions = np.flatnonzero(found).astype(np.int32)
        order = self._order(query, plan, wanted, matching, positions, is_loose=is_loose)
        page = best(order, query.page.offset, query.page.per_page)
        return Results(
            ids=tuple(self.stored(int(position))[0] for position in positions[page]),
            total=len(positions),
            facets=counts,
            terms=plan.terms,
            loose=is_loose,
            applied_number=self.number,
            also=plan.also,
            plan=plan,
        )

    def similar(self, document: Document, query: Query, withheld: frozenset[str]) -> tuple[str, ...]:
        """Return the ids of the documents most like `document`, without those withheld."""
        view = self._viewer(query, withheld).view
        matching = Matching(self, view)
        terms = feedback.telling_terms(sample_of(document), matching.holding, matching.speaking)
        telling = Or(tuple(Word((term,)) for term in terms))
        wanted = telling if query.narrowed is None else And((telling, query.narrowed))
        matched = matching.holds(wanted) & view.visible
        found, _ = narrow(self._columns(query, matching), query.filters, matched, has_counts=False)
        found[self.positions(frozenset({document.id}))] = False
        positions = np.flatnonzero(found).astype(np.int32)
        page = best([matching.scores(telling)[positions]], query.page.offset, query.page.per_page)
        return tuple(self.stored(int(position))[0] for position in positions[page])

    def words(self, query: Query, withheld: frozenset[str]) -> Lexicon:
        """Return the lexicon of what the query's viewer may see in its collection."""
        return self._viewer(query, withheld).words

    def digests(self) -> dict[str, str]:
        """Return the digest of every document by its id."""
        return dict(self.stored(int(position)) for position in np.flatnonzero(self._alive))

    def _columns(self, query: Query, matching: Matching) -> Mapping[str, Column]:
        """Return a column for each facet, those whose values the query itself explains among them."""
        explained = {
            facet: Column.of(
                {
                    value: np.flatnonzero(matching.holds(node)).astype(np.int32)
                    for value, node in values.items()
                }
            )
            for facet, values in query.classes.items()
        }
        return {**self.facets, **explained} if explained else self.facets

    def _order(
        self,
        query: Query,
        plan: Plan,
        wanted: Node,
        matching: Matching,
        positions: Numbers,
        *,
        is_loose: bool,
    ) -> list[Floats]:
        """Return what the documents found are sorted by: first by the first, highest first."""
        order = [self.numbers["published"][positions]]
        if query.sort is Sort.EVIDENCE:
            order.insert(0, self.numbers["evidence"][positions])
        if query.sort is Sort.DUE:
            due = self.numbers["due"][positions]
            order.insert(0, np.where(due > query.moment, -due, -np.inf))
        if query.sort is not Sort.RELEVANCE or not has_words(wanted):
            return order
        scores = matching.scores(wanted)
        if feedback.is_wanted(query, plan, loose=is_loose) and len(positions):
            scores = scores + self._scores_of_more(query, wanted, matching, positions, scores)
        boosted = (scores * self.numbers["boost"])[positions]
        is_exact = np.zeros(self.size)
        if plan.exact:
            is_exact[self.postings("exact", plan.exact).documents] = 1.0
        return [is_exact[positions], boosted, *order]

    def _scores_of_more(
        self, query: Query, wanted: Node, matching: Matching, positions: Numbers, scores: Floats
    ) -> Floats:
        boosted = (scores * self.numbers["boost"])[positions]
        top = positions[
            best(
                [boosted, self.numbers["published"][positions]],
                0,
                feedback.top_of(query, matching.view.count),
            )
        ]
        samples = [self._sample(int(position)) for position in top]
        more: tuple[Term, ...] = feedback.more_terms(wanted, samples, matching.holding, matching.speaking)
        return matching.scores(Or(tuple(Word((term,)) for term in more)))

    # --- who asks ---

    def _viewer(self, query: Query, withheld: frozenset[str]) -> _Viewer:
        key = (query.collection, query.labels, withheld)
        with self._lock:
            viewer = self._viewers.get(key)
            if viewer is not None:
                self._viewers.move_to_end(key)
                return viewer
        visible = self._labels.mask(query.labels, self.size) & self._alive_in[query.collection]
        visible[self.positions(withheld)] = False
        view = View.of(visible, self.lengths)
        languages = frozenset(
            field.removeprefix(TEXT) for field, mean in view.means.items() if mean and field.startswith(TEXT)
        )
        # what is kept of a viewer must not keep the snapshot: its files are closed once nobody searches it
        searched = cast("Snapshot", proxy(self))
        words = Words(self._pieces, visible, languages, lambda node: Matching(searched, view).holds(node))
        viewer = _Viewer(view, RememberedWords(words))
        with self._lock:
            self._viewers[key] = viewer
            if len(self._viewers) > REMEMBERED_VIEWS:
                self._viewers.popitem(last=False)
        return viewer

    # --- what the pieces hold together ---

    def postings(self, field: str, term: str) -> Postings:
        """Return which documents hold `term` in `field`, deleted ones included."""
        parts = [(piece.postings(field, term), start) for piece, start in self._pieces]
        parts = [(part, start) for part, start in parts if len(part.documents)] or parts[:1]
        if not parts:
            return Postings(np.empty(0, np.int32), np.empty(0, np.float32))
        if len(parts) == 1 and parts[0][1] == 0:
            return parts[0][0]
        return Postings(
            np.concatenate([part.documents + np.int32(start) for part, start in parts]),
            np.concatenate([part.counts for part, _ in parts]),
        )

    def places(self, field: str, term: str) -> Places:
        """Return where `term` stands in `field` of the documents that hold it, deleted ones included."""
        parts = [(piece.places(field, term), start) for piece, start in self._pieces]
        if not parts:
            return Places(np.empty(0, np.int32), np.empty(0, np.int64))
        return Places(
            np.concatenate([part.documents + np.int32(start) for part, start in parts]),
            np.concatenate([part.positions for part, _ in parts]),
        )

    def positions(self, document_ids: frozenset[str]) -> Numbers:
        """Return the positions of the documents with these ids, deleted ones included."""
        parts = [self.postings("id", document_id).documents for document_id in document_ids]
        return np.concatenate(parts) if parts else np.empty(0, np.int32)

    def stored(self, position: int) -> tuple[str, str]:
        """Return id and digest of the document at `position`."""
        piece, start = self._piece_of(position)
        return piece.stored(position - start)

    def _sample(self, position: int) -> Sample:
        piece, start = self._piece_of(position)
        return piece.sample(position - start)

    def _piece_of(self, position: int) -> tuple[Segment, int]:
        return next((p, start) for p, start in self._pieces if position < start + p.size)


def _concatenated(arrays: Sequence[Floats]) -> Floats:
    return np.concatenate(arrays) if arrays else np.empty(0)
