"""The rules about what cannot be at one time, as a table: no database."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.core.errors import InvalidError
from hub.showcases.programme.clashes import (
    EMBARGO,
    NOT_THEN,
    OUTSIDE,
    PRESENTER_ELSEWHERE,
    ROOM_NO_LONGER,
    ROOM_NOT_YET,
    ROOM_TAKEN,
    ROOM_TOO_SHORT,
    SAME_NAME,
    SEATS_GIVEN,
    SHORTER,
    TOO_MANY_SEATS,
    Booking,
    Days,
    RoomFacts,
    clashes,
    doubts,
    first_clash,
)

MORNING = datetime(2026, 12, 7, 9, tzinfo=UTC)
DAYS = Days(
    begin=datetime(2026, 12, 7, tzinfo=UTC),
    end=datetime(2026, 12, 9, tzinfo=UTC),
    first=MORNING,
    last=datetime(2026, 12, 8, 17, tzinfo=UTC),
)
HALL, LAB = RoomFacts(1, "Hall A", seats=40), RoomFacts(2, "Lab")
MARIA = {7: "Maria"}


def at(minute, lasts=30, **facts):
    """A slot that begins so many minutes after nine."""
    begins = MORNING + timedelta(minutes=minute)
    return Booking(starts_at=begins, ends_at=begins + timedelta(minutes=lasts), **facts)


def free(since=None, until=None):
    """A room that is free between two minutes after nine."""
    moments = [None if each is None else MORNING + timedelta(minutes=each) for each in (since, until)]
    return RoomFacts(3, "Studio", free_from=moments[0], free_until=moments[1])


@pytest.mark.parametrize(
    ("wanted", "other", "message"),
    [
        # room
        (at(0, room=HALL), at(29, room=HALL), ROOM_TAKEN),
        (at(0, room=HALL), at(30, room=HALL), None),
        (at(30, room=HALL), at(0, room=HALL), None),
        (at(0, 60, room=HALL), at(15, 10, room=HALL), ROOM_TAKEN),
        (at(0, room=HALL), at(0, room=LAB), None),
        (at(0), at(0), None),
        # presenter
        (at(0, presenters=MARIA), at(15, presenters=MARIA), PRESENTER_ELSEWHERE),
        (at(0, presenters=MARIA), at(30, presenters=MARIA), None),
        (at(0, presenters=MARIA), at(0, presenters={8: "Maria"}), None),
        (at(0, guests=frozenset({"Maria"})), at(0, guests=frozenset({"Maria"})), None),
        # a curator with a conflict learns nothing of who presents the other entry, nor when it ends
        (at(0, presenters=MARIA), at(15, presenters=MARIA, is_open=False), NOT_THEN),
        (at(0, room=HALL), at(15, room=HALL, is_open=False), ROOM_TAKEN),
        # hours of the room
        (at(0, room=free(15, 60)), None, ROOM_NOT_YET),
        (at(45, room=free(15, 60)), None, ROOM_NO_LONGER),
        (at(15, 46, room=free(15, 60)), None, ROOM_TOO_SHORT),
        (at(15, 45, room=free(15, 60)), None, None),
        (at(0, room=free(None, 20)), None, ROOM_NO_LONGER),
        (at(0, room=free(20, None)), None, ROOM_NOT_YET),
        # embargo
        (at(0, embargo_until=MORNING + timedelta(minutes=1)), None, EMBARGO),
        (at(0, embargo_until=MORNING), None, None),
        # days of the showcase
        (at(-9 * 60, 30), None, None),
        (at(-9 * 60 - 1, 30), None, OUTSIDE),
        (at(2 * 24 * 60 - 9 * 60 - 30, 30), None, None),
        (at(2 * 24 * 60 - 9 * 60 - 29, 30), None, OUTSIDE),
        # seats
        (at(0, room=HALL, capacity=41), None, TOO_MANY_SEATS),
        (at(0, room=HALL, capacity=40), None, None),
        (at(0, room=LAB, capacity=1000), None, None),
        (at(0, capacity=4, seats_taken=5), None, SEATS_GIVEN),
        (at(0, capacity=5, seats_taken=5), None, None),
        (at(0, capacity=None, seats_taken=1), None, SEATS_GIVEN),
    ],
)
def test_a_slot_clashes(wanted, other, message):
    found = first_clash(wanted, [other] if other else [], DAYS)
    assert (found.message if found else None) == message


def test_words_name_room_and_until_when():
    found = first_clash(at(0, room=HALL), [at(10, room=HALL)], DAYS)
    assert found.field == "room"
    assert found.parameters == {
        "room": "Hall A",
        "since": MORNING + timedelta(minutes=10),
        "until": MORNING + timedelta(minutes=40),
    }


def test_words_about_what_is_hidden_name_nothing():
    found = first_clash(at(0, presenters=MARIA), [at(10, presenters=MARIA, is_open=False)], DAYS)
    assert not found.parameters


def test_every_clash_is_found():
    wanted = at(0, room=HALL, presenters=MARIA, capacity=50)
    messages = [each.message for each in clashes(wanted, [at(0, room=HALL, presenters=MARIA)], DAYS)]
    assert messages == [TOO_MANY_SEATS, ROOM_TAKEN, PRESENTER_ELSEWHERE]


def test_a_clash_refuses_with_its_field():
    with pytest.raises(InvalidError) as refused:
        first_clash(at(-6000), [], DAYS).refuse()
    assert refused.value.field == "day"


ALI = frozenset({"Ali Hassan"})


@pytest.mark.parametrize(
    ("wanted", "other", "messages"),
    [
        (at(0, guests=ALI), at(0, guests=frozenset({" ali  hassan "})), [SAME_NAME]),
        (at(0, guests=ALI), at(0, presenters={9: "Ali Hassan"}), [SAME_NAME]),
        (at(0, presenters={9: "Ali Hassan"}), at(0, guests=ALI), [SAME_NAME]),
        (at(0, presenters={9: "Ali Hassan"}), at(0, presenters={8: "Ali Hassan"}), []),
        (at(0, guests=ALI), at(30, guests=ALI), []),
        (at(0, guests=ALI), at(0, guests=ALI, is_open=False), []),
        (at(0, lasts=15, minutes=20, title="LAPOR!"), None, [SHORTER]),
        (at(0, lasts=20, minutes=20), None, []),
    ],
)
def test_doubts(wanted, other, messages):
    assert [each.message for each in doubts(wanted, [other] if other else [], DAYS)] == messages
