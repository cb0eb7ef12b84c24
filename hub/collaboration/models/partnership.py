"""What follows an accepted response: the steps of a small plan, and outcomes that both sides sign."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.catalogue.models import Replication
from hub.collaboration.models.response import Response
from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id

STEP_LENGTH = 300
OUTCOME_LENGTH = 4_000


class Side(StrEnum):
    """The two sides of a partnership."""

    REQUESTER = "requester"
    RESPONDER = "responder"


_UNDONE = "done_at IS NULL"


class PlanStep(Base):
    """One step of the plan of one accepted response. `version` counts saves."""

    __tablename__ = "plan_steps"
    __table_args__ = (
        CheckConstraint("words <> ''", name="says_something"),
        Index("ix_plan_steps_response", "response_id", "position"),
        Index("ix_plan_steps_undone", "due_on", sqlite_where=text(_UNDONE), postgresql_where=text(_UNDONE)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    position: Mapped[int]
    words: Mapped[str] = mapped_column(String(STEP_LENGTH))
    owner: Mapped[Side]
    """Which side does it."""
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    response: Mapped[Response] = relationship()


class OutcomeMoment(StrEnum):
    """When an outcome is asked for."""

    COMPLETION = "completion"
    SIX_MONTHS = "six_months"
    TWELVE_MONTHS = "twelve_months"


class OutcomeStatus(StrEnum):
    """Whether the other side signed what one side recorded."""

    RECORDED = "recorded"
    AGREED = "agreed"
    DISPUTED = "disputed"


class Outcome(Base):
    """What came of a partnership: recorded by one side, agreed or disputed by the other. `version` counts its words."""

    __tablename__ = "outcomes"
    __table_args__ = (
        UniqueConstraint("response_id", "moment"),
        CheckConstraint("(status = 'recorded') = (answered_at IS NULL)", name="answered_at"),
        CheckConstraint("status <> 'disputed' OR answer_words <> ''", name="says_why"),
        CheckConstraint("answered_by_id <> recorded_by_id", name="signed_by_both"),
        Index("ix_outcomes_status", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    moment: Mapped[OutcomeMoment]
    kind: Mapped[str] = mapped_column(String(20))
    """Code of the vocabulary `outcome_kinds`: agreed, piloted, replicated, none."""
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(20))
    side: Mapped[Side]
    """Which side recorded it."""
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    status: Mapped[OutcomeStatus] = mapped_column(default=OutcomeStatus.RECORDED)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    answered_at: Mapped[datetime | None]
    answer_words: Mapped[str] = mapped_column(Text, default="")
    replication_id: Mapped[int | None] = mapped_column(ForeignKey("replications.id"), index=True)
    """The replication that was claimed from it."""
    version: Mapped[int] = mapped_column(default=1)

    response: Mapped[Response] = relationship()
    replication: Mapped[Replication | None] = relationship()

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"outcome:{self.public_id}"
