"""That organisations are what they say, verified each year; and that two of them are one, agreed by two people."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.integrity.four_eyes import FourEyes, four_eyes_constraint
from hub.members.models import Member
from hub.organisations.models import Organisation

EVIDENCE_LENGTH = 1_000


class VerificationStatus(StrEnum):
    """Where a request to be verified stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class OrganisationVerification(Base):
    """That somebody asks to have an organisation verified, for the first time or again, and what was decided."""

    __tablename__ = "organisation_verifications"
    __table_args__ = (
        CheckConstraint("decided_by_id <> requested_by_id", name="not_decided_by_who_asked"),
        CheckConstraint(
            "status NOT IN ('approved', 'declined') OR (decided_by_id IS NOT NULL AND decided_at IS NOT NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint("status <> 'approved' OR evidence <> ''", name="approved_on_evidence"),
        CheckConstraint("status <> 'declined' OR decision_words <> ''", name="declined_with_words"),
        Index(
            "uq_organisation_verifications_open",
            "organisation_id",
            unique=True,
            sqlite_where=text("status = 'requested'"),
            postgresql_where=text("status = 'requested'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    requested_at: Mapped[datetime] = mapped_column(default=now)
    words: Mapped[str] = mapped_column(Text, default="")
    """What the person says to who decides."""
    domain: Mapped[str | None] = mapped_column(String(253))
    """Mail domain of the organisation at which the person has a confirmed address, found by the hub."""
    status: Mapped[VerificationStatus] = mapped_column(default=VerificationStatus.REQUESTED, index=True)
    evidence: Mapped[str] = mapped_column(Text, default="")
    """What the decider looked at."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime | None]
    decision_words: Mapped[str] = mapped_column(Text, default="")

    organisation: Mapped[Organisation] = relationship()
    requested_by: Mapped[Member] = relationship(foreign_keys=[requested_by_id])
    decided_by: Mapped[Member | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"verification:{self.public_id}"


class OrganisationMerge(FourEyes, Base):
    """That a coordinator proposes to merge an organisation into another one that it is; another one decides."""

    __tablename__ = "organisation_merges"
    __table_args__ = (
        four_eyes_constraint(),
        CheckConstraint("organisation_id <> into_id", name="into_another"),
        Index(
            "uq_organisation_merges_open",
            "organisation_id",
            unique=True,
            sqlite_where=text("status = 'proposed'"),
            postgresql_where=text("status = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    into_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    into: Mapped[Organisation] = relationship(foreign_keys=[into_id])
    proposed_by: Mapped[Member] = relationship(foreign_keys="OrganisationMerge.proposed_by_id")
    decided_by: Mapped[Member | None] = relationship(foreign_keys="OrganisationMerge.decided_by_id")

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"merge:{self.public_id}"
