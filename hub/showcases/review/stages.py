"""What the end of a call does to its entries, and what opening it again does; the showcase is held by the caller."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.core.errors import ConflictError
from hub.core.i18n import N_
from hub.showcases.lifecycle import ENTRIES
from hub.showcases.models import Entry, EntryStatus, Showcase
from hub.showcases.review.deciding import take_back
from hub.showcases.review.judges import judges_of
from hub.showcases.review.queries import entries_judged
from hub.showcases.telling import tell_members

NOT_AGAIN = N_("The call cannot be opened again: the team has begun to decide about entries.")


def begin_review(viewer: Viewer, showcase: Showcase) -> int:
    """Begin the review of every proposed entry, and tell each curator who has something to judge.

    Args:
        viewer: the curator who closed the call; a visitor stands for the clock.
        showcase: whose call is over; held by the caller.

    Returns:
        How many entries there are.
    """
    entries, heard = _entries(showcase, EntryStatus.PROPOSED), _heard(showcase, viewer)
    for entry in entries:
        ENTRIES.move(entry, "begin_review")
        record(_by(viewer, entry, heard), Event.ENTRY_BEGIN_REVIEW, entry.subject)
    begun = {each.id for each in entries}
    judges = [each.member.id for each in judges_of(showcase) if begun & each.entry_ids]
    if judges:
        # who has a conflict with all of them does not hear that there is any
        tell_members(judges, "entries_to_score", showcase.subject, showcase)
    return len(entries)


def reopen_entries(viewer: Viewer, showcase: Showcase) -> int:
    """Let entries be changed again, as their call is open again; scores stay.

    A decision about an entry of which `viewer` may not hear refuses nothing: the refusal would tell of it. It is
    taken back instead, as who took it sees.

    Args:
        viewer: the curator who opens it.
        showcase: whose call; held by the caller.

    Returns:
        How many entries there are.

    Raises:
        ConflictError: a decision of which `viewer` knows was taken, or all were sent.
    """
    entries, heard = _entries(showcase, EntryStatus.UNDER_REVIEW), _heard(showcase, viewer)
    if showcase.decisions_sent_at is not None or any(each.pending and each.id in heard for each in entries):
        raise ConflictError(NOT_AGAIN)
    for entry in entries:
        by = _by(viewer, entry, heard)
        if entry.pending is not None:
            take_back(by, entry)
        ENTRIES.move(entry, "reopen")
        record(by, Event.ENTRY_REOPEN, entry.subject)
    return len(entries)


def _heard(showcase: Showcase, viewer: Viewer) -> frozenset[int]:
    return frozenset(each.id for each in entries_judged(showcase, viewer))


def _by(viewer: Viewer, entry: Entry, heard: Collection[int]) -> Viewer:
    """Return who the log says did it: own acts are counted in own data, so none with what one may not hear of."""
    return viewer if entry.id in heard else VISITOR


def _entries(showcase: Showcase, status: EntryStatus) -> Sequence[Entry]:
    return (
        session()
        .scalars(
            select(Entry)
            .where(Entry.showcase_id == showcase.id, Entry.status == status)
            .order_by(Entry.id)
            .execution_options(populate_existing=True)
        )
        .all()
    )
