"""The slots of a programme as the rules about clashes see them, for one curator."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.showcases.models import Entry, Room, Showcase, Slot
from hub.showcases.models.entry import STANDING
from hub.showcases.permissions import judged_by, may_see_innovation
from hub.showcases.programme.clashes import Booking, RoomFacts


@dataclass(frozen=True)
class Known:
    """What one curator may know of the entries of a showcase, by their ids.

    Args:
        open: those that they may judge, and so place.
        named: those among them whose innovations they may see.
    """

    open: frozenset[int]
    named: frozenset[int]


def known_to(showcase: Showcase, viewer: Viewer) -> Known:
    """Return what `viewer`, a curator of its team, may know of the entries of a showcase."""
    judged = select(Entry.id, may_see_innovation(viewer)).where(
        Entry.showcase_id == showcase.id, judged_by(viewer)
    )
    rows = session().execute(judged).all()
    return Known(
        open=frozenset(number for number, _ in rows),
        named=frozenset(number for number, is_seen in rows if is_seen),
    )


def bookings_of(showcase: Showcase, known: Known) -> tuple[Booking, ...]:
    """Return every slot of a programme as the rules see it, in three queries however many there are.

    Args:
        showcase: whose programme.
        known: what whoever asks may know.
    """
    slots = session().scalars(
        select(Slot)
        .where(Slot.showcase_id == showcase.id)
        .order_by(Slot.starts_at, Slot.position, Slot.id)
        .options(selectinload(Slot.room), selectinload(Slot.entry).selectinload(Entry.presenters))
    )
    return tuple(booking_for(each, each.entry, known, is_named=False) for each in slots)


def booking_for(slot: Slot, entry: Entry | None, known: Known, *, is_named: bool = True) -> Booking:
    """Return a slot as the rules see it if an entry had it.

    Args:
        slot: a stored slot, or one that is only thought of.
        entry: who would have it; None for nobody.
        known: what whoever asks may know.
        is_named: whether the name of its innovation is looked up, where whoever asks may see that.
    """
    is_open = entry is None or entry.id in known.open
    standing = [each for each in entry.presenters if each.status in STANDING] if entry else []
    return Booking(
        id=slot.id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room=facts_of(slot.room),
        presenters={each.member.id: each.member.display_name for each in standing if each.member},
        guests=frozenset(each.name for each in standing if each.member is None),
        title=_name_of(entry) if entry and is_named and entry.id in known.named else "",
        embargo_until=entry.embargo_until if entry else None,
        minutes=entry.minutes if entry else None,
        capacity=slot.capacity,
        seats_taken=slot.seats_taken or 0,
        is_open=is_open,
    )


def facts_of(room: Room | None) -> RoomFacts | None:
    """Return a room as the rules see it."""
    if room is None:
        return None
    return RoomFacts(
        id=room.id,
        name=room.name,
        seats=room.seats,
        free_from=room.free_from,
        free_until=room.free_until,
    )


def _name_of(entry: Entry) -> str:
    """Return what an entry's innovation is called in its own language: words about it are in the reader's."""
    revision = entry.innovation.published_revision
    return revision.source_text.name if revision else ""
