"""When and where showcases and their slots take place, for mails to members who come or present."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from hub.core.database import session
from hub.showcases.models import Entry, Showcase, Slot

WHOLE = frozenset({"registration_made", "registration_promoted", "registration_waiting", "showcase_soon"})
"""Kinds of notifications about a showcase that somebody comes to."""

PARTS = frozenset({"slot_given", "slot_moved"})
"""Kinds about a slot, or about an entry in one."""

Told = tuple[str, str]
"""The kind of a notification, and what it is about as the audit log names it."""


@dataclass(frozen=True)
class Beginning:
    """When and where something begins.

    Args:
        begins: the moment.
        zone: of the venue, as IANA names it.
        is_all_day: whether only its days are known.
        place: room, venue and city, as far as they are known.
    """

    begins: datetime
    zone: str
    is_all_day: bool = False
    place: str = ""


def place_of(showcase: Showcase, room: str = "") -> str:
    """Return room, venue and city of a showcase, as far as they are known."""
    return ", ".join(filter(None, (room, showcase.venue, showcase.city)))


def beginnings_of(told: Collection[Told]) -> dict[Told, Beginning]:
    """Return when and where begins what those of `told` are about that say so, in two queries at most.

    Args:
        told: what notifications are told; who may know of each, the caller asks.
    """
    found: dict[str, Beginning] = {}
    if keys := _keys(told, WHOLE, "showcase:"):
        showcases = select(Showcase).where(Showcase.public_id.in_(keys))
        for each in session().scalars(showcases):
            if each.starts_at is not None:
                place = place_of(each)
                found[each.subject] = Beginning(each.starts_at, each.time_zone, each.is_all_day, place)
    slots, entries = _keys(told, PARTS, "slot:"), _keys(told, PARTS, "entry:")
    if slots or entries:
        for slot in _slots(slots, entries):
            beginning = Beginning(
                slot.starts_at,
                slot.showcase.time_zone,
                place=place_of(slot.showcase, slot.room.name if slot.room else ""),
            )
            found[slot.subject] = beginning
            if slot.entry is not None:
                found[slot.entry.subject] = beginning
    return {each: found[each[1]] for each in told if each[0] in WHOLE | PARTS and each[1] in found}


def _slots(keys: Collection[str], of_entries: Collection[str]) -> list[Slot]:
    found = session().scalars(
        select(Slot)
        .join(Showcase, Showcase.id == Slot.showcase_id)
        .outerjoin(Entry, Entry.id == Slot.entry_id)
        .where(
            or_(Slot.public_id.in_(keys), Entry.public_id.in_(of_entries)),
            # before that, times are the team's alone
            or_(Showcase.draft_shared_at.is_not(None), Showcase.published_at.is_not(None)),
        )
        .options(joinedload(Slot.showcase), joinedload(Slot.room), joinedload(Slot.entry))
    )
    return list(found)


def _keys(told: Collection[Told], kinds: Collection[str], prefix: str) -> list[str]:
    return sorted(
        {
            subject.removeprefix(prefix)
            for kind, subject in told
            if kind in kinds and subject.startswith(prefix)
        }
    )
