"""What measures a milestone, as its page shows it: value, target, where what was counted can be seen, the trend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.commitments.models import Milestone, MilestoneMetric
from hub.insights.metrics.measuring import value_of
from hub.insights.metrics.metric import Better, has_reached
from hub.insights.metrics.registry import metric_of
from hub.web.commitments.measured import metric_label
from hub.web.i18n import translate
from hub.web.insights.counted import page_of_metric, seen_at
from hub.web.insights.metric_words import value_words
from hub.web.insights.trend import Trend, trend_of

WHOLE_BAR = 100.0


@dataclass(frozen=True)
class Measure:
    """One metric of a milestone.

    Args:
        key: which metric.
        label: what is counted.
        value: how much it is now, in words.
        target: how much it is to be, in words.
        is_known: whether there was something to count from.
        is_reached: whether the target is reached.
        width: of the bar, in hundredths; None where less is better or nothing was counted.
        href: where what was counted can be seen; empty for a metric that the hub never had.
        about: the page of the metric, likewise.
        as_of: when it was counted, or None.
        is_gone: whether it is no longer measured.
        trend: what it said over time, or None.
    """

    key: str
    label: str
    value: str
    target: str
    is_known: bool
    is_reached: bool
    width: float | None
    href: str
    about: str
    as_of: datetime | None
    is_gone: bool
    trend: Trend | None


def measures_of(milestone: Milestone) -> Sequence[Measure]:
    """Return what measures a milestone, with values of this moment."""
    return tuple(_measure(each) for each in milestone.metrics)


def _measure(bound: MilestoneMetric) -> Measure:
    key, breakdown, target = bound.metric, bound.breakdown, bound.target
    metric = metric_of(key)
    if metric is None:
        return Measure(
            key=key,
            label=key,
            value=translate("not measured"),
            target=f"{target:g}",
            is_known=False,
            is_reached=False,
            width=None,
            href="",
            about="",
            as_of=None,
            is_gone=True,
            trend=None,
        )
    now = value_of(key, breakdown)
    has_bar = metric.better is Better.MORE and now.value is not None and target > 0
    return Measure(
        key=key,
        label=metric_label(key, breakdown),
        value=value_words(metric.unit, now.value),
        target=value_words(metric.unit, target),
        is_known=now.value is not None,
        is_reached=has_reached(now.value, target, metric.better),
        width=min(WHOLE_BAR, round(WHOLE_BAR * (now.value or 0.0) / target, 1)) if has_bar else None,
        href=seen_at(key, breakdown),
        about=page_of_metric(key, breakdown),
        as_of=now.as_of,
        is_gone=now.is_retired,
        trend=trend_of(key, breakdown, target=target),
    )
