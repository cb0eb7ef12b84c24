"""The programme as its curators see it, in words: days, what begins together, names of entries and presenters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from hub.showcases.models import Entry, EntryStatus, Showcase, SlotKind
from hub.showcases.models.entry import STANDING
from hub.showcases.programme.clashes import MINUTE
from hub.showcases.programme.publishing import Check, Finding
from hub.showcases.programme.queries import PlannedSlot
from hub.web.catalogue.named import NamedRecord, named
from hub.web.curating.clash_words import clash_words
from hub.web.showcases.times import clock_span, day_key, event_day


@dataclass(frozen=True)
class EntryLine:
    """An entry in few words.

    Args:
        entry: the entry.
        record: the name of its innovation.
        presenters: names of those who are still meant to present.
    """

    entry: Entry
    record: NamedRecord
    presenters: Sequence[str]


@dataclass(frozen=True)
class SlotCard:
    """A slot in few words.

    Args:
        planned: the slot, and what this curator may know of what is in it.
        hours: from when to when, in the time of the venue.
        minutes: how long it lasts.
        line: its entry, where it has one that this curator may know.
        kind: `entry`, `free`, `taken`, `plenary` or `break`.
        is_unconfirmed: whether its entry's side has still to confirm.
        notes: what clashes or is doubtful.
    """

    planned: PlannedSlot
    hours: str
    minutes: int
    line: EntryLine | None
    kind: str
    is_unconfirmed: bool = False
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class DayPlan:
    """One day of a programme.

    Args:
        key: the day as ISO 8601 writes it.
        words: the day in words.
        times: what begins together, by the words of when.
    """

    key: str
    words: str
    times: Sequence[tuple[datetime, Sequence[SlotCard]]] = field(default=())


def entry_line(entry: Entry) -> EntryLine:
    """Return an entry in few words, for somebody who may read it."""
    names = (
        each.member.display_name if each.member else each.name
        for each in entry.presenters
        if each.status in STANDING
    )
    return EntryLine(entry=entry, record=named(entry.innovation), presenters=tuple(names))


def slot_card(planned: PlannedSlot, zone: str, notes: Sequence[str] = ()) -> SlotCard:
    """Return a slot in few words.

    Args:
        planned: the slot.
        zone: that of the venue.
        notes: what is to be said about it.
    """
    slot = planned.slot
    return SlotCard(
        planned=planned,
        hours=clock_span(slot.starts_at, slot.ends_at, zone),
        minutes=(slot.ends_at - slot.starts_at) // MINUTE,
        line=entry_line(planned.entry) if planned.entry else None,
        kind=_kind(planned),
        is_unconfirmed=planned.entry is not None and planned.entry.status is EntryStatus.ACCEPTED,
        notes=notes,
    )


def days_planned(
    showcase: Showcase, programme: Sequence[PlannedSlot], notes: Mapping[int, Sequence[str]]
) -> Sequence[DayPlan]:
    """Return a programme by days and by when its slots begin.

    Args:
        showcase: whose programme.
        programme: its slots in their order.
        notes: what is to be said about some of them, by id.
    """
    zone = showcase.time_zone
    found = []
    for key, on_day in groupby(programme, key=lambda each: day_key(each.slot.starts_at, zone)):
        slots = list(on_day)
        times = [
            (begin, [slot_card(each, zone, notes.get(each.slot.id, ())) for each in together])
            for begin, together in groupby(slots, key=lambda each: each.slot.starts_at)
        ]
        found.append(DayPlan(key=key, words=event_day(slots[0].slot.starts_at, zone), times=times))
    return found


def notes_of(check: Check, zone: str) -> dict[int, list[str]]:
    """Return what clashes and what is doubtful in words, by id of the slot."""
    found: dict[int, list[str]] = {}
    for each in (*check.clashes, *check.doubts):
        if each.planned is not None:
            found.setdefault(each.planned.slot.id, []).append(clash_words(each.clash, zone))
    return found


def finding_words(finding: Finding, zone: str) -> tuple[str, str]:
    """Return the anchor of the slot that a finding is about, empty for none, and the finding in words."""
    anchor = f"slot-{finding.planned.slot.public_id}" if finding.planned else ""
    return anchor, clash_words(finding.clash, zone)


def _kind(planned: PlannedSlot) -> str:
    slot = planned.slot
    if slot.kind is not SlotKind.ENTRY:
        return slot.kind.value
    if not planned.is_taken:
        return "free"
    return "entry" if planned.entry is not None else "taken"
