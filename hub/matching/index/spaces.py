"""The four spaces that suggestions are looked for in, and how rare terms are in all of them together."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.matching.facts import Kind
from hub.matching.space import Space, SpaceStatistics, together


@dataclass(frozen=True)
class Spaces:
    """What there is at one moment; a change makes new ones.

    Args:
        by_kind: a space for each kind of thing.
        statistics: how rare terms are in all of them, told by what every member may read alone.
    """

    by_kind: Mapping[Kind, Space]
    statistics: SpaceStatistics

    def of(self, kind: Kind) -> Space:
        """Return the space of one kind of things."""
        return self.by_kind[kind]

    @property
    def count(self) -> int:
        """How many things there are."""
        return sum(map(len, self.by_kind.values()))


def joined(by_kind: Mapping[Kind, Space]) -> Spaces:
    """Return the spaces with what they have in common."""
    return Spaces(by_kind, together(by_kind.values()))
