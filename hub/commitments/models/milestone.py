"""Milestones of a commitment, and the metrics of the hub that measure them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.commitments.models.commitment import TITLE_LENGTH, WORDS_LENGTH, Commitment
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id

METRIC_LENGTH = 60
BREAKDOWN_LENGTH = 40


class MilestoneStatus(StrEnum):
    """How far the owner says it is, in the words that the Independent Reporting Mechanism has for completion."""

    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"
    DROPPED = "dropped"


OPEN = (MilestoneStatus.NOT_STARTED, MilestoneStatus.LIMITED, MilestoneStatus.SUBSTANTIAL)
"""States in which something is left to do, and can become late."""

NEEDS_EVIDENCE = (MilestoneStatus.SUBSTANTIAL, MilestoneStatus.COMPLETE)
"""What nobody may say without evidence that somebody else than the owner accepted."""


class Milestone(Base):
    """A step that a commitment promised, due on a day. `due_first_on` is what was promised, `due_on` what holds now."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("commitment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(SmallInteger)
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    description: Mapped[str] = mapped_column(Text, default="")
    due_first_on: Mapped[date | None]
    due_on: Mapped[date | None]
    status: Mapped[MilestoneStatus] = mapped_column(default=MilestoneStatus.NOT_STARTED)
    status_words: Mapped[str] = mapped_column(String(WORDS_LENGTH), default="")
    """What who moved it last said."""
    moved_at: Mapped[datetime | None]

    commitment: Mapped[Commitment] = relationship()
    metrics: Mapped[list[MilestoneMetric]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="MilestoneMetric.id"
    )

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"milestone:{self.public_id}"

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.status in OPEN

    def is_late(self, today: date) -> bool:
        """Whether its day is past and something is left to do."""
        return self.is_open and self.due_on is not None and self.due_on < today


class MilestoneMetric(Base):
    """A metric of the hub by which a milestone is measured, with its target."""

    __tablename__ = "milestone_metrics"
    __table_args__ = (
        UniqueConstraint("milestone_id", "metric", "breakdown"),
        CheckConstraint("target >= 0", name="target_is_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id", ondelete="CASCADE"))
    metric: Mapped[str] = mapped_column(String(METRIC_LENGTH))
    """A key of the metrics of `insights`; one that no longer exists keeps its history."""
    breakdown: Mapped[str] = mapped_column(String(BREAKDOWN_LENGTH), default="")
    """A country or other code that the metric is broken down by, or empty for the whole."""
    target: Mapped[float]
