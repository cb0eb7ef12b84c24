"""Insights for everybody: charts and metrics of the hub, as pages and as files."""

from hub.web.insights import chart_files, metric, metrics, page

__all__ = ["chart_files", "metric", "metrics", "page"]
