"""What members write to one another through the hub, whom they block, and what they report as abuse."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models.accounts import Member

SUBJECT_LENGTH = 150
MESSAGE_LENGTH = 4_000
REPORT_LENGTH = 2_000
"""The most characters of a message and of a report."""


class ContactMessage(Base):
    """One message from one member to another; neither learns the other's address."""

    __tablename__ = "contact_messages"
    __table_args__ = (
        CheckConstraint("sender_id <> receiver_id", name="to_somebody_else"),
        Index("ix_contact_messages_receiver", "receiver_id", "sent_at"),
        Index("ix_contact_messages_sender", "sender_id", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    sender_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("contact_messages.id"), index=True)
    """The message that this one answers."""
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH))
    words: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]

    sender: Mapped[Member] = relationship(foreign_keys=[sender_id])
    receiver: Mapped[Member] = relationship(foreign_keys=[receiver_id])
    answers: Mapped["ContactMessage | None"] = relationship(remote_side="ContactMessage.id")


class Block(Base):
    """That a member wants nothing more from another, who does not learn of it."""

    __tablename__ = "blocks"
    __table_args__ = (CheckConstraint("member_id <> blocked_id", name="blocks_another"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    blocked_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, index=True)
    blocked_at: Mapped[datetime] = mapped_column(default=now)

    blocked: Mapped[Member] = relationship(foreign_keys=[blocked_id])


class AbuseStatus(StrEnum):
    """What a coordinator made of a report."""

    SUBMITTED = "submitted"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class AbuseReport(Base):
    """That a member reports another, or a message of theirs; `kind` is a code of the vocabulary `abuse_kinds`."""

    __tablename__ = "abuse_reports"
    __table_args__ = (
        CheckConstraint("reported_by_id <> about_id", name="about_another"),
        CheckConstraint(
            "decided_by_id <> reported_by_id AND decided_by_id <> about_id", name="decided_by_a_third"
        ),
        CheckConstraint("(status = 'submitted') = (decided_at IS NULL)", name="decided_at"),
        CheckConstraint("status = 'submitted' OR answer <> ''", name="answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    kind: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text)
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    about_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("contact_messages.id"), index=True)
    """The message reported: with it the reporter shows it to who decides."""
    quoted: Mapped[str] = mapped_column(Text, default="", server_default="")
    """What is reported of a conversation, in its words: the reporter shows it to who decides."""
    quoted_from: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """Where it was said, as the audit log names it."""
    status: Mapped[AbuseStatus] = mapped_column(default=AbuseStatus.SUBMITTED, index=True)
    reported_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime | None]

    reported_by: Mapped[Member] = relationship(foreign_keys=[reported_by_id])
    about: Mapped[Member] = relationship(foreign_keys=[about_id])
    message: Mapped[ContactMessage | None] = relationship()

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"abuse:{self.public_id}"
