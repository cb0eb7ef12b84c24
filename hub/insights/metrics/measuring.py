"""What the metrics say now: all measured at one go, kept while nothing public has changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from hub.core import clock
from hub.insights.history import last_reading
from hub.insights.kept import kept
from hub.insights.metrics.metric import WHOLE, Metric, Unit, Values
from hub.insights.metrics.registry import METRICS, RETIRED


@dataclass(frozen=True)
class Measured:
    """All metrics at one moment.

    Args:
        as_of: when they were counted.
        values: by key and breakdown.
    """

    as_of: datetime
    values: Mapping[str, Values]


@dataclass(frozen=True)
class Value:
    """What one metric says.

    Args:
        key: which metric.
        breakdown: which part of it, or empty for the whole.
        value: what was counted; None where there was nothing to count from.
        as_of: when it was counted, or None where it never was.
        is_retired: whether the metric is no longer measured, so that this is the last that it said.
    """

    key: str
    breakdown: str
    value: float | None
    as_of: datetime | None
    is_retired: bool = False


def measured() -> Measured:
    """Return what all metrics say."""
    return kept("metrics", _measure)


def value_of(key: str, breakdown: str = WHOLE) -> Value:
    """Return what a metric says now; a retired one what it said last, one that never was nothing."""
    metric = METRICS.get(key)
    if metric is not None:
        now = measured()
        return Value(key, breakdown, value_in(metric, now.values[key], breakdown), now.as_of)
    last = last_reading(key, breakdown)
    is_retired = key in RETIRED or last is not None
    return Value(
        key, breakdown, last.value if last else None, last.as_of if last else None, is_retired=is_retired
    )


def value_in(metric: Metric, values: Values, breakdown: str = WHOLE) -> float | None:
    """Return a part of what was measured: what is not named in a count is 0, else unknown."""
    missing = 0.0 if metric.unit is Unit.COUNT and metric.by else None
    return values.get(breakdown, missing)


def _measure() -> Measured:
    as_of = clock.now()
    return Measured(
        as_of,
        MappingProxyType({key: MappingProxyType(dict(each.measure())) for key, each in METRICS.items()}),
    )
