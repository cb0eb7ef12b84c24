"""The daily snapshot: what every metric says, as rows of the history, of which the first of a day in UTC stays."""

from collections.abc import Sequence
from typing import Any

from hub.insights.metrics.measuring import measured


def readings_now() -> Sequence[dict[str, Any]]:
    """Return what every metric says now as rows of the history; counted before the transaction that keeps them."""
    now = measured()
    return [
        {"metric": key, "breakdown": breakdown, "day": now.as_of.date(), "value": value, "as_of": now.as_of}
        for key, values in now.values.items()
        for breakdown, value in values.items()
    ]
