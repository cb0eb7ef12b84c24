"""Working days: those that are neither weekend nor public holiday in a country."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from holidays import country_holidays

SATURDAY_AND_SUNDAY = frozenset({5, 6})
"""The weekend where none is known, by `date.weekday`."""

REMEMBERED = 512
"""Years of countries whose holidays are kept at hand."""


def working_days_between(start: datetime, end: datetime, country: str | None) -> int:
    """Return how many whole working days have passed.

    A day is over at the hour at which the time began: from Friday 15:00 the first is over on Monday at 15:00.

    Args:
        start: when the time began, in UTC.
        end: until when, in UTC.
        country: ISO 3166-1 alpha-2 code; where its holidays are not known, Monday to Friday count.
    """
    day, last = start.date(), end.date()
    if end <= start:
        return 0
    count = 0
    while day < last:
        day += timedelta(days=1)
        count += is_working_day(day, country)
    return count - (end.timetz() < start.timetz() and is_working_day(last, country))


def is_working_day(day: date, country: str | None) -> bool:
    """Whether people work on a day in a country; Monday to Friday where its holidays are not known."""
    weekend, holidays = _free(country or "", day.year)
    return day.weekday() not in weekend and day not in holidays


@lru_cache(REMEMBERED)
def _free(country: str, year: int) -> tuple[frozenset[int], frozenset[date]]:
    """Return the days of the weekend and the public holidays of one year."""
    try:
        known = country_holidays(country, years=year)
    except NotImplementedError:
        return SATURDAY_AND_SUNDAY, frozenset()
    return frozenset(known.weekend), frozenset(known)
