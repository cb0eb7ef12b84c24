"""What follows from a change of the programme: a line in the public log, and word to those whom it affects."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.showcases.models import (
    ChangeKind,
    Entry,
    ProgrammeChange,
    Registration,
    Seat,
    Showcase,
    ShowcaseStatus,
    Slot,
    SlotKind,
)
from hub.showcases.models.entry import IN_PROGRAMME
from hub.showcases.registrations.telling import tell_registrant, tell_seated
from hub.showcases.telling import tell_side

LOGGED_IN = (ShowcaseStatus.PROGRAMME_PUBLISHED, ShowcaseStatus.LIVE)


@dataclass(frozen=True)
class SlotState:
    """A slot as it stood at one moment."""

    title: str
    room: str
    starts_at: datetime
    ends_at: datetime
    entry: Entry | None

    @property
    def place(self) -> tuple[str, datetime, datetime]:
        """When and where it is."""
        return self.room, self.starts_at, self.ends_at


def state_of(slot: Slot) -> SlotState:
    """Return how a slot stands now."""
    return SlotState(
        title=slot.title,
        room=slot.room.name if slot.room else "",
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        entry=slot.entry,
    )


def snapshot_of(slot: Slot) -> dict[str, object]:
    """Return a slot as the audit log keeps the hash of it."""
    return {
        "slot": slot.public_id,
        "kind": slot.kind.value,
        "title": slot.title,
        "entry": slot.entry.public_id if slot.entry else "",
        "room": slot.room.public_id if slot.room else "",
        "track": slot.track.public_id if slot.track else "",
        "starts_at": slot.starts_at.isoformat(),
        "ends_at": slot.ends_at.isoformat(),
        "capacity": slot.capacity,
        "position": slot.position,
    }


def note_change(
    viewer: Viewer | None, slot: Slot, kind: ChangeKind, before: SlotState | None, after: SlotState | None
) -> None:
    """Log a change of a published programme that its audience could see, and tell whom it affects.

    Args:
        viewer: who changed it; None where it followed from an entry that left.
        slot: what changed, still stored.
        kind: what happened to it.
        before: how it stood; None for one that is new.
        after: how it stands; None for one that goes.
    """
    _tell(viewer, slot, before, after)
    showcase, shown = slot.showcase, before if kind is ChangeKind.REMOVED else after
    if shown is None or not is_logged(showcase) or not _is_known(slot, shown.entry):
        return
    session().add(
        ProgrammeChange(
            showcase_id=showcase.id,
            slot_id=slot.id,
            entry_id=shown.entry.id if shown.entry else None,
            kind=kind,
            title=shown.title,
            room_before=before.room if before else "",
            room_after=after.room if after else "",
            started_before=before.starts_at if before else None,
            ended_before=before.ends_at if before else None,
            starts_after=after.starts_at if after else None,
            ends_after=after.ends_at if after else None,
            changed_by_id=viewer.member_id if viewer else None,
        )
    )
    # calendars tell by this moment that something in the programme is new
    showcase.saved_at = clock.now()
    session().flush()


def is_logged(showcase: Showcase) -> bool:
    """Whether changes of the programme are kept for its audience: from publication until it is over."""
    return showcase.is_programme_public and showcase.status in LOGGED_IN


def is_told(showcase: Showcase) -> bool:
    """Whether presenters hear of their time: once the draft was shared or the programme is published."""
    return showcase.draft_shared_at is not None or showcase.is_programme_public


def _is_known(slot: Slot, entry: Entry | None) -> bool:
    """Whether the audience knows of what is in the slot: not of an empty one, nor before its side agreed."""
    if slot.kind is not SlotKind.ENTRY:
        return True
    if entry is None or entry.status not in IN_PROGRAMME:
        return False
    return entry.embargo_until is None or entry.embargo_until <= clock.now()


def _tell(viewer: Viewer | None, slot: Slot, before: SlotState | None, after: SlotState | None) -> None:
    showcase, by = slot.showcase, viewer.member_id if viewer else None
    left = before.entry if before else None
    came = after.entry if after else None
    is_same = left is not None and came is not None and left.id == came.id
    has_moved = before is not None and after is not None and before.place != after.place
    if is_told(showcase):
        if left is not None and not is_same and viewer is not None:
            tell_side("slot_cancelled", left, but=by)
        if came is not None and not is_same:
            tell_side("slot_given", came, but=by)
        elif came is not None and has_moved:
            tell_side("slot_moved", came, but=by)
    if not showcase.is_programme_public:
        return
    if after is None or (left is not None and not is_same):
        _tell_lost(slot)
    elif has_moved:
        tell_seated("slot_moved", slot)


def _tell_lost(slot: Slot) -> None:
    """Tell whoever has a seat, or waits for one, that what it was for is gone; soon the slot may be as well."""
    registrations = session().scalars(
        select(Registration).join(Seat).where(Seat.slot_id == slot.id).order_by(Seat.number)
    )
    for each in registrations:
        tell_registrant("slot_cancelled" if each.member_id is None else "seat_lost", each)
