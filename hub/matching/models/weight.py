"""How much each part of a match counts for one member, where they chose otherwise than usual."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.database import Base
from hub.matching.parts import Emphasis, Part


class PartWeight(Base):
    """That one part counts more, less or not at all for one member; the usual is not stored."""

    __tablename__ = "match_weights"
    __table_args__ = (
        CheckConstraint(f"emphasis BETWEEN {min(Emphasis)} AND {max(Emphasis)}", name="emphasis"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    part: Mapped[Part] = mapped_column(primary_key=True)
    emphasis: Mapped[int] = mapped_column(SmallInteger)
    """A value of `hub.matching.parts.Emphasis`."""
    chosen_at: Mapped[datetime] = mapped_column(default=now)
