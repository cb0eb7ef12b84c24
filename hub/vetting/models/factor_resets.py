"""Second factors that somebody lost: two coordinators agree, and two days pass."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member


class FactorResetStatus(StrEnum):
    """Where a request to take lost second factors away stands."""

    REQUESTED = "requested"
    SUPPORTED = "supported"
    APPROVED = "approved"
    DONE = "done"
    DECLINED = "declined"
    STOPPED = "stopped"


class FactorReset(Base):
    """That a member lost their second factors; takes effect 48 hours after two coordinators agreed."""

    __tablename__ = "factor_resets"
    __table_args__ = (
        CheckConstraint("first_approved_by_id <> second_approved_by_id", name="four_eyes"),
        CheckConstraint(
            "first_approved_by_id <> member_id AND second_approved_by_id <> member_id",
            name="not_approved_by_oneself",
        ),
        CheckConstraint(
            "status NOT IN ('approved', 'done') OR (first_approved_by_id IS NOT NULL"
            " AND second_approved_by_id IS NOT NULL AND takes_effect_at IS NOT NULL)",
            name="approved_by_two",
        ),
        CheckConstraint("status <> 'supported' OR first_approved_by_id IS NOT NULL", name="supported_by_one"),
        Index(
            "uq_factor_resets_open",
            "member_id",
            unique=True,
            sqlite_where=text("status IN ('requested', 'supported', 'approved')"),
            postgresql_where=text("status IN ('requested', 'supported', 'approved')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    """How the person can be reached and known, for the coordinators to make sure."""
    status: Mapped[FactorResetStatus] = mapped_column(default=FactorResetStatus.REQUESTED, index=True)
    requested_at: Mapped[datetime]
    first_approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    second_approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    approved_at: Mapped[datetime | None]
    takes_effect_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    """Who declined or stopped it."""
    ended_at: Mapped[datetime | None]
    decision_words: Mapped[str] = mapped_column(Text, default="")

    member: Mapped[Member] = relationship(foreign_keys=[member_id])
    first_approved_by: Mapped[Member | None] = relationship(foreign_keys=[first_approved_by_id])
    second_approved_by: Mapped[Member | None] = relationship(foreign_keys=[second_approved_by_id])
