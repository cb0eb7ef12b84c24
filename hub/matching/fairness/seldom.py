"""Which countries' things are seldom suggested, by the latest count; only over what every member may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import func, select

from hub.core.database import session
from hub.matching.facts import Kind
from hub.matching.fairness.groups import Dimension
from hub.matching.models import Exposure

SELDOM_BELOW = 0.5
"""A country is seldom suggested where its things have less than this share of the places that things have on average.

Places that the floor gave do not count, else it would switch itself off and on from day to day.
"""


LEAST_STATED = 3
"""Of how many members or requests a country is at least seldom suggested: their country is what somebody says it is.

Else one person could move where nobody is, and be lifted. Where innovations and organisations come from is reviewed.
"""

STATED = frozenset({Kind.MEMBER, Kind.REQUEST})
"""Kinds whose country somebody chooses alone."""


class Counted(Protocol):
    """What was counted of one group."""

    @property
    def value(self) -> str:
        """Which group."""

    @property
    def things(self) -> int:
        """How many things it has."""

    @property
    def places(self) -> int:
        """How many places they had."""

    @property
    def firsts(self) -> int:
        """How many of these were first places."""

    @property
    def lifted(self) -> int:
        """How many of the places the floor gave."""


def least_of(kind: Kind) -> int:
    """Return how many things of a kind a country has at least that is told to be seldom suggested."""
    return LEAST_STATED if kind in STATED else 1


@dataclass(frozen=True)
class GroupCount:
    """What was counted of one group, as `Counted`."""

    value: str
    things: int
    places: int
    firsts: int = 0
    lifted: int = 0


def seldom_among(counted: Iterable[Counted], *, least: int = 1) -> frozenset[str]:
    """Return the groups whose things are seldom suggested on their own merits; what does not say is none of them.

    Args:
        counted: of one kind in one dimension.
        least: how many things a group has that is told so.
    """
    rows = list(counted)
    things = sum(each.things for each in rows)
    places = sum(each.places - each.lifted for each in rows)
    if not things or not places:
        return frozenset()
    line = SELDOM_BELOW * places / things
    return frozenset(
        each.value
        for each in rows
        if each.value and each.things >= least and (each.places - each.lifted) / each.things < line
    )


def seldom_countries(kind: Kind) -> frozenset[str]:
    """Return the countries whose things of one kind are seldom suggested, by the latest count; one query."""
    latest = select(func.max(Exposure.day)).where(Exposure.kind == kind).scalar_subquery()
    rows = session().execute(
        select(Exposure.value, Exposure.things, Exposure.places, Exposure.firsts, Exposure.lifted).where(
            Exposure.day == latest, Exposure.kind == kind, Exposure.dimension == Dimension.COUNTRY
        )
    )
    return seldom_among((GroupCount(*row) for row in rows), least=least_of(kind))
