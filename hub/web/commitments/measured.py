"""The metrics by which a milestone is measured, in words: what is counted, how much it is now, and the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.commitments.models import Milestone
from hub.insights.metrics.measuring import value_of
from hub.insights.metrics.registry import metric_of
from hub.web.i18n import translate
from hub.web.insights.metric_words import breakdown_name, value_words


@dataclass(frozen=True)
class MeasuredMetric:
    """One metric of a milestone in words.

    Args:
        label: what is counted, with the part that it is broken down to.
        value: how much it is now.
        target: how much it is to be.
        as_of: when it was measured; None where it never was.
        is_gone: whether the hub does not measure it any more, or never did.
    """

    label: str
    value: str
    target: str
    as_of: datetime | None
    is_gone: bool


def measured_metrics(milestone: Milestone) -> Sequence[MeasuredMetric]:
    """Return the metrics of a milestone with their values of this moment."""
    return [_measured(each.metric, each.breakdown, each.target) for each in milestone.metrics]


def _measured(key: str, breakdown: str, target: float) -> MeasuredMetric:
    metric = metric_of(key)
    if metric is None:
        return MeasuredMetric(key, translate("not measured"), f"{target:g}", None, is_gone=True)
    now = value_of(key, breakdown)
    return MeasuredMetric(
        label=metric_label(key, breakdown),
        value=value_words(metric.unit, now.value),
        target=value_words(metric.unit, target),
        as_of=now.as_of,
        is_gone=now.is_retired,
    )


def metric_label(key: str, breakdown: str = "") -> str:
    """Return what a metric counts, such as "Published innovations (Indonesia)"; the key where the hub has none."""
    metric = metric_of(key)
    if metric is None:
        return key
    label = translate(metric.label)
    if not breakdown:
        return label
    return translate("%(metric)s (%(part)s)", metric=label, part=breakdown_name(breakdown))
