"""Which entry has which slot: placing one, moving it to another slot, and taking it out."""

from sqlalchemy import select

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.models import ChangeKind, Entry, Slot, SlotKind
from hub.showcases.models.entry import PLACEABLE
from hub.showcases.permissions import can_judge
from hub.showcases.programme.changes import note_change, snapshot_of, state_of
from hub.showcases.programme.holding import (
    holding_programme,
    holding_slot,
    read_anew,
    require_still_there,
)
from hub.showcases.programme.slots import check_slot
from hub.showcases.registrations.seats import give_up_seats

NOT_FOR_ENTRIES = N_("This slot is not for an entry. Choose another one.")
NOT_ACCEPTED = N_("Only an entry that was accepted has a slot.")
WAS_TAKEN = N_("Somebody else has put another entry into this slot meanwhile. Choose another slot.")
HAS_SLOT = N_(
    "This entry has another slot than the page you opened said. Look at the present state and decide again."
)


def place_entry(actor: Member, slot: Slot, entry: Entry, *, out_of: Slot | None, version: int) -> Slot:
    """Give an entry a slot that is empty.

    An entry that has one keeps it, with its address and its seats: both slots exchange time, room and track.

    Args:
        actor: a curator of the team, free of conflict with the entry.
        slot: an empty one.
        entry: one that was accepted.
        out_of: the slot that it had when the actor looked; None where it had none.
        version: that of the slot which was seen.

    Returns:
        The slot that the entry has now.

    Raises:
        NotFoundError: the actor is not on the team, may not judge the entry, or the slot is gone.
        ConflictError: the showcase is over, or somebody gave the slot to another entry, or the entry another slot.
        StaleVersionError: somebody changed the slot meanwhile.
        InvalidError: something clashes, or the entry or the slot cannot be placed.
    """
    viewer = _holding(actor, slot, entry, version=version)
    present = slot_of(entry)
    if (present.id if present else None) != (out_of.id if out_of else None):
        raise ConflictError(HAS_SLOT)
    if present is not None:
        return _moved(viewer, present, slot)
    logged = snapshot_of(slot)
    with session().no_autoflush:
        slot.entry = entry
        check_slot(viewer, slot)
    _changed(viewer, slot, logged)
    note_change(viewer, slot, ChangeKind.ADDED, None, state_of(slot))
    return slot


def take_out(actor: Member, slot: Slot, *, version: int) -> None:
    """Take the entry out of a slot; it waits for another one. Who had a seat for it is told, and has none any more.

    Args:
        actor: a curator of the team, free of conflict with the entry.
        slot: the slot.
        version: that of the slot which was seen.

    Raises:
        NotFoundError, ConflictError, StaleVersionError: as for placing one.
    """
    viewer = holding_slot(actor, slot, version=version)
    if slot.entry is not None:
        _emptied(viewer, slot)


def empty_slot(entry: Entry, by: Viewer | None = None) -> None:
    """Empty the slot of an entry that leaves; nothing happens where it has none.

    To be called while its showcase is held and before the status of the entry changes: the public log of changes
    names only what had been confirmed. Its side is not told here.

    Args:
        entry: who leaves.
        by: who let it leave; nobody for what the system did.
    """
    slot = slot_of(entry)
    if slot is not None:
        _emptied(None, slot, by=by)


def slot_of(entry: Entry) -> Slot | None:
    """Return the slot that an entry has, whoever asks."""
    return session().scalar(select(Slot).where(Slot.entry_id == entry.id))


def _holding(actor: Member, slot: Slot, entry: Entry, *, version: int) -> Viewer:
    """Hold the showcase of a slot and return the viewer that `actor` is, if an entry may be put into the slot now.

    Raises:
        NotFoundError, ConflictError, StaleVersionError, InvalidError: as for `place_entry`.
    """
    require_still_there(slot)
    viewer = holding_programme(actor, slot.showcase)
    read_anew(slot)
    session().refresh(entry)
    if entry.showcase_id != slot.showcase_id or not can_judge(viewer, entry):
        raise NotFoundError
    if slot.kind is not SlotKind.ENTRY:
        raise InvalidError(NOT_FOR_ENTRIES)
    if entry.status not in PLACEABLE:
        raise InvalidError(NOT_ACCEPTED)
    # said of an entry that the actor may not hear of as well: they read "Taken" there
    if slot.entry_id is not None:
        raise ConflictError(WAS_TAKEN)
    if slot.version != version:
        raise StaleVersionError
    return viewer


def _moved(viewer: Viewer, present: Slot, empty: Slot) -> Slot:
    """Let the slot of an entry and an empty one exchange time, room and track."""
    before, logged, other = state_of(present), snapshot_of(present), snapshot_of(empty)
    with session().no_autoflush:
        present.starts_at, empty.starts_at = empty.starts_at, present.starts_at
        present.ends_at, empty.ends_at = empty.ends_at, present.ends_at
        present.room, empty.room = empty.room, present.room
        present.track, empty.track = empty.track, present.track
        present.position, empty.position = empty.position, present.position
        _fit_into_room(empty)
        check_slot(viewer, present)
    _changed(viewer, present, logged)
    _changed(viewer, empty, other)
    note_change(viewer, present, ChangeKind.MOVED, before, state_of(present))
    return present


def _fit_into_room(slot: Slot) -> None:
    """Let an empty slot, of which nobody has a seat, offer no more seats than its room has now."""
    seats = slot.room.seats if slot.room else None
    if slot.capacity is not None and seats is not None:
        slot.capacity = min(slot.capacity, seats)


def _emptied(viewer: Viewer | None, slot: Slot, by: Viewer | None = None) -> None:
    before, logged = state_of(slot), snapshot_of(slot)
    slot.entry = None
    _changed(viewer or by or VISITOR, slot, logged)
    note_change(viewer, slot, ChangeKind.REMOVED, before, None)
    # the seats were for this entry: whoever comes next has seats of its own
    give_up_seats(slot)
    read_anew(slot)


def _changed(viewer: Viewer, slot: Slot, before: dict[str, object]) -> None:
    slot.version += 1
    session().flush()
    record(viewer, Event.SLOT_CHANGE, slot.subject, before=before, after=snapshot_of(slot))
