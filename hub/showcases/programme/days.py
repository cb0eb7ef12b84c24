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
    begin, end = span_of(showcase.starts_at, showcase.ends_at, showcase.time_zone)
    return Days(begin=begin, end=end, first=showcase.starts_at, last=showcase.ends_at)


def span_of(starts_at: datetime, ends_at: datetime, time_zone: str) -> tuple[datetime, datetime]:
    """Return the midnights between which a programme can have slots: those around its days at the venue.

    Args:
        starts_at: when the showcase begins.
        ends_at: when it ends.
        time_zone: of its venue, as IANA names it.
    """
    zone = ZoneInfo(time_zone)
    first, last = _first_and_last(starts_at, ends_at, zone)
    return _midnight(first, zone), _midnight(last + ONE, zone)


def dates_of(showcase: Showcase) -> tuple[date, ...]:
    """Return the dates of a showcase at its venue, in order; none where it has none yet."""
    if showcase.starts_at is None or showcase.ends_at is None:
        return ()
    first, last = _first_and_last(showcase.starts_at, showcase.ends_at, ZoneInfo(showcase.time_zone))
    return tuple(first + place * ONE for place in range((last - first).days + 1))


def _first_and_last(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> tuple[date, date]:
    first = starts_at.astimezone(zone).date()
    # one that ends at midnight does not take place on the day after
    return first, max(first, (ends_at - timedelta(microseconds=1)).astimezone(zone).date())


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
