"""Counts facets: all values of all of them in one walk through what was found, remembered for the next page."""

from collections.abc import Mapping
from functools import lru_cache

from tantivy import Query as IndexQuery, Searcher

from hub.search.documents import SEPARATOR, Query
from hub.search.plan import Node
from hub.search.tantivy.lexicon import Visible
from hub.search.tantivy.querying import clauses_of, count_of, joined
from hub.search.tantivy.schema import FACET

MOST_VALUES = 65_000
"""Values of all facets together that are counted; tantivy counts no more."""

MOST_REMEMBERED = 200
"""Counts that one state of an index keeps, those used last: of some 300 numbers each."""

Counts = Mapping[str, Mapping[str, int]]
"""How many documents hold each value, by facet; values that none holds are left out."""

Ticks = frozenset[tuple[str, Node]]
"""Facets with what their ticked values let pass."""


class FacetCounts:
    """Counts for one state of an index, which never changes.

    Args:
        searcher: the state.
    """

    def __init__(self, searcher: Searcher) -> None:

        @lru_cache(MOST_REMEMBERED)
        def counted(visible: Visible, wanted: Node, ticks: Ticks) -> Counts:
            answer = searcher.aggregate(
                _kept(visible, wanted, ticks), {FACET: {"terms": {"field": FACET, "size": MOST_VALUES}}}
            )
            counts: dict[str, dict[str, int]] = {}
            for bucket in answer[FACET]["buckets"]:
                facet, _, value = bucket["key"].partition(SEPARATOR)
                counts.setdefault(facet, {})[value] = int(bucket["doc_count"])
            return counts

        @lru_cache(MOST_REMEMBERED)
        def counted_as(visible: Visible, wanted: Node, ticks: Ticks, node: Node) -> int:
            query = _kept(visible, wanted, ticks | {("", node)})
            return count_of(searcher.search(query, 1))

        self._counted = counted
        self._counted_as = counted_as

    def of(self, visible: Visible, wanted: Node, query: Query) -> Counts:
        """Return how many documents hold each value; those ticked are always there.

        A facet is counted among what all *other* facets' ticks let pass, so that its counts say what ticking one
        more value would show.

        Args:
            visible: the documents that the viewer may see.
            wanted: what they must hold.
            query: with the ticked values by facet, and the facets whose values it explains itself.
        """
        ticks = frozenset(query.ticks.items())
        counts = dict(self._counted(visible, wanted, ticks))
        for tick in ticks:
            facet = tick[0]
            alone = self._counted(visible, wanted, ticks - {tick}).get(facet, {})
            counts[facet] = {**dict.fromkeys(sorted(query.filters[facet]), 0), **alone}
        for facet, values in query.classes.items():
            others = frozenset(tick for tick in ticks if tick[0] != facet)
            known = {value: self._counted_as(visible, wanted, others, node) for value, node in values.items()}
            ticked = dict.fromkeys(sorted(query.filters.get(facet, ())), 0)
            held = {value: count for value, count in known.items() if count}
            if ticked or held:
                counts[facet] = {**ticked, **held}
        return counts


def _kept(visible: Visible, wanted: Node, ticks: Ticks) -> IndexQuery:
    """Return what finds the documents that hold what is wanted and pass all ticks."""
    kept = [clause for _facet, node in ticks for clause in clauses_of(node)]
    return joined([*visible.clauses, *clauses_of(wanted), *kept])
