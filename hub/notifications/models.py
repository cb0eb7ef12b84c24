"""Notifications, how often each member wants them mailed, and the digests that were made of them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.access.audience import Tlp
from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member

KIND_LENGTH = 40
SUBJECT_LENGTH = 120


class Topic(StrEnum):
    """What a notification is about; people choose for each how often it is mailed."""

    MESSAGES = "messages"
    RECORDS = "records"
    COLLABORATION = "collaboration"
    SHOWCASES = "showcases"
    MATCHES = "matches"
    COMMITMENTS = "commitments"
    ORGANISATIONS = "organisations"
    FOLLOWING = "following"
    DESK = "desk"
    ACCOUNT = "account"


class Frequency(StrEnum):
    """How often what is new of a topic is mailed."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


class Digest(Base):
    """One mail that gathered what was new; one for each member, frequency and period."""

    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint("member_id", "frequency", "period"),
        CheckConstraint("frequency IN ('daily', 'weekly')", name="gathers"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    frequency: Mapped[Frequency]
    period: Mapped[date]
    """The day it was made for, of weeks the Monday."""
    made_at: Mapped[datetime] = mapped_column(default=now)


class Notification(Base):
    """One thing that one member is told; says what happened and to which thing, never what that is called."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index("ix_notifications_member", "member_id", "created_at"),
        Index(
            "ix_notifications_unread",
            "member_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "ix_notifications_unmailed",
            "member_id",
            "topic",
            sqlite_where=text("waits"),
            postgresql_where=text("waits"),
        ),
        CheckConstraint("NOT waits OR digest_id IS NULL", name="mailed_once"),
        CheckConstraint("NOT waits OR tlp <> 'RED'", name="red_is_never_mailed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[str] = mapped_column(String(KIND_LENGTH))
    topic: Mapped[Topic]
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), default="", index=True)
    """What it is about, as the audit log names it, such as `innovation:<public id>`; may be empty."""
    tlp: Mapped[Tlp] = mapped_column(default=Tlp.CLEAR)
    """The label of the thing when it happened; the present one counts where it is stricter."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    waits: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether it may still go into a digest."""
    frequency: Mapped[Frequency | None]
    """How often this one is mailed where that is not the choice for its topic, as of a saved search."""
    cause: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), default="", server_default="")
    """What of the receiver's own it was told for, such as `search:<public id>` of a saved search; may be empty."""
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digests.id"), index=True)

    member: Mapped[Member] = relationship()


class NotificationPreference(Base):
    """How often a member wants one topic mailed, where they chose otherwise than usual."""

    __tablename__ = "notification_preferences"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    topic: Mapped[Topic] = mapped_column(primary_key=True)
    frequency: Mapped[Frequency]
    chosen_at: Mapped[datetime] = mapped_column(default=now)
