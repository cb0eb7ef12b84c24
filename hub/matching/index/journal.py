"""Reads from the search journal what changed; what it has become is read from the features' own tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

from sqlalchemy import bindparam, select

from hub.core.database import session
from hub.matching.facts import Kind
from hub.search.models import SearchJournal

MARK_BYTES = 8

Thing = tuple[Kind, str]
"""Kind and key of one thing."""

PREFIXED = (Kind.MEMBER, Kind.ORGANISATION, Kind.REQUEST)
"""What search knows by its kind and key; innovations it knows by their public id alone."""

FROM = (
    select(SearchJournal.number, SearchJournal.document_id, SearchJournal.recorded_at)
    .where(SearchJournal.number >= bindparam("number"))
    .order_by(SearchJournal.number)
)
NEWEST = (
    select(SearchJournal.number, SearchJournal.document_id, SearchJournal.recorded_at)
    .order_by(SearchJournal.number.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Position:
    """Up to where the journal was taken in.

    Args:
        number: of the last row; 0 before the first.
        mark: what tells that row from another of the same number, in a database that was restored and went on.
    """

    number: int = 0
    mark: str = ""


@dataclass(frozen=True)
class Changes:
    """What the journal says since a position.

    Args:
        position: after them.
        things: what changed, each once, the last change last.
        count: of the rows.
    """

    position: Position
    things: tuple[Thing, ...]
    count: int


class Unknown(StrEnum):
    """Why the journal cannot say what changed since a position."""

    AHEAD = "ahead"
    """It ends before: this session began before the last change, or the database was restored."""
    REPLACED = "replaced"
    """Another change stands there: the database was restored, and went on."""


def newest_position() -> Position:
    """Return where the journal ends."""
    row = session().execute(NEWEST).first()
    return _position(*row) if row is not None else Position()


def changes_since(position: Position) -> Changes | Unknown:
    """Return what changed since `position`, in one query, or why the journal cannot say it."""
    rows = session().execute(FROM, {"number": position.number}).all()
    if position.number:
        if not rows:
            return Unknown.AHEAD
        if _position(*rows[0]) != position:
            return Unknown.REPLACED
        rows = rows[1:]
    return Changes(
        _position(*rows[-1]) if rows else position, _things(row.document_id for row in rows), len(rows)
    )


def thing_of(document_id: str) -> Thing:
    """Return kind and key of what search knows under an id."""
    kind, colon, key = document_id.partition(":")
    if colon and kind in PREFIXED:
        return Kind(kind), key
    return Kind.INNOVATION, document_id


def _things(document_ids: Iterable[str]) -> tuple[Thing, ...]:
    newest_first = dict.fromkeys(reversed(list(map(thing_of, document_ids))))
    return tuple(reversed(newest_first))


def _position(number: int, document_id: str, recorded_at: datetime) -> Position:
    told = f"{number} {document_id} {recorded_at.isoformat()}"
    return Position(number, blake2b(told.encode(), digest_size=MARK_BYTES).hexdigest())
