"""Seats in slots: never more than there are, in the order of asking, and only for who has a place."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.access.viewer import VISITOR
from hub.core import clock
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.showcases.models import Attendance, RegistrationStatus, Seat, SeatStatus, ShowcaseStatus, SlotKind
from hub.showcases.registrations.queries import seat_position, seated_slots, seats_of
from hub.showcases.registrations.registering import cancel_registration, holding_own
from hub.showcases.registrations.seats import fill_seats, give_up_seats, leave_seat, take_seat
from hub.showcases.registrations.telling import tell_seated
from tests.collaboration.acts import told
from tests.showcases.scenes import confirmed_entry, make_slot, opened_showcase, published_showcase, registered

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("database")]

TALK = {"kind": SlotKind.PLENARY, "title": "Opening"}


@pytest.fixture
def showcase():
    return published_showcase()


@pytest.fixture
def slot(showcase):
    return make_slot(showcase, capacity=1, **TALK)


def taken(registration, slot):
    with transaction():
        return take_seat(holding_own(registration.member, registration), registration, slot)


def left(registration, slot):
    with transaction():
        leave_seat(holding_own(registration.member, registration), registration, slot)


def test_seats_go_in_the_order_of_asking(showcase, slot):
    first, second, third = (registered(showcase) for _ in range(3))
    seats = [taken(each, slot) for each in (first, second, third)]
    assert [each.status.value for each in seats] == ["taken", "waiting", "waiting"]
    assert (slot.seats_taken, seat_position(seats[2])) == (1, 2)
    left(first, slot)
    assert [each.status.value for each in seats[1:]] == ["taken", "waiting"]
    assert slot.seats_taken == 1
    assert told(second.member) == ["seat_promoted"]


def test_who_cancels_the_showcase_gives_up_every_seat(showcase, slot):
    first, second = registered(showcase), registered(showcase)
    taken(first, slot)
    seat = taken(second, slot)
    with transaction():
        cancel_registration(holding_own(first.member, first), first)
    assert seat.status is SeatStatus.TAKEN
    assert not seats_of(first)


def test_a_raised_capacity_moves_up_as_many_as_fit(showcase, slot):
    seats = [taken(registered(showcase), slot) for _ in range(4)]
    with transaction():
        slot.capacity = 3
        session().flush()
        assert fill_seats(slot) == seats[1:3]
    assert slot.seats_taken == 3


def test_only_who_has_a_place_on_site_takes_a_seat(showcase, slot):
    for registration in (
        registered(showcase, status=RegistrationStatus.WAITING),
        registered(showcase, attendance=Attendance.ONLINE),
    ):
        with pytest.raises(ConflictError, match="have a place"):
            taken(registration, slot)


def test_nobody_sits_in_two_places_at_once(showcase, slot):
    registration = registered(showcase)
    taken(registration, slot)
    with pytest.raises(ConflictError):
        taken(registration, slot)
    beside = make_slot(showcase, capacity=5, after=timedelta(minutes=10), **TALK)
    with pytest.raises(ConflictError, match="at that time"):
        taken(registration, beside)
    taken(registration, make_slot(showcase, capacity=5, after=timedelta(minutes=15), **TALK))


def test_seats_are_given_until_the_slot_begins(showcase, slot, monkeypatch):
    first, second = registered(showcase), registered(showcase)
    taken(first, slot)
    seat = taken(second, slot)
    begins = slot.starts_at
    monkeypatch.setattr(clock, "now", lambda: begins)
    with pytest.raises(ConflictError, match="begun"):
        taken(registered(showcase), slot)
    left(first, slot)
    assert seat.status is SeatStatus.WAITING


def test_a_cancelled_showcase_gives_no_seats(showcase, slot):
    first, second = registered(showcase), registered(showcase)
    taken(first, slot)
    seat = taken(second, slot)
    showcase.status = ShowcaseStatus.CANCELLED
    session().commit()
    with pytest.raises(ConflictError):
        taken(registered(showcase), slot)
    left(first, slot)
    assert seat.status is SeatStatus.WAITING


def test_a_slot_without_a_limit_a_break_and_a_draft_have_no_seats(showcase):
    registration = registered(showcase)
    for other in (make_slot(showcase, **TALK), make_slot(showcase, capacity=5)):
        with pytest.raises(NotFoundError):
            taken(registration, other)
    draft = opened_showcase()
    with pytest.raises(NotFoundError):
        taken(registered(draft), make_slot(draft, capacity=5, **TALK))
    with pytest.raises(NotFoundError):
        taken(registration, make_slot(published_showcase(), capacity=5, **TALK))


def test_a_slot_that_is_not_shown_has_no_seats(showcase):
    entry = confirmed_entry(showcase, embargo_until=showcase.starts_at)
    hidden = make_slot(showcase, entry, capacity=5)
    registration = registered(showcase)
    with pytest.raises(NotFoundError):
        taken(registration, hidden)
    assert hidden not in seated_slots(showcase, VISITOR)


def test_a_slot_that_ends_lets_everybody_go(showcase, slot):
    first, second = registered(showcase), registered(showcase)
    taken(first, slot)
    taken(second, slot)
    with transaction():
        tell_seated("slot_cancelled", slot)
        give_up_seats(slot)
    assert slot.seats_taken == 0
    assert session().scalar(select(func.count(Seat.id))) == 0
    assert told(first.member) == told(second.member) == ["slot_cancelled"]
