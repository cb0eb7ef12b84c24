"""Introductions: one member asks to be introduced to another, who accepts or says nothing."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models.accounts import LANGUAGE_LENGTH, Member

NOTE_LENGTH = 600
CONTACT_LENGTH = 254
SUBJECT_LENGTH = 120

_ASKED = "status = 'asked'"


class IntroductionStatus(StrEnum):
    """Where an introduction stands. Who asked reads of `declined` and `expired` only that no answer came."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class IntroductionState(StrEnum):
    """How an introduction stands for one of its two sides, who need not read the same."""

    WAITS = "waits"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    """Read by who declined alone."""
    WITHDRAWN = "withdrawn"
    """Read by who took it back alone: for the other it is gone."""
    UNANSWERED = "unanswered"


ENDED_AS = {
    IntroductionStatus.ACCEPTED: IntroductionState.ACCEPTED,
    IntroductionStatus.DECLINED: IntroductionState.DECLINED,
    IntroductionStatus.WITHDRAWN: IntroductionState.WITHDRAWN,
}
"""What who was asked reads of the ends that somebody chose."""


class Introduction(Base):
    """That one member wants to meet another. Each gives a way to be reached, which the other sees once both agree."""

    __tablename__ = "introductions"
    __table_args__ = (
        CheckConstraint("asked_by_id <> asked_id", name="to_another"),
        CheckConstraint("(status = 'asked') = (ended_at IS NULL)", name="ended_at"),
        CheckConstraint("status <> 'accepted' OR is_delivered", name="accepted_by_who_was_asked"),
        CheckConstraint(
            "status = 'accepted' OR contact_of_asked = ''", name="contact_of_asked_once_accepted"
        ),
        Index(
            "uq_introductions_asked",
            "asked_by_id",
            "asked_id",
            unique=True,
            sqlite_where=text(_ASKED),
            postgresql_where=text(_ASKED),
        ),
        Index("ix_introductions_asked_id", "asked_id", "status"),
        Index("ix_introductions_asked_by_id", "asked_by_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    asked_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    about: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), default="")
    """Which innovation or request it is about, as the audit log names it; both must see it. May be empty."""
    note: Mapped[str] = mapped_column(Text)
    """Why, in the words of who asked; emptied some time after it ended."""
    language: Mapped[str] = mapped_column(String(LANGUAGE_LENGTH))
    """BCP 47 tag of the note."""
    contact_of_asker: Mapped[str] = mapped_column(String(CONTACT_LENGTH))
    """How to reach who asked, as they wrote it; shown once both agreed."""
    contact_of_asked: Mapped[str] = mapped_column(String(CONTACT_LENGTH), default="")
    """How to reach who was asked, as they wrote it when they accepted."""
    status: Mapped[IntroductionStatus] = mapped_column(default=IntroductionStatus.ASKED)
    is_delivered: Mapped[bool] = mapped_column(default=True)
    """False where who was asked had blocked who asked: nobody is told, and who asked does not learn of it."""
    asked_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    """When it counts as not answered; who asked reads until then that it waits, whatever became of it."""
    withdrawn_at: Mapped[datetime | None]
    """When who asked took it back, also where it was declined by then, which they cannot know."""
    ended_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]
    """When note and contacts were emptied."""

    asked_by: Mapped[Member] = relationship(foreign_keys=[asked_by_id])
    asked: Mapped[Member] = relationship(foreign_keys=[asked_id])

    @property
    def state_for_asker(self) -> IntroductionState:
        """How it stands for who asked: the same whether it was declined, never delivered or left without an answer."""
        if self.status is IntroductionStatus.ACCEPTED:
            return IntroductionState.ACCEPTED
        if self.withdrawn_at is not None:
            return IntroductionState.WITHDRAWN
        return IntroductionState.WAITS if self.expires_at > now() else IntroductionState.UNANSWERED

    @property
    def state_for_asked(self) -> IntroductionState:
        """How it stands for who was asked; one that the clock has not ended yet waits no more all the same."""
        if self.status is IntroductionStatus.ASKED and self.expires_at > now():
            return IntroductionState.WAITS
        return ENDED_AS.get(self.status, IntroductionState.UNANSWERED)

    @property
    def accepted_at(self) -> datetime | None:
        """When it was accepted, if it was."""
        return self.ended_at if self.status is IntroductionStatus.ACCEPTED else None

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"introduction:{self.public_id}"
