"""The geometry of a chart of columns in groups, drawn on the server twice: wide, and for phones with words as large."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT, HEAD, FOOT = 210, 24, 30
"""Of the whole picture, above the longest column for its number, and below for the names of the groups."""

WIDE, NARROW = 700, 340
"""Units of width; the narrow picture is shown where one unit is about one pixel of a phone."""

GAP = 3


@dataclass(frozen=True)
class Group:
    """Columns that stand together.

    Args:
        name: what stands below them.
        numbers: how high each is.
    """

    name: str
    numbers: Sequence[int]


@dataclass(frozen=True)
class Column:
    """One column: its place and size, the number above it, and which of its group it is, from 0."""

    series: int
    number: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Drawing:
    """One picture: columns that stand on a floor, and names with the middle of their groups."""

    width: int
    columns: Sequence[Column]
    names: Sequence[tuple[str, float]]
    height: int = HEIGHT
    floor: int = HEIGHT - FOOT


@dataclass(frozen=True)
class Chart:
    """The same chart for wide and for narrow screens."""

    wide: Drawing
    narrow: Drawing


def chart_of(groups: Sequence[Group], *, is_right_to_left: bool) -> Chart:
    """Return a chart of groups of columns; in languages that are written from the right it begins there.

    Args:
        groups: in the order of reading, each with as many columns.
        is_right_to_left: whether the first group stands on the right, and in it the first column.
    """
    most = max((number for each in groups for number in each.numbers), default=0) or 1
    return Chart(*(_drawing(groups, width, most, is_right_to_left) for width in (WIDE, NARROW)))


def _drawing(groups: Sequence[Group], width: int, most: int, is_right_to_left: bool) -> Drawing:  # noqa: FBT001
    share = width / len(groups)
    columns: list[Column] = []
    names: list[tuple[str, float]] = []
    for place, group in enumerate(groups):
        start = share * place + share * 0.08
        each_width = min(56.0, share * 0.84 / len(group.numbers))
        start += (share * 0.84 - each_width * len(group.numbers)) / 2
        names.append((group.name, _mirrored(share * (place + 0.5), 0, width, is_right_to_left)))
        for series, number in enumerate(group.numbers):
            height = round((HEIGHT - HEAD - FOOT) * number / most, 1)
            x = _mirrored(start + each_width * series, each_width, width, is_right_to_left)
            columns.append(
                Column(
                    series, number, x, round(HEIGHT - FOOT - height, 1), round(each_width - GAP, 1), height
                )
            )
    return Drawing(width, columns, names)


def _mirrored(x: float, size: float, width: int, is_right_to_left: bool) -> float:  # noqa: FBT001
    return round(width - x - size if is_right_to_left else x, 1)
