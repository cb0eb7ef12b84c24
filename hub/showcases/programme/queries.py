"""What the pages of a programme show: to its curators, without entries they may not hear of, and to who presents."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.showcases.models import Entry, Room, Showcase, Slot, Track
from hub.showcases.models.entry import PLACEABLE
from hub.showcases.permissions import in_programme_for, judged_by
from hub.showcases.programme.changes import is_told


@dataclass(frozen=True)
class PlannedSlot:
    """A slot as one curator sees it.

    Args:
        slot: when and where it is.
        entry: what is in it, where this curator may know.
        is_taken: whether an entry is in it.
        may_change: whether this curator may change it: its entry is not one that they may not judge.
    """

    slot: Slot
    entry: Entry | None
    is_taken: bool
    may_change: bool


def curated_programme(showcase: Showcase, viewer: Viewer) -> tuple[PlannedSlot, ...]:
    """Return the slots of a showcase in their order, in a fixed number of queries, for a curator of its team.

    Of an entry that `viewer` has a conflict with only the slot is there, until its audience reads the programme.
    """
    slots = (
        session()
        .scalars(
            select(Slot)
            .where(Slot.showcase_id == showcase.id)
            .order_by(Slot.starts_at, Slot.position, Slot.id)
            .options(joinedload(Slot.room), joinedload(Slot.track))
        )
        .all()
    )
    of_showcase = Entry.showcase_id == showcase.id
    judged = {
        each.id: each
        for each in _named(of_showcase, judged_by(viewer), exists().where(Slot.entry_id == Entry.id))
    }
    shown = (
        {each.id: each for each in _named(of_showcase, in_programme_for(viewer))}
        if showcase.is_programme_public
        else {}
    )
    return tuple(
        PlannedSlot(
            slot=each,
            entry=(judged.get(each.entry_id) or shown.get(each.entry_id)) if each.entry_id else None,
            is_taken=each.entry_id is not None,
            may_change=each.entry_id is None or each.entry_id in judged,
        )
        for each in slots
    )


def unplaced_entries(showcase: Showcase, viewer: Viewer) -> Sequence[Entry]:
    """Return the accepted entries without a slot that `viewer` may place, in the order in which they were proposed."""
    return _named(
        Entry.showcase_id == showcase.id,
        Entry.status.in_(PLACEABLE),
        judged_by(viewer),
        ~exists().where(Slot.entry_id == Entry.id),
    )


def placeable_entry(showcase: Showcase, public_id: str, viewer: Viewer) -> Entry:
    """Return an accepted entry that `viewer` may place.

    Raises:
        NotFoundError: there is none, or it is not theirs to place.
    """
    found = _named(
        Entry.showcase_id == showcase.id,
        Entry.public_id == public_id,
        Entry.status.in_(PLACEABLE),
        judged_by(viewer),
    )
    if not found:
        raise NotFoundError
    return found[0]


def slot_by_id(showcase: Showcase, public_id: str, viewer: Viewer) -> Slot:
    """Return a slot that `viewer` may change.

    Raises:
        NotFoundError: there is none, or they may not judge its entry.
    """
    found = session().scalar(
        select(Slot).where(
            Slot.showcase_id == showcase.id,
            Slot.public_id == public_id,
            or_(Slot.entry_id.is_(None), Slot.entry_id.in_(select(Entry.id).where(judged_by(viewer)))),
        )
    )
    if found is None:
        raise NotFoundError
    return found


def any_slot(showcase: Showcase, public_id: str) -> Slot:
    """Return a slot of a showcase by its address, for who wants to put something into it: it may be taken meanwhile.

    Raises:
        NotFoundError: there is none.
    """
    found = session().scalar(select(Slot).where(Slot.showcase_id == showcase.id, Slot.public_id == public_id))
    if found is None:
        raise NotFoundError
    return found


def rooms_of(showcase: Showcase) -> Sequence[Room]:
    """Return the rooms of a showcase in their order."""
    return (
        session()
        .scalars(select(Room).where(Room.showcase_id == showcase.id).order_by(Room.position, Room.id))
        .all()
    )


def tracks_of(showcase: Showcase) -> Sequence[Track]:
    """Return the tracks of a programme in their order."""
    return (
        session()
        .scalars(select(Track).where(Track.showcase_id == showcase.id).order_by(Track.position, Track.id))
        .all()
    )


def room_by_id(showcase: Showcase, public_id: str) -> Room:
    """Return a room of a showcase.

    Raises:
        NotFoundError: there is none.
    """
    found = session().scalar(select(Room).where(Room.showcase_id == showcase.id, Room.public_id == public_id))
    if found is None:
        raise NotFoundError
    return found


def track_by_id(showcase: Showcase, public_id: str) -> Track:
    """Return a track of a programme.

    Raises:
        NotFoundError: there is none.
    """
    found = session().scalar(
        select(Track).where(Track.showcase_id == showcase.id, Track.public_id == public_id)
    )
    if found is None:
        raise NotFoundError
    return found


def slot_for_side(entry: Entry) -> Slot | None:
    """Return the slot of an entry for its side and its presenters, once the draft was shared or published."""
    if not is_told(entry.showcase):
        return None
    return session().scalar(select(Slot).where(Slot.entry_id == entry.id).options(joinedload(Slot.room)))


def _named(*conditions: ColumnElement[bool]) -> Sequence[Entry]:
    """Return entries with all that their names and presenters need, in a fixed number of queries."""
    revision = selectinload(Innovation.published_revision)
    return (
        session()
        .scalars(
            select(Entry)
            .where(*conditions)
            .order_by(Entry.proposed_at, Entry.id)
            .options(
                selectinload(Entry.innovation).options(revision.selectinload(InnovationRevision.texts)),
                selectinload(Entry.presenters),
            )
        )
        .all()
    )
