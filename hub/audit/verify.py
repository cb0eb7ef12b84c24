"""Walks an audit log and names its first break; pure, so it runs on database rows and on a published file alike.

What is cut off at the end, or rewritten with every hash after it, leaves no trace in the log itself: seals show it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from hub.audit.encoding import START, Link, PrivatePart, commitment_of, link_hash
from hub.core.i18n import N_


class Fault(StrEnum):
    """What is wrong at the first break."""

    GAP = "gap"
    DAMAGED_LINE = "damaged_line"
    TIME_RUNS_BACK = "time_runs_back"
    TIME_CHANGED = "time_changed"
    COMMITMENT_CHANGED = "commitment_changed"
    HASH_CHANGED = "hash_changed"
    LINK_CHANGED = "link_changed"
    DOES_NOT_FOLLOW = "does_not_follow"
    PART_CHANGED = "part_changed"
    PART_MISSING = "part_missing"
    PART_LOOSE = "part_loose"
    REWRITTEN = "rewritten"
    CUT_OFF = "cut_off"


SENTENCES: dict[Fault, str] = {
    Fault.GAP: N_("Entry %(number)s is missing: entry %(found)s stands in its place."),
    Fault.DAMAGED_LINE: N_("Entry %(number)s cannot be read: its line is not as the hub writes it."),
    Fault.TIME_RUNS_BACK: N_("Entry %(number)s is stamped earlier than the entry before it."),
    Fault.TIME_CHANGED: N_(
        "Entry %(number)s: its time was changed, or the entry before it was rewritten with its hash."
    ),
    Fault.COMMITMENT_CHANGED: N_("Entry %(number)s: its commitment in the chain was changed."),
    Fault.HASH_CHANGED: N_("Entry %(number)s: its hash in the chain was changed."),
    Fault.LINK_CHANGED: N_(
        "Entry %(number)s: its time or its first hash (“commitment”) was changed, or the entry before it was"
        " rewritten with its hash."
    ),
    Fault.DOES_NOT_FOLLOW: N_(
        "Entry %(number)s does not follow from the entry before it: it was changed, swapped or replaced."
    ),
    Fault.PART_CHANGED: N_(
        "Entry %(number)s: its private part was changed; it no longer fits the commitment."
    ),
    Fault.PART_MISSING: N_(
        "Entry %(number)s: its private part is missing, and no later entry tells of an erasure."
    ),
    Fault.PART_LOOSE: N_("Entry %(number)s was cut off the chain: only its private part is left."),
    Fault.REWRITTEN: N_(
        "The log is not the one that was signed: of entries %(number)s to %(last)s at least one was rewritten, with"
        " every hash after it."
    ),
    Fault.CUT_OFF: N_(
        "Entry %(number)s is missing: the log ends before it, and a signed checkpoint tells of %(entries)s entries."
    ),
}


@dataclass(frozen=True)
class Break:
    """The first place where a log does not hold.

    Args:
        number: the entry at fault.
        fault: what is wrong with it.
        parameters: what the sentence names.
    """

    number: int
    fault: Fault
    parameters: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The message id that names the break, for `parameters`."""
        return SENTENCES[self.fault]

    def __str__(self) -> str:
        return self.message % self.parameters


@dataclass(frozen=True)
class Verdict:
    """The outcome of a walk.

    Args:
        entries: how many entries are sound, from the first on.
        head: hash of the last sound entry; 64 zeros for an empty log.
        recorded_at: time of the last sound entry, None for an empty log.
        first_break: where the log stops being sound, None when it is whole.
    """

    entries: int
    head: str
    recorded_at: datetime | None
    first_break: Break | None

    @property
    def is_whole(self) -> bool:
        """Whether there is no break."""
        return self.first_break is None


Seals = Mapping[int, Collection[str]]
"""By number of entries, the hashes that signed checkpoints name as the last one."""


FIRST_OF_TIMES = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Start:
    """How far a log was walked before.

    Args:
        entries: how many entries are known to be sound.
        head: hash of the last of them.
        recorded_at: its time, or the first of all times.
    """

    entries: int = 0
    head: str = START
    recorded_at: datetime = FIRST_OF_TIMES


BEGINNING = Start()


class Part(StrEnum):
    """What is known of a private part."""

    SOUND = "sound"
    CHANGED = "changed"
    MISSING = "missing"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class StoredEntry:
    """One link of the stored chain with its private part, if that is still there.

    Args:
        link: the row of the chain.
        salt: the part's salt, None when the part is missing.
        part: the private part, None when it is missing.
        is_erased: whether a later erasure entry names this number.
    """

    link: Link
    salt: str | None
    part: PrivatePart | None
    is_erased: bool = False

    @property
    def _state(self) -> Part:
        if self.part is None or self.salt is None:
            return Part.NOT_ASKED if self.is_erased else Part.MISSING
        try:
            fits = commitment_of(self.salt, self.part) == self.link.commitment
        except (TypeError, ValueError):
            fits = False
        return Part.SOUND if fits else Part.CHANGED


