"""The part of the audit log that registers are read from, held in memory: only the new end is read again."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from hub.audit.events import Event
from hub.audit.models import AuditChain, AuditEntry
from hub.core.database import session

Line = tuple[int, datetime, str, str]
"""Number, moment, tag and subject. Plain values only, which the collector of garbage need not look at."""

MOST = 4
"""Choices of tags, or databases, that are held; the first one leaves first."""


@dataclass(frozen=True)
class _Held:
    """What was read, as far as entry `number`; where its hash is the same, so is the whole log before it."""

    number: int = 0
    hash: str = ""
    lines: tuple[Line, ...] = ()


_held: OrderedDict[tuple[str, frozenset[Event]], _Held] = OrderedDict()


def lines_with(events: Iterable[Event]) -> Sequence[Line]:
    """Return the entries with one of these tags, the oldest first, without those that were erased.

    An erasure is itself an entry, and counts from that one on; its rows are removed a little later.
    """
    wanted = frozenset(events) | {Event.AUDIT_ERASE}
    key = (session().get_bind().engine.url.render_as_string(), wanted)
    held = _held.get(key, _Held())
    if held.number and held.hash != _hash_of(held.number):
        held = _Held()
    new = _read(wanted, held.number)
    if new:
        number = new[-1][0]
        held = _Held(number, _hash_of(number), _without_erased((*held.lines, *new)))
        # whoever comes second writes the same, or a little more
        _held[key] = held
        if len(_held) > MOST:
            _held.popitem(last=False)
    return held.lines


def _without_erased(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    erased = {subject for _, _, tag, subject in lines if tag == Event.AUDIT_ERASE}
    if not erased:
        return lines
    return tuple(line for line in lines if line[2] != Event.AUDIT_ERASE and f"audit:{line[0]}" not in erased)


def _hash_of(number: int) -> str:
    return session().scalar(select(AuditChain.hash).where(AuditChain.number == number)) or ""


def _read(wanted: Iterable[Event], after: int) -> list[Line]:
    rows = session().execute(
        select(AuditEntry.number, AuditChain.recorded_at, AuditEntry.tag, AuditEntry.subject)
        .join(AuditChain, AuditChain.number == AuditEntry.number)
        .where(AuditEntry.tag.in_(sorted(event.value for event in wanted)), AuditEntry.number > after)
        .order_by(AuditEntry.number)
    )
    return [(number, at, tag, subject) for number, at, tag, subject in rows]
