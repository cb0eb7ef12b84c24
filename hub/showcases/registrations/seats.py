"""Seats in slots of limited room: taken by who has a place, given up, and passed on in the order of asking."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.showcases.lifecycle import SEATS
from hub.showcases.models import (
    Entry,
    Registration,
    Seat,
    SeatStatus,
    Slot,
    SlotKind,
)
from hub.showcases.models.showcase import TAKES_REGISTRATIONS
from hub.showcases.permissions import in_programme_for
from hub.showcases.registrations.places import leave_seat_in, next_seat_number, take_seat_in
from hub.showcases.registrations.snapshots import seat_snapshot
from hub.showcases.registrations.telling import tell_registrant

PLACE_FIRST = N_("Seats are for those who have a place at the showcase on site.")
BEGUN = N_("This slot has begun, so its seats are no longer given here.")
AT_THE_SAME_TIME = N_("You have a seat in another slot at that time, or wait for one. Give it up first.")


def is_seated_slot(slot: Slot) -> bool:
    """Whether people take seats in a slot one by one."""
    return slot.capacity is not None and slot.kind is not SlotKind.BREAK and slot.showcase.is_programme_public


def gives_seats(slot: Slot) -> bool:
    """Whether seats of a slot are still given: until it begins, and as long as the showcase takes place."""
    return slot.showcase.status in TAKES_REGISTRATIONS and clock.now() < slot.starts_at


def is_slot_shown(slot: Slot, viewer: Viewer) -> bool:
    """Whether `viewer` reads in the programme what a slot is about."""
    if slot.entry_id is None:
        return slot.showcase.is_programme_public
    shown = select(Entry.id).where(Entry.id == slot.entry_id, in_programme_for(viewer))
    return session().scalar(shown) is not None


def take_seat(viewer: Viewer, registration: Registration, slot: Slot) -> Seat:
    """Take a seat, or a place on the waiting list of the slot.

    Args:
        viewer: who does it: the member, or a visitor for a guest who holds the link.
        registration: held by `holding_own` or `holding_guest`.
        slot: of the same showcase.

    Raises:
        NotFoundError: the slot has no seats that are taken one by one, or is not shown to this viewer.
        ConflictError: they have no place on site, have one already, the slot has begun, or overlaps another of theirs,
            or the showcase does not take place.
    """
    session().refresh(slot)
    if (
        slot.showcase_id != registration.showcase_id
        or not is_seated_slot(slot)
        or not is_slot_shown(slot, viewer)
    ):
        raise NotFoundError
    if not registration.has_place_on_site:
        raise ConflictError(PLACE_FIRST)
    if clock.now() >= slot.starts_at:
        raise ConflictError(BEGUN)
    if not gives_seats(slot):
        raise ConflictError
    _require_free(registration, slot)
    number = next_seat_number(slot)
    status = SeatStatus.TAKEN if take_seat_in(slot, number) else SeatStatus.WAITING
    seat = Seat(registration=registration, slot=slot, status=status, number=number, arrived_at=clock.now())
    session().add(seat)
    session().flush()
    session().refresh(slot)
    event = Event.SEAT_TAKE if status is SeatStatus.TAKEN else Event.SEAT_WAIT
    record(viewer, event, registration.subject, after=seat_snapshot(seat))
    return seat


def leave_seat(viewer: Viewer, registration: Registration, slot: Slot) -> None:
    """Give up a seat, or the place on the waiting list of a slot; who waits moves up.

    Args:
        viewer: who does it, for the audit log.
        registration: held by `holding_own` or `holding_guest`.
        slot: of the same showcase.

    Raises:
        ConflictError: they have none there.
    """
    seat = _seat(registration, slot)
    if seat is None:
        raise ConflictError
    _drop(viewer, seat)
    fill_seats(slot)


def drop_seats(viewer: Viewer, registration: Registration) -> None:
    """Give up every seat of a registration that ends; in each slot who waits moves up."""
    found = (
        session().scalars(select(Seat).where(Seat.registration_id == registration.id).order_by(Seat.id)).all()
    )
    for seat in found:
        slot = seat.slot
        _drop(viewer, seat)
        fill_seats(slot)
    session().expire(registration, ["seats"])


def fill_seats(slot: Slot) -> list[Seat]:
    """Give free seats of a slot to who waits, in the order of asking, until it begins; each is told.

    Args:
        slot: of a showcase that the caller holds, with its present capacity.

    Returns:
        Who moved up.
    """
    moved: list[Seat] = []
    if gives_seats(slot):
        for seat in _waiting(slot):
            if not take_seat_in(slot, 0):
                break
            before = seat_snapshot(seat)
            SEATS.move(seat, "promote")
            record(
                VISITOR,
                Event.SEAT_PROMOTE,
                seat.registration.subject,
                before=before,
                after=seat_snapshot(seat),
            )
            tell_registrant("seat_promoted", seat.registration, slot.subject)
            moved.append(seat)
    session().refresh(slot)
    return moved


def give_up_seats(slot: Slot) -> None:
    """Let everybody go who has a seat in a slot that ends or needs none any more, or waits for one.

    Args:
        slot: of a showcase that the caller holds; whoever is to be told is told before (`tell_seated`).
    """
    found = session().scalars(select(Seat).where(Seat.slot_id == slot.id).order_by(Seat.number)).all()
    for seat in found:
        _drop(VISITOR, seat)
    session().refresh(slot)


def _drop(viewer: Viewer, seat: Seat) -> None:
    before, subject = seat_snapshot(seat), seat.registration.subject
    had_seat, slot_id = seat.status is SeatStatus.TAKEN, seat.slot_id
    session().execute(
        delete(Seat).where(Seat.id == seat.id), execution_options={"synchronize_session": False}
    )
    session().expunge(seat)
    if had_seat:
        leave_seat_in(slot_id)
    record(viewer, Event.SEAT_LEAVE, subject, before=before)


def _seat(registration: Registration, slot: Slot) -> Seat | None:
    return session().scalar(
        select(Seat)
        .where(Seat.registration_id == registration.id, Seat.slot_id == slot.id)
        .execution_options(populate_existing=True)
    )


def _require_free(registration: Registration, slot: Slot) -> None:
    """Refuse a second seat in the same slot, or one in a slot at the same time."""
    if _seat(registration, slot) is not None:
        raise ConflictError
    overlapping = (
        select(Seat.id)
        .join(Slot, Slot.id == Seat.slot_id)
        .where(
            Seat.registration_id == registration.id,
            Slot.starts_at < slot.ends_at,
            Slot.ends_at > slot.starts_at,
        )
        .limit(1)
    )
    if session().scalar(overlapping) is not None:
        raise ConflictError(AT_THE_SAME_TIME)


def _waiting(slot: Slot) -> Sequence[Seat]:
    return (
        session()
        .scalars(
            select(Seat)
            .where(Seat.slot_id == slot.id, Seat.status == SeatStatus.WAITING)
            .order_by(Seat.number)
            .execution_options(populate_existing=True)
        )
        .all()
    )
