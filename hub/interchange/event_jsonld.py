"""A public showcase and its programme as schema.org describes events, in JSON-LD."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hub.interchange.jsonld import CONTEXT
from hub.showcases.models import Attendance, Showcase, ShowcaseStatus
from hub.showcases.published import ShownSlot

MODES = {
    Attendance.ON_SITE: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.HYBRID: "MixedEventAttendanceMode",
}

SLOT_PATH = "/slots/"
"""Stands between the address of a showcase and the random id of one of its slots."""


def event_json_ld(showcase: Showcase, url: str) -> dict[str, object]:
    """Return a showcase as one schema.org event; what is not known is left out.

    Args:
        showcase: the caller has made sure that everybody may read it.
        url: its own address.
    """
    is_cancelled = showcase.status is ShowcaseStatus.CANCELLED
    told: dict[str, object] = {
        "@context": CONTEXT,
        "@type": "Event",
        "@id": url,
        "url": url,
        "identifier": showcase.public_id,
        "name": showcase.name,
        "description": showcase.summary,
        "inLanguage": list(showcase.languages),
        "startDate": _moment(showcase.starts_at, showcase.time_zone, is_day=showcase.is_all_day),
        "endDate": _moment(_end_of(showcase), showcase.time_zone, is_day=showcase.is_all_day),
        "eventStatus": f"{CONTEXT}/{'EventCancelled' if is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{CONTEXT}/{MODES[showcase.attendance]}",
        "location": _locations(showcase, url),
        "superEvent": {"@type": "Event", "name": showcase.host_event} if showcase.host_event else None,
        "sponsor": [{"@type": "Organization", "name": each.name} for each in showcase.sponsors],
        "maximumPhysicalAttendeeCapacity": showcase.capacity,
    }
    return _known(told)


def slot_json_ld(slot: ShownSlot, zone: str, url: str) -> dict[str, object]:
    """Return a slot as a schema.org event, which is part of that of its showcase.

    Args:
        slot: of the programme, as a visitor sees it.
        zone: of the venue.
        url: address of the showcase.
    """
    entry = slot.entry
    return _known(
        {
            "@type": "Event",
            "url": f"{url}{SLOT_PATH}{slot.public_id}",
            "name": slot.name,
            "startDate": _moment(slot.starts_at, zone),
            "endDate": _moment(slot.ends_at, zone),
            "location": {"@type": "Place", "name": slot.room} if slot.room else None,
            "performer": [{"@type": "Person", "name": each.name} for each in entry.presenters]
            if entry
            else [],
        }
    )


def _locations(showcase: Showcase, url: str) -> list[dict[str, object]]:
    """Return where it takes place; the address at which one joins online is for those who registered."""
    found: list[dict[str, object]] = []
    if showcase.attendance is not Attendance.ONLINE:
        address = _known(
            {
                "@type": "PostalAddress",
                "addressLocality": showcase.city,
                "addressCountry": showcase.country,
            }
        )
        found.append(_known({"@type": "Place", "name": showcase.venue, "address": address}))
    if showcase.attendance is not Attendance.ON_SITE:
        found.append({"@type": "VirtualLocation", "url": url})
    return found


def _end_of(showcase: Showcase) -> datetime | None:
    """Return the end, or a moment of the last day where only days are known."""
    if showcase.ends_at is None or not showcase.is_all_day:
        return showcase.ends_at
    return showcase.ends_at - timedelta(microseconds=1)


def _moment(moment: datetime | None, zone: str, *, is_day: bool = False) -> str | None:
    """Return a moment as the venue's clocks show it with their offset, or the day where only that is known."""
    if moment is None:
        return None
    at = moment.astimezone(ZoneInfo(zone))
    return at.date().isoformat() if is_day else at.isoformat(timespec="minutes")


def _known(told: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in told.items() if value not in (None, "", [])}
