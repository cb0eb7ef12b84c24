"""Replications: that another organisation took an innovation up, told by both sides."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.catalogue.models.content import URL_LENGTH
from hub.catalogue.models.innovation import Innovation
from hub.catalogue.models.task import Task
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.organisations.models import Organisation


class ReplicationStatus(StrEnum):
    """How far a replication is proven."""

    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    EVIDENCED = "evidenced"
    VERIFIED = "verified"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class Side(StrEnum):
    """Who speaks about a replication: the owner of the innovation, or who took it up."""

    OWNER = "owner"
    ADOPTER = "adopter"


class Replication(Task, Base):
    """That `adopter` uses the innovation in `country`; `side` is the side that claimed it."""

    __tablename__ = "replications"
    __table_args__ = (
        Index(
            "uq_replications_adopter",
            "innovation_id",
            "adopter_id",
            "country",
            unique=True,
            sqlite_where=text("status <> 'withdrawn'"),
            postgresql_where=text("status <> 'withdrawn'"),
        ),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> claimed_by_id", name="two_sided"),
        CheckConstraint(
            "status NOT IN ('confirmed', 'evidenced', 'verified') OR confirmed_by_id IS NOT NULL",
            name="confirmed_by_somebody",
        ),
    )
    SINCE: ClassVar = "confirmed_at"
    WAITING: ClassVar = frozenset({ReplicationStatus.EVIDENCED})

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    adopter_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    country: Mapped[str] = mapped_column(String(2))
    adapted: Mapped[str] = mapped_column(Text, default="")
    cost_band: Mapped[str | None] = mapped_column(String(40))
    started_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(20))
    source_url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    status: Mapped[ReplicationStatus] = mapped_column(default=ReplicationStatus.CLAIMED, index=True)
    side: Mapped[Side]
    claimed_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    claimed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    confirmed_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    verified_at: Mapped[datetime | None]

    innovation: Mapped[Innovation] = relationship(back_populates="replications")
    adopter: Mapped[Organisation] = relationship()
    statements: Mapped[list["ReplicationStatement"]] = relationship(order_by="ReplicationStatement.id")

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"replication:{self.public_id}"


class ReplicationStatement(Base):
    """What one side said when it disputed a replication, answered a dispute, or told why it failed."""

    __tablename__ = "replication_statements"
    __table_args__ = (CheckConstraint("words <> ''", name="says_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    replication_id: Mapped[int] = mapped_column(ForeignKey("replications.id"), index=True)
    side: Mapped[Side]
    action: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(20))
    said_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    said_at: Mapped[datetime]
