"""Evidence: what somebody found out about how well an innovation works, and whether a coordinator accepted it."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.catalogue.models.content import URL_LENGTH
from hub.catalogue.models.innovation import Innovation
from hub.catalogue.models.replication import Replication
from hub.catalogue.models.task import Task
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.core.uploads import StoredFile
from hub.members.models import Member

EVIDENCE_TITLE_LENGTH = 200
AUTHOR_LENGTH = 200
"""The most characters of a title and of the names of authors."""


class EvidenceStatus(StrEnum):
    """Where a piece of evidence stands."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Evidence(Task, Base):
    """One piece of evidence, at a web address or in a file; `type` is a code of the evidence types."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("url IS NOT NULL OR file_id IS NOT NULL", name="can_be_read"),
        CheckConstraint("status <> 'rejected' OR decision_words <> ''", name="reasoned"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> added_by_id", name="decided_by_another"),
    )
    SINCE: ClassVar = "added_at"
    WAITING: ClassVar = frozenset({EvidenceStatus.SUBMITTED})

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    replication_id: Mapped[int | None] = mapped_column(ForeignKey("replications.id"), index=True)
    type: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(EVIDENCE_TITLE_LENGTH))
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    author: Mapped[str] = mapped_column(String(AUTHOR_LENGTH), default="")
    is_independent: Mapped[bool]
    country: Mapped[str | None] = mapped_column(String(2))
    year: Mapped[int] = mapped_column(SmallInteger)
    finding: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(20))
    status: Mapped[EvidenceStatus] = mapped_column(default=EvidenceStatus.SUBMITTED, index=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    added_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime | None]
    decision_words: Mapped[str] = mapped_column(Text, default="")

    innovation: Mapped[Innovation] = relationship(back_populates="evidence")
    replication: Mapped[Replication | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    added_by: Mapped[Member] = relationship(foreign_keys=[added_by_id])

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"evidence:{self.public_id}"
