"""Who leads, by how much, and how often the lead is shared: what the sentence above a chart is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Lead:
    """The first of a ranking.

    Args:
        codes: who has the most, in the order of the vocabulary or alphabet; several where they are equal.
        number: how many each of them has; 0 where nobody has anything.
    """

    codes: tuple[str, ...]
    number: int


def lead_of(counts: Mapping[str, int]) -> Lead:
    """Return who has the most."""
    most = max(counts.values(), default=0)
    return Lead(tuple(code for code, number in counts.items() if most and number == most), most)


def ranked(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return codes with their numbers, the greatest first and equal ones by code; noughts are left out."""
    return tuple(
        sorted(
            ((code, number) for code, number in counts.items() if number), key=lambda row: (-row[1], row[0])
        )
    )


def head_of(rows: Sequence[tuple[str, int]], most: int) -> Sequence[tuple[str, int]]:
    """Return the longest head of a ranking that parts no equal rows and has at most `most` of them."""
    if len(rows) <= most:
        return rows
    beyond = rows[most][1]
    return [row for row in rows[:most] if row[1] > beyond]


def median_of(counts: Sequence[tuple[int, int]]) -> int | None:
    """Return the value that half of all reach or exceed, from pairs of value and number, the least value first."""
    total = sum(number for _, number in counts)
    reached = 0
    for value, number in reversed(counts):
        reached += number
        if reached * 2 >= total:
            return value
    return None
