"""Which time zone a member reads moments in: the one they chose, else that of their country."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.members.models import Member

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years that can be typed; moments at the ends of the calendar cannot be brought into every zone."""

SKIPPED = N_("There is no such time on that day: clocks are set forward. Choose one before or after.")
NO_YEAR = N_("Enter a day between %(first)s and %(last)s.")


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return the zones that can be chosen: those of countries, as IANA names them, and UTC."""
    zones = get_global("territory_zones")
    named = {name for territory, names in zones.items() if territory != "001" for name in names}
    return frozenset(named & available_timezones()) | {"UTC"}


def is_zone(name: str) -> bool:
    """Whether `name` is a zone that can be chosen."""
    return name in zone_names()


def zone_of_country(code: str | None) -> str | None:
    """Return the zone of a country that has one only, else None."""
    names = get_global("territory_zones").get(code, []) if code else []
    return names[0] if len(names) == 1 and is_zone(names[0]) else None


def zone_of(member: Member | None) -> str:
    """Return the zone that a member chose, else that of their country where it has one, else UTC."""
    if member is None:
        return "UTC"
    if member.time_zone and is_zone(member.time_zone):
        return member.time_zone
    return zone_of_country(member.country) or "UTC"


def moment_typed(day: date, at: time, zone: str, *, field: str = "") -> datetime:
    """Return, in UTC, the moment that was typed as day and time in a zone; the first of a minute that comes twice.

    Args:
        day: the day.
        at: the time of day.
        zone: as IANA names it.
        field: which field to name where there is no such moment.

    Raises:
        InvalidError: clocks skip it, as they are set forward, or it is too far off.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidError(NO_YEAR, field=field, first=FIRST_YEAR, last=LAST_YEAR)
    typed = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    moment = typed.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != typed.replace(tzinfo=None):
        raise InvalidError(SKIPPED, field=field)
    return moment


def is_ambiguous(day: date, at: time, zone: str) -> bool:
    """Whether a time of day comes twice on a day, because clocks are set back."""
    first, second = (
        datetime.combine(day, at.replace(fold=fold), tzinfo=ZoneInfo(zone)).astimezone(UTC) for fold in (0, 1)
    )
    return first < second
