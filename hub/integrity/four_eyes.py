"""Four eyes: what one person proposes, another decides; the database itself refuses that both are one."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column


class ProposalStatus(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class FourEyes:
    """A table of proposals. Its `__table_args__` must hold `four_eyes_constraint()`.

    `decided_by_id` stays empty where the proposer withdrew.
    """

    status: Mapped[ProposalStatus] = mapped_column(default=ProposalStatus.PROPOSED, index=True)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime | None]
    decision_words: Mapped[str] = mapped_column(Text, default="")


def four_eyes_constraint() -> CheckConstraint:
    """Return the constraint that a decided proposal names a second person, and never the one who made it."""
    return CheckConstraint(
        "status NOT IN ('approved', 'declined') OR (decided_by_id IS NOT NULL AND decided_by_id <> proposed_by_id)",
        name="four_eyes",
    )
