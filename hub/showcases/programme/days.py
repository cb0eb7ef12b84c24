"""The days of a showcase in the time zone of its venue."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hub.core.errors import ConflictError
from hub.core.i18n import N_
from hub.showcases.models import Showcase
from hub.showcases.programme.clashes import Days

ONE = timedelta(days=1)
NO_DATES = N_("The showcase has no dates yet. Enter them first.")


def days_of(showcase: Showcase) -> Days:
    """Return the days of a showcase.

    Raises:
        ConflictError: its dates are not entered yet.
    """
    if showcase.starts_at is None or showcase.ends_at is None:
        raise ConflictError(NO_DATES)
    zone = ZoneInfo(showcase.time_zone)
    dates = dates_of(showcase)
    return Days(
        begin=_midnight(dates[0], zone),
        end=_midnight(dates[-1] + ONE, zone),
        first=showcase.starts_at,
        last=showcase.ends_at,
    )


def dates_of(showcase: Showcase) -> tuple[date, ...]:
    """Return the dates of a showcase at its venue, in order; none where it has none yet."""
    if showcase.starts_at is None or showcase.ends_at is None:
        return ()
    zone = ZoneInfo(showcase.time_zone)
    first = showcase.starts_at.astimezone(zone).date()
    # one that ends at midnight does not take place on the day after
    last = max(first, (showcase.ends_at - timedelta(microseconds=1)).astimezone(zone).date())
    return tuple(first + place * ONE for place in range((last - first).days + 1))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
