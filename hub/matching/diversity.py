"""Chooses suggestions so that a list is not ten of a kind: what repeats an owner, country or kind waits a little."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

REPEATED = 0.06
"""Share of its score that a candidate yields for each time that one of its groups stands in the list already."""

MOST_YIELDED = 0.3
"""Share of its score that a candidate yields at most, so that variety never turns the list upside down."""


@dataclass(frozen=True)
class Candidate:
    """Something that may stand in a list.

    Args:
        key: its public id or slug.
        score: how well it fits, 0 to 100.
        groups: of what a list shall not be full, such as `owner:…`, `country:…`, `kind:…`.
    """

    key: str
    score: float
    groups: frozenset[str] = frozenset()


def diversified(candidates: Sequence[Candidate], limit: int) -> list[Candidate]:
    """Return up to `limit` candidates: each time the one whose score is best after what it yields for repeating.

    The best fit is always first, scores themselves are not changed, and equal candidates stand by key.

    Args:
        candidates: in any order, each key once.
        limit: how many are wanted; more than there are gives all.
    """
    waiting = sorted(candidates, key=lambda each: (-each.score, each.key))
    places: dict[str, int] = {}
    of_each = [[places.setdefault(group, len(places)) for group in each.groups] for each in waiting]
    groups = np.zeros((len(waiting), len(places)), np.int64)
    for row, held in enumerate(of_each):
        groups[row, held] = 1
    in_common = groups @ groups.T
    scores = np.array([each.score for each in waiting], np.float64)
    repeats = np.zeros(len(waiting), np.int64)
    chosen: list[Candidate] = []
    for _place in range(min(limit, len(waiting))):
        best = int(np.argmax(scores * (1.0 - np.minimum(MOST_YIELDED, REPEATED * repeats))))
        repeats += in_common[best]
        scores[best] = -np.inf
        chosen.append(waiting[best])
    return chosen
