"""The report of exposure for coordinators: how many places groups have for their number, with small numbers veiled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.errors import ForbiddenError
from hub.matching.facts import Kind
from hub.matching.fairness.groups import DIMENSIONS, NOT_STATED, Dimension
from hub.matching.fairness.seldom import SELDOM_BELOW, Counted, least_of, seldom_among
from hub.matching.models import Exposure
from hub.matching.permissions import can_curate_matching

FEWEST = 5
"""Of fewer things or people no number is told."""


@dataclass(frozen=True)
class Row:
    """What one group has, or what all small groups have together.

    Args:
        value: which group; empty for what does not say, and for small groups.
        groups: how many of the smallest groups it stands for; 0 where it is one group.
        things: how many things it has; None where they are too few to be told, and with them all other numbers.
        places: how many places in members' lists they had.
        firsts: how many of these were first places.
        lifted: how many of the places the floor gave.
        ratio: places for each of its things, 1 where as many as things have on average.
        is_seldom: whether its things are seldom suggested, as the floor sees it.
        seldom: of how many of the smallest groups that is so; 0 where no numbers are told.
    """

    value: str
    groups: int = 0
    things: int | None = None
    places: int | None = None
    firsts: int | None = None
    lifted: int | None = None
    ratio: float | None = None
    is_seldom: bool = False
    seldom: int = 0


@dataclass(frozen=True)
class Breakdown:
    """Exposure of one kind in one dimension.

    Args:
        kind: of what is suggested.
        dimension: by what it is counted.
        rows: the least suggested first, then what is veiled.
    """

    kind: Kind
    dimension: Dimension
    rows: tuple[Row, ...]

    @property
    def told(self) -> tuple[Row, ...]:
        """The rows with numbers."""
        return tuple(row for row in self.rows if row.ratio is not None)

    @property
    def behind(self) -> tuple[Row, ...]:
        """The rows of groups that are seldom suggested, the least first; what does not say is none of them."""
        return tuple(
            row
            for row in self.told
            if row.ratio is not None and row.ratio < SELDOM_BELOW and (row.groups or row.value != NOT_STATED)
        )


@dataclass(frozen=True)
class Report:
    """Exposure as it was counted last.

    Args:
        day: when.
        breakdowns: by kind and dimension.
    """

    day: date
    breakdowns: tuple[Breakdown, ...]

    def of(self, kind: Kind) -> tuple[Breakdown, ...]:
        """Return what was counted of one kind."""
        return tuple(each for each in self.breakdowns if each.kind is kind)


def exposure_report(viewer: Viewer) -> Report | None:
    """Return exposure as it was counted last, in one query; None before the first count.

    Raises:
        ForbiddenError: the viewer does not curate matching.
    """
    if not can_curate_matching(viewer):
        raise ForbiddenError
    latest = select(func.max(Exposure.day)).scalar_subquery()
    rows = session().scalars(select(Exposure).where(Exposure.day == latest)).all()
    if not rows:
        return None
    found: dict[tuple[str, str], list[Exposure]] = {}
    for row in rows:
        found.setdefault((row.kind, row.dimension), []).append(row)
    breakdowns = (
        Breakdown(kind, dimension, told(found.get((kind, dimension), ()), least=_least(kind, dimension)))
        for kind, dimensions in DIMENSIONS.items()
        for dimension in dimensions
    )
    return Report(rows[0].day, tuple(breakdowns))


def _least(kind: Kind, dimension: Dimension) -> int:
    return least_of(kind) if dimension is Dimension.COUNTRY else 1


def told(counted: Iterable[Counted], *, least: int = 1) -> tuple[Row, ...]:
    """Return what is told of groups: those of fewer than five things only together, and not at all if still so few.

    All breakdowns of a kind have the same sums, so what one row alone withholds could be reckoned from another: where
    the small ones are too few together, the next smallest stand with them.

    Args:
        counted: of one kind in one dimension.
        least: how many things a group has that is told to be seldom suggested.
    """
    rows = [each for each in counted if each.things]
    things, places = sum(each.things for each in rows), sum(each.places for each in rows)
    average = places / things if things else 0.0
    seldom = seldom_among(rows, least=least)
    large = sorted(
        (each for each in rows if each.things >= FEWEST), key=lambda each: (-each.things, each.value)
    )
    small = [each for each in rows if each.things < FEWEST]
    while small and large and sum(each.things for each in small) < FEWEST:
        small.append(large.pop())
    shown = [_row([each], average, value=each.value, is_seldom=each.value in seldom) for each in large]
    if small:
        few = sum(each.value in seldom for each in small)
        shown.append(_row(small, average, groups=len(small), seldom=few))
    return tuple(sorted(shown, key=lambda row: (row.ratio is None, row.ratio or 0.0, row.value)))


def _row(
    group: Sequence[Counted],
    average: float,
    *,
    value: str = "",
    groups: int = 0,
    is_seldom: bool = False,
    seldom: int = 0,
) -> Row:
    things = sum(each.things for each in group)
    if things < FEWEST:
        return Row(value, groups)
    places = sum(each.places for each in group)
    return Row(
        value,
        groups,
        things,
        places,
        sum(each.firsts for each in group),
        sum(each.lifted for each in group),
        places / things / average if average else 1.0,
        is_seldom,
        seldom,
    )
