"""Chooses suggestions so that a list is not ten of a kind: what repeats an owner, country or kind waits a little."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
    seen: Counter[str] = Counter()
    chosen: list[Candidate] = []
    while waiting and len(chosen) < limit:
        best = max(range(len(waiting)), key=lambda place: (_rest(waiting[place], seen), -place))
        candidate = waiting.pop(best)
        seen.update(candidate.groups)
        chosen.append(candidate)
    return chosen


def _rest(candidate: Candidate, seen: Counter[str]) -> float:
    repeats = sum(seen[group] for group in candidate.groups)
    return candidate.score * (1.0 - min(MOST_YIELDED, REPEATED * repeats))
