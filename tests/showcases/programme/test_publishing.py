"""The draft is shown, the programme published, and what follows from each later change: a line, a word, a version."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.core import clock
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.showcases.models import ChangeKind, ProgrammeChange, Seat, SeatStatus, ShowcaseStatus, SlotKind
from hub.showcases.programme.details import RoomDetails
from hub.showcases.programme.placing import empty_slot, take_out
from hub.showcases.programme.publishing import HIDDEN_CLASH, check_programme, publish_programme, share_draft
from hub.showcases.programme.rooms import save_room
from hub.showcases.programme.slots import add_slot, remove_slot, save_slot
from tests.collaboration.acts import did, told
from tests.factories import make_member
from tests.showcases.programme.plans import (
    accepted_entry,
    decided_showcase,
    empty_slot_in,
    placed,
    sees,
    slot_details,
    team_of_two,
)
from tests.showcases.scenes import (
    confirmed_entry,
    make_curator,
    make_room,
    make_slot,
    published_showcase,
    registered,
)

pytestmark = pytest.mark.db

HOUR = timedelta(hours=1)


@pytest.fixture
def curator(database):
    return make_curator()


@pytest.fixture
def showcase(curator):
    return decided_showcase(curator)


@pytest.fixture
def published(curator):
    return published_showcase(curator)


def logged(tag):
    return session().scalar(select(func.count(AuditEntry.number)).where(AuditEntry.tag == tag))


def changes():
    return session().scalars(select(ProgrammeChange).order_by(ProgrammeChange.id)).all()


def seated(slot, status=SeatStatus.TAKEN):
    """Let a new member have a seat in a slot, or wait for one."""
    registration = registered(slot.showcase)
    slot.last_number += 1
    slot.seats_taken += status is SeatStatus.TAKEN
    seat = Seat(registration_id=registration.id, slot_id=slot.id, status=status, number=slot.last_number)
    session().add(seat)
    session().commit()
    return registration.member


# before


def test_presenters_are_shown_the_draft(curator, showcase):
    entry = accepted_entry(showcase)
    make_slot(showcase, entry)
    without = accepted_entry(showcase)
    did(share_draft, curator, showcase)
    assert showcase.draft_shared_at is not None
    assert told(entry.proposed_by) == ["programme_shared"]
    assert told(without.proposed_by) == []
    assert logged("showcase:share") == 1
    with pytest.raises(ConflictError):
        did(share_draft, curator, showcase)


def test_a_draft_without_entries_is_not_shown(curator, showcase):
    make_slot(showcase)
    with pytest.raises(InvalidError):
        did(share_draft, curator, showcase)


def test_from_then_on_presenters_hear_of_each_change(curator, showcase):
    entry, slot = accepted_entry(showcase), empty_slot_in(showcase)
    other = accepted_entry(showcase)
    make_slot(showcase, other, after=2 * HOUR)
    did(share_draft, curator, showcase)
    placed(curator, slot, entry)
    did(save_slot, curator, slot, slot_details(showcase, after=HOUR), version=2)
    did(
        save_slot, curator, slot, slot_details(showcase, after=HOUR, capacity=9), version=3
    )  # no news to them
    did(take_out, curator, slot, version=4)
    assert told(entry.proposed_by) == ["slot_given", "slot_moved", "slot_cancelled"]
    assert changes() == []  # the audience has not seen any of it


def test_a_programme_is_published(curator, showcase):
    entry = accepted_entry(showcase)
    make_slot(showcase, entry)
    did(publish_programme, curator, showcase)
    assert showcase.status is ShowcaseStatus.PROGRAMME_PUBLISHED
    assert showcase.published_at is not None
    assert logged("showcase:publish") == 1
    assert told(entry.proposed_by) == ["slot_given"]
    with pytest.raises(ConflictError):
        did(publish_programme, curator, showcase)


@pytest.mark.parametrize("somebody", [make_member, make_curator])
def test_nobody_else_publishes(showcase, somebody):
    make_slot(showcase)
    for act in (share_draft, publish_programme):
        with pytest.raises(NotFoundError):
            did(act, somebody(), showcase)


def test_nothing_is_published_before_the_decisions_are_sent(curator):
    showcase = decided_showcase(curator, decisions_sent_at=None)
    make_slot(showcase)
    for act in (share_draft, publish_programme):
        with pytest.raises(InvalidError):
            did(act, curator, showcase)


def test_an_empty_programme_is_not_published(curator, showcase):
    with pytest.raises(InvalidError):
        did(publish_programme, curator, showcase)


def test_what_clashes_since_it_was_placed_is_found(curator, showcase):
    maria = make_member()
    for _ in range(2):
        make_slot(showcase, accepted_entry(showcase, presenters=[maria]))
    found = check_programme(showcase, sees(curator))
    assert len(found.clashes) == 1
    assert not found.is_ready
    with pytest.raises(InvalidError):
        did(publish_programme, curator, showcase)


def test_slots_on_days_that_the_showcase_left_are_found(curator, showcase):
    make_slot(showcase)
    showcase.starts_at += timedelta(days=3)
    showcase.ends_at += timedelta(days=3)
    session().commit()
    assert len(check_programme(showcase, sees(curator)).clashes) == 1


def test_of_hidden_slots_only_that_one_needs_a_look(database):
    showcase, first, second = team_of_two()
    maria = make_member()
    for _ in range(2):
        make_slot(
            showcase,
            accepted_entry(showcase, presenters=[second, maria], by=make_member(), organisation_id=None),
        )
    (finding,) = check_programme(showcase, sees(second)).clashes
    assert (finding.planned, finding.clash.message) == (None, HIDDEN_CLASH)
    assert check_programme(showcase, sees(first)).clashes[0].planned is not None


def test_who_has_not_confirmed_is_named_but_stops_nothing(curator, showcase):
    make_slot(showcase, accepted_entry(showcase))
    make_slot(showcase, confirmed_entry(showcase), after=HOUR)
    found = check_programme(showcase, sees(curator))
    assert len(found.unconfirmed) == 1
    assert found.is_ready


def test_unconfirmed_and_doubts_of_hidden_entries_are_not_told(database):
    showcase, _first, second = team_of_two()
    names = [second, "Ali Hassan"]
    hidden = accepted_entry(showcase, presenters=names, by=make_member(), organisation_id=None)
    make_slot(showcase, hidden)
    make_slot(showcase, accepted_entry(showcase, presenters=["Ali Hassan"]))
    found = check_programme(showcase, sees(second))
    assert [each.slot.entry_id for each in found.unconfirmed] != []
    assert hidden not in [each.entry for each in found.unconfirmed]
    assert all(each.clash.parameters.get("presenter") != "Ali Hassan" for each in found.doubts)


# after


def test_each_kind_of_change_leaves_a_line(curator, published):
    rooms = [make_room(published, "Hall A"), make_room(published, "Hall B")]
    details = {"kind": SlotKind.BREAK, "title": "Coffee", "room_id": rooms[0].public_id}
    slot = did(add_slot, curator, published, slot_details(published, **details))
    details |= {"room_id": rooms[1].public_id, "after": HOUR}
    did(save_slot, curator, slot, slot_details(published, **details), version=1)
    did(save_slot, curator, slot, slot_details(published, **{**details, "title": "Tea"}), version=2)
    did(remove_slot, curator, slot, version=3)
    found = changes()
    assert [each.kind for each in found] == [
        ChangeKind.ADDED,
        ChangeKind.MOVED,
        ChangeKind.CHANGED,
        ChangeKind.REMOVED,
    ]
    moved, removed = found[1], found[3]
    assert (moved.room_before, moved.room_after) == ("Hall A", "Hall B")
    assert moved.starts_after - moved.started_before == HOUR
    assert (removed.title, removed.slot_id, removed.starts_after) == ("Tea", None, None)
    assert {each.changed_by_id for each in found} == {curator.id}


def test_the_log_names_only_what_the_audience_knew(curator, published):
    slots = [empty_slot_in(published, after=place * HOUR) for place in range(3)]
    placed(curator, slots[0], accepted_entry(published))
    placed(curator, slots[1], confirmed_entry(published, embargo_until=clock.now() + HOUR))
    assert changes() == []
    entry = confirmed_entry(published)
    placed(curator, slots[2], entry)
    assert [(each.kind, each.entry_id) for each in changes()] == [(ChangeKind.ADDED, entry.id)]


def test_who_is_affected_hears_of_a_move(curator, published):
    entry = confirmed_entry(published)
    slot = make_slot(published, entry, capacity=2)
    sitting, waiting = seated(slot), seated(slot, SeatStatus.WAITING)
    bystander = registered(published).member
    did(save_slot, curator, slot, slot_details(published, after=HOUR, capacity=2), version=1)
    assert told(entry.proposed_by) == ["slot_moved"]
    assert (told(sitting), told(waiting), told(bystander)) == (["slot_moved"], ["slot_moved"], [])
    assert slot.version == 2


def test_another_name_of_a_room_is_a_move(curator, published):
    entry, room = confirmed_entry(published), make_room(published, "Hall A")
    slot = make_slot(published, entry, room=room)
    did(save_room, curator, published, room, RoomDetails(name="Hall B"))
    (change,) = changes()
    assert (change.kind, change.room_before, change.room_after) == (ChangeKind.MOVED, "Hall A", "Hall B")
    assert told(entry.proposed_by) == ["slot_moved"]
    assert slot.version == 2


@pytest.mark.parametrize("act", [take_out, remove_slot])
def test_who_had_a_seat_loses_it_and_is_told(curator, published, act):
    entry = confirmed_entry(published)
    slot = make_slot(published, entry, capacity=3)
    sitting = seated(slot)
    did(act, curator, slot, version=1)
    assert told(sitting) == ["seat_lost"]
    assert told(entry.proposed_by) == ["slot_cancelled"]
    assert session().scalar(select(func.count(Seat.id))) == 0
    assert [each.kind for each in changes()] == [ChangeKind.REMOVED]
    if act is take_out:
        assert slot.seats_taken == 0


def test_an_entry_that_leaves_empties_its_slot(published):
    entry = confirmed_entry(published)
    slot = make_slot(published, entry, capacity=3)
    sitting = seated(slot)
    with transaction():
        empty_slot(entry)
    (change,) = changes()
    assert (change.kind, change.entry_id, change.changed_by_id) == (ChangeKind.REMOVED, entry.id, None)
    assert (slot.entry, slot.seats_taken, slot.version) == (None, 0, 2)
    assert told(sitting) == ["seat_lost"]
    assert told(entry.proposed_by) == []  # whoever lets it leave tells its side


def test_more_seats_go_to_who_waits(curator, published):
    slot = make_slot(published, confirmed_entry(published), capacity=1)
    seated(slot)
    waiting = seated(slot, SeatStatus.WAITING)
    did(save_slot, curator, slot, slot_details(published, capacity=2), version=1)
    assert slot.seats_taken == 2
    assert "seat_promoted" in told(waiting)
