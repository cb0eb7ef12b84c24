"""Conversations between the two sides of a response: messages, files, who takes part, and calls for a coordinator."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.access.audience import Tlp
from hub.collaboration.models.partnership import Side
from hub.collaboration.models.response import Response
from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.core.uploads import StoredFile
from hub.members.models import Member

MESSAGE_LENGTH = 8_000
CALL_LENGTH = 2_000


class Conversation(Base):
    """The conversation about one response; only its two sides read it."""

    __tablename__ = "conversations"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), unique=True)
    tlp: Mapped[Tlp]
    """The stricter of request and response; it may be raised, never lowered."""
    started_at: Mapped[datetime] = mapped_column(default=now)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)

    response: Mapped[Response] = relationship()
    participations: Mapped[list[Participation]] = relationship(order_by="Participation.id")
    calls: Mapped[list[CoordinatorCall]] = relationship(
        back_populates="conversation", order_by="CoordinatorCall.id"
    )

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"conversation:{self.public_id}"


class Participation(Base):
    """That somebody of one side takes part in a conversation, until they leave."""

    __tablename__ = "participations"
    __table_args__ = (UniqueConstraint("conversation_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    side: Mapped[Side]
    joined_at: Mapped[datetime] = mapped_column(default=now)
    left_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    """When they last opened the conversation."""
    shows_reading: Mapped[bool] = mapped_column(default=False)
    """Whether they consent that the others see how far they have read."""

    member: Mapped[Member] = relationship()


class ConversationMessage(Base):
    """One message; it carries the label that the conversation had when it was written."""

    SUBJECT = "conversation_message:"

    __tablename__ = "conversation_messages"
    __table_args__ = (Index("ix_conversation_messages_conversation", "conversation_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    side: Mapped[Side | None]
    """None for a coordinator who was called."""
    tlp: Mapped[Tlp]
    words: Mapped[str] = mapped_column(Text)
    """Markdown; empty once its author left the hub."""
    sent_at: Mapped[datetime] = mapped_column(default=now)

    conversation: Mapped[Conversation] = relationship()
    author: Mapped[Member] = relationship()
    files: Mapped[list[MessageFile]] = relationship(order_by="MessageFile.id")

    @property
    def subject(self) -> str:
        """How notifications and reports of abuse name it."""
        return f"{self.SUBJECT}{self.public_id}"


class MessageFile(Base):
    """A file sent with a message."""

    __tablename__ = "message_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    message_id: Mapped[int] = mapped_column(ForeignKey("conversation_messages.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)

    message: Mapped[ConversationMessage] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship()


class CallStatus(StrEnum):
    """What became of a call for a coordinator."""

    ASKED = "asked"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class CoordinatorCall(Base):
    """That a party asks a coordinator for help; who takes it reads the conversation until the call is answered."""

    __tablename__ = "coordinator_calls"
    __table_args__ = (
        CheckConstraint("taken_by_id <> called_by_id", name="taken_by_another"),
        CheckConstraint("(status = 'answered') = (answer <> '')", name="answered"),
        Index(
            "uq_coordinator_calls_open",
            "conversation_id",
            unique=True,
            sqlite_where=text("status = 'asked'"),
            postgresql_where=text("status = 'asked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    called_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    called_at: Mapped[datetime] = mapped_column(default=now)
    words: Mapped[str] = mapped_column(Text)
    status: Mapped[CallStatus] = mapped_column(default=CallStatus.ASKED)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    taken_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]

    conversation: Mapped[Conversation] = relationship(back_populates="calls")

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"call:{self.public_id}"
