"""Two calendar programs that read what the hub hands over: each by a parser of its own."""

import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime

import vobject
from icalendar import Calendar


@dataclass(frozen=True, order=True)
class Event:
    """One event as a calendar program shows it."""

    begins: datetime
    ends: datetime
    name: str
    uid: str


def read_alike(content: bytes) -> list[Event]:
    """Return the events that both programs find, after making sure that they find the same."""
    one = sorted(
        Event(each.start.astimezone(UTC), each.end.astimezone(UTC), str(each["SUMMARY"]), str(each["UID"]))
        for each in Calendar.from_ical(content).walk("VEVENT")
    )
    other = sorted(
        Event(
            each.dtstart.value.astimezone(UTC),
            each.dtend.value.astimezone(UTC),
            each.summary.value,
            each.uid.value,
        )
        for each in vobject.readOne(content.decode()).vevent_list
    )
    assert one == other
    return one


def one_event_in(events: list[Event]) -> Event:
    """Return the only event."""
    (found,) = events
    return found


def kept_address(address: str) -> bytes:
    """Fetch a calendar by its secret address, as a calendar program does: without a session."""
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["Content-Type"].startswith("text/calendar")
        return bytes(answer.read())
