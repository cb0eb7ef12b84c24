"""The geometry of a trend: one line through time on two sheets, wide and for phones. Knows numbers, no words."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hub.insights.history import Point

WIDE, NARROW = (700, 220), (340, 200)
"""Units of width and height; a unit of the narrow one is about one pixel of a phone."""

HEAD, FOOT, EDGE = 26, 30, 10
"""Above the highest value, below the floor for dates, and beside the last value."""

LABEL_WIDTH = 7.6
"""Units that one sign of a label takes, about."""

WEEKLY_FROM = 370
"""Days from which on one reading a week is drawn."""

NEAR = 18
"""Units between a label and the target's line under which the label steps aside."""


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where it stands, what it stands for, and which end of its words stands there."""

    at: float
    value: float
    anchor: str = "middle"


@dataclass(frozen=True)
class Sheet:
    """One drawing of a trend; all places in its own units.

    Args:
        width: of the sheet.
        height: of the sheet.
        left: where the plot begins.
        right: where it ends.
        axis: where the labels of the values end, beside the plot.
        floor: where 0 stands.
        lines: paths, one for each run of days without a gap.
        areas: the same, down to the floor.
        dots: readings that stand alone between gaps.
        last: where the newest reading stands.
        label: where its value is written.
        values: marks of the values.
        days: marks of the days, as day numbers.
        target: where the target stands, or None.
        target_label: where its words begin: beside the plot's first day.
    """

    width: int
    height: int
    left: float
    right: float
    axis: float
    floor: float
    lines: Sequence[str]
    areas: Sequence[str]
    dots: Sequence[tuple[float, float]]
    last: tuple[float, float]
    label: tuple[float, float]
    values: Sequence[Tick]
    days: Sequence[Tick]
    target: float | None
    target_label: float


def top_of(most: float, *, is_percent: bool = False) -> float:
    """Return the highest mark for values up to `most`: two marks of it are round numbers."""
    if is_percent:
        return 100.0
    if most <= 2:  # noqa: PLR2004 - the least that has a middle
        return 2.0
    power: float = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= most)


def thinned(points: Sequence[Point]) -> tuple[Sequence[Point], int]:
    """Return the points that are drawn, and how many days lie between two of them where there is no gap."""
    if (points[-1].day - points[0].day).days < WEEKLY_FROM:
        return points, 1
    newest = points[-1].day
    of_week = {(newest - each.day).days // 7: each for each in points}
    return [of_week[week] for week in sorted(of_week, reverse=True)], 7


def runs_of(points: Sequence[Point], step: int = 1) -> list[list[Point]]:
    """Return the points in runs; a day without a reading, or one that says nothing, ends a run."""
    runs: list[list[Point]] = []
    before: date | None = None
    for each in points:
        if each.value is None:
            before = None
            continue
        # a reading a week may be up to six days late
        if before is None or each.day - before > timedelta(days=2 * step - 1):
            runs.append([])
        runs[-1].append(each)
        before = each.day
    return runs


def sheet_of(
    points: Sequence[Point],
    size: tuple[int, int],
    *,
    top: float,
    target: float | None,
    signs: int,
    ticks: int,
    is_right_to_left: bool,
) -> Sheet:
    """Return the drawing of a trend.

    Args:
        points: the oldest first; at least two, at least one of them with a value.
        size: width and height.
        top: the value of the highest mark.
        target: a value, or None.
        signs: of the longest label of the values.
        ticks: marks of days.
        is_right_to_left: whether time runs from right to left.
    """
    width, height = size
    start, end = signs * LABEL_WIDTH + 10, width - EDGE
    floor = height - FOOT
    first, step_days = points[0].day, max((points[-1].day - points[0].day).days, 1)
    drawn, step = thinned(points)

    def across(days: float) -> float:
        x = start + (end - start) * days / step_days
        return round(width - x if is_right_to_left else x, 1)

    def up(value: float) -> float:
        return round(floor - (floor - HEAD) * min(value, top) / top, 1)

    runs = [
        [(across((each.day - first).days), up(each.value or 0)) for each in run]
        for run in runs_of(drawn, step)
    ]
    x, y = runs[-1][-1]
    aim = None if target is None else up(target)
    is_in_the_way = aim is not None and y - NEAR - 6 < aim < y + 2
    below = y + 20 if y + 24 < floor else y - 10
    return Sheet(
        width=width,
        height=height,
        left=min(across(0), across(step_days)),
        right=max(across(0), across(step_days)),
        axis=round(width - start + 8 if is_right_to_left else start - 8, 1),
        floor=floor,
        lines=[_path(run) for run in runs if len(run) > 1],
        areas=[f"{_path(run)}V{floor}H{run[0][0]}Z" for run in runs if len(run) > 1],
        dots=[run[0] for run in runs[:-1] if len(run) == 1],
        last=(x, y),
        label=(x, round(below if is_in_the_way else y - 10, 1)),
        values=[Tick(up(value), value) for value in (0.0, top / 2, top)],
        days=_days(ticks, step_days, across),
        target=aim,
        target_label=across(0),
    )


def _path(run: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in run)


def _days(ticks: int, step_days: int, across: Callable[[float], float]) -> list[Tick]:
    many = min(ticks, step_days + 1)
    places = sorted({round(step_days * nth / (many - 1)) for nth in range(many)})
    return [
        Tick(across(place), place, "start" if place == 0 else "end" if place == step_days else "middle")
        for place in places
    ]
