"""Adding, changing and removing slots, and the rooms and tracks they are in."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError, StaleVersionError
from hub.showcases.models import Room, ShowcaseStatus, Slot, SlotKind
from hub.showcases.programme.details import RoomDetails, SeriesDetails
from hub.showcases.programme.rooms import add_room, remove_room, save_room
from hub.showcases.programme.slots import MOST_SLOTS, add_slot, add_slots_every, remove_slot, save_slot
from hub.showcases.programme.tracks import add_track, remove_track, save_track
from tests.collaboration.acts import did
from tests.factories import make_member
from tests.showcases.programme.plans import (
    decided_showcase,
    empty_slot_in,
    recused_entry,
    slot_details,
    team_of_two,
)
from tests.showcases.scenes import make_curator, make_room, make_slot, opened_showcase

pytestmark = pytest.mark.db

HOUR = timedelta(hours=1)


def logged(tag):
    return session().scalar(select(func.count(AuditEntry.number)).where(AuditEntry.tag == tag))


@pytest.fixture
def curator(database):
    return make_curator()


@pytest.fixture
def showcase(curator):
    return decided_showcase(curator)


def test_a_curator_adds_a_slot(curator, showcase):
    room = make_room(showcase)
    slot = did(add_slot, curator, showcase, slot_details(showcase, room_id=room.public_id, capacity=12))
    assert (slot.room, slot.capacity, slot.entry, slot.version) == (room, 12, None, 1)
    assert slot.ends_at - slot.starts_at == timedelta(minutes=30)
    assert logged("slot:add") == 1


@pytest.mark.parametrize("somebody", [make_member, make_curator])
def test_nobody_else_does(showcase, somebody):
    with pytest.raises(NotFoundError):
        did(add_slot, somebody(), showcase, slot_details(showcase))


@pytest.mark.parametrize("status", [ShowcaseStatus.CLOSED, ShowcaseStatus.REPORTED, ShowcaseStatus.CANCELLED])
def test_a_programme_that_is_over_stays(curator, status):
    showcase = opened_showcase(curator, status=status)
    with pytest.raises(ConflictError):
        did(add_slot, curator, showcase, slot_details(showcase))


@pytest.mark.parametrize("kind", [SlotKind.BREAK, SlotKind.PLENARY])
def test_breaks_and_plenaries_have_a_title(curator, showcase, kind):
    with pytest.raises(InvalidError) as refused:
        did(add_slot, curator, showcase, slot_details(showcase, kind=kind))
    assert refused.value.field == "title"
    assert (
        did(add_slot, curator, showcase, slot_details(showcase, kind=kind, title="  Lunch ")).title == "Lunch"
    )


def test_a_break_has_no_seats(curator, showcase):
    with pytest.raises(InvalidError) as refused:
        did(add_slot, curator, showcase, slot_details(showcase, kind=SlotKind.BREAK, title="Tea", capacity=3))
    assert refused.value.field == "capacity"


def test_a_taken_room_is_refused(curator, showcase):
    room = make_room(showcase, "Hall A")
    make_slot(showcase, room=room, lasts=HOUR)
    with pytest.raises(InvalidError) as refused:
        did(add_slot, curator, showcase, slot_details(showcase, room_id=room.public_id, after=HOUR / 2))
    assert refused.value.parameters["room"] == "Hall A"
    assert refused.value.parameters["until"] == showcase.starts_at + HOUR
    assert session().scalar(select(func.count(Slot.id))) == 1


def test_a_slot_longer_than_its_room_is_free_is_refused(curator, showcase):
    room = make_room(showcase, free_from=showcase.starts_at, free_until=showcase.starts_at + HOUR)
    with pytest.raises(InvalidError) as refused:
        did(add_slot, curator, showcase, slot_details(showcase, room_id=room.public_id, minutes=61))
    assert refused.value.parameters["free"] == 60


def test_a_room_of_another_showcase_is_none(curator, showcase):
    other = make_room(decided_showcase())
    with pytest.raises(InvalidError) as refused:
        did(add_slot, curator, showcase, slot_details(showcase, room_id=other.public_id))
    assert refused.value.field == "room"


def test_a_series_is_added_whole(curator, showcase):
    room = make_room(showcase)
    series = SeriesDetails(
        starts_at=showcase.starts_at, minutes=15, pause=5, number=4, room_id=room.public_id
    )
    slots = did(add_slots_every, curator, showcase, series)
    assert [(each.starts_at - showcase.starts_at) // timedelta(minutes=1) for each in slots] == [
        0,
        20,
        40,
        60,
    ]


def test_a_series_that_clashes_is_not_added_at_all(curator, showcase):
    room = make_room(showcase)
    make_slot(showcase, room=room, after=HOUR)
    series = SeriesDetails(starts_at=showcase.starts_at, minutes=15, number=5, room_id=room.public_id)
    with pytest.raises(InvalidError):
        did(add_slots_every, curator, showcase, series)
    assert session().scalar(select(func.count(Slot.id))) == 1


@pytest.mark.parametrize("number", [0, 61])
def test_a_series_has_a_size(curator, showcase, number):
    with pytest.raises(InvalidError):
        did(
            add_slots_every,
            curator,
            showcase,
            SeriesDetails(starts_at=showcase.starts_at, minutes=1, number=number),
        )


def test_a_programme_has_an_end(curator, showcase, monkeypatch):
    monkeypatch.setattr("hub.showcases.programme.slots.MOST_SLOTS", 1)
    did(add_slot, curator, showcase, slot_details(showcase))
    with pytest.raises(InvalidError):
        did(add_slot, curator, showcase, slot_details(showcase))
    assert MOST_SLOTS >= 300


def test_a_slot_is_changed_and_counts_its_changes(curator, showcase):
    slot = empty_slot_in(showcase)
    did(save_slot, curator, slot, slot_details(showcase, after=HOUR), version=1)
    assert (slot.starts_at - showcase.starts_at, slot.version) == (HOUR, 2)
    did(save_slot, curator, slot, slot_details(showcase, after=HOUR), version=2)
    assert slot.version == 2  # nothing changed
    with pytest.raises(StaleVersionError):
        did(save_slot, curator, slot, slot_details(showcase), version=1)


def test_capacity_stays_above_the_seats_that_were_given(curator, showcase):
    slot = empty_slot_in(showcase, capacity=10, seats_taken=6)
    for capacity in (5, None):
        with pytest.raises(InvalidError) as refused:
            did(save_slot, curator, slot, slot_details(showcase, capacity=capacity), version=1)
        assert refused.value.field == "capacity"
    did(save_slot, curator, slot, slot_details(showcase, capacity=6), version=1)
    assert slot.capacity == 6


def test_a_slot_is_removed(curator, showcase):
    slot = empty_slot_in(showcase)
    with pytest.raises(StaleVersionError):
        did(remove_slot, curator, slot, version=7)
    did(remove_slot, curator, slot, version=1)
    assert session().scalar(select(func.count(Slot.id))) == 0
    assert logged("slot:remove") == 1


def test_a_slot_that_was_removed_meanwhile_is_not_there(curator, showcase):
    slot = empty_slot_in(showcase)
    session().execute(Slot.__table__.delete())
    session().commit()
    with pytest.raises(NotFoundError):
        did(save_slot, curator, slot, slot_details(showcase), version=1)


def test_who_has_a_conflict_cannot_touch_the_slot(database):
    showcase, first, second = team_of_two()
    entry = recused_entry(showcase, second)
    slot = make_slot(showcase, entry)
    with pytest.raises(NotFoundError):
        did(save_slot, second, slot, slot_details(showcase, after=HOUR), version=1)
    with pytest.raises(NotFoundError):
        did(remove_slot, second, slot, version=1)
    did(save_slot, first, slot, slot_details(showcase, after=HOUR), version=1)


# rooms and tracks


def test_rooms_have_names_of_their_own(curator, showcase):
    room = did(add_room, curator, showcase, RoomDetails(name=" Hall  A ", seats=30))
    assert (room.name, room.seats) == ("Hall A", 30)
    with pytest.raises(InvalidError) as refused:
        did(add_room, curator, showcase, RoomDetails(name="hall a"))
    assert refused.value.field == "name"
    did(save_room, curator, showcase, room, RoomDetails(name="HALL A", seats=31))
    assert (room.name, room.seats) == ("HALL A", 31)
    assert logged("programme:change") == 2


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 151}, "name"),
        ({"name": "Hall\u202eevil"}, "name"),
        ({"name": "A", "access_words": "Lift\u202e"}, "access_words"),
        ({"name": "A", "seats": 0}, "seats"),
        ({"name": "A", "access_words": "x" * 301}, "access_words"),
    ],
)
def test_a_room_that_cannot_be(curator, showcase, details, field):
    with pytest.raises(InvalidError) as refused:
        did(add_room, curator, showcase, RoomDetails(**details))
    assert refused.value.field == field


def test_a_room_is_free_in_order(curator, showcase):
    begins = showcase.starts_at
    with pytest.raises(InvalidError) as refused:
        did(add_room, curator, showcase, RoomDetails(name="A", free_from=begins, free_until=begins))
    assert refused.value.field == "free_until"


def test_what_is_planned_in_a_room_still_fits(curator, showcase):
    room = make_room(showcase, "A")
    make_slot(showcase, room=room, kind=SlotKind.PLENARY, after=HOUR, lasts=HOUR, capacity=20)
    begins = showcase.starts_at
    for details in (
        RoomDetails(name="A", free_from=begins + HOUR + timedelta(minutes=1)),
        RoomDetails(name="A", free_until=begins + 2 * HOUR - timedelta(minutes=1)),
        RoomDetails(name="A", seats=19),
    ):
        with pytest.raises(InvalidError):
            did(save_room, curator, showcase, room, details)
    did(save_room, curator, showcase, room, RoomDetails(name="A", seats=20, free_from=begins + HOUR))


def test_a_room_with_slots_stays(curator, showcase):
    room = make_room(showcase)
    slot = make_slot(showcase, room=room)
    with pytest.raises(ConflictError):
        did(remove_room, curator, showcase, room)
    did(remove_slot, curator, slot, version=1)
    did(remove_room, curator, showcase, room)
    assert session().scalar(select(func.count(Room.id))) == 0


def test_tracks(curator, showcase):
    track = did(add_track, curator, showcase, "Open contracting")
    with pytest.raises(InvalidError):
        did(add_track, curator, showcase, "open contracting")
    did(save_track, curator, showcase, track, "Contracts")
    slot = did(add_slot, curator, showcase, slot_details(showcase, track_id=track.public_id))
    with pytest.raises(ConflictError):
        did(remove_track, curator, showcase, track)
    did(remove_slot, curator, slot, version=1)
    did(remove_track, curator, showcase, track)
