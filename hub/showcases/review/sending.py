"""Sending all decisions of a showcase together: before, nobody learns of one; after, everybody of theirs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator
from hub.showcases.lifecycle import ENTRIES
from hub.showcases.models import Entry, EntryDecision, EntryStatus, Showcase
from hub.showcases.review.judges import judges_by_entry, judges_of
from hub.showcases.review.permissions import takes_decisions
from hub.showcases.review.queries import entries_judged
from hub.showcases.telling import tell_side

UNDECIDED = N_("Some entries have no decision yet. Nothing was sent.")
NOT_YOURS = N_(
    "You cannot send the decisions at this moment. Nothing was sent: ask another curator of the team to send them."
)
"""The same for whatever the sender may not know, so that it tells nothing about it."""

NO_TIME = N_("Decisions are sent once, after the call is over.")

EVENTS = {
    EntryDecision.ACCEPT: Event.ENTRY_ACCEPT,
    EntryDecision.WAITLIST: Event.ENTRY_WAITLIST,
    EntryDecision.REJECT: Event.ENTRY_REJECT,
}
TOLD = {
    EntryDecision.ACCEPT: "entry_accepted",
    EntryDecision.WAITLIST: "entry_waitlisted",
    EntryDecision.REJECT: "entry_rejected",
}


@dataclass(frozen=True)
class Outlook:
    """How ready the decisions are, as far as one curator may know.

    Args:
        decided: the entries with each decision, those for the waiting list in the order of their places.
        undecided: those without, and those whose decider may not judge them any more.
    """

    decided: Mapping[EntryDecision, Sequence[Entry]]
    undecided: Sequence[Entry]


def is_decided(entry: Entry, judges: Collection[int]) -> bool:
    """Whether the decision about an entry stands: a decision counts while who took it may judge the entry.

    Args:
        entry: which one.
        judges: ids of the members who may judge it now.
    """
    return entry.pending is not None and entry.pending_by_id in judges


def outlook_of(showcase: Showcase, viewer: Viewer) -> Outlook:
    """Return how ready the decisions are, counted over the entries that `viewer` may judge and no others."""
    free = judges_by_entry(judges_of(showcase))
    entries = [each for each in entries_judged(showcase, viewer) if each.status is EntryStatus.UNDER_REVIEW]
    ready = sorted((each for each in entries if is_decided(each, free.get(each.id, frozenset()))), key=_order)
    return Outlook(
        decided={code: [each for each in ready if each.pending is code] for code in EntryDecision},
        undecided=[each for each in entries if each not in ready],
    )


def send_decisions(actor: Member, showcase: Showcase) -> int:
    """Answer all entries at once: their states, the order of the waiting list, and a message to each side.

    Args:
        actor: a curator free of conflict with every entry.
        showcase: which one.

    Returns:
        How many were answered.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: it is not the time, or another curator sent them, or an entry is undecided.
        ForbiddenError: the actor has a conflict with one of the entries; the words do not say so.
    """
    viewer = holding_as_curator(actor, showcase)
    if not takes_decisions(showcase):
        raise ConflictError(NO_TIME)
    if outlook_of(showcase, viewer).undecided:
        raise ConflictError(UNDECIDED)
    entries = _entries(showcase)
    heard = {each.id for each in entries_judged(showcase, viewer)}
    if any(each.id not in heard for each in entries):
        raise ForbiddenError(NOT_YOURS)
    now = clock.now()
    showcase.decisions_sent_at, showcase.decisions_sent_by_id = now, actor.id
    session().flush()
    positions = _positions(entries)
    for entry in entries:
        _send(viewer, entry, positions.get(entry.id))
    record(viewer, Event.SHOWCASE_SEND_DECISIONS, showcase.subject, after={"entries": len(entries)})
    return len(entries)


def _entries(showcase: Showcase) -> Sequence[Entry]:
    return (
        session()
        .scalars(
            select(Entry)
            .where(Entry.showcase_id == showcase.id, Entry.status == EntryStatus.UNDER_REVIEW)
            .options(joinedload(Entry.organisation), selectinload(Entry.presenters))
            .order_by(Entry.id)
            .execution_options(populate_existing=True)
        )
        .all()
    )


def _positions(entries: Collection[Entry]) -> dict[int, int]:
    """Return the places on the waiting list by id: 1, 2, 3 … in the order that was chosen, who came first first."""
    waiting = sorted((each for each in entries if each.pending is EntryDecision.WAITLIST), key=_order)
    return {each.id: place for place, each in enumerate(waiting, start=1)}


def _order(entry: Entry) -> tuple[int, datetime, int]:
    return entry.waitlist_position or 0, entry.proposed_at or entry.created_at, entry.id


def _send(viewer: Viewer, entry: Entry, position: int | None) -> None:
    decision = entry.pending
    if decision is None:
        raise ConflictError(UNDECIDED)
    ENTRIES.move(
        entry,
        decision.value,
        decided_by_id=entry.pending_by_id,
        decided_at=clock.now(),
        decision_words=entry.pending_words,
        waitlist_position=position,
        pending=None,
        pending_words="",
        pending_by_id=None,
        pending_at=None,
    )
    record(
        viewer,
        EVENTS[decision],
        entry.subject,
        after={"status": entry.status.value, "position": position, "words": entry.decision_words},
    )
    tell_side(TOLD[decision], entry)
