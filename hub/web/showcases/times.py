"""When showcases and their slots take place, in words: in the venue's time zone and, where it differs, the reader's."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

from hub.members.zones import is_zone
from hub.showcases.models import Showcase
from hub.web.i18n import language, translate
from hub.web.sessions import current_member
from hub.web.showcases.blueprint import showcases
from hub.web.zones import in_zone, own_zone, zone_words

MOMENT = timedelta(microseconds=1)
"""What ends at midnight lasts until the evening before."""


@showcases.app_template_filter("event_days")
def event_days(showcase: Showcase) -> str:
    """Return the days of a showcase at its venue, such as "5–7 June 2027"; empty where they are not known yet."""
    if showcase.starts_at is None or showcase.ends_at is None:
        return ""
    zone = zone_of(showcase)
    return _days(_day(showcase.starts_at, zone), _day(showcase.ends_at - MOMENT, zone), language().locale)


@showcases.app_template_filter("event_hours")
def event_hours(showcase: Showcase) -> str:
    """Return from when to when a showcase lasts at its venue, with the zone; empty where only its days are known."""
    begin, end = showcase.starts_at, showcase.ends_at
    if begin is None or end is None or showcase.is_all_day:
        return ""
    zone = zone_of(showcase)
    if _day(begin, zone) == _day(end, zone):
        return translate("%(hours)s, %(zone)s", hours=clock_span(begin, end, zone), zone=zone_words(zone))
    return translate("from %(time)s, %(zone)s", time=clock_time(begin, zone), zone=zone_words(zone))


@showcases.app_template_filter("event_elsewhere")
def event_elsewhere(showcase: Showcase) -> str:
    """Return when a showcase begins in the reader's zone; empty where clocks agree, or the zone is not known."""
    begin = showcase.starts_at
    other = reader_zone()
    if begin is None or showcase.is_all_day or not differs(begin, zone_of(showcase), other):
        return ""
    return translate("begins %(moment)s", moment=in_zone(begin, other))


@showcases.app_template_filter("event_day")
def event_day(moment: datetime, zone: str) -> str:
    """Return the day on which a moment falls in a zone, such as "Saturday 5 June 2027"."""
    return _whole_day(_day(moment, zone), language().locale)


@showcases.app_template_filter("clock_time")
def clock_time(moment: datetime, zone: str) -> str:
    """Return what a clock in a zone shows at a moment."""
    return _time(moment, zone, language().locale)


def clock_span(begin: datetime, end: datetime, zone: str) -> str:
    """Return from when to when something lasts, as a clock in a zone shows it."""
    return translate("%(begin)s–%(end)s", begin=clock_time(begin, zone), end=clock_time(end, zone))


def span_elsewhere(begin: datetime, end: datetime, zone: str, other: str) -> str:
    """Return the same in another zone, with its day where that differs; empty where clocks agree."""
    if not differs(begin, zone, other):
        return ""
    hours = clock_span(begin, end, other)
    if _day(begin, zone) == _day(begin, other):
        return hours
    day = _short_day(_day(begin, other), language().locale)
    return translate("%(day)s, %(hours)s", day=day, hours=hours)


def differs(moment: datetime, zone: str, other: str) -> bool:
    """Whether clocks in two zones differ at a moment; False where the other is not known."""
    if not other or zone == other:
        return False
    return moment.astimezone(ZoneInfo(zone)).utcoffset() != moment.astimezone(ZoneInfo(other)).utcoffset()


def zone_of(showcase: Showcase) -> str:
    """Return the zone of the venue."""
    return showcase.time_zone if is_zone(showcase.time_zone) else "UTC"


def reader_zone() -> str:
    """Return the zone of a signed-in reader; empty for visitors, who never said theirs."""
    return own_zone() if current_member() is not None else ""


def day_key(moment: datetime, zone: str) -> str:
    """Return the day on which a moment falls in a zone as ISO 8601 writes it, for anchors."""
    return _day(moment, zone).isoformat()


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


@lru_cache(maxsize=1024)
def _days(first: date, last: date, locale: str) -> str:
    known = Locale.parse(locale)
    differing = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    patterns = known.interval_formats.get("yMMMd", {}).get(differing)
    if first == last or not patterns:
        days = dict.fromkeys(format_date(each, "long", locale=known) for each in (first, last))
        return " – ".join(days)
    # the CLDR has intervals with short names of months; there is room for the long ones
    return "".join(
        format_date(day, re.sub(r"(?<!M)MMM\.?(?!M)", "MMMM", pattern), locale=known)
        for pattern, day in zip(patterns, (first, last), strict=False)
    )


@lru_cache(maxsize=1024)
def _whole_day(day: date, locale: str) -> str:
    return format_date(day, "full", locale=Locale.parse(locale))


@lru_cache(maxsize=1024)
def _short_day(day: date, locale: str) -> str:
    return str(format_skeleton("MMMMd", day, locale=Locale.parse(locale)))


@lru_cache(maxsize=8192)
def _time(moment: datetime, zone: str, locale: str) -> str:
    return format_time(moment.astimezone(ZoneInfo(zone)).time(), "short", locale=Locale.parse(locale))
