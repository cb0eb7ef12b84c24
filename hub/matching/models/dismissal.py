"""Suggestions that somebody does not want to see again, and why."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id

SUBJECT_LENGTH = 120
WORDS_LENGTH = 300


class Dismissal(Base):
    """That a member set a suggestion aside; it stays so until they take it back."""

    __tablename__ = "match_dismissals"
    __table_args__ = (UniqueConstraint("member_id", "purpose", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    purpose: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), default="")
    """For which innovation, request or entry of theirs, as the audit log names it; empty where for themselves."""
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), index=True)
    """What was suggested, as the audit log names it, such as `innovation:<public id>`."""
    reason: Mapped[str] = mapped_column(String(40))
    """Code of the vocabulary `dismissal_reasons`."""
    words: Mapped[str] = mapped_column(String(WORDS_LENGTH), default="")
    dismissed_at: Mapped[datetime] = mapped_column(default=now)
