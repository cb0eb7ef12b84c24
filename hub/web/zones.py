"""Time zones: the reader's, what zones are called, moments shown and typed in them, and how much time is left."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_time, get_timezone_location
from flask import Flask, g
from flask_babel import ngettext

from hub.core import clock
from hub.members.zones import is_zone, zone_names, zone_of
from hub.web.i18n import by_name, country_name, language, translate
from hub.web.sessions import current_member

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

MINUTE = timedelta(minutes=1)

LAST_DAY = date(9998, 12, 31)
"""Moments near the end of the calendar cannot be brought into every zone."""


def own_zone() -> str:
    """Return the zone of whoever reads this page; asked once a request."""
    if "own_zone" not in g:
        g.own_zone = zone_of(None if g.get("has_no_account") else current_member())
    found: str = g.own_zone
    return found


def zone_place(name: str) -> str:
    """Return the city that a zone is called after in this page's language, such as "Tbilisi"; UTC stays UTC."""
    return _place(name, language().locale)


@lru_cache(maxsize=2048)
def _place(name: str, locale: str) -> str:
    if name == "UTC" or not is_zone(name):
        return name
    return str(get_timezone_location(name, locale=Locale.parse(locale), return_city=True))


def zone_words(name: str) -> str:
    """Return what a zone's time is called, such as "Tbilisi time"."""
    return name if name == "UTC" else translate("%(city)s time", city=zone_place(name))


def zone_options() -> list[tuple[str, str]]:
    """Return all zones with their words, such as ("Asia/Tbilisi", "Tbilisi, Georgia"), in alphabetical order."""
    countries = {
        name: code for code, names in get_global("territory_zones").items() for name in names if code != "001"
    }
    words = {
        name: f"{zone_place(name)}, {country_name(countries[name])}" if name in countries else name
        for name in zone_names()
    }
    names = {word: name for name, word in words.items()}
    return [("UTC", "UTC")] + [(names[word], word) for word in by_name(names) if names[word] != "UTC"]


def in_zone(value: datetime, name: str = "") -> str:
    """Return date and time to the minute in a zone, which is named; the reader's where none is given."""
    name = name or own_zone()
    return f"{bare_in_zone(value, name)} ({zone_words(name)})"


def bare_in_zone(value: datetime, name: str = "") -> str:
    """Return date and time to the minute in a zone, without the name of the zone."""
    day, clock_time = _day_and_time(_aware(value), name or own_zone(), language().locale)
    return translate("%(day)s, %(time)s", day=day, time=clock_time)


@lru_cache(maxsize=4096)
def _day_and_time(value: datetime, zone: str, locale: str) -> tuple[str, str]:
    """Return both in words; kept, since a page of messages shows the same moments each time."""
    at, known = value.astimezone(ZoneInfo(zone)), Locale.parse(locale)
    return format_date(at.date(), "long", locale=known), format_time(at.time(), "short", locale=known)


def day_in_zone(value: datetime) -> date:
    """Return the day on which a moment falls where the reader is."""
    return _aware(value).astimezone(ZoneInfo(own_zone())).date()


def beside(value: datetime, name: str) -> str:
    """Return what clocks in another zone show at a moment that stands there in the reader's; nothing where the same.

    Args:
        value: the moment.
        name: the other zone, such as the requester's; may be empty.
    """
    here = _aware(value).astimezone(ZoneInfo(own_zone()))
    there = _aware(value).astimezone(ZoneInfo(name or own_zone()))
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return ""
    if here.date() != there.date():
        return in_zone(value, name)
    clock_time = format_time(there.time(), "short", locale=Locale.parse(language().locale))
    return f"{clock_time} ({zone_words(name)})"


def last_minute(due_at: datetime) -> datetime:
    """Return the last minute before a due date, which people know it by: it is stored as the first one after."""
    return _aware(due_at) - MINUTE


def typed_moment(day: date, at: time, zone: str) -> datetime:
    """Return the first moment after a minute that was typed as day and time in a zone: how due dates are stored.

    Of a minute that comes twice, when clocks are set back, it is the later one. A day behind all calendars is cut to
    one that is too late for everything.
    """
    name = ZoneInfo(zone if is_zone(zone) else "UTC")
    local = datetime.combine(min(day, LAST_DAY), at, tzinfo=name)
    return max(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)) + MINUTE


def typed_parts(value: datetime | None, zone: str) -> tuple[str, str]:
    """Return day and time of a stored due date as the fields of a form show them; empty where there is none."""
    if value is None:
        return "", ""
    at = last_minute(value).astimezone(ZoneInfo(zone if is_zone(zone) else "UTC"))
    return at.date().isoformat(), at.strftime("%H:%M")


def time_left(due_at: datetime) -> str:
    """Return how much time is left in words, such as "4 days left"; that it is over where none is."""
    left = _aware(due_at) - clock.now()
    if left <= timedelta(0):
        return translate("Takes no responses any more")
    if left >= 2 * DAY:
        return str(ngettext("%(num)s day left", "%(num)s days left", left // DAY))
    if left >= HOUR:
        return str(ngettext("%(num)s hour left", "%(num)s hours left", left // HOUR))
    return str(ngettext("%(num)s minute left", "%(num)s minutes left", max(left // MINUTE, 1)))


def is_over(due_at: datetime) -> bool:
    """Whether a due date has passed."""
    return _aware(due_at) <= clock.now()


def is_soon(due_at: datetime) -> bool:
    """Whether a due date is to come within a week."""
    return not is_over(due_at) and _aware(due_at) - clock.now() < 7 * DAY


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def configure(app: Flask) -> None:
    """Give templates and macros the zones."""
    app.jinja_env.globals.update(own_zone=own_zone, zone_words=zone_words)
    app.jinja_env.filters.update(
        in_zone=in_zone,
        bare_in_zone=bare_in_zone,
        beside=beside,
        last_minute=last_minute,
        time_left=time_left,
    )
    app.jinja_env.tests.update(over=is_over, soon=is_soon)
