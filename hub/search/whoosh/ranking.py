"""BM25 with numpy: how well documents fit the words of a plan.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); fields are weighed by how often
their words count. See decision 0039.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from hub.search.weights import LENGTH_SHARE, SATURATION
from hub.search.whoosh.postings import Counts

Floats = npt.NDArray[np.float64]


def saturated(counts: Counts, share: Floats | float) -> Floats:
    """Return what occurrences count, given the length of each text as a share of the mean."""
    damping = SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * share)
    return np.asarray(counts * (SATURATION + 1.0) / (counts + damping), np.float64)


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
