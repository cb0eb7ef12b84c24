"""Until when a declared interest makes a conflict; pure arithmetic on dates."""

from calendar import monthrange
from datetime import date

COOLING_MONTHS = 24
"""Months for which an employment or a funding still makes a conflict after its end."""

MEMBERSHIP = "membership"
"""The kind of an interest that nobody declared: a membership that ended."""

COOLING_KINDS = frozenset({"employer", "past_employment", "funding", MEMBERSHIP})


def conflict_until(kind: str, ended_on: date | None) -> date | None:
    """Return the first day on which the interest makes no conflict any more, or None while it lasts.

    Args:
        kind: code of the vocabulary `interest_kinds`, or `MEMBERSHIP`.
        ended_on: when the interest ended, or None.
    """
    if ended_on is None:
        return None
    if kind not in COOLING_KINDS:
        return ended_on
    months = ended_on.month - 1 + COOLING_MONTHS
    year, month = ended_on.year + months // 12, months % 12 + 1
    return date(year, month, min(ended_on.day, monthrange(year, month)[1]))


def cooling_since(today: date) -> date:
    """Return the last day on which something may have ended that makes no conflict any more on `today`."""
    months = today.year * 12 + today.month - 1 - COOLING_MONTHS
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def is_conflict(kind: str, started_on: date | None, ended_on: date | None, today: date) -> bool:
    """Whether an interest of these dates makes a conflict on `today`; one that begins later does not yet."""
    if started_on is not None and started_on > today:
        return False
    until = conflict_until(kind, ended_on)
    return until is None or until > today
