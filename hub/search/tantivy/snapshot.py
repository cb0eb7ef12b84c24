"""Answers queries from one state of one index. Reads no file that is not already open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tantivy import DocAddress, Occur, Order, Query as IndexQuery, Searcher

from hub.search.asking import feedback, plan_of
from hub.search.documents import Document, Query, Results, Sort
from hub.search.lexicon import Lexicon
from hub.search.plan import DOCUMENT_ID, And, Node, Not, Or, Plan, Term, Within, Word, has_words
from hub.search.remembering import RememberedWords
from hub.search.tantivy.counting import FacetCounts
from hub.search.tantivy.lexicon import Visible
from hub.search.tantivy.measures import Measures
from hub.search.tantivy.querying import (
    Clause,
    clauses_of,
    count_of,
    holds,
    joined,
    scoring_clauses,
    visible_clauses,
)
from hub.search.tantivy.schema import (
    BOOST,
    DUE,
    EVIDENCE,
    KEPT,
    LABEL,
    PUBLISHED,
    WORDS,
    ids_of,
    kept_digest,
    kept_sample,
)
from hub.search.tantivy.weighing import Weigher
from hub.search.weights import sample_of
from hub.search.wordlist import WordList

MOST_REMEMBERED = 500
"""Viewers, told apart by what they may see, whose languages are remembered."""


@dataclass(frozen=True)
class _Viewer:
    """What is kept of somebody who asked: what they may see, and its words."""

    visible: Visible
    words: Lexicon


class Snapshot:
    """One state of the index of one collection; threads share it.

    Args:
        searcher: tantivy's, open.
        public: the state of the index of public documents; None where that is this one.
    """

    def __init__(self, searcher: Searcher, public: "Snapshot | None") -> None:
        self.searcher = searcher
        self.measures = Measures(searcher)
        self._public = public or self
        self._is_public = public is None
        self._words = _Words(searcher)
        self._counts = FacetCounts(searcher)
        self._viewers: dict[tuple[frozenset[str], frozenset[str]], _Viewer] = {}

    # --- answers ---

    def search(self, query: Query, withheld: frozenset[str], number: int) -> Results:
        """Return what `query` finds, without the documents whose ids are withheld, as of journal number `number`."""
        viewer = self._viewer(query.labels, withheld)
        visible, plan = viewer.visible, plan_of(query, viewer.words)
        weigher = self._weigher(visible)
        kept = [*visible.clauses, *_ticked(query)]
        wanted, loose = weigher.node(plan.match), False
        # Whoever asks for any of the words is answered once it is known which others the best results tell of.
        asks_for_any = query.is_passage or (query.is_loose and plan.loose is not None)
        found = None if asks_for_any else self._page(query, plan, wanted, kept)
        if plan.loose is not None and not (found and found[1]):
            nearest = weigher.node(plan.loose)
            if _is_loose(query, wanted, nearest, visible):
                wanted, loose, found = nearest, True, None
        if found is None and feedback.is_wanted(query, plan, loose=loose):
            asked = plan.loose if loose and plan.loose else plan.match
            more = weigher.terms(self._learnt(query, asked, visible, wanted, kept))
            found = self._page(query, replace(plan, more=more), wanted, kept)
        ids, total = found or self._page(query, plan, wanted, kept)
        is_counted = query.has_counts and (total or any(query.filters.values()))
        return Results(
            ids=ids,
            total=total,
            facets=self._counts.of(visible, wanted, query) if is_counted else {},
            terms=plan.terms,
            loose=loose,
            applied_number=number,
            also=plan.also,
            plan=plan,
        )

    def similar(self, document: Document, query: Query, withheld: frozenset[str]) -> tuple[str, ...]:
        """Return the ids of the documents most like `document` among those that `query` keeps to."""
        visible = self._viewer(query.labels, withheld).visible
        terms = feedback.telling_terms(sample_of(document), visible.holding, visible.speaking)
        alike = Or(tuple(Word((term,)) for term in self._weigher(visible).terms(terms)))
        kept = [
            *visible.clauses,
            (Occur.MustNot, holds(DOCUMENT_ID, [document.id])),
            *_ticked(query),
        ]
        wanted = And((alike, query.narrowed)) if query.narrowed else alike
        ids, _ = self._page(replace(query, sort=Sort.RELEVANCE), Plan(wanted), wanted, kept)
        return ids

    def words(self, labels: frozenset[str], withheld: frozenset[str]) -> Lexicon:
        """Return the words that somebody with these labels may see."""
        return self._viewer(labels, withheld).words

    def _viewer(self, labels: frozenset[str], withheld: frozenset[str]) -> _Viewer:
        # Most labels name one person; told apart by those that documents have, most people see the same.
        held = frozenset() if self._is_public else frozenset(filter(self._is_held, labels))
        viewer = self._viewers.get((held, withheld))
        if viewer is None:
            clauses = visible_clauses(None if self._is_public else held, withheld)
            visible = self._visible(clauses)
            # where nothing is hidden from them, no condition is needed
            if visible.documents == self.searcher.num_docs:
                visible = self._visible(())
            viewer = _Viewer(visible, RememberedWords(visible))
            if len(self._viewers) >= MOST_REMEMBERED:
                self._viewers.clear()
            self._viewers[held, withheld] = viewer
        return viewer

    def digests(self) -> dict[str, str]:
        """Return the digest of every document by its id."""
        count = self.searcher.num_docs
        if not count:
            return {}
        hits = self.searcher.search(IndexQuery.all_query(), count, count=False).hits
        documents = (self.searcher.doc(address) for _, address in hits)
        return {document[DOCUMENT_ID][0]: kept_digest(document[KEPT][0]) for document in documents}

    # --- parts of an answer ---

    def _visible(self, clauses: Sequence[Clause]) -> Visible:
        return Visible(self.searcher, clauses, self._words, self._public.searcher)

    def _weigher(self, visible: Visible) -> Weigher:
        return Weigher(self.searcher, visible, self.measures, self._public.measures)

    def _page(
        self, query: Query, plan: Plan, wanted: Node, kept: Sequence[Clause]
    ) -> tuple[tuple[str, ...], int]:
        """Return the ids of the page wanted, and how many documents there are on all pages."""
        clauses = [*kept, *clauses_of(wanted)]
        page = query.page
        if query.sort is Sort.RELEVANCE and has_words(wanted):
            clauses += scoring_clauses(plan)
            result = self.searcher.search(
                joined(clauses), page.per_page, offset=page.offset, weight_by_field=BOOST
            )
        elif query.sort is Sort.DUE:
            return self._by_due(query, clauses)
        else:
            key = EVIDENCE if query.sort is Sort.EVIDENCE else PUBLISHED
            result = self.searcher.search(
                joined(clauses), page.per_page, offset=page.offset, order_by_field=key
            )
        return ids_of(self.searcher, [address for _, address in result.hits]), count_of(result)

    def _by_due(self, query: Query, clauses: Sequence[Clause]) -> tuple[tuple[str, ...], int]:
        """Return what `_page` does: what is still due, the soonest first, and behind it the rest, the newest first."""
        page = query.page
        due = Within(DUE, query.moment)
        first = self.searcher.search(
            joined([*clauses, *clauses_of(due)]),
            page.per_page,
            offset=page.offset,
            order_by_field=DUE,
            order=Order.Asc,
        )
        still = count_of(first)
        addresses: list[DocAddress] = [address for _, address in first.hits]
        rest = self.searcher.search(
            joined([*clauses, *clauses_of(Not(due))]),
            page.per_page,
            offset=max(0, page.offset - still),
            order_by_field=PUBLISHED,
        )
        addresses += [address for _, address in rest.hits][: page.per_page - len(addresses)]
        return ids_of(self.searcher, addresses), still + count_of(rest)

    def _learnt(
        self, query: Query, asked: Node, visible: Visible, wanted: Node, kept: Sequence[Clause]
    ) -> tuple[Term, ...]:
        """Return the terms to add to what was asked, from the best that it found once weighed as `wanted`."""
        clauses = [*kept, *clauses_of(wanted)]
        top = feedback.top_of(query, visible.documents)
        best = self.searcher.search(joined(clauses), top, count=False, weight_by_field=BOOST)
        samples = [kept_sample(self.searcher.doc(address)[KEPT][0]) for _, address in best.hits]
        return feedback.more_terms(asked, samples, visible.holding, visible.speaking)

    def _is_held(self, label: str) -> bool:
        return self.searcher.doc_freq(LABEL, label) > 0


class _Words:
    """Gives all words of a state of an index, read when they are first asked for."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def __call__(self) -> WordList:
        return self._list

    @cached_property
    def _list(self) -> WordList:
        return WordList(word for word, _ in self._searcher.terms_with_prefix(WORDS, ""))


def _ticked(query: Query) -> list[Clause]:
    return [clause for node in query.ticks.values() for clause in clauses_of(node)]


def _is_loose(query: Query, wanted: Node, nearest: Node, visible: Visible) -> bool:
    """Whether nothing that the viewer may see holds all words, ticked or not, and something holds some."""
    has_ticks = any(query.filters.values())
    if has_ticks and not query.is_loose and visible.having(*clauses_of(wanted)):
        return False
    return visible.having(*clauses_of(nearest)) > 0
