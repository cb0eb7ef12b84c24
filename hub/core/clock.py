"""The one place that reads the time, so that tests can move it."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC, aware."""
    return datetime.now(UTC)
