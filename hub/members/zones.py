"""Which time zone a member reads moments in: the one they chose, else that of their country."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel.core import get_global

from hub.members.models import Member


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
