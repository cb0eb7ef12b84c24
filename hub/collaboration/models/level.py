"""Which reminders, escalations and questions the clock has sent, so that none is sent twice."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.database import Base


class LevelStep(StrEnum):
    """What the clock does about something that waits."""

    SEVEN_DAYS = "seven_days"
    TWO_DAYS = "two_days"
    EXPIRES_SOON = "expires_soon"
    FOCAL_POINT = "focal_point"
    COORDINATORS = "coordinators"
    STEP_OVERDUE = "step_overdue"
    SIX_MONTHS = "six_months"
    TWELVE_MONTHS = "twelve_months"


class ServiceLevelStep(Base):
    """That one step was taken about one thing since it began to wait; the primary key keeps it from happening twice."""

    __tablename__ = "service_level_steps"

    subject: Mapped[str] = mapped_column(String(120), primary_key=True)
    """What waits, as the audit log names it."""
    step: Mapped[LevelStep] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    """When it began to wait, or the date that was reminded of: a re-opened request starts anew."""
    taken_at: Mapped[datetime] = mapped_column(default=now)
