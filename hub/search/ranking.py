"""BM25F with numpy: how well documents fit the words of a query; the same for every engine that fills it.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.6.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hub.search.facets import Mask, Numbers

Floats = npt.NDArray[np.float64]

SATURATION = 1.2
"""BM25's k1: how soon more occurrences of a word stop to matter."""


@dataclass(frozen=True)
class FieldWeight:
    """How much a word in a field counts, and how much less (0 to 1) it does in a longer text."""

    weight: float
    length_share: float


WEIGHTS: Mapping[str, FieldWeight] = {
    "name": FieldWeight(6.0, 0.5),
    "short_description": FieldWeight(3.0, 0.6),
    "body": FieldWeight(1.0, 0.75),
}


@dataclass(frozen=True)
class Postings:
    """The documents that hold a term in one field, each once, and how often."""

    documents: Numbers
    counts: npt.NDArray[np.float32]


class Matches:
    """The documents that hold the terms of a query.

    Args:
        terms: for each term of the query, its postings by field.
        lengths: words per document, by field.
        visible: the documents that the viewer may see; nothing else enters any statistic.
    """

    def __init__(
        self, terms: Sequence[Mapping[str, Postings]], lengths: Mapping[str, Floats], visible: Mask
    ) -> None:
        self._terms = terms
        self._lengths = lengths
        self._visible = visible
        self._holds = [self._holding(term) for term in terms]

    def _holding(self, term: Mapping[str, Postings]) -> Mask:
        mask = np.zeros(len(self._visible), dtype=np.bool_)
        for postings in term.values():
            mask[postings.documents] = True
        return mask & self._visible

    def all(self) -> Mask:
        """Return the visible documents that hold every term."""
        return np.asarray(np.logical_and.reduce(self._holds), np.bool_)

    def any(self) -> Mask:
        """Return the visible documents that hold at least one term."""
        return np.asarray(np.logical_or.reduce(self._holds), np.bool_)

    def scores(self, documents: Numbers) -> Floats:
        """Return how well each of `documents` fits; those with more of the terms come well before the others."""
        norms = {field: self._norm(field, documents) for field in self._lengths}
        visible = np.count_nonzero(self._visible)
        scores = np.zeros(len(documents))
        held = np.zeros(len(documents))
        for term, holds in zip(self._terms, self._holds, strict=True):
            frequency = np.zeros(len(documents))
            for field, postings in term.items():
                spread = np.zeros(len(self._visible))
                spread[postings.documents] = postings.counts
                frequency += WEIGHTS[field].weight * spread[documents] / norms[field]
            holding = np.count_nonzero(holds)
            rarity = np.log1p((visible - holding + 0.5) / (holding + 0.5))
            scores += rarity * frequency / (SATURATION + frequency)
            held += holds[documents]
        return scores * held / max(len(self._terms), 1)

    def _norm(self, field: str, documents: Numbers) -> Floats:
        lengths = self._lengths[field]
        total, holders = lengths.sum(where=self._visible), np.count_nonzero(self._visible)
        mean = total / holders if total else 1.0
        share = WEIGHTS[field].length_share
        return 1.0 - share + share * lengths[documents] / mean


def best(order: Sequence[Floats], offset: int, count: int) -> npt.NDArray[np.intp]:
    """Return the positions `offset` to `offset + count` of the highest, by the first of `order`, then the next.

    Full ties keep their present order, so that pages neither repeat nor miss anything.
    """
    first = order[0]
    wanted = offset + count
    candidates = np.arange(len(first))
    if wanted * 4 < len(first):
        threshold = np.partition(first, len(first) - wanted)[len(first) - wanted]
        candidates = np.flatnonzero(first >= threshold)
    keys = [-values[candidates] for values in reversed(order)]
    return candidates[np.lexsort(keys)][offset:wanted]
