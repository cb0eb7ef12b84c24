"""The rooms of a showcase: adding, changing and removing them."""

from sqlalchemy import func, select

from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.models import ChangeKind, Room, Showcase, Slot
from hub.showcases.programme.changes import note_change, state_of
from hub.showcases.programme.details import RoomDetails
from hub.showcases.programme.holding import holding_programme, read_anew, require_still_there

MOST_ROOMS = 50

TOO_MANY = N_("A showcase has %(number)s rooms at most.")
SAME_NAME = N_("There is a room of this name already.")
SEATS_PLANNED = N_(
    "A slot in this room takes more people than that. Lower that first, or enter a higher number."
)

IN_USE = N_("Slots in this room: %(number)s. Give them another room first.")
USED_BEFORE = N_("A slot in this room begins at %(since)s. Move it first, or let the room be free earlier.")
USED_AFTER = N_("A slot in this room ends at %(until)s. Move it first, or let the room be free longer.")


def add_room(actor: Member, showcase: Showcase, details: RoomDetails) -> Room:
    """Add a room to a showcase.

    Args:
        actor: a curator of the team.
        showcase: whose room.
        details: the room.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: the showcase is over.
        InvalidError: there are too many, one is called so already, or something cannot be.
    """
    viewer = holding_programme(actor, showcase)
    said = details.checked()
    present = session().scalars(select(Room).where(Room.showcase_id == showcase.id)).all()
    if len(present) >= MOST_ROOMS:
        raise InvalidError(TOO_MANY, number=MOST_ROOMS)
    _check_name(showcase, said.name)
    room = Room(
        showcase_id=showcase.id,
        position=max((each.position for each in present), default=-1) + 1,
    )
    _take(room, said)
    session().add(room)
    session().flush()
    record(viewer, Event.PROGRAMME_CHANGE, showcase.subject, after=_snapshot(room))
    return room


def save_room(actor: Member, showcase: Showcase, room: Room, details: RoomDetails) -> None:
    """Change what is said about a room. What is planned in it must still fit; another name is told like another room.

    Raises:
        NotFoundError, ConflictError, InvalidError: as for adding one, or a slot in it would not fit any more.
    """
    require_still_there(room)
    viewer = holding_programme(actor, showcase)
    read_anew(room)
    said = details.checked()
    if said.name.casefold() != room.name.casefold():
        _check_name(showcase, said.name)
    slots = session().scalars(select(Slot).where(Slot.room_id == room.id).order_by(Slot.starts_at)).all()
    for slot in slots:
        _check_fit(said, slot)
    before, were = _snapshot(room), {each.id: state_of(each) for each in slots}
    _take(room, said)
    session().flush()
    if _snapshot(room) == before:
        return
    record(viewer, Event.PROGRAMME_CHANGE, showcase.subject, before=before, after=_snapshot(room))
    for slot in slots:
        if were[slot.id].room != room.name:
            slot.version += 1
            session().flush()
            note_change(viewer, slot, ChangeKind.MOVED, were[slot.id], state_of(slot))


def remove_room(actor: Member, showcase: Showcase, room: Room) -> None:
    """Remove a room that no slot is in.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: the showcase is over, or slots are in the room.
    """
    require_still_there(room)
    viewer = holding_programme(actor, showcase)
    read_anew(room)
    number = session().scalar(select(func.count(Slot.id)).where(Slot.room_id == room.id)) or 0
    if number:
        raise ConflictError(IN_USE, number=number)
    before = _snapshot(room)
    session().delete(room)
    session().flush()
    record(viewer, Event.PROGRAMME_CHANGE, showcase.subject, before=before)


def _check_name(showcase: Showcase, name: str) -> None:
    names = session().scalars(select(Room.name).where(Room.showcase_id == showcase.id))
    if name.casefold() in {each.casefold() for each in names}:
        raise InvalidError(SAME_NAME, field="name")


def _check_fit(said: RoomDetails, slot: Slot) -> None:
    if said.free_from is not None and slot.starts_at < said.free_from:
        raise InvalidError(USED_BEFORE, field="free_from_day", since=slot.starts_at)
    if said.free_until is not None and slot.ends_at > said.free_until:
        raise InvalidError(USED_AFTER, field="free_until_day", until=slot.ends_at)
    if said.seats is not None and slot.capacity is not None and slot.capacity > said.seats:
        raise InvalidError(SEATS_PLANNED, field="seats")


def _take(room: Room, said: RoomDetails) -> None:
    room.name, room.seats, room.access_words = said.name, said.seats, said.access_words
    room.free_from, room.free_until = said.free_from, said.free_until


def _snapshot(room: Room) -> dict[str, object]:
    return {
        "room": room.public_id,
        "name": room.name,
        "seats": room.seats,
        "access_words": room.access_words,
        "free_from": room.free_from.isoformat() if room.free_from else "",
        "free_until": room.free_until.isoformat() if room.free_until else "",
    }
