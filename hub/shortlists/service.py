"""Changing shortlists: only their keepers do. Nothing of it is logged: what somebody collects is theirs alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.permissions import in_audience_of
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.shortlists.models import NAME_LENGTH, NOTE_LENGTH, Shortlist, ShortlistEntry
from hub.shortlists.permissions import MOST_ENTRIES, MOST_SHORTLISTS, can_keep_shortlists, is_kept_by
from hub.shortlists.queries import shortlist_count

TOO_MANY_LISTS = N_("You keep %(number)s shortlists, which is the most. Delete one first.")
TOO_MANY_ENTRIES = N_("A shortlist holds %(number)s innovations at most. Remove some, or begin another one.")
NO_NAME = N_("Give the shortlist a name.")
TOO_LONG = N_("Shorten this to %(limit)s characters or fewer; it has %(length)s.")


@dataclass(frozen=True)
class Added:
    """What came of putting innovations on a list: how many were added, and how many stood there already."""

    added: int
    present: int


def make_shortlist(actor: Member, *, name: str, note: str = "") -> Shortlist:
    """Begin a list.

    Args:
        actor: an approved member, who keeps it.
        name: what it is called.
        note: what it is for and how its innovations are chosen.

    Raises:
        ForbiddenError: the actor is not approved.
        InvalidError: the name is missing, a text is too long, or they keep too many lists already.
    """
    if not can_keep_shortlists(viewer_of(actor)):
        raise ForbiddenError
    name, note = _checked(name, note)
    hold_member(actor.id)
    if shortlist_count(actor.id) >= MOST_SHORTLISTS:
        raise InvalidError(TOO_MANY_LISTS, number=MOST_SHORTLISTS)
    shortlist = Shortlist(member_id=actor.id, name=name, note=note)
    session().add(shortlist)
    session().flush()
    return shortlist


def save_shortlist(actor: Member, shortlist: Shortlist, *, name: str, note: str, version: int) -> None:
    """Save name and note of a list.

    Args:
        actor: its keeper.
        shortlist: the list.
        name: what it is called.
        note: what it is for.
        version: that of the words which were opened.

    Raises:
        NotFoundError: it is not the actor's.
        InvalidError: the name is missing, or a text is too long.
        StaleVersionError: it was saved from another window meanwhile.
    """
    require_keeper(actor, shortlist)
    name, note = _checked(name, note)
    hold(shortlist)
    changed = session().execute(
        update(Shortlist)
        .where(Shortlist.id == shortlist.id, Shortlist.version == version)
        .values(name=name, note=note, version=version + 1)
        .returning(Shortlist.id),
        execution_options={"synchronize_session": False},
    )
    if changed.scalar() is None:
        raise StaleVersionError
    session().refresh(shortlist)


def delete_shortlist(actor: Member, shortlist: Shortlist) -> None:
    """Delete a list with its notes, and end its shares.

    Raises:
        NotFoundError: it is not the actor's.
    """
    require_keeper(actor, shortlist)
    hold(shortlist)
    session().delete(shortlist)
    session().flush()


def add_innovations(
    actor: Member, shortlist: Shortlist, innovations: Sequence[Innovation], *, note: str = ""
) -> Added:
    """Put innovations at the end of a list; what stands there already stays where it is, with its note.

    Args:
        actor: its keeper.
        shortlist: the list.
        innovations: in their order.
        note: what is noted about each that is added.

    Raises:
        NotFoundError: the list is not the actor's, or an innovation is not shown to them.
        InvalidError: the list or the note would be too long.
    """
    viewer = require_keeper(actor, shortlist)
    note = _short_enough("note", note, NOTE_LENGTH)
    hold(shortlist)
    wanted = list(dict.fromkeys(each.id for each in innovations))
    shown = session().scalars(select(Innovation.id).where(Innovation.id.in_(wanted), in_audience_of(viewer)))
    if set(wanted) != set(shown):
        raise NotFoundError
    present = set(
        session().scalars(
            select(ShortlistEntry.innovation_id).where(ShortlistEntry.shortlist_id == shortlist.id)
        )
    )
    new = [each for each in wanted if each not in present]
    if len(present) + len(new) > MOST_ENTRIES:
        raise InvalidError(TOO_MANY_ENTRIES, number=MOST_ENTRIES)
    last = session().scalar(
        select(func.max(ShortlistEntry.position)).where(ShortlistEntry.shortlist_id == shortlist.id)
    )
    first = 0 if last is None else last + 1
    session().add_all(
        ShortlistEntry(shortlist_id=shortlist.id, innovation_id=each, position=place, note=note)
        for place, each in enumerate(new, first)
    )
    session().flush()
    session().expire(shortlist)
    return Added(len(new), len(wanted) - len(new))


def save_note(actor: Member, entry: ShortlistEntry, *, note: str, version: int) -> None:
    """Save what the keeper notes about one innovation.

    Args:
        actor: the keeper of the list.
        entry: the innovation on it.
        note: the words; none takes them away.
        version: that of the note which was opened.

    Raises:
        NotFoundError: the list is not the actor's.
        InvalidError: it is too long.
        StaleVersionError: it was saved from another window meanwhile.
    """
    require_keeper(actor, entry.shortlist)
    note = _short_enough("note", note, NOTE_LENGTH)
    hold(entry.shortlist)
    changed = session().execute(
        update(ShortlistEntry)
        .where(ShortlistEntry.id == entry.id, ShortlistEntry.version == version)
        .values(note=note, version=version + 1)
        .returning(ShortlistEntry.id),
        execution_options={"synchronize_session": False},
    )
    if changed.scalar() is None:
        require_there(entry)
        raise StaleVersionError
    session().refresh(entry)


def move_entry(actor: Member, entry: ShortlistEntry, *, places: int) -> None:
    """Move an innovation on its list.

    Args:
        actor: the keeper of the list.
        entry: what moves.
        places: how far down, or up where it is negative; beyond an end it stops there.

    Raises:
        NotFoundError: the list is not the actor's.
    """
    shortlist = entry.shortlist
    require_keeper(actor, shortlist)
    hold(shortlist)
    require_there(entry)
    session().expire(shortlist)
    order = list(shortlist.entries)
    now = order.index(entry)
    order.insert(max(0, min(len(order) - 1, now + places)), order.pop(now))
    for place, each in enumerate(order):
        each.position = place
    session().flush()
    session().expire(shortlist)


def remove_entry(actor: Member, entry: ShortlistEntry) -> None:
    """Take an innovation and its note from a list.

    Raises:
        NotFoundError: the list is not the actor's.
    """
    shortlist = entry.shortlist
    require_keeper(actor, shortlist)
    hold(shortlist)
    session().execute(
        delete(ShortlistEntry).where(ShortlistEntry.id == entry.id),
        execution_options={"synchronize_session": False},
    )
    session().expunge(entry)
    session().expire(shortlist)


def require_keeper(actor: Member, shortlist: Shortlist) -> Viewer:
    """Return what permissions know of the keeper of a list.

    Raises:
        NotFoundError: it is not the actor's; for everybody else there is none.
    """
    viewer = viewer_of(actor)
    if not is_kept_by(viewer, shortlist):
        raise NotFoundError
    return viewer


def require_there(entry: ShortlistEntry) -> None:
    """Make sure that an entry of a list that is held was not removed from another window.

    Raises:
        NotFoundError: it was.
    """
    if session().scalar(select(ShortlistEntry.id).where(ShortlistEntry.id == entry.id)) is None:
        raise NotFoundError


def hold(shortlist: Shortlist, *, is_change: bool = True) -> None:
    """Let others who change a list or share it wait until this is done. The list comes before what stands on it.

    Args:
        shortlist: the list.
        is_change: whether it counts as changed now; being shared it does not.

    Raises:
        NotFoundError: it was deleted from another window.
    """
    values = {"changed_at": clock.now()} if is_change else {"version": Shortlist.version}
    held = session().execute(
        update(Shortlist).where(Shortlist.id == shortlist.id).values(values).returning(Shortlist.id),
        execution_options={"synchronize_session": False},
    )
    if held.scalar() is None:
        raise NotFoundError


def _checked(name: str, note: str) -> tuple[str, str]:
    name = " ".join(name.split())
    if not name:
        raise InvalidError(NO_NAME, field="name")
    return _short_enough("name", name, NAME_LENGTH), _short_enough("note", note, NOTE_LENGTH)


def _short_enough(field: str, words: str, limit: int) -> str:
    words = words.strip()
    if len(words) > limit:
        raise InvalidError(TOO_LONG, field=field, limit=limit, length=len(words))
    return words
