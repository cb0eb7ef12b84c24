"""How the inventory names one reference to a member: what it is for, what an export gives, what erasure does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.viewer import Viewer
from hub.members.models import Member


class Fate(StrEnum):
    """What erasure does with the rows that name the member."""

    DELETE = "delete"
    """The rows are deleted."""
    BLANK = "blank"
    """The rows stay under the pseudonym; what they say of the person is emptied."""
    UNNAME = "unname"
    """The rows stay and name nobody any more."""
    KEEP = "keep"
    """The rows stay as they are, under the pseudonym."""


ACCOUNT = "while the account stands"
FOR_GOOD = "for good"
DECIDED = "who decided must stay known under the pseudonym"

Seen = Callable[[Viewer], ColumnElement[bool]]
"""The SQL condition for rows about things that the person may see now."""


@dataclass(frozen=True)
class Link:
    """One column that names a member.

    Args:
        column: the foreign key to the members.
        what: what it is for, in a few words of plain English.
        fate: what erasure does with its rows.
        kept: how long the rows are kept otherwise.
        gives: attributes of the row that the export gives, `organisation.name` among them; none for nothing.
        dates: attributes that it gives where the person may not see what the row is about.
        seen: the condition for what they may see; None where every row is about themselves.
        known: the condition for rows of which they may know at all; None where that is all of them.
        blanks: what erasure writes into the row, by attribute; a function gets the member.
        why: why the export gives nothing, or why the row stays.
    """

    column: InstrumentedAttribute[Any]
    what: str
    fate: Fate
    kept: str
    gives: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    seen: Seen | None = None
    blanks: Mapping[str, str | bool | Callable[[Member], str] | None] = field(default_factory=dict)
    why: str = ""
    known: Seen | None = None

    @property
    def model(self) -> type[Any]:
        """The mapped class whose rows name the member."""
        found: type[Any] = self.column.parent.class_
        return found

    @property
    def table(self) -> Table:
        """The table that holds the column."""
        found: Table = self.model.__table__
        return found

    @property
    def name(self) -> str:
        """The reference as `table.column`."""
        return f"{self.table.name}.{self.column.key}"

    def is_of(self, member: Member) -> ColumnElement[bool]:
        """Return the SQL condition for the rows that name `member`."""
        return self.column == member.id


def decided(
    column: InstrumentedAttribute[Any],
    what: str,
    *gives: str,
    kept: str = FOR_GOOD,
    seen: Seen | None = None,
    dates: tuple[str, ...] = (),
) -> Link:
    """Return a reference to who decided something in a role: official acts stay, and their dates are given."""
    return Link(column, what, Fate.KEEP, kept, gives, dates, seen, why=DECIDED)
