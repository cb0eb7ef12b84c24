"""Which suggestions a member was told of by the week's digest, so that none is told twice, and for which week."""

from datetime import date, datetime

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


class SuggestionRound(Base):
    """The last week for which it was looked what is new for a member, found something or not."""

    __tablename__ = "suggestion_rounds"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    week: Mapped[date]
    """The Monday on which the week's digest is made."""
    made_at: Mapped[datetime] = mapped_column(default=now)
