"""Which free slots an entry fits into, and which waiting entries fit into a free slot, with why others do not."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.showcases.models import Entry, Showcase, Slot, SlotKind
from hub.showcases.programme.bookings import booking_for, bookings_of, known_to
from hub.showcases.programme.clashes import Clash, first_clash
from hub.showcases.programme.days import days_of
from hub.showcases.programme.queries import unplaced_entries


@dataclass(frozen=True)
class SlotFit:
    """A free slot, and why an entry does not fit into it, or None."""

    slot: Slot
    clash: Clash | None


@dataclass(frozen=True)
class EntryFit:
    """A waiting entry, and why it does not fit into a slot, or None."""

    entry: Entry
    clash: Clash | None


def slots_for(showcase: Showcase, entry: Entry, viewer: Viewer) -> Sequence[SlotFit]:
    """Return the free slots of a programme in their order, and whether an entry fits into each.

    Args:
        showcase: whose programme.
        entry: one that `viewer` may place; the slot that it has is no obstacle to another one.
        viewer: a curator: of what they may not hear of they learn only that it is there.
    """
    free = session().scalars(
        select(Slot)
        .where(Slot.showcase_id == showcase.id, Slot.kind == SlotKind.ENTRY, Slot.entry_id.is_(None))
        .order_by(Slot.starts_at, Slot.position, Slot.id)
        .options(joinedload(Slot.room), joinedload(Slot.track))
    )
    known, days = known_to(showcase, viewer), days_of(showcase)
    own = session().scalar(select(Slot.id).where(Slot.entry_id == entry.id))
    others = [each for each in bookings_of(showcase, known) if each.id != own]
    found = []
    for slot in free:
        wanted = booking_for(slot, entry, known)
        clash = first_clash(wanted, (each for each in others if each.id != slot.id), days)
        found.append(SlotFit(slot, clash))
    return found


def entries_for(showcase: Showcase, slot: Slot, viewer: Viewer) -> Sequence[EntryFit]:
    """Return the entries that wait for a slot and that `viewer` may place, and whether each fits into a free one."""
    known, days = known_to(showcase, viewer), days_of(showcase)
    others = [each for each in bookings_of(showcase, known) if each.id != slot.id]
    return [
        EntryFit(each, first_clash(booking_for(slot, each, known), others, days))
        for each in unplaced_entries(showcase, viewer)
    ]
