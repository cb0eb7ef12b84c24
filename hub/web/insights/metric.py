"""One metric: what it counts, how much it is now, over time, by its parts, and as files."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from hub.access.viewer import VISITOR
from hub.commitments.milestones.bound import Bound, bound_to
from hub.core.errors import NotFoundError
from hub.insights.history import Point, history_of, parts_of
from hub.insights.kept import kept
from hub.insights.metrics.measuring import Value, measured, value_in, value_of
from hub.insights.metrics.metric import DIMENSION_NAMES, WHOLE, Better, Dimension, Metric, Unit, dimension_of
from hub.insights.metrics.registry import METRICS, is_measured, metric_of
from hub.vocabularies.loader import vocabulary
from hub.web.access import public
from hub.web.i18n import direction_of, language, translate
from hub.web.insights.blueprint import insights
from hub.web.insights.counted import list_of
from hub.web.insights.metric_files import COLUMNS, csv_answer, json_answer, row_of
from hub.web.insights.metric_words import (
    BETTER,
    BY,
    SCHEMES,
    UNITS,
    breakdown_name,
    number_words,
    value_words,
)
from hub.web.insights.trend import Trend, trend_of
from hub.web.runtime import runtime


@dataclass(frozen=True)
class PartRow:
    """One part of a metric.

    Args:
        breakdown: names it in its address.
        name: what it is called.
        value: what it says.
        width: of its bar, in hundredths of the column.
        list_at: the address of the list of what was counted, or empty.
    """

    breakdown: str
    name: str
    value: str
    width: float
    list_at: str


@dataclass(frozen=True)
class Parts:
    """A metric broken down one way.

    Args:
        id: of its place on the page.
        title: by what.
        of_what: what the rows are.
        rows: the greatest first.
    """

    id: str
    title: str
    of_what: str
    rows: Sequence[PartRow]


@dataclass(frozen=True)
class Promise:
    """A milestone that the metric measures.

    Args:
        code: of the commitment.
        number: of the milestone.
        title: of the milestone.
        language: of the title.
        direction: in which it is written.
        target: in words, with the part that counts.
    """

    code: str
    number: int
    title: str
    language: str
    direction: str
    target: str


@dataclass(frozen=True)
class MetricPage:
    """A metric, or a part of it, in words.

    Args:
        key: which metric.
        breakdown: which part, or empty.
        label: what the metric is called.
        part: what the part is called, or empty.
        definition: what is counted; empty where nothing is known of it any more.
        unit: what it is counted in.
        better: which way it gets better.
        now: what it says.
        value: the same in words.
        list_at: the address of the list of what was counted, or empty.
        trend: over time, or None.
        days: how many days have a reading.
        parts: by what it is broken down.
        promises: milestones that are measured by it.
        last_day: the last day on which it was measured, where it no longer is.
        body: all this, drawn.
    """

    key: str
    breakdown: str
    label: str
    part: str
    definition: str
    unit: str
    better: str
    now: Value
    value: str
    list_at: str
    trend: Trend | None
    days: int
    parts: Sequence[Parts]
    promises: Sequence[Promise]
    last_day: date | None
    body: Markup = field(default_factory=Markup)


@insights.get("/metrics/<key>")
@public
def metric(key: str) -> ResponseReturnValue:
    """Show one metric, or with `part` one part of it."""
    return render_template("insights/metric.html", page=metric_page(key, _part(key)))


@insights.get("/metrics/<key>.csv")
@public
def metric_csv(key: str) -> ResponseReturnValue:
    """Send what a metric said day by day and what it says now, as CSV."""
    breakdown = _part(key)
    unit, points, now = _told(key, breakdown)
    rows = [row_of(key, breakdown, each.day.isoformat(), each.value, unit) for each in points]
    if now.as_of is not None and not now.is_retired:
        rows.append(row_of(key, breakdown, now.as_of.isoformat(), now.value, unit))
        parts = {} if breakdown else _parts_now(key)
        rows += [row_of(key, part, now.as_of.isoformat(), value, unit) for part, value in parts.items()]
    return csv_answer(f"metric-{key}", COLUMNS, rows)


@insights.get("/metrics/<key>.json")
@public
def metric_json(key: str) -> ResponseReturnValue:
    """Send what a metric said day by day and what it says now, as JSON."""
    breakdown = _part(key)
    unit, points, now = _told(key, breakdown)
    found = metric_of(key)
    return json_answer(
        {
            "key": key,
            "part": breakdown,
            "label": translate(found.label) if found else key,
            "definition": translate(found.definition) if found else "",
            "unit": unit,
            "better": found.better if found else Better.MORE,
            "is_measured": not now.is_retired,
            "as_of": now.as_of.isoformat() if now.as_of else None,
            "value": now.value,
            "parts": {} if breakdown else _parts_now(key),
            "history": [{"day": each.day.isoformat(), "value": each.value} for each in points],
        }
    )


def metric_page(key: str, breakdown: str = WHOLE) -> MetricPage:
    """Return a metric in words; the caller has made sure that there is such a part."""
    if breakdown in _named_parts(key):
        return kept(("metric-page", key, breakdown, language().code), lambda: _page(key, breakdown))
    # addresses choose among hundreds of these, and there is little to work out
    return _page(key, breakdown)


def _part(key: str) -> str:
    """Return the part that is asked for; one that can be measured counts, though there is nothing in it yet.

    Raises:
        NotFoundError: there is no such metric, now or in the history, or no such part.
    """
    asked = request.args.get("part", WHOLE)
    found = dimension_of(asked)
    is_possible = (
        is_measured(key, asked)
        and found is not None
        and vocabulary(SCHEMES[found[0]]).find(found[1]) is not None
    )
    if not is_possible and asked not in _named_parts(key):
        raise NotFoundError
    return asked


def _named_parts(key: str) -> frozenset[str]:
    now = measured().values.get(key, {})
    return parts_of(key).union(now)


def _told(key: str, breakdown: str) -> tuple[str, Sequence[Point], Value]:
    found = metric_of(key)
    return (found.unit if found else ""), history_of(key, breakdown), value_of(key, breakdown)


def _parts_now(key: str) -> dict[str, float | None]:
    if key not in METRICS:
        return {}
    return {part: value for part, value in sorted(measured().values[key].items()) if part}


def _page(key: str, breakdown: str) -> MetricPage:
    found, now = metric_of(key), value_of(key, breakdown)
    points = history_of(key, breakdown)
    unit = found.unit if found else Unit.COUNT
    page = MetricPage(
        key=key,
        breakdown=breakdown,
        label=translate(found.label) if found else key,
        part=breakdown_name(breakdown) if breakdown else "",
        definition=translate(found.definition) if found else "",
        unit=str(UNITS[unit]),
        better=str(BETTER[found.better]) if found else "",
        now=now,
        value=value_words(unit, now.value),
        list_at=list_of(key, breakdown) if now.value and not now.is_retired else "",
        trend=trend_of(key, breakdown) if points else None,
        days=len(points),
        parts=[] if breakdown or not isinstance(found, Metric) else _parts(found),
        promises=_promises(key, breakdown, unit),
        last_day=points[-1].day if now.is_retired and points else None,
    )
    body = current_app.jinja_env.get_template("insights/_metric.html")
    drawn = body.render(page=page, demo_mode=runtime().settings.demo)
    return replace(page, body=Markup(drawn))  # noqa: S704 - what a template escaped


def _promises(key: str, breakdown: str, unit: Unit) -> tuple[Promise, ...]:
    return tuple(
        Promise(
            each.code,
            each.number,
            each.title,
            each.language,
            direction_of(each.language),
            _target(unit, each, breakdown),
        )
        for each in bound_to(key, VISITOR)
        if not breakdown or each.breakdown == breakdown
    )


def _target(unit: Unit, bound: Bound, breakdown: str) -> str:
    words = value_words(unit, bound.target)
    if not bound.breakdown or breakdown:
        return words
    return translate("%(label)s: %(part)s", label=breakdown_name(bound.breakdown), part=words)


def _parts(found: Metric) -> list[Parts]:
    return [
        Parts(
            f"by-{each.replace('_', '-')}",
            str(BY[each]),
            translate(DIMENSION_NAMES[each]),
            _rows(found, each),
        )
        for each in found.by
    ]


def _rows(found: Metric, dimension: Dimension) -> list[PartRow]:
    values = measured().values[found.key]
    named = [
        (value_in(found, values, each) or 0.0, breakdown_name(each), each)
        for each in values
        if (part := dimension_of(each)) and part[0] is dimension
    ]
    most = max((value for value, _, _ in named), default=0.0) or 1.0
    return [
        PartRow(
            each,
            name,
            number_words(value),
            round(100 * value / most, 1),
            list_of(found.key, each) if value else "",
        )
        for value, name, each in sorted(named, key=lambda row: (-row[0], row[1]))
    ]
