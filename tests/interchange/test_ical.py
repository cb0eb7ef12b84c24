"""Calendar files: parsed alike by two parsers, right when clocks change, and no title breaks out of its line."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import vobject

from hub.access.audience import Tlp
from hub.interchange.ical import CalendarEvent, calendar

STAMP = datetime(2026, 11, 1, tzinfo=UTC)


def an_event(**changes):
    values = {
        "subject": "showcase:abc",
        "title": "Innovation stage",
        "starts_at": datetime(2027, 6, 5, 7, tzinfo=UTC),
        "ends_at": datetime(2027, 6, 5, 15, tzinfo=UTC),
        "zone": "Europe/Paris",
        "stamp": STAMP,
        "tlp": Tlp.CLEAR,
        "url": "https://hub.example/showcases/stage",
        **changes,
    }
    return CalendarEvent(**values)


def first_read(file):
    """Return what `icalendar` reads of each event."""
    return [
        {
            "uid": str(each["uid"]),
            "summary": str(each["summary"]),
            "description": str(each["description"]),
            "location": str(each.get("location", "")),
            "start": each.decoded("dtstart"),
            "end": each.decoded("dtend"),
            "status": str(each["status"]),
            "sequence": int(each["sequence"]),
            "url": str(each["url"]),
        }
        for each in icalendar.Calendar.from_ical(file).walk("VEVENT")
    ]


def second_read(file):
    """Return what `vobject` reads of each event."""
    return [
        {
            "uid": each.uid.value,
            "summary": each.summary.value,
            "description": each.description.value,
            "location": each.location.value if hasattr(each, "location") else "",
            "start": each.dtstart.value,
            "end": each.dtend.value,
            "status": each.status.value,
            "sequence": int(each.sequence.value),
            "url": each.url.value,
        }
        for each in vobject.readOne(file.decode()).vevent_list
    ]


def in_utc(events):
    return [
        {
            name: value.astimezone(UTC) if isinstance(value, datetime) else value
            for name, value in each.items()
        }
        for each in events
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {
            "title": "Talks, demos; and \\n more",
            "words": "One, two;\nthree \\ four",
            "place": "Hall 1, Paris",
        },
        {"title": "Two\r\nEND:VEVENT\r\nlines\x00\x0b"},
        {"title": "Ünïcode — ღია მთავრობა " * 12},
        {"is_cancelled": True, "sequence": 7},
        {"is_tentative": True, "tlp": Tlp.AMBER},
        {"zone": "UTC"},
        {"zone": "Asia/Kathmandu"},
        {"zone": "America/St_Johns", "starts_at": datetime(2027, 3, 14, 5, tzinfo=UTC)},
        {"is_all_day": True},
        # both times that clocks show as half past two
        {
            "starts_at": datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
            "ends_at": datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
        },
    ],
)
def test_two_parsers_read_the_same(changes):
    told = an_event(**changes)
    file = calendar("Calendar, with; signs", [told, an_event(subject="slot:def")])
    first, second = in_utc(first_read(file)), in_utc(second_read(file))
    assert first == second
    assert len(first) == 2
    read = next(each for each in first if each["uid"].startswith("showcase-abc@"))
    if not told.is_all_day:
        assert (read["start"], read["end"]) == (told.starts_at, told.ends_at)


@pytest.mark.parametrize(
    ("begin", "offset", "next_offset"),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), 1, 2),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), 2, 1),
    ],
)
def test_the_hour_at_which_clocks_change_is_told_right(begin, offset, next_offset):
    told = an_event(starts_at=begin, ends_at=begin + timedelta(hours=2))
    for read in (first_read(calendar("C", [told])), second_read(calendar("C", [told]))):
        assert read[0]["start"].astimezone(UTC) == begin
        assert read[0]["start"].utcoffset() == timedelta(hours=offset)
        assert read[0]["end"].utcoffset() == timedelta(hours=next_offset)


def test_a_day_without_hours_has_no_zone():
    file = calendar("C", [an_event(is_all_day=True, ends_at=datetime(2027, 6, 6, 22, tzinfo=UTC))])
    read = first_read(file)[0]
    assert (read["start"], read["end"]) == (date(2027, 6, 5), date(2027, 6, 7))
    assert b"VTIMEZONE" not in file


@pytest.mark.parametrize("label", list(Tlp))
def test_the_label_stands_in_each_event_exactly(label):
    file = calendar("C", [an_event(tlp=label)])
    read = first_read(file)[0]
    assert read["description"].splitlines()[0] == f"TLP:{label}"
    assert read["summary"].startswith(f"[TLP:{label}] ") is (label is not Tlp.CLEAR)
    assert f"CATEGORIES:TLP:{label}".encode() in file


def test_the_same_events_make_the_same_file():
    events = [an_event(), an_event(subject="slot:x", starts_at=datetime(2027, 6, 5, 8, tzinfo=UTC))]
    assert calendar("C", events) == calendar("C", list(reversed(events)))


def test_lines_are_folded_at_75_octets():
    file = calendar("C", [an_event(title="ღია მთავრობა " * 30)])
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
