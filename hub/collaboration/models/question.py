"""Questions about a request, answered once for all; nobody but who asked knows who did."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.collaboration.models.request import CollaborationRequest
from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id

QUESTION_LENGTH = 1_000
ANSWER_LENGTH = 2_000


class QuestionStatus(StrEnum):
    """Whether a question has been answered; one that was set aside is seen by who asked and by the requester."""

    ASKED = "asked"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"


class RequestQuestion(Base):
    """One question. Until it is answered only its asker and the requester read it, then the whole audience."""

    __tablename__ = "request_questions"
    __table_args__ = (
        CheckConstraint(
            "status <> 'answered' OR (answer <> '' AND answered_at IS NOT NULL)", name="answered"
        ),
        CheckConstraint("answered_by_id <> asked_by_id", name="answered_by_another"),
        Index("ix_request_questions_request", "request_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    request_id: Mapped[int] = mapped_column(ForeignKey("collaboration_requests.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    language: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    status: Mapped[QuestionStatus] = mapped_column(default=QuestionStatus.ASKED)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    answered_at: Mapped[datetime | None]
    """When it was answered or set aside."""

    request: Mapped[CollaborationRequest] = relationship()

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"question:{self.public_id}"
