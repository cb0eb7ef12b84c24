"""The floor as it is in force, put to a list: asks the settings, the latest count, and where things come from."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.matching.facts import Kind
from hub.matching.fairness.floor import Floored, Placed, with_floor
from hub.matching.fairness.groups import countries_of
from hub.matching.fairness.seldom import seldom_countries
from hub.matching.fairness.settings import percent_in_force


@dataclass(frozen=True)
class Floor:
    """The floor for lists of one kind, as of one moment.

    Args:
        percent: share of the first places that is kept; 0 where it is off.
        seldom: ISO codes of the countries whose things are seldom suggested.
    """

    percent: int = 0
    seldom: frozenset[str] = frozenset()

    @property
    def changes_something(self) -> bool:
        """Whether any list can be another one because of it."""
        return bool(self.percent and self.seldom)


def floor_for(kind: Kind) -> Floor:
    """Return the floor that is in force for lists of one kind."""
    percent = percent_in_force()
    return Floor(percent, seldom_countries(kind)) if percent else Floor()


def floored(kind: Kind, ranked: Sequence[tuple[str, float]]) -> Floored:
    """Return a list as the floor in force orders it: one query where it is off, three where it is on.

    Args:
        kind: of what is suggested.
        ranked: keys and scores of the whole list, or its first block, the best first.
    """
    floor = floor_for(kind)
    if not floor.changes_something:
        return Floored(tuple(key for key, _ in ranked))
    countries = countries_of(kind, [key for key, _ in ranked])
    placed = [Placed(key, score, countries.get(key, frozenset())) for key, score in ranked]
    return with_floor(placed, seldom=floor.seldom, percent=floor.percent)
