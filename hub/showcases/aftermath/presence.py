"""What was presented and what was not: marked by curators free of conflict, while the showcase runs or later."""

from dataclasses import dataclass

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator, holding_as_judge
from hub.showcases.lifecycle import ENTRIES
from hub.showcases.models import Entry, EntryStatus, Showcase, ShowcaseStatus, Slot
from hub.showcases.models.entry import PLACEABLE, WORDS_LENGTH
from hub.showcases.permissions import judged_by

MARKED_IN = (ShowcaseStatus.LIVE, ShowcaseStatus.CLOSED, ShowcaseStatus.REPORTED)
"""States of a showcase in which it is known what was presented."""

NOT_YET = N_("Its slot has not begun yet, so nobody knows whether it will be presented.")
SAY_WHY = N_("Say why it was not presented.")


@dataclass(frozen=True)
class Marked:
    """One entry on the list of what was presented.

    Args:
        entry: the entry.
        slot: its slot, or None where it never had one.
        has_begun: whether it can be marked now.
    """

    entry: Entry
    slot: Slot | None
    has_begun: bool


def marked_entries(showcase: Showcase, viewer: Viewer) -> list[Marked]:
    """Return the accepted entries of a showcase that `viewer` may judge, in the order of the programme."""
    found = session().execute(
        select(Entry, Slot)
        .outerjoin(Slot, Slot.entry_id == Entry.id)
        .where(Entry.showcase_id == showcase.id, Entry.status.in_(PLACEABLE), judged_by(viewer))
        .order_by(Slot.starts_at.is_(None), Slot.starts_at, Slot.position, Entry.id)
    )
    return [Marked(entry, slot, _has_begun(showcase, slot)) for entry, slot in found]


def mark_presented(actor: Member, entry: Entry) -> None:
    """Note that an entry was presented; also where it was noted that it was not. Twice does no harm.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they are not a curator free of conflict with it.
        ConflictError: its slot has not begun, or its state does not allow it.
    """
    viewer = holding_as_judge(actor, entry)
    if entry.status is not EntryStatus.PRESENTED:
        _require_begun(entry)
        _present(viewer, entry)


def mark_missed(actor: Member, entry: Entry, *, words: str) -> None:
    """Note that an entry was not presented, and why; also with other words than before.

    Args:
        actor: a curator free of conflict.
        entry: what was to be presented.
        words: why not; everybody who sees its slot reads them.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they are not a curator free of conflict with it.
        ConflictError: its slot has not begun, or its state does not allow it.
        InvalidError: no words, or words that cannot be stored.
    """
    viewer = holding_as_judge(actor, entry)
    if not words.strip():
        raise InvalidError(SAY_WHY, field="words")
    check_text("words", words, WORDS_LENGTH)
    _require_begun(entry)
    before = _picture(entry)
    if entry.status is EntryStatus.NOT_PRESENTED:
        entry.presence_words = words
        session().flush()
    else:
        # what was not shown is not put forward
        ENTRIES.move(entry, "miss", presence_words=words, is_featured=False)
    record(viewer, Event.ENTRY_MISS, entry.subject, reason=words, before=before, after=_picture(entry))


def mark_rest_presented(actor: Member, showcase: Showcase) -> int:
    """Note of all confirmed entries whose slot has begun, and which the actor may judge, that they were presented.

    Returns:
        How many.

    Raises:
        NotFoundError: the actor is not on the team.
    """
    viewer = holding_as_curator(actor, showcase)
    rest = [
        each.entry
        for each in marked_entries(showcase, viewer)
        if each.has_begun and each.entry.status is EntryStatus.CONFIRMED
    ]
    for entry in rest:
        _present(viewer, entry)
    return len(rest)


def _present(viewer: Viewer, entry: Entry) -> None:
    before = _picture(entry)
    ENTRIES.move(entry, "present", presence_words="")
    record(viewer, Event.ENTRY_PRESENT, entry.subject, before=before, after=_picture(entry))


def _require_begun(entry: Entry) -> None:
    slot = session().scalar(select(Slot).where(Slot.entry_id == entry.id))
    if not _has_begun(entry.showcase, slot):
        raise ConflictError(NOT_YET)


def _has_begun(showcase: Showcase, slot: Slot | None) -> bool:
    """Whether it is known if an entry was presented; one without a slot when the showcase is over."""
    if showcase.status not in MARKED_IN:
        return False
    return showcase.status is not ShowcaseStatus.LIVE or (slot is not None and slot.starts_at <= clock.now())


def _picture(entry: Entry) -> dict[str, object]:
    return {"status": entry.status.value, "presence_words": entry.presence_words}
