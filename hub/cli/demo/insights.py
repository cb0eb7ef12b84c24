"""A made-up history of the metrics for the demonstration: four months that end in what is counted today."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

from hub.core import clock
from hub.insights.history import add_readings
from hub.insights.metrics.measuring import measured
from hub.insights.metrics.metric import WHOLE, Better, Dimension, Metric, Unit, dimension_of
from hub.insights.metrics.registry import METRICS
from hub.insights.snapshots import readings_now

DAYS = 120
"""How far back the history reaches."""

MISSING = range(40, 43)
"""Days ago on which the worker was away, so that there is no reading."""

BEGAN_WITH = 0.3
"""The part of today's counts that was there on the first day."""

READ_AT = time(0, 5, tzinfo=ZoneInfo("UTC"))


def tell_readings() -> int:
    """Keep a reading of every metric for each day but three, today's as counted; return how many. For a transaction."""
    now = measured()
    today = now.as_of.date()
    rows: list[dict[str, Any]] = [
        _row(key, part, today - timedelta(days=ago), value)
        for ago in range(DAYS, 0, -1)
        if ago not in MISSING
        for key, metric in METRICS.items()
        for part, value in values_then(metric, now.values[key], 1 - ago / DAYS)
    ]
    return add_readings([*rows, *readings_now()])


def values_then(
    metric: Metric, now: Mapping[str, float | None], elapsed: float
) -> Iterator[tuple[str, float | None]]:
    """Yield what a metric might have said, by part.

    Args:
        metric: which one.
        now: what it says today, by part.
        elapsed: how much of the history was over, from 0 to 1.
    """
    if metric.unit is not Unit.COUNT:
        yield WHOLE, _share_then(metric, now[WHOLE], elapsed)
        return
    counts = {part: _count_then(metric.key, part, value or 0.0, elapsed) for part, value in now.items()}
    countries = {part for part in now if (found := dimension_of(part)) and found[0] is Dimension.COUNTRY}
    if countries:
        elsewhere = (now[WHOLE] or 0.0) - sum(now[part] or 0.0 for part in countries)
        counts[WHOLE] = sum(counts[part] for part in countries) + elsewhere
    yield from ((part, value) for part, value in counts.items() if value or not part)


def _count_then(key: str, part: str, today: float, elapsed: float) -> float:
    # each part has a moment of its own at which it grows
    turn = sha256(f"{key} {part}".encode()).digest()[0] / 256
    return float(min(today, floor(today * (BEGAN_WITH + (1 - BEGAN_WITH) * elapsed**1.3) + turn)))


def _share_then(metric: Metric, today: float | None, elapsed: float) -> float | None:
    if today is None:
        return None
    is_more = metric.better is Better.MORE
    value = today * (1 + (-0.35 if is_more else 0.6) * (1 - elapsed))
    if metric.unit is Unit.PERCENT:
        value = min(value, 100.0)
    return round(value, 2 if metric.unit is Unit.DAYS else 0)


def _row(key: str, part: str, day: date, value: float | None) -> dict[str, Any]:
    return {
        "metric": key,
        "breakdown": part,
        "day": day,
        "value": value,
        "as_of": min(datetime.combine(day, READ_AT), clock.now()),
    }
