"""What stands in somebody's calendar: showcases they have a place at, slots they have a seat in, slots they present.

The address of a calendar is a secret that programs and their makers learn, so nothing above TLP:GREEN stands in it:
neither of a showcase nor of what is presented there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from hub.access.audience import Tlp
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision
from hub.core.database import session
from hub.showcases.models import (
    Entry,
    Registration,
    RegistrationStatus,
    Seat,
    SeatStatus,
    Showcase,
    Slot,
    SlotKind,
)
from hub.showcases.models.entry import PLACEABLE
from hub.showcases.permissions import in_audience_of, in_programme_for, may_see_innovation, presented_by

TOLD = (Tlp.CLEAR, Tlp.GREEN)


@dataclass(frozen=True)
class OwnDates:
    """What one person's calendar holds.

    Args:
        showcases: at which they have a place.
        seats: slots in which they have a seat.
        presented: slots in which they present, also of a draft that was shared with them.
    """

    showcases: Sequence[Showcase]
    seats: Sequence[Slot]
    presented: Sequence[Slot]


def dates_of(viewer: Viewer) -> OwnDates:
    """Return what stands in the calendar of `viewer`, an approved member."""
    own = select(Registration.showcase_id).where(
        Registration.member_id == viewer.member_id, Registration.status == RegistrationStatus.REGISTERED
    )
    told = _told_to(viewer)
    showcases = session().scalars(select(Showcase).where(told, Showcase.id.in_(own))).all()
    taken = (
        select(Seat.slot_id)
        .join(Registration, Registration.id == Seat.registration_id)
        .where(
            Registration.member_id == viewer.member_id,
            Registration.status == RegistrationStatus.REGISTERED,
            Seat.status == SeatStatus.TAKEN,
        )
    )
    shown = select(Entry.id).where(in_programme_for(viewer), _is_told()).correlate(None)
    seats = _slots(
        told,
        Showcase.published_at.is_not(None),
        Slot.id.in_(taken),
        or_(Slot.kind != SlotKind.ENTRY, Slot.entry_id.in_(shown)),
    )
    mine = select(Entry.id).where(
        presented_by(viewer), Entry.status.in_(PLACEABLE), may_see_innovation(viewer), _is_told()
    )
    presented = _slots(
        told,
        or_(Showcase.published_at.is_not(None), Showcase.draft_shared_at.is_not(None)),
        Slot.entry_id.in_(mine.correlate(None)),
    )
    return OwnDates(showcases, seats, presented)


def _told_to(viewer: Viewer) -> ColumnElement[bool]:
    return and_(in_audience_of(viewer), Showcase.tlp.in_(TOLD))


def _is_told() -> ColumnElement[bool]:
    """Return the condition for entries whose innovation was not narrowed above what an address delivers."""
    approved = Innovation.published_revision.has(InnovationRevision.tlp.in_(TOLD))
    return Entry.innovation.has(and_(Innovation.tlp.in_(TOLD), approved))


def _slots(*conditions: ColumnElement[bool]) -> Sequence[Slot]:
    found = session().scalars(
        select(Slot)
        .join(Showcase, Showcase.id == Slot.showcase_id)
        .where(*conditions)
        .options(joinedload(Slot.showcase), joinedload(Slot.room), joinedload(Slot.entry))
        .order_by(Slot.starts_at, Slot.id)
    )
    return found.all()
