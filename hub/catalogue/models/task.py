"""What coordinators do for an innovation: each task is taken by one of them before they decide it."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Task:
    """A table whose rows wait for a coordinator in the states `WAITING`, since their column `SINCE`.

    Who took one sees its innovation until it is decided.
    """

    WAITING: ClassVar[frozenset[StrEnum]]
    SINCE: ClassVar[str]

    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    taken_at: Mapped[datetime | None]

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits for a decision."""
        return self.status in self.WAITING  # type: ignore[attr-defined]

    @property
    def waiting_since(self) -> datetime:
        """When it came to the coordinators."""
        return getattr(self, self.SINCE)  # type: ignore[no-any-return]

    @property
    def subject(self) -> str:
        """How the audit log names what was decided: the innovation, unless the task has a history of its own."""
        return self.innovation.subject  # type: ignore[attr-defined, no-any-return]
