"""The geometry of columns through time, one for each month or year, drawn twice: wide, and for phones."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.web.insights.drawing import top_of

WIDE, NARROW = (700, 220), (340, 200)
"""Units of width and height; a unit of the narrow one is about one pixel of a phone."""

HEAD, FOOT, AXIS = 16, 30, 38
"""Above the highest mark, below the floor for dates, and beside the columns for the marks."""

NAME_WIDTH = 62
"""Units that the name of a column takes at most; with less room only some are named."""

GAP = 0.25
"""Of a column's share of the width, what stays empty."""


@dataclass(frozen=True)
class Column:
    """One column."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Sheet:
    """One drawing.

    Args:
        width: in units.
        height: in units.
        left: where the floor begins.
        right: where it ends.
        axis: where the labels of the marks end.
        floor: where 0 stands.
        columns: those that are not 0.
        marks: heights with what they stand for.
        names: names with the middle of their columns.
    """

    width: int
    height: int
    left: float
    right: float
    axis: float
    floor: float
    columns: Sequence[Column]
    marks: Sequence[tuple[float, int]]
    names: Sequence[tuple[float, str]]


def columns_of(rows: Sequence[tuple[str, int]], size: tuple[int, int], *, is_right_to_left: bool) -> Sheet:
    """Return the drawing of columns.

    Args:
        rows: the name and number of each, the earliest first; at least one.
        size: width and height.
        is_right_to_left: whether time runs from right to left.
    """
    width, height = size
    floor, top = height - FOOT, top_of(max(number for _, number in rows))
    share = (width - AXIS) / len(rows)
    every = max(1, -(-NAME_WIDTH * len(rows) // (width - AXIS)))

    def across(x: float, of_width: float = 0.0) -> float:
        return round(width - x - of_width if is_right_to_left else x, 1)

    def up(value: float) -> float:
        return round(floor - (floor - HEAD) * value / top, 1)

    thick = round(share * (1 - GAP), 1)
    columns = [
        Column(
            across(AXIS + share * (place + GAP / 2), thick),
            up(number),
            thick,
            round(floor - up(number), 1),
        )
        for place, (_, number) in enumerate(rows)
        if number
    ]
    # counted from the newest, which is always named
    names = [
        (across(AXIS + share * (place + 0.5)), name)
        for place, (name, _) in enumerate(rows)
        if (len(rows) - 1 - place) % every == 0 and share * (place + 0.5) > NAME_WIDTH / 4
    ]
    return Sheet(
        width=width,
        height=height,
        left=min(across(AXIS), across(width)),
        right=max(across(AXIS), across(width)),
        axis=across(AXIS - 8),
        floor=floor,
        columns=columns,
        marks=[(up(value), int(value)) for value in (0, top / 2, top)],
        names=names,
    )
