"""The tracks of a programme: adding, renaming and removing them."""

from collections.abc import Sequence

from sqlalchemy import func, select

from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.models import Showcase, Slot, Track
from hub.showcases.programme.details import NO_NAME, checked_line
from hub.showcases.programme.holding import holding_programme, read_anew, require_still_there

MOST_TRACKS = 20

TOO_MANY = N_("A programme has %(number)s tracks at most.")
SAME_NAME = N_("There is a track of this name already.")
IN_USE = N_("Slots in this track: %(number)s. Give them another track first.")


def add_track(actor: Member, showcase: Showcase, name: str) -> Track:
    """Add a track to a programme.

    Args:
        actor: a curator of the team.
        showcase: whose track.
        name: what it is called.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: the showcase is over.
        InvalidError: there are too many, or one is called so already.
    """
    viewer = holding_programme(actor, showcase)
    line = checked_line(name, NO_NAME, field="name")
    present = session().scalars(select(Track).where(Track.showcase_id == showcase.id)).all()
    if len(present) >= MOST_TRACKS:
        raise InvalidError(TOO_MANY, number=MOST_TRACKS)
    _check_name(present, line)
    position = max((each.position for each in present), default=-1) + 1
    track = Track(showcase_id=showcase.id, name=line, position=position)
    session().add(track)
    session().flush()
    record(viewer, Event.PROGRAMME_CHANGE, showcase.subject, after=_snapshot(track))
    return track


def save_track(actor: Member, showcase: Showcase, track: Track, name: str) -> None:
    """Give a track another name.

    Raises:
        NotFoundError, ConflictError, InvalidError: as for adding one.
    """
    require_still_there(track)
    viewer = holding_programme(actor, showcase)
    read_anew(track)
    line = checked_line(name, NO_NAME, field="name")
    others = session().scalars(select(Track).where(Track.showcase_id == showcase.id, Track.id != track.id))
    _check_name(others.all(), line)
    before = _snapshot(track)
    track.name = line
    session().flush()
    if _snapshot(track) != before:
        record(viewer, Event.PROGRAMME_CHANGE, showcase.subject, before=before, after=_snapshot(track))


def remove_track(actor: Member, showcase: Showcase, track: Track) -> None:
    """Remove a track that no slot is in.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: the showcase is over, or slots are in the track.
    """
    require_still_there(track)
    viewer = holding_programme(actor, showcase)
    read_anew(track)
    number = session().scalar(select(func.count(Slot.id)).where(Slot.track_id == track.id)) or 0
    if number:
        raise ConflictError(IN_USE, number=number)
    before = _snapshot(track)
    session().delete(track)
    session().flush()
    record(viewer, Event.PROGRAMME_CHANGE, showcase.subject, before=before)


def _check_name(others: Sequence[Track], name: str) -> None:
    if name.casefold() in {each.name.casefold() for each in others}:
        raise InvalidError(SAME_NAME, field="name")


def _snapshot(track: Track) -> dict[str, object]:
    return {"track": track.public_id, "name": track.name}
