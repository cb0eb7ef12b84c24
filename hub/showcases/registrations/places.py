"""Places and seats are counted by guarded statements, so that none is ever given twice; nobody overtakes who waits.

Whoever calls this holds the showcase (`hold_showcase`): people arrive one after the other.
"""

from sqlalchemy import exists, or_, update
from sqlalchemy.orm import aliased

from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError
from hub.core.i18n import N_
from hub.showcases.models import (
    Attendance,
    Registration,
    RegistrationStatus,
    Seat,
    SeatStatus,
    Showcase,
    Slot,
)
from hub.showcases.models.showcase import TAKES_REGISTRATIONS

NONE_HERE = N_("Nobody registers for this showcase here.")
NOT_YET = N_("Registration has not opened yet.")
CLOSED = N_("Registration is closed.")


def require_open(showcase: Showcase) -> None:
    """Refuse who comes before registration opens or at the moment when it closes, or later.

    Raises:
        ConflictError: nobody registers now; its words say why.
    """
    if showcase.takes_registrations:
        return
    if showcase.registration_opens_at is None:
        raise ConflictError(NONE_HERE)
    if showcase.status in TAKES_REGISTRATIONS and clock.now() < showcase.registration_opens_at:
        raise ConflictError(NOT_YET)
    raise ConflictError(CLOSED)


def next_number(showcase: Showcase) -> int:
    """Return the number of who arrives now: one more than that of who came before."""
    numbered = (
        update(Showcase)
        .where(Showcase.id == showcase.id)
        .values(last_number=Showcase.last_number + 1)
        .returning(Showcase.last_number)
    )
    return session().execute(numbered, execution_options={"synchronize_session": False}).scalar_one()


def take_place(showcase: Showcase, number: int) -> bool:
    """Take a place on site for who arrived with `number`, unless none is free or somebody before them waits."""
    others = aliased(Registration)
    somebody_waits = exists().where(
        others.showcase_id == showcase.id,
        others.status == RegistrationStatus.WAITING,
        others.number < number,
    )
    taken = session().execute(
        update(Showcase)
        .where(
            Showcase.id == showcase.id,
            or_(Showcase.capacity.is_(None), Showcase.places_taken < Showcase.capacity),
            ~somebody_waits,
        )
        .values(places_taken=Showcase.places_taken + 1),
        execution_options={"synchronize_session": False},
    )
    return taken.rowcount == 1  # type: ignore[attr-defined, no-any-return]


def leave_place(showcase: Showcase) -> None:
    """Count one place on site less."""
    session().execute(
        update(Showcase).where(Showcase.id == showcase.id).values(places_taken=Showcase.places_taken - 1),
        execution_options={"synchronize_session": False},
    )


def status_for(showcase: Showcase, attendance: Attendance, number: int) -> RegistrationStatus:
    """Return what somebody who arrives with `number` gets, and take the place for them if it is one."""
    if showcase.needs_approval:
        return RegistrationStatus.ASKED
    if attendance is Attendance.ONLINE or take_place(showcase, number):
        return RegistrationStatus.REGISTERED
    return RegistrationStatus.WAITING


def next_seat_number(slot: Slot) -> int:
    """Return the number of who asks for a seat now."""
    numbered = (
        update(Slot)
        .where(Slot.id == slot.id)
        .values(last_number=Slot.last_number + 1)
        .returning(Slot.last_number)
    )
    return session().execute(numbered, execution_options={"synchronize_session": False}).scalar_one()


def take_seat_in(slot: Slot, number: int) -> bool:
    """Take a seat for who asked with `number`, unless none is free or somebody before them waits."""
    others = aliased(Seat)
    somebody_waits = exists().where(
        others.slot_id == slot.id, others.status == SeatStatus.WAITING, others.number < number
    )
    taken = session().execute(
        update(Slot)
        .where(
            Slot.id == slot.id,
            or_(Slot.capacity.is_(None), Slot.seats_taken < Slot.capacity),
            ~somebody_waits,
        )
        .values(seats_taken=Slot.seats_taken + 1),
        execution_options={"synchronize_session": False},
    )
    return taken.rowcount == 1  # type: ignore[attr-defined, no-any-return]


def leave_seat_in(slot_id: int) -> None:
    """Count one seat of a slot less."""
    session().execute(
        update(Slot).where(Slot.id == slot_id).values(seats_taken=Slot.seats_taken - 1),
        execution_options={"synchronize_session": False},
    )
