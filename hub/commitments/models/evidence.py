"""Evidence that a commitment or one of its milestones got somewhere."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from hub.commitments.models.commitment import TITLE_LENGTH, URL_LENGTH, Commitment
from hub.commitments.models.milestone import Milestone
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member
from hub.organisations.models import OrganisationMembership

FINDING_LENGTH = 2_000


class EvidenceStatus(StrEnum):
    """Where a piece of evidence stands."""

    GIVEN = "given"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class CommitmentEvidence(Base):
    """What shows that something was done; counts once somebody else than owner and giver accepts it."""

    __tablename__ = "commitment_evidence"
    __table_args__ = (
        CheckConstraint(
            "status NOT IN ('accepted', 'rejected')"
            " OR (decided_by_id IS NOT NULL AND decided_by_id <> given_by_id)",
            name="four_eyes",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id", ondelete="CASCADE"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(
        ForeignKey("milestones.id", ondelete="CASCADE"), index=True
    )
    """None for what is about the commitment as a whole."""
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    finding: Mapped[str] = mapped_column(Text)
    """What it shows, in the giver's words, at most `FINDING_LENGTH` characters."""
    url: Mapped[str] = mapped_column(String(URL_LENGTH))
    status: Mapped[EvidenceStatus] = mapped_column(default=EvidenceStatus.GIVEN, index=True)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    given_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    decided_at: Mapped[datetime | None]
    decision_words: Mapped[str] = mapped_column(Text, default="")

    commitment: Mapped[Commitment] = relationship()
    milestone: Mapped[Milestone | None] = relationship()
    given_by: Mapped[Member] = relationship(foreign_keys=[given_by_id])
    memberships: Mapped[list[OrganisationMembership]] = relationship(
        primaryjoin=lambda: foreign(OrganisationMembership.member_id) == CommitmentEvidence.given_by_id,
        viewonly=True,
    )
    """To which organisations the giver belongs or belonged."""

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"commitment_evidence:{self.public_id}"
