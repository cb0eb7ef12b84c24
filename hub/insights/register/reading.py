"""The register: the entries of the audit log that tell of decisions about what visitors may know of, without people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.audit.events import Event
from hub.insights.register.kinds import Kind
from hub.insights.register.log import lines_with
from hub.insights.register.source import Bases, Basis, Known, Source

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, with nothing about people in it.

    Args:
        number: of its entry in the audit log.
        decided_at: when.
        kind: what was decided.
        about: how the audit log names the record, which visitors may open.
        reasons: codes of the vocabulary that the kind names.
        days: how long it took, in days with one decimal; None where it answers nothing, or its beginning is not known.
        recusals: how many people stood aside since the decision before about the same record.
    """

    number: int
    decided_at: datetime
    kind: Kind
    about: str
    reasons: tuple[str, ...]
    days: float | None
    recusals: int


def read_register(sources: Sequence[Source]) -> tuple[Decision, ...]:
    """Return every decision that visitors may know of now, the newest first.

    What is hidden, what was decided while it was hidden and what was erased from the log leaves no trace in it.

    Args:
        sources: what each feature tells; the caller puts them together.
    """
    kinds = {kind.event: kind for source in sources for kind in source.kinds}
    closing = frozenset[Event]().union(*(source.closing for source in sources))
    beginnings = frozenset(event for kind in kinds.values() for event in kind.begun)
    known: dict[str, Known] = {}
    bases: dict[tuple[Event, str], Sequence[Basis]] = {}
    for source in sources:
        known.update(source.known())
        bases.update(source.bases())
    found: list[Decision] = []
    begun: dict[tuple[Event, str], datetime] = {}
    recusals: dict[str, int] = {}
    by_tag = {event.value: event for event in (*kinds, *closing, *beginnings, Event.RECUSAL_RECORD)}
    for number, at, tag, subject in lines_with(by_tag.values()):
        thing, event = known.get(subject), by_tag.get(tag)
        if thing is None or event is None:
            continue
        if event is Event.RECUSAL_RECORD:
            recusals[thing.about] = recusals.get(thing.about, 0) + 1
            continue
        if event in beginnings:
            begun[event, subject] = at
        kind = kinds.get(event)
        if kind is None and event not in closing:
            continue
        stood_aside = recusals.pop(thing.about, 0)
        basis = _basis_of(bases, event, subject, at)
        if kind is None or not _is_shown(kind, thing, basis, at):
            continue
        since = basis.begun_at if basis and basis.begun_at else _latest(begun, kind, subject)
        found.append(
            Decision(
                number,
                at,
                kind,
                thing.about,
                basis.reasons if basis else (),
                None if since is None else max(round((at - since) / A_DAY, 1), 0.0),
                stood_aside,
            )
        )
    return tuple(reversed(found))


def _basis_of(bases: Bases, event: Event, subject: str, at: datetime) -> Basis | None:
    """Return the last basis that is not younger than the entry: both were written in one transaction."""
    return next((each for each in reversed(bases.get((event, subject), ())) if each.decided_at <= at), None)


def _is_shown(kind: Kind, thing: Known, basis: Basis | None, at: datetime) -> bool:
    if not thing.is_shown:
        return False
    if kind.is_based:
        return basis is not None and basis.is_shown
    return thing.since is None or at >= thing.since


def _latest(begun: Mapping[tuple[Event, str], datetime], kind: Kind, subject: str) -> datetime | None:
    moments = [begun[event, subject] for event in kind.begun if (event, subject) in begun]
    return max(moments, default=None)
