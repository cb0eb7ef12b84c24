"""The history of metrics: one reading of each a day; days without one are gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from hub.core.database import session
from hub.insights.metrics.metric import WHOLE, Unit
from hub.insights.metrics.registry import METRICS, metric_of
from hub.insights.models import MetricReading

AT_ONCE = 150
"""Readings that are written with one statement: SQLite takes so many values at most."""


@dataclass(frozen=True)
class Point:
    """What a metric said on one day.

    Args:
        day: in UTC.
        value: None where there was nothing to count from.
    """

    day: date
    value: float | None


@dataclass(frozen=True)
class Last:
    """The last that a metric said."""

    day: date
    value: float | None
    as_of: datetime


def add_readings(rows: Sequence[Mapping[str, object]]) -> int:
    """Keep readings; what is kept of a day already stays. Return how many are new. For a transaction.

    Args:
        rows: with every column of `MetricReading`.
    """
    dialect = session().get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    new = 0
    for start in range(0, len(rows), AT_ONCE):
        kept = (
            insert(MetricReading)
            .values(list(rows[start : start + AT_ONCE]))
            .on_conflict_do_nothing()
            .returning(MetricReading.metric)
        )
        new += len(session().execute(kept).all())
    return new


def has_snapshot(day: date) -> bool:
    """Whether every metric has a reading of `day`."""
    taken = session().scalars(
        select(MetricReading.metric).where(MetricReading.day == day, MetricReading.breakdown == WHOLE)
    )
    return set(METRICS) <= set(taken)


def history_of(key: str, breakdown: str = WHOLE, *, since: date | None = None) -> tuple[Point, ...]:
    """Return what a metric said day by day, the oldest first; days without a snapshot are not there.

    A part that the metric did not name on a day on which it was measured is 0 for counts, else unknown.

    Args:
        key: which metric, also one that is no longer measured.
        breakdown: which part of it, or empty for the whole.
        since: the first day, or None for all.
    """
    query = select(MetricReading.day, MetricReading.breakdown, MetricReading.value).where(
        MetricReading.metric == key, MetricReading.breakdown.in_({WHOLE, breakdown})
    )
    if since is not None:
        query = query.where(MetricReading.day >= since)
    metric = metric_of(key)
    is_count = metric is not None and metric.unit is Unit.COUNT
    missing = 0.0 if is_count else None
    days: dict[date, float | None] = {}
    for day, part, value in session().execute(query.order_by(MetricReading.day)):
        if part == breakdown:
            days[day] = value
        else:
            days.setdefault(day, missing)
    return tuple(Point(day, value) for day, value in sorted(days.items()))


def last_reading(key: str, breakdown: str = WHOLE) -> Last | None:
    """Return the newest reading of a metric, also of one that no longer exists, or None."""
    newest = session().execute(
        select(MetricReading.day, MetricReading.as_of)
        .where(MetricReading.metric == key, MetricReading.breakdown == WHOLE)
        .order_by(MetricReading.day.desc())
        .limit(1)
    )
    found = newest.one_or_none()
    if found is None:
        return None
    points = history_of(key, breakdown, since=found.day)
    return Last(found.day, points[-1].value, found.as_of)


def known_keys() -> frozenset[str]:
    """Return the keys of which there is any history."""
    return frozenset(session().scalars(select(MetricReading.metric).distinct()))


def days_missing(points: Sequence[Point]) -> int:
    """Return how many days between the first and the last point have none."""
    if not points:
        return 0
    return (points[-1].day - points[0].day) // timedelta(days=1) + 1 - len(points)


def parts_of(key: str) -> frozenset[str]:
    """Return the parts of a metric of which anything is kept, the whole among them."""
    named = select(MetricReading.breakdown).where(MetricReading.metric == key).distinct()
    return frozenset(session().scalars(named))
