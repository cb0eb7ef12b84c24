"""Counts facets: all values of all of them in one walk through what was found, remembered for the next page."""

from collections.abc import Mapping
from functools import lru_cache

from tantivy import Occur, Searcher

from hub.search.documents import SEPARATOR
from hub.search.plan import Node
from hub.search.tantivy.lexicon import Visible
from hub.search.tantivy.querying import clauses_of, has_in_facet, joined
from hub.search.tantivy.schema import FACET

MOST_VALUES = 65_000
"""Values of all facets together that are counted; tantivy counts no more."""

MOST_REMEMBERED = 200
"""Counts that one state of an index keeps, those used last: of some 300 numbers each."""

Counts = Mapping[str, Mapping[str, int]]
"""How many documents hold each value, by facet; values that none holds are left out."""

Ticks = frozenset[tuple[str, frozenset[str]]]
"""Facets with their ticked values, of which there is at least one."""


class FacetCounts:
    """Counts for one state of an index, which never changes.

    Args:
        searcher: the state.
    """

    def __init__(self, searcher: Searcher) -> None:

        @lru_cache(MOST_REMEMBERED)
        def counted(visible: Visible, wanted: Node, ticks: Ticks) -> Counts:
            kept = [(Occur.Must, has_in_facet(*tick)) for tick in ticks]
            query = joined([*visible.clauses, *clauses_of(wanted), *kept])
            answer = searcher.aggregate(query, {FACET: {"terms": {"field": FACET, "size": MOST_VALUES}}})
            counts: dict[str, dict[str, int]] = {}
            for bucket in answer[FACET]["buckets"]:
                facet, _, value = bucket["key"].partition(SEPARATOR)
                counts.setdefault(facet, {})[value] = int(bucket["doc_count"])
            return counts

        self._counted = counted

    def of(self, visible: Visible, wanted: Node, filters: Mapping[str, frozenset[str]]) -> Counts:
        """Return how many documents hold each value; those ticked are always there.

        A facet is counted among what all *other* facets' ticks let pass, so that its counts say what ticking one
        more value would show.

        Args:
            visible: the documents that the viewer may see.
            wanted: what they must hold.
            filters: ticked values by facet.
        """
        ticks = frozenset((facet, values) for facet, values in filters.items() if values)
        counts = dict(self._counted(visible, wanted, ticks))
        for facet, values in ticks:
            alone = self._counted(visible, wanted, ticks - {(facet, values)}).get(facet, {})
            counts[facet] = {**dict.fromkeys(sorted(values), 0), **alone}
        return counts
