"""What came of a showcase, counted after it and 6 and 12 months later, and what the clock has told about it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.database import Base


class ShowcaseTally(Base):
    """Figures of one showcase as they stood at one time; they hold only what its whole audience may see."""

    __tablename__ = "showcase_tallies"
    __table_args__ = (
        UniqueConstraint("showcase_id", "months"),
        CheckConstraint("months IN (0, 6, 12)", name="months"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id"))
    months: Mapped[int]
    """How long after the end: 0 with the report, or 30 days after the end at the latest; 6 or 12."""
    counted_at: Mapped[datetime] = mapped_column(default=now)
    entries: Mapped[int]
    presented: Mapped[int]
    registrations: Mapped[int]
    attended: Mapped[int]
    requests: Mapped[int]
    """Collaboration requests that were born from its entries."""
    partnerships: Mapped[int]
    """Of these, how many led to an accepted response."""
    outcomes: Mapped[int]
    """Of these, of how many both sides signed what came of it."""
    replications: Mapped[int]
    """Confirmed replications that grew out of them."""


class ShowcaseStep(StrEnum):
    """What the clock tells about a showcase."""

    SOON = "soon"


class ShowcaseStepTaken(Base):
    """That the clock took one step about a showcase; the primary key keeps it from happening twice."""

    __tablename__ = "showcase_steps"

    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[ShowcaseStep] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    """The date that was reminded of: who is told of another one is reminded anew."""
    taken_at: Mapped[datetime] = mapped_column(default=now)
