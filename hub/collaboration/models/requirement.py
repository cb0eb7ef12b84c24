"""What a request asks for, point by point; a change after responses came in is a version of its own."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id

REQUIREMENT_LENGTH = 500
WHY_LENGTH = 1_000


class VersionStatus(StrEnum):
    """Whether a version of the requirements counts; those of open calls wait for a coordinator."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class RequirementsVersion(Base):
    """The requirements of a request as of one moment; the first is made with the draft."""

    __tablename__ = "requirements_versions"
    __table_args__ = (
        UniqueConstraint("request_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("number = 1 OR why <> ''", name="says_why"),
        CheckConstraint("decided_by_id <> proposed_by_id", name="decided_by_another"),
        Index("ix_requirements_versions_status", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    request_id: Mapped[int] = mapped_column(ForeignKey("collaboration_requests.id", ondelete="CASCADE"))
    number: Mapped[int]
    status: Mapped[VersionStatus] = mapped_column(default=VersionStatus.IN_FORCE)
    why: Mapped[str] = mapped_column(Text, default="")
    """What changed and why, which responders read."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    in_force_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    taken_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    decided_at: Mapped[datetime | None]
    decision_words: Mapped[str] = mapped_column(Text, default="")

    requirements: Mapped[list[Requirement]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Requirement.position"
    )

    @property
    def subject(self) -> str:
        """How notifications name it."""
        return f"requirements:{self.public_id}"

    @property
    def essential(self) -> list[Requirement]:
        """The requirements that each response must answer."""
        return [each for each in self.requirements if each.is_essential]

    @property
    def nice_to_have(self) -> list[Requirement]:
        """The requirements that a response may answer."""
        return [each for each in self.requirements if not each.is_essential]


class Requirement(Base):
    """One requirement of one version."""

    __tablename__ = "requirements"
    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        CheckConstraint("words <> ''", name="says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    version_id: Mapped[int] = mapped_column(ForeignKey("requirements_versions.id", ondelete="CASCADE"))
    position: Mapped[int]
    is_essential: Mapped[bool]
    words: Mapped[str] = mapped_column(String(REQUIREMENT_LENGTH))
