"""Secret addresses under which a calendar program reads what somebody registered for."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.members.models import Member

DIGEST_LENGTH = 64


class CalendarFeed(Base):
    """One member's calendar address; making a new one ends the old one."""

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), unique=True)
    secret_digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH), unique=True)
    """SHA-256 of the secret in the address."""
    made_at: Mapped[datetime] = mapped_column(default=now)

    member: Mapped[Member] = relationship()