def verify_stored(
    entries: Iterable[StoredEntry], first_loose: int | None = None, seals: Seals | None = None
) -> Verdict:
    """Check the rows of a database.

    Args:
        entries: every link in the order of numbers, with its private part.
        first_loose: lowest number of a private part without a link, if there is one.
        seals: what signed checkpoints say of the log.
    """
    verdict = walk(((entry.link, entry._state) for entry in entries), seals)  # noqa: SLF001 - of this module
    if verdict.is_whole and first_loose is not None:
        return replace(verdict, first_break=_break(Fault.PART_LOOSE, first_loose))
    return verdict


def verify_links(links: Iterable[Link], start: Start = BEGINNING) -> Verdict:
    """Check links without their private parts, from where an earlier walk ended."""
    return walk(((link, Part.NOT_ASKED) for link in links), None, start)


def walk(
    entries: Iterator[tuple[Link | None, Part]], seals: Seals | None = None, start: Start = BEGINNING
) -> Verdict:
    """Check links from `start` on, and what is known of their private parts.

    Args:
        entries: each link, or None in place of one that cannot be read, with the state of its private part.
        seals: what signed checkpoints say of the log.
        start: how far it is known to be sound.
    """
    count, head, last = start.entries, start.head, start.recorded_at
    sealed = seals or {}
    broken = seal_break(sealed, count, head)
    while broken is None:
        link, part = next(entries, (None, None))
        if part is None:
            broken = end_break(sealed, count)
            break
        if link is None:
            broken = _break(Fault.DAMAGED_LINE, count + 1)
            break
        fault = _fault_of(link, part, count + 1, head, last)
        if fault is Fault.DOES_NOT_FOLLOW:
            following, _ = next(entries, (None, None))
            fault = _diagnosis(link, part, head, following)
        if fault is not None:
            broken = _break(fault, count + 1, found=link.number)
            break
        count, head, last = count + 1, link.hash, link.recorded_at
        if count in sealed:
            broken = seal_break(sealed, count, head)
    return Verdict(count, head, last if count else None, broken)


def seal_break(seals: Seals, count: int, head: str) -> Break | None:
    """Return the break where a checkpoint of `count` entries names another hash than `head`."""
    heads = seals.get(count)
    if heads is None or all(each == head for each in heads):
        return None
    before = max((each for each in seals if each < count), default=0)
    return _break(Fault.REWRITTEN, min(before + 1, count), last=count)


def end_break(seals: Seals, count: int) -> Break | None:
    """Return the break where a log ends after `count` entries and a checkpoint tells of more."""
    most = max(seals, default=0)
    return _break(Fault.CUT_OFF, count + 1, entries=most) if most > count else None


def _break(fault: Fault, number: int, **parameters: object) -> Break:
    return Break(number, fault, {"number": number, **parameters})


def _fault_of(link: Link, part: Part, expected: int, head: str, last: datetime) -> Fault | None:
    if link.number != expected:
        return Fault.GAP
    if not follows(link, head):
        return Fault.DOES_NOT_FOLLOW
    if link.recorded_at < last:
        return Fault.TIME_RUNS_BACK
    return _FAULTS.get(part)


_FAULTS = {Part.CHANGED: Fault.PART_CHANGED, Part.MISSING: Fault.PART_MISSING}


def follows(link: Link, head: str) -> bool:
    """Whether the hash of `link` is right after one whose hash is `head`; nonsense in a field is a no."""
    try:
        return link.has_hash_after(head)
    except (TypeError, ValueError, OverflowError):
        return False


def _diagnosis(link: Link, part: Part, head: str, following: Link | None) -> Fault:
    """Tell what was changed in a link whose hash is wrong, with the help of the link that follows."""
    if following is None:
        return Fault.DOES_NOT_FOLLOW
    if follows(following, link.hash):
        # The stored hash is the one that the next entry was built on, so something else was changed.
        if part is Part.SOUND:
            return Fault.TIME_CHANGED
        return Fault.COMMITMENT_CHANGED if part is Part.CHANGED else Fault.LINK_CHANGED
    try:
        due = link_hash(head, link.number, link.recorded_at, link.commitment)
    except (TypeError, ValueError, OverflowError):
        return Fault.DOES_NOT_FOLLOW
    return Fault.HASH_CHANGED if follows(following, due) else Fault.DOES_NOT_FOLLOW
