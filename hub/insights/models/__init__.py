"""Tables of insights: what was measured on which day."""

from hub.insights.models.reading import MetricReading

__all__ = ["MetricReading"]
