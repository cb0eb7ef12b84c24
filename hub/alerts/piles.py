"""How much of one kind waits on somebody: the shape that every room tells it in, so that one query counts all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.core.database import UtcDateTime

Moment = ColumnElement[datetime] | InstrumentedAttribute[Any]
Counted = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Pile:
    """Things of one kind that wait.

    Args:
        kind: which kind; see `what_waits`.
        number: how many.
        since: when the oldest of them came in, or, of what ends, when the first of them ends.
    """

    kind: str
    number: int
    since: datetime


def pile_of(kind: str, since: Moment, *conditions: ColumnElement[bool]) -> Counted:
    """Return the select that counts one kind of thing.

    Args:
        kind: which kind.
        since: the column that says since when each waits, or when it ends; what has none is not counted.
        conditions: which things wait.
    """
    return select(
        literal(kind, String).label("kind"),
        func.count(since).label("number"),
        func.min(since, type_=UtcDateTime()).label("since"),
    ).where(*conditions)
