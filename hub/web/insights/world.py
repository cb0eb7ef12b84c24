"""The circles on the map: their area stands for the number. Drawn twice, wide and for phones, never mirrored."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hub.insights.map import place_of, world

LEGEND_X, LEGEND_FLOOR, LEGEND_GAP = 26.0, 398.0, 26.0
"""Where the legend begins, where its circles stand, and what lies between them: in the empty Pacific."""


@dataclass(frozen=True)
class Look:
    """How large a map is drawn.

    Args:
        widest: the largest radius of a circle, in units of the picture.
        single: the largest radius of a circle that stands for 1.
        least: the radius below which a circle is not seen.
        words: the height of numbers, in units.
    """

    widest: float
    single: float
    least: float
    words: float


WIDE, NARROW = Look(24, 9.6, 2.2, 12), Look(38, 24, 5, 30)
"""For wide screens, where a unit is about a pixel, and for phones, where it is a third of one."""


@dataclass(frozen=True)
class Circle:
    """One circle.

    Args:
        code: of the country; empty in the legend.
        number: what it stands for.
        x: of its middle.
        y: of its middle.
        r: its radius.
        has_number: whether the number has room in it.
    """

    code: str
    number: int
    x: float
    y: float
    r: float
    has_number: bool = False


@dataclass(frozen=True)
class WorldMap:
    """One drawing: circles, the greatest first so that none hides a lesser one, and the legend."""

    width: int
    height: int
    words: float
    circles: Sequence[Circle]
    legend: Sequence[Circle]
    is_raised: bool
    """Whether the least circles are larger than their number, or nobody would see them."""


def map_of(counts: Sequence[tuple[str, int]], look: Look) -> WorldMap:
    """Return the map of some numbers.

    Args:
        counts: ISO codes with numbers from 1; those that are not on the map are left out.
        look: how large it is drawn.
    """
    picture = world()
    most = max((number for _, number in counts), default=1)
    of_one = min(look.widest / math.sqrt(most), look.single)

    def radius(number: int) -> float:
        return round(max(look.least, of_one * math.sqrt(number)), 1)

    found = [
        Circle(code, number, place.x, place.y, radius(number))
        for code, number in sorted(counts, key=lambda row: (-row[1], row[0]))
        if (place := place_of(code))
    ]
    circles = [
        replace(each, has_number=_has_room(each, found[nth + 1 :], look)) for nth, each in enumerate(found)
    ]
    return WorldMap(
        picture.width,
        picture.height,
        look.words,
        circles,
        _legend(most, radius),
        is_raised=of_one < look.least,
    )


def steps_of(most: int) -> Sequence[int]:
    """Return the numbers that the legend shows: 1, one between, and the greatest."""
    between = round(most / 3)
    if between >= 10:  # noqa: PLR2004 - round numbers are read faster
        power = 10 ** (len(str(between)) - 1)
        between = between // power * power
    return sorted({1, between, most} - {0})


def _legend(most: int, radius: Callable[[int], float]) -> Sequence[Circle]:
    circles: list[Circle] = []
    x = LEGEND_X
    for number in steps_of(most):
        r = radius(number)
        circles.append(Circle("", number, round(x + r, 1), round(LEGEND_FLOOR - r, 1), r))
        x += 2 * r + LEGEND_GAP
    return circles


def _has_room(circle: Circle, above: Sequence[Circle], look: Look) -> bool:
    """Whether the number of a circle fits into it, and none of those drawn above it would cover the number."""
    half = look.words * (0.3 * len(str(circle.number)) + 0.2)
    return circle.r >= half + look.words * 0.3 and all(
        math.hypot(each.x - circle.x, each.y - circle.y) >= each.r + half for each in above
    )
