"""Answers to an acceptance: confirming, stepping back, and who then moves up from the waiting list."""

from sqlalchemy import select

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_judge
from hub.showcases.entries.checking import NOT_SHOWN, holding_as_side, is_showable, require_running
from hub.showcases.entries.details import NO_PRESENTER, snapshot
from hub.showcases.entries.presenters import confirm
from hub.showcases.lifecycle import ENTRIES
from hub.showcases.models import Entry, EntryStatus, PresenterStatus, Showcase, ShowcaseStatus
from hub.showcases.models.entry import STANDING
from hub.showcases.permissions import speaks_as
from hub.showcases.programme.placing import empty_slot
from hub.showcases.telling import side_ids, tell_judges, tell_side

MOVES_UP = (ShowcaseStatus.REVIEW, ShowcaseStatus.PROGRAMME_PUBLISHED)
"""States of a showcase in which the waiting list moves."""

NO_LONGER_SHOWN = N_(
    "This entry cannot move up: its innovation is no longer shown to the whole audience, or nobody acts for it."
)


def confirm_entry(actor: Member, entry: Entry) -> None:
    """Say that an accepted entry will be presented; its presenters who have no account are confirmed with it.

    Args:
        actor: who acts for the entry.
        entry: an accepted one.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they do not act for it.
        ConflictError: it waits for no answer, nobody would present it, or its innovation can no longer be shown.
    """
    viewer = holding_as_side(actor, entry)
    require_running(entry.showcase)
    if not any(each.status in STANDING for each in entry.presenters):
        raise ConflictError(NO_PRESENTER)
    if not is_showable(entry.innovation, entry.showcase):
        raise ConflictError(NOT_SHOWN)
    before = snapshot(entry)
    ENTRIES.move(entry, "confirm", answered_at=clock.now())
    for presenter in entry.presenters:
        if presenter.status is PresenterStatus.ASKED and speaks_as(viewer, presenter):
            confirm(viewer, presenter)
    record(viewer, Event.ENTRY_CONFIRM, entry.subject, before=before, after=snapshot(entry))
    tell_judges("entry_answered", entry, but=actor.id)


def step_back_with(actor: Member, entry: Entry) -> None:
    """Say that an accepted entry will not be presented: its slot comes free, and the next one moves up.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they do not act for it.
        ConflictError: it was not accepted, or the showcase is over.
    """
    viewer = holding_as_side(actor, entry)
    require_running(entry.showcase)
    leave(viewer, entry)
    tell_judges("entry_left", entry, but=actor.id)


def leave(viewer: Viewer, entry: Entry, *, reason: str = "") -> None:
    """Take an accepted entry that is held out of the programme, and let the next one move up.

    Args:
        viewer: who does it, for the audit log.
        entry: an accepted or confirmed one.
        reason: what the audit log says besides.

    Raises:
        ConflictError: its state does not allow it.
    """
    if ENTRIES.row("step_back", entry.status) is None:
        raise ConflictError
    before = snapshot(entry)
    # the log of changes tells of it as what it was
    empty_slot(entry, viewer)
    ENTRIES.move(entry, "step_back", answered_at=clock.now(), is_featured=False)
    record(viewer, Event.ENTRY_STEP_BACK, entry.subject, reason=reason, before=before, after=snapshot(entry))
    move_up_next(entry.showcase)


def move_up_next(showcase: Showcase) -> Entry | None:
    """Accept the first entry on the waiting list that can still be shown and whose side is there.

    Args:
        showcase: held.

    Returns:
        the entry that moved up, or None: nobody waits, or the showcase has begun.
    """
    if showcase.status not in MOVES_UP or showcase.starts_at is None or showcase.starts_at <= clock.now():
        return None
    waiting = session().scalars(
        select(Entry)
        .where(Entry.showcase_id == showcase.id, Entry.status == EntryStatus.WAITLISTED)
        .order_by(Entry.waitlist_position, Entry.id)
    )
    for entry in waiting.all():
        if can_move_up(entry):
            _accept(VISITOR, entry)
            return entry
    return None


def move_up(actor: Member, entry: Entry) -> None:
    """Accept an entry from the waiting list out of its turn, as a curator.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they may not judge it.
        ConflictError: it does not wait, or can no longer be shown.
    """
    viewer = holding_as_judge(actor, entry)
    require_running(entry.showcase)
    if entry.status is EntryStatus.WAITLISTED and not can_move_up(entry):
        raise ConflictError(NO_LONGER_SHOWN)
    _accept(viewer, entry)


def can_move_up(entry: Entry) -> bool:
    """Whether an entry on the waiting list could still be shown, and somebody is there to answer."""
    is_there = entry.organisation_id is not None or entry.proposed_by.is_approved
    return is_there and bool(side_ids(entry)) and is_showable(entry.innovation, entry.showcase)


def _accept(viewer: Viewer, entry: Entry) -> None:
    before = snapshot(entry)
    ENTRIES.move(entry, "move_up")
    record(viewer, Event.ENTRY_MOVE_UP, entry.subject, before=before, after=snapshot(entry))
    tell_side("entry_moved_up", entry)
    tell_judges("entry_to_place", entry, but=viewer.member_id)
