"""Every metric by its key, and those that are no longer measured."""

from collections.abc import Mapping
from types import MappingProxyType

from hub.insights.metrics import catalogue, collaboration, members, showcases
from hub.insights.metrics.metric import Metric, Retired, dimension_of

METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        each.key: each
        for each in (*catalogue.METRICS, *members.METRICS, *collaboration.METRICS, *showcases.METRICS)
    }
)
"""What is measured, in the order of pages."""

RETIRED: Mapping[str, Retired] = MappingProxyType({})
"""What was measured once, by key. A metric that is given up moves here; its history says until when."""


def metric_of(key: str) -> Metric | Retired | None:
    """Return what `key` measures or once measured, or None."""
    return METRICS.get(key) or RETIRED.get(key)


def is_measured(key: str, breakdown: str = "") -> bool:
    """Whether the hub measures the metric, in this breakdown: what a new target may be set for."""
    metric = METRICS.get(key)
    if metric is None:
        return False
    if not breakdown:
        return True
    found = dimension_of(breakdown)
    return found is not None and found[0] in metric.by
