"""The floor of exposure: some places of a list are kept for things of countries that are seldom suggested. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

FIRST = 10
"""Places of a list that the floor looks at; behind them the order stays as it is."""

NEAR_ENOUGH = 0.6
"""What takes a place through the floor has at least this share of the score of everything that is displaced."""


@dataclass(frozen=True)
class Placed:
    """One thing in a list.

    Args:
        key: its public id or slug.
        score: how well it fits, 0 to 100.
        countries: ISO codes of where it comes from; empty where it does not say.
    """

    key: str
    score: float
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Floored:
    """A list in its new order.

    Args:
        keys: everything that was in the list, each once.
        lifted: what stands among the first through the floor.
    """

    keys: tuple[str, ...]
    lifted: frozenset[str] = frozenset()


def with_floor(
    ranked: Sequence[Placed], *, seldom: frozenset[str], percent: int, limit: int = FIRST
) -> Floored:
    """Return a list in which things of seldom suggested countries have some of the first places.

    It adds nothing to the list: what is lifted stood further down in it, so it fits in a matched part that says what
    it is about. It takes the last of the first places, and only where its score is near those of everything that leaves
    them, which then comes directly after them. What belongs to several countries is lifted only where all are seldom
    suggested, so that nobody gains by naming one more.

    Args:
        ranked: the whole list, the best first.
        seldom: ISO codes of countries whose things are seldom suggested.
        percent: share of the first places that is kept; places that such things have already count. 0 changes nothing.
        limit: how many places are the first ones.
    """
    first, rest = list(ranked[:limit]), list(ranked[limit:])
    wanted = limit * percent // 100 - sum(_is_seldom(each, seldom) for each in first)
    if wanted <= 0 or not rest:
        return Floored(tuple(each.key for each in ranked))
    lifted, displaced = _exchanges(first, rest, seldom, wanted)
    out, come = {each.key for each in displaced}, {each.key for each in lifted}
    order = [
        *(each for each in first if each.key not in out),
        *lifted,
        *(each for each in first if each.key in out),
        *(each for each in rest if each.key not in come),
    ]
    return Floored(tuple(each.key for each in order), frozenset(come))


def _exchanges(
    first: Sequence[Placed], rest: Sequence[Placed], seldom: frozenset[str], wanted: int
) -> tuple[list[Placed], list[Placed]]:
    """Return what comes up, the best first, and what goes down for it: the last of the first places.

    As many as are near enough to each that leaves: nobody sees which of them displaces which.
    """
    possible = [each for each in reversed(first) if not _is_seldom(each, seldom)][:wanted]
    for number in range(len(possible), 0, -1):
        leaving = possible[:number]
        line = NEAR_ENOUGH * max(each.score for each in leaving)
        lifted = [each for each in rest if _is_seldom(each, seldom) and each.score >= line][:number]
        if len(lifted) == number:
            return lifted, leaving
    return [], []


def _is_seldom(thing: Placed, seldom: frozenset[str]) -> bool:
    return bool(thing.countries) and thing.countries <= seldom
