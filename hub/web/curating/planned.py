"""The programme as its curators see it, in words: days, what begins together, names of entries and presenters."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

from hub.showcases.models import Entry, EntryStatus, Showcase, SlotKind
from hub.showcases.models.entry import STANDING
from hub.showcases.programme.clashes import MINUTE
from hub.showcases.programme.publishing import Check, Finding
from hub.showcases.programme.queries import PlannedSlot
from hub.showcases.review.queries import names_of
from hub.web.curating.clash_words import clash_words
from hub.web.curating.ranking import HIDDEN_NAME
from hub.web.i18n import language, translate
from hub.web.sessions import viewer
from hub.web.showcases.times import clock_span, day_key, event_day

NOTHING: Mapping[int, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True)
class EntryLine:
    """An entry in few words.

    Args:
        entry: the entry.
        name: of its innovation; words in its place where that is outside this curator's audience.
        language: BCP 47 code of the name.
        presenters: names of those who are still meant to present.
    """

    entry: Entry
    name: str
    language: str
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
    """Return an entry that this curator may judge in few words."""
    return entry_lines([entry])[entry.id]


def entry_lines(entries: Collection[Entry]) -> dict[int, EntryLine]:
    """Return entries that this curator may judge in few words, by id; some show what is outside their audience."""
    names, spoken = names_of(entries, viewer(), language().code), language().code
    found = {}
    for each in entries:
        said = names.get(each.id)
        found[each.id] = EntryLine(
            entry=each,
            name=said.name if said else translate(HIDDEN_NAME),
            language=said.language if said else spoken,
            presenters=_people_of(each),
        )
    return found


def _people_of(entry: Entry) -> tuple[str, ...]:
    return tuple(
        each.member.display_name if each.member else each.name
        for each in entry.presenters
        if each.status in STANDING and (each.member or each.name)
    )


def slot_cards(
    programme: Sequence[PlannedSlot], zone: str, notes: Mapping[int, Sequence[str]] = NOTHING
) -> list[SlotCard]:
    """Return slots in few words.

    Args:
        programme: the slots.
        zone: that of the venue.
        notes: what is to be said about some of them, by id.
    """
    lines = entry_lines([each.entry for each in programme if each.entry])
    return [_card(each, zone, lines, notes.get(each.slot.id, ())) for each in programme]


def _card(planned: PlannedSlot, zone: str, lines: Mapping[int, EntryLine], notes: Sequence[str]) -> SlotCard:
    slot = planned.slot
    return SlotCard(
        planned=planned,
        hours=clock_span(slot.starts_at, slot.ends_at, zone),
        minutes=(slot.ends_at - slot.starts_at) // MINUTE,
        line=lines[planned.entry.id] if planned.entry else None,
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
    for key, on_day in groupby(
        slot_cards(programme, zone, notes), key=lambda each: day_key(_begin(each), zone)
    ):
        cards = list(on_day)
        times = [(begin, list(together)) for begin, together in groupby(cards, key=_begin)]
        found.append(DayPlan(key=key, words=event_day(_begin(cards[0]), zone), times=times))
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


def _begin(card: SlotCard) -> datetime:
    return card.planned.slot.starts_at


def _kind(planned: PlannedSlot) -> str:
    slot = planned.slot
    if slot.kind is not SlotKind.ENTRY:
        return slot.kind.value
    if not planned.is_taken:
        return "free"
    return "entry" if planned.entry is not None else "taken"
