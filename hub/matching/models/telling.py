"""Which suggestions a member was told of by mail, so that none is told twice."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.database import Base

SUBJECT_LENGTH = 120


class SuggestionTold(Base):
    """That a member was told of one suggestion."""

    __tablename__ = "suggestions_told"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), primary_key=True)
    told_at: Mapped[datetime] = mapped_column(default=now)
