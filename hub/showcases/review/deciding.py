"""Decisions about entries: written down, changed, taken back; until all are sent, only who judges an entry knows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import checked_words
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator, holding_as_judge
from hub.showcases.models import Entry, EntryDecision, EntryStatus, Showcase
from hub.showcases.models.entry import WORDS_LENGTH
from hub.showcases.permissions import judged_by
from hub.showcases.review.permissions import is_decidable, takes_decisions

MOST_POSITION = 10_000

NOT_NOW = N_("Decisions are taken when the call is over, and until they are sent.")
OTHER_DECISION = N_("Another curator decided about this entry meanwhile. Look at it, then decide again.")
OTHERS_DECISIONS = N_(
    "Some of these entries were decided or withdrawn meanwhile. Nothing was changed: look at the list again."
)
NO_WORDS = N_("Write what the proposer reads.")


@dataclass(frozen=True)
class Decision:
    """What the answer to an entry will be.

    Args:
        decision: accept, put on the waiting list or reject.
        words: what its side reads.
        position: its place on the waiting list, from 1; needed there only.
    """

    decision: EntryDecision
    words: str
    position: int | None = None


def seen_of(entry: Entry) -> str:
    """Return what tells the present decision about an entry from any other; forms carry it."""
    return "" if entry.pending_at is None else f"{entry.pending} {entry.pending_at.isoformat()}"


def decide_entry(actor: Member, entry: Entry, decision: Decision, *, seen: str) -> None:
    """Write down or change the decision about an entry; nobody is told before all are sent.

    Args:
        actor: a curator free of conflict with the entry.
        entry: which one.
        decision: what is decided.
        seen: `seen_of` the entry when the actor looked at it.

    Raises:
        NotFoundError, ForbiddenError: the actor does not judge the entry.
        ConflictError: it cannot be decided now, or another curator decided meanwhile.
        InvalidError: no words, too many, or no such place; names the field.
    """
    viewer = holding_as_judge(actor, entry)
    _require_open(entry, seen)
    words = checked_words(decision.words, WORDS_LENGTH, NO_WORDS)
    _write(viewer, entry, decision, words, _position(decision))


def undo_decision(actor: Member, entry: Entry, *, seen: str) -> None:
    """Take the decision about an entry back, so that it is undecided again.

    Raises:
        NotFoundError, ForbiddenError: the actor does not judge the entry.
        ConflictError: there is none, another curator changed it meanwhile, or it is sent.
    """
    viewer = holding_as_judge(actor, entry)
    _require_open(entry, seen)
    if entry.pending is None:
        raise ConflictError(OTHER_DECISION)
    take_back(viewer, entry)


def take_back(viewer: Viewer, entry: Entry) -> None:
    """Make an entry undecided; the caller holds its showcase and asks whether `viewer` may."""
    before = _snapshot(entry)
    entry.pending = entry.pending_at = entry.pending_by_id = entry.waitlist_position = None
    entry.pending_words = ""
    session().flush()
    record(viewer, Event.ENTRY_DECIDE, entry.subject, before=before, after=_snapshot(entry))


def decide_several(actor: Member, showcase: Showcase, public_ids: Sequence[str], decision: Decision) -> int:
    """Decide the same about several entries that have no decision yet: all of them, or none.

    Args:
        actor: a curator of the team.
        showcase: whose entries.
        public_ids: which ones, in the order in which they go onto a waiting list.
        decision: what is decided about each; its position is not used.

    Returns:
        How many.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: decisions cannot be taken now, or one of the entries is not the actor's to judge, or decided.
        InvalidError: no entry, no words, or too many.
    """
    viewer = holding_as_curator(actor, showcase)
    if not takes_decisions(showcase):
        raise ConflictError(NOT_NOW)
    wanted = list(dict.fromkeys(public_ids))
    if not wanted:
        raise InvalidError(N_("Choose at least one entry."), field="entries")
    words = checked_words(decision.words, WORDS_LENGTH, NO_WORDS)
    found = _undecided(showcase, viewer, wanted)
    if len(found) != len(wanted):
        raise ConflictError(OTHERS_DECISIONS)
    is_waiting = decision.decision is EntryDecision.WAITLIST
    first = next_position(showcase, viewer) if is_waiting else 1
    for place, public_id in enumerate(wanted):
        _write(viewer, found[public_id], decision, words, first + place if is_waiting else None)
    return len(wanted)


def next_position(showcase: Showcase, viewer: Viewer) -> int:
    """Return the place after the last on the waiting list, as far as `viewer` may know it."""
    last = session().scalar(
        select(func.max(Entry.waitlist_position)).where(
            Entry.showcase_id == showcase.id,
            Entry.pending == EntryDecision.WAITLIST,
            judged_by(viewer),
        )
    )
    return min((last or 0) + 1, MOST_POSITION)


def _undecided(showcase: Showcase, viewer: Viewer, public_ids: Collection[str]) -> dict[str, Entry]:
    found = session().scalars(
        select(Entry)
        .where(
            Entry.showcase_id == showcase.id,
            Entry.public_id.in_(public_ids),
            Entry.status == EntryStatus.UNDER_REVIEW,
            Entry.pending.is_(None),
            judged_by(viewer),
        )
        .execution_options(populate_existing=True)
    )
    return {each.public_id: each for each in found}


def _require_open(entry: Entry, seen: str) -> None:
    if not is_decidable(entry):
        raise ConflictError(NOT_NOW)
    if seen != seen_of(entry):
        raise ConflictError(OTHER_DECISION)


def _position(decision: Decision) -> int | None:
    if decision.decision is not EntryDecision.WAITLIST:
        return None
    if decision.position is None or not 1 <= decision.position <= MOST_POSITION:
        raise InvalidError(
            N_("Enter a whole number from 1 to %(most)s."), field="position", most=MOST_POSITION
        )
    return decision.position


def _write(viewer: Viewer, entry: Entry, decision: Decision, words: str, position: int | None) -> None:
    before = _snapshot(entry)
    entry.pending, entry.pending_words = decision.decision, words
    entry.pending_by_id, entry.pending_at = viewer.member_id, clock.now()
    entry.waitlist_position = position
    session().flush()
    record(viewer, Event.ENTRY_DECIDE, entry.subject, before=before, after=_snapshot(entry))


def _snapshot(entry: Entry) -> dict[str, object]:
    return {
        "pending": entry.pending.value if entry.pending else None,
        "words": entry.pending_words,
        "position": entry.waitlist_position,
    }
