"""Adding, changing and removing slots; which entry has one is said in placing."""

from sqlalchemy import delete, func, select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.models import ChangeKind, Room, Showcase, Slot, Track
from hub.showcases.programme.bookings import booking_for, bookings_of, known_to
from hub.showcases.programme.changes import note_change, snapshot_of, state_of
from hub.showcases.programme.clashes import first_clash
from hub.showcases.programme.days import days_of
from hub.showcases.programme.details import SeriesDetails, SlotDetails
from hub.showcases.programme.holding import holding_programme, holding_slot
from hub.showcases.registrations.seats import fill_seats, give_up_seats

MOST_SLOTS = 500
"""Slots of one programme."""

TOO_MANY = N_("A programme has %(number)s slots at most. Remove some, or join two.")
NO_ROOM = N_("This room is no longer there. Choose another one.")
NO_TRACK = N_("This track is no longer there. Choose another one.")
SEATS_STAY = N_("People have a seat in this slot. Leave the number of seats as it is, or raise it.")


def add_slot(actor: Member, showcase: Showcase, details: SlotDetails) -> Slot:
    """Add a slot to a programme.

    Args:
        actor: a curator of the team.
        showcase: whose programme.
        details: the slot; one for an entry is empty at first.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: the showcase is over, or has no dates.
        InvalidError: something clashes or cannot be, or there are too many slots.
    """
    viewer = holding_programme(actor, showcase)
    return _added(viewer, showcase, details)


def add_slots_every(actor: Member, showcase: Showcase, details: SeriesDetails) -> tuple[Slot, ...]:
    """Add slots for entries that follow one another: all, or none where one of them clashes.

    Raises:
        NotFoundError, ConflictError, InvalidError: as for one.
    """
    viewer = holding_programme(actor, showcase)
    return tuple(_added(viewer, showcase, each) for each in details.slots())


def save_slot(actor: Member, slot: Slot, details: SlotDetails, *, version: int) -> None:
    """Change when and where a slot is, what it is called and how many seats it has. What it is for stays.

    Args:
        actor: a curator of the team, free of conflict with its entry.
        slot: the slot.
        details: how it is to be.
        version: that of the slot which was opened.

    Raises:
        NotFoundError: the actor is not on the team, has a conflict, or the slot is gone.
        ConflictError: the showcase is over.
        StaleVersionError: somebody changed it meanwhile.
        InvalidError: something clashes or cannot be.
    """
    viewer = holding_slot(actor, slot, version=version)
    before, logged, capacity = state_of(slot), snapshot_of(slot), slot.capacity
    if slot.seats_taken and details.capacity is None:
        raise InvalidError(SEATS_STAY, field="capacity")
    _take(slot, details, slot.showcase)
    with session().no_autoflush:
        check_slot(viewer, slot)
    if snapshot_of(slot) == logged:
        return
    slot.version += 1
    session().flush()
    after = state_of(slot)
    record(viewer, Event.SLOT_CHANGE, slot.subject, before=logged, after=snapshot_of(slot))
    if before.place != after.place:
        note_change(viewer, slot, ChangeKind.MOVED, before, after)
    elif before.title != after.title:
        note_change(viewer, slot, ChangeKind.CHANGED, before, after)
    if capacity is not None and slot.capacity is not None and slot.capacity > capacity:
        fill_seats(slot)


def remove_slot(actor: Member, slot: Slot, *, version: int) -> None:
    """Take a slot out of the programme; an entry in it waits for another one.

    Args:
        actor: a curator of the team, free of conflict with its entry.
        slot: the slot.
        version: that of the slot which was seen.

    Raises:
        NotFoundError, ConflictError, StaleVersionError: as for saving one.
    """
    viewer = holding_slot(actor, slot, version=version)
    before, subject = snapshot_of(slot), slot.subject
    note_change(viewer, slot, ChangeKind.REMOVED, state_of(slot), None)
    give_up_seats(slot)
    session().execute(
        delete(Slot).where(Slot.id == slot.id), execution_options={"synchronize_session": False}
    )
    # what the database did to the log of changes is read anew where it is needed
    session().expunge(slot)
    session().expire_all()
    record(viewer, Event.SLOT_REMOVE, subject, before=before)


def check_slot(viewer: Viewer, slot: Slot) -> None:
    """Find no clash of a slot, with the entry that it has, with anything else in its programme.

    Args:
        viewer: who asks: of what they may not hear they learn only that it is there.
        slot: as it would be stored.

    Raises:
        InvalidError: there is one.
    """
    showcase = slot.showcase
    known = known_to(showcase, viewer)
    others = (each for each in bookings_of(showcase, known) if each.id != slot.id)
    found = first_clash(booking_for(slot, slot.entry, known), others, days_of(showcase))
    if found is not None:
        found.refuse()


def _added(viewer: Viewer, showcase: Showcase, details: SlotDetails) -> Slot:
    number = session().scalar(select(func.count(Slot.id)).where(Slot.showcase_id == showcase.id)) or 0
    if number >= MOST_SLOTS:
        raise InvalidError(TOO_MANY, number=MOST_SLOTS)
    with session().no_autoflush:
        slot = Slot(showcase_id=showcase.id, showcase=showcase, kind=details.kind, seats_taken=0)
        _take(slot, details, showcase)
        check_slot(viewer, slot)
    session().add(slot)
    session().flush()
    record(viewer, Event.SLOT_ADD, slot.subject, after=snapshot_of(slot))
    note_change(viewer, slot, ChangeKind.ADDED, None, state_of(slot))
    return slot


def _take(slot: Slot, details: SlotDetails, showcase: Showcase) -> None:
    """Let a slot be as `details` say, which are found to be possible by themselves."""
    if details.kind is not slot.kind:
        raise ConflictError
    title = details.checked_title()
    details.check_numbers()
    slot.title = title
    slot.room = _room_of(showcase, details.room_id)
    slot.track = _track_of(showcase, details.track_id)
    slot.starts_at, slot.ends_at = details.starts_at, details.ends_at
    slot.capacity, slot.position = details.capacity, details.position


def _room_of(showcase: Showcase, public_id: str) -> Room | None:
    if not public_id:
        return None
    found = session().scalar(select(Room).where(Room.showcase_id == showcase.id, Room.public_id == public_id))
    if found is None:
        raise InvalidError(NO_ROOM, field="room")
    return found


def _track_of(showcase: Showcase, public_id: str) -> Track | None:
    if not public_id:
        return None
    found = session().scalar(
        select(Track).where(Track.showcase_id == showcase.id, Track.public_id == public_id)
    )
    if found is None:
        raise InvalidError(NO_TRACK, field="track")
    return found
