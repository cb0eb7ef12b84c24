"""What happens to a record after it is published: claims, hand-overs, problem reports, proposals for two people."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.catalogue.models.innovation import Innovation
from hub.catalogue.models.revision import InnovationRevision
from hub.catalogue.models.task import Task
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.integrity.four_eyes import FourEyes, ProposalStatus, four_eyes_constraint
from hub.members.models import Member
from hub.organisations.models import Organisation

DISCLOSURE_LENGTH = 300
"""The most characters of what is disclosed about sponsors."""


class ClaimStatus(StrEnum):
    """Where the claim on a record stands."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class RecordClaim(Task, Base):
    """That the organisation named in a compiled record asks to look after it itself; one at a time."""

    __tablename__ = "record_claims"
    __table_args__ = (
        Index(
            "uq_record_claims_open",
            "innovation_id",
            unique=True,
            sqlite_where=text("status = 'submitted'"),
            postgresql_where=text("status = 'submitted'"),
        ),
        CheckConstraint("status <> 'declined' OR decision_words <> ''", name="reasoned"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> claimed_by_id", name="decided_by_another"),
    )
    SINCE: ClassVar = "claimed_at"
    WAITING: ClassVar = frozenset({ClaimStatus.SUBMITTED})

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    status: Mapped[ClaimStatus] = mapped_column(default=ClaimStatus.SUBMITTED, index=True)
    claimed_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    claimed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime | None]
    decision_words: Mapped[str] = mapped_column(Text, default="")

    innovation: Mapped[Innovation] = relationship(back_populates="claims")
    organisation: Mapped[Organisation] = relationship()
    claimed_by: Mapped[Member] = relationship(foreign_keys=[claimed_by_id])


class OfferStatus(StrEnum):
    """Where the offer to hand a record over stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class OwnershipOffer(Base):
    """That the owner of a record offers it to another organisation; one at a time."""

    __tablename__ = "ownership_offers"
    __table_args__ = (
        Index(
            "uq_ownership_offers_open",
            "innovation_id",
            unique=True,
            sqlite_where=text("status = 'offered'"),
            postgresql_where=text("status = 'offered'"),
        ),
        CheckConstraint("from_organisation_id <> to_organisation_id", name="to_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    from_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    to_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    words: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[OfferStatus] = mapped_column(default=OfferStatus.OFFERED)
    offered_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    offered_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    answered_at: Mapped[datetime | None]

    innovation: Mapped[Innovation] = relationship()
    from_organisation: Mapped[Organisation] = relationship(foreign_keys=[from_organisation_id])
    to_organisation: Mapped[Organisation] = relationship(foreign_keys=[to_organisation_id])


class ProblemStatus(StrEnum):
    """Whether a problem report was answered."""

    SUBMITTED = "submitted"
    ANSWERED = "answered"


class ProblemReport(Task, Base):
    """What a reader says is wrong with a record; `kind` is a code of the problem kinds. A visitor has no name."""

    __tablename__ = "problem_reports"
    __table_args__ = (CheckConstraint("status <> 'answered' OR answer <> ''", name="answered"),)
    SINCE: ClassVar = "reported_at"
    WAITING: ClassVar = frozenset({ProblemStatus.SUBMITTED})

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(20))
    status: Mapped[ProblemStatus] = mapped_column(default=ProblemStatus.SUBMITTED, index=True)
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    reported_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime | None]

    innovation: Mapped[Innovation] = relationship(back_populates="problem_reports")


class ProposedAction(StrEnum):
    """What two coordinators decide together about a record."""

    TAKE_DOWN = "take_down"
    FEATURE = "feature"
    WIDEN = "widen"


class InnovationProposal(FourEyes, Task, Base):
    """That a coordinator proposes to take a record down, to feature it or to publish a revision that widens it.

    Another one decides; of each kind one waits at a time. `basis` is the digest of what was proposed to widen.
    """

    __tablename__ = "innovation_proposals"
    __table_args__ = (
        Index(
            "uq_innovation_proposals_open",
            "innovation_id",
            "action",
            unique=True,
            sqlite_where=text("status = 'proposed'"),
            postgresql_where=text("status = 'proposed'"),
        ),
        four_eyes_constraint(),
        CheckConstraint("action <> 'feature' OR disclosure <> ''", name="discloses_sponsors"),
        CheckConstraint("(action = 'widen') = (revision_id IS NOT NULL)", name="widens_by_a_revision"),
        CheckConstraint("(action = 'widen') = (basis IS NOT NULL)", name="widens_what_was_read"),
    )
    SINCE: ClassVar = "proposed_at"
    WAITING: ClassVar = frozenset({ProposalStatus.PROPOSED})

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    action: Mapped[ProposedAction]
    disclosure: Mapped[str] = mapped_column(String(DISCLOSURE_LENGTH), default="")
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("innovation_revisions.id"), index=True)
    basis: Mapped[str | None] = mapped_column(String(64))

    innovation: Mapped[Innovation] = relationship(back_populates="proposals")
    revision: Mapped[InnovationRevision | None] = relationship()
