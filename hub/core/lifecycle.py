"""State machines as tables: action, from-states, to-state, who may. Knows no particular thing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, update

from hub.core.database import Base, session
from hub.core.errors import ConflictError

Status = TypeVar("Status", bound=StrEnum)


@dataclass(frozen=True)
class Transition(Generic[Status]):
    """One row of a lifecycle: `action` leads from any of `sources` to `target` for whom `may` allows."""

    action: str
    sources: frozenset[Status]
    target: Status
    may: Callable[..., bool]


class Lifecycle(Generic[Status]):
    """A table of transitions, the only place where a status changes.

    Args:
        transitions: the rows; an action may stand in several rows with different sources.
    """

    def __init__(self, transitions: Iterable[Transition[Status]]) -> None:
        self.transitions = tuple(transitions)

    def __iter__(self) -> Iterator[Transition[Status]]:
        return iter(self.transitions)

    def row(self, action: str, status: Status) -> Transition[Status] | None:
        """Return the row for `action` from `status`, or None where the table has none."""
        return next((row for row in self.transitions if row.action == action and status in row.sources), None)

    def actions(self, viewer: object, thing: object, status: Status) -> tuple[str, ...]:
        """Return what `viewer` may do with `thing` in `status`, in the order of the table."""
        return tuple(
            row.action for row in self.transitions if status in row.sources and row.may(viewer, thing)
        )

    def move(self, thing: Base, action: str, *conditions: ColumnElement[bool], **changes: object) -> None:
        """Take `thing` through `action` by one guarded UPDATE, with `changes` to further columns.

        Args:
            thing: a stored row with a column `status`.
            action: the action's name in the table.
            conditions: what must still hold of the row besides its status.
            changes: further columns to set in the same statement.

        Raises:
            ConflictError: the stored status, or the one a rival just wrote, does not allow the action.
        """
        table = type(thing)
        status = thing.status  # type: ignore[attr-defined]
        row = self.row(action, status)
        if row is None:
            raise ConflictError
        identity = thing.id  # type: ignore[attr-defined]
        guard = (table.id == identity, table.status.in_(row.sources))  # type: ignore[attr-defined]
        result = session().execute(
            update(table).where(*guard, *conditions).values(status=row.target, **changes),
            execution_options={"synchronize_session": False},
        )
        if result.rowcount != 1:  # type: ignore[attr-defined]
            raise ConflictError
        session().refresh(thing)
