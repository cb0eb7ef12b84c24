"""Events as an iCalendar file (RFC 5545), with the rules of every time zone that it names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText, vUri

from hub.access.audience import Tlp

MEDIA_TYPE = "text/calendar"

MAKER = "-//Anti-Corruption Innovation Hub//Showcases//EN"

DOMAIN = "anti-corruption-innovation-hub"
"""Stands behind every identity: it stays when the hub moves to another address."""

UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What RFC 5545, section 3.1, does not let stand in a text."""

CLASSES = {Tlp.CLEAR: "PUBLIC", Tlp.GREEN: "PRIVATE"}
"""What calendar programs know of labels; everything stricter is confidential."""

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True)
class CalendarEvent:
    """One event, or one slot of its programme.

    Args:
        subject: what it is, such as `showcase:…`; its identity is made of it.
        title: its name, in one line.
        starts_at: when it begins.
        ends_at: when it ends.
        zone: IANA name of the venue's time zone, in which both are written.
        stamp: when it was changed last.
        tlp: the label.
        url: address of its page.
        sequence: how often it was changed.
        place: where; may be empty.
        words: what it is about; may be empty.
        is_all_day: whether only its days count.
        is_cancelled: whether it will not take place.
        is_tentative: whether it may still change, as the draft of a programme does.
    """

    subject: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    stamp: datetime
    tlp: Tlp
    url: str
    sequence: int = 0
    place: str = ""
    words: str = ""
    is_all_day: bool = False
    is_cancelled: bool = False
    is_tentative: bool = False


def calendar(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """Return an iCalendar file.

    Args:
        name: what the calendar is called.
        events: in any order; the caller has made sure that the reader may see them.
    """
    return _file(name, tuple(sorted(events, key=lambda each: (each.starts_at, each.subject))))


@lru_cache(maxsize=32)
def _file(name: str, told: tuple[CalendarEvent, ...]) -> bytes:
    """Return the file; programs ask for the same one again and again, and hundreds of slots take long to write."""
    made = Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", vText(_line(name)))
    for zone, years in _zones(told).items():
        made.add_component(_rules(zone, *years))
    for each in told:
        made.add_component(_event(each))
    file: bytes = made.to_ical()
    return file


def _event(told: CalendarEvent) -> Event:
    event = Event()
    event.add("uid", vText(f"{told.subject.replace(':', '-')}@{DOMAIN}"))
    event.add("dtstamp", told.stamp.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", told.stamp.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", told.sequence)
    label = f"TLP:{told.tlp}"
    title = _line(told.title)
    # a calendar shows the title alone: whoever looks over a shoulder reads the label too
    event.add("summary", title if told.tlp is Tlp.CLEAR else f"[{label}] {title}")
    begin, end = (_local(moment, told.zone) for moment in (told.starts_at, told.ends_at))
    if told.is_all_day:
        event.add("dtstart", begin.date())
        # both are the first day that no longer counts
        event.add("dtend", end.date())
    else:
        event.add("dtstart", begin)
        event.add("dtend", end)
    if told.place:
        event.add("location", _line(told.place))
    event.add("description", "\n\n".join(filter(None, (label, _text(told.words), told.url))))
    event.add("url", vUri(told.url))
    event.add("categories", [label])
    event.add("class", CLASSES.get(told.tlp, "CONFIDENTIAL"))
    event.add("status", _status(told))
    return event


def _status(told: CalendarEvent) -> str:
    if told.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if told.is_tentative else "CONFIRMED"


def _local(moment: datetime, zone: str) -> datetime:
    at = moment.astimezone(ZoneInfo(zone)).replace(microsecond=0)
    # a local time that comes twice, when clocks are set back, means the first (RFC 5545, 3.3.5)
    return at.astimezone(UTC) if zone == "UTC" or at.fold else at


def _zones(events: Sequence[CalendarEvent]) -> dict[str, tuple[int, int]]:
    """Return the zones whose rules a file needs, each with the first and the last year."""
    found: dict[str, tuple[int, int]] = {}
    for each in events:
        if each.is_all_day or each.zone == "UTC":
            continue
        first, last = found.get(each.zone, (each.starts_at.year, each.ends_at.year))
        found[each.zone] = (min(first, each.starts_at.year), max(last, each.ends_at.year))
    return found


@lru_cache(maxsize=256)
def _rules(zone: str, first: int, last: int) -> Timezone:
    """Return what clocks in a zone show from the year before `first` to the one after `last`, each change by itself.

    Rules for all time would be shorter, but are not known: governments change them, often at short notice.
    """
    rules = Timezone()
    rules.add("tzid", zone)
    known = ZoneInfo(zone)
    at, end = (datetime(year, 1, 1, tzinfo=UTC) for year in (first - 1, last + 2))
    rules.add_component(_observance(at, at, known))
    while at < end:
        following = at + DAY
        if _differs(at, following, known):
            turn = _turn(at, following, known)
            rules.add_component(_observance(turn, turn - MINUTE, known))
        at = following
    return rules


def _turn(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first minute of the new time, between two moments with different ones."""
    while after - before > MINUTE:
        middle = before + (after - before) // MINUTE // 2 * MINUTE
        if _differs(before, middle, zone):
            after = middle
        else:
            before = middle
    return after


def _differs(first: datetime, second: datetime, zone: ZoneInfo) -> bool:
    here, there = first.astimezone(zone), second.astimezone(zone)
    return (here.utcoffset(), here.tzname()) != (there.utcoffset(), there.tzname())


def _observance(since: datetime, before: datetime, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    """Return what clocks show from a moment on; it is told in the time that they showed until then."""
    present, earlier = since.astimezone(zone), before.astimezone(zone)
    offset = earlier.utcoffset() or timedelta(0)
    told = TimezoneDaylight() if present.dst() else TimezoneStandard()
    told.add("dtstart", (since + offset).replace(tzinfo=None))
    told.add("tzoffsetfrom", offset)
    told.add("tzoffsetto", present.utcoffset() or timedelta(0))
    told.add("tzname", present.tzname() or str(zone))
    return told


def _text(words: str) -> str:
    return UNSAID.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _line(words: str) -> str:
    """Return words as one line, whatever was typed."""
    return " ".join(_text(words).split())
