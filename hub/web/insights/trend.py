"""The trend of a metric: its pictures with words in the reader's language, and the same days as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from flask import current_app
from flask_babel import ngettext
from markupsafe import Markup

from hub.insights.history import Point, days_missing, history_of
from hub.insights.kept import kept
from hub.insights.metrics.metric import WHOLE, Metric, Retired, Unit
from hub.insights.metrics.registry import metric_of
from hub.web.context import day as day_words
from hub.web.i18n import language, translate
from hub.web.insights.drawing import NARROW, WIDE, Sheet, sheet_of, top_of
from hub.web.insights.metric_words import breakdown_name, number_words, short_day, value_words

TEMPLATE = "components/trend.html"
"""Knows nothing of the request but its language, so that what it draws may be kept."""

FEWEST = 2
"""With fewer readings there is no trend."""

TICKS = {WIDE: 5, NARROW: 3}
"""Marks of days on each sheet."""


@dataclass(frozen=True)
class Run:
    """Days in a row on which a metric said the same, or on which it was not read.

    Args:
        first: the first day.
        last: the last one.
        words: what it said.
        is_gap: whether there is no reading of these days.
    """

    first: date
    last: date
    words: str
    is_gap: bool = False


@dataclass(frozen=True)
class Drawn:
    """One drawing with its words.

    Args:
        sheet: the geometry.
        values: place and words of the marks of values.
        days: place, words and anchor of the marks of days.
    """

    sheet: Sheet
    values: Sequence[tuple[float, str]]
    days: Sequence[tuple[float, str, str]]


@dataclass(frozen=True)
class Trend:
    """What a metric said over time, ready to be drawn.

    Args:
        key: which metric.
        breakdown: which part of it, or empty.
        label: what it is called.
        summary: the picture in one sentence or two.
        last: the newest value in words.
        target: the target in words, or empty.
        wide: the drawing for wide screens.
        narrow: the drawing for phones.
        runs: the same days, the newest first.
        chart: the picture, drawn.
        table: the same days as a table that folds away, drawn.
    """

    key: str
    breakdown: str
    label: str
    summary: str
    last: str
    target: str
    wide: Drawn
    narrow: Drawn
    runs: Sequence[Run]
    chart: Markup = field(default_factory=Markup)
    table: Markup = field(default_factory=Markup)


def trend_of(key: str, breakdown: str = WHOLE, *, target: float | None = None) -> Trend | None:
    """Return the trend of a metric, or None where fewer than two days say anything.

    Args:
        key: which metric, also one that is no longer measured.
        breakdown: which part of it; one that is stored, not whatever an address says.
        target: a value that is to be reached; one that is stored as well.
    """
    return kept(("trend", key, breakdown, target, language().code), lambda: _trend(key, breakdown, target))


def _trend(key: str, breakdown: str, target: float | None) -> Trend | None:
    metric, points = metric_of(key), history_of(key, breakdown)
    said = [each for each in points if each.value is not None]
    if metric is None or len(said) < FEWEST:
        return None
    label = translate(metric.label)
    if breakdown:
        label = translate("%(label)s: %(part)s", label=label, part=breakdown_name(breakdown))
    last = said[-1].value
    trend = Trend(
        key=key,
        breakdown=breakdown,
        label=label,
        summary=_summary(label, metric.unit, points, said, target),
        last=value_words(metric.unit, last),
        target="" if target is None else value_words(metric.unit, target),
        wide=_drawn(metric, points, target, WIDE),
        narrow=_drawn(metric, points, target, NARROW),
        runs=runs_of_days(metric.unit, points)[::-1],
    )
    pen = current_app.jinja_env.get_template(TEMPLATE).make_module()
    return replace(trend, chart=pen.draw_chart(trend), table=pen.draw_table(trend))  # type: ignore[attr-defined]


def runs_of_days(unit: Unit, points: Sequence[Point]) -> list[Run]:
    """Return readings as runs of days with the same value, the oldest first; gaps are runs of their own."""
    runs: list[Run] = []
    for each in points:
        words = value_words(unit, each.value)
        before = runs[-1] if runs else None
        if before and each.day - before.last > timedelta(days=1):
            gap = Run(
                before.last + timedelta(days=1),
                each.day - timedelta(days=1),
                translate("No reading"),
                is_gap=True,
            )
            runs += [gap, Run(each.day, each.day, words)]
        elif before and before.words == words:
            runs[-1] = Run(before.first, each.day, words)
        else:
            runs.append(Run(each.day, each.day, words))
    return runs


def _summary(
    label: str, unit: Unit, points: Sequence[Point], said: Sequence[Point], target: float | None
) -> str:
    told = translate(
        "%(label)s: from %(first)s on %(first_day)s to %(last)s on %(last_day)s.",
        label=label,
        first=value_words(unit, said[0].value),
        first_day=day_words(said[0].day),
        last=value_words(unit, said[-1].value),
        last_day=day_words(said[-1].day),
    )
    sentences = [told]
    if target is not None:
        sentences.append(translate("Target: %(target)s.", target=value_words(unit, target)))
    missing = days_missing(points)
    if missing:
        sentences.append(
            str(ngettext("%(num)s day has no reading.", "%(num)s days have no reading.", missing))
        )
    return " ".join(sentences)


def _drawn(
    metric: Metric | Retired, points: Sequence[Point], target: float | None, size: tuple[int, int]
) -> Drawn:
    top = top_of(
        max(each.value or 0.0 for each in (*points, Point(points[0].day, target))),
        is_percent=metric.unit is Unit.PERCENT,
    )
    marks = {value: _mark(metric.unit, value) for value in (0.0, top / 2, top)}
    sheet = sheet_of(
        points,
        size,
        top=top,
        target=target,
        signs=max(len(each) for each in marks.values()),
        ticks=TICKS[size],
        is_right_to_left=language().direction == "rtl",
    )
    first = points[0].day
    has_years = points[-1].day.year != first.year
    return Drawn(
        sheet,
        [(each.at, marks[each.value]) for each in sheet.values],
        [
            (each.at, short_day(first + timedelta(days=each.value), with_year=has_years), each.anchor)
            for each in sheet.days
        ],
    )


def _mark(unit: Unit, value: float) -> str:
    return value_words(unit, value) if unit is Unit.PERCENT else number_words(value)
