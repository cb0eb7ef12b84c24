"""The identity of an innovation: what stays the same while its revisions change."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.access.audience import Tlp, stricter
from hub.catalogue.models.readership import HasReadership
from hub.core import clock
from hub.core.database import Base
from hub.organisations.models import Organisation

if TYPE_CHECKING:
    from hub.catalogue.models.curation import InnovationProposal, ProblemReport, RecordClaim
    from hub.catalogue.models.evidence import Evidence
    from hub.catalogue.models.replication import Replication
    from hub.catalogue.models.revision import InnovationRevision

CONFIRMED_FOR = timedelta(days=365)
"""How long a confirmation by the owner holds."""

STALE_AFTER = 5
"""Years after which the evidence that a level rests on is marked as old."""


class InnovationStatus(StrEnum):
    """Where an innovation stands in public."""

    UNPUBLISHED = "unpublished"
    PUBLISHED = "published"
    ARCHIVED = "archived"
    TAKEN_DOWN = "taken_down"


SHOWN = frozenset({InnovationStatus.PUBLISHED, InnovationStatus.ARCHIVED})
"""The states in which its audience may read an innovation."""


def year_if_stale(year: int | None) -> int | None:
    """Return the newest year of evidence where it is more than `STALE_AFTER` years ago, else None."""
    return year if year is not None and clock.now().year - year > STALE_AFTER else None


class Innovation(HasReadership, Base):
    """An innovation. Its slug is random, and equal to its public id, until it is first made public."""

    __tablename__ = "innovations"
    __table_args__ = (
        UniqueConstraint("import_source", "external_id"),
        CheckConstraint("audience <> 'people'", name="audience_reviewed"),
        CheckConstraint("tlp IN ('CLEAR', 'GREEN', 'AMBER')", name="tlp_reviewed"),
        CheckConstraint("status = 'unpublished' OR owner_id IS NOT NULL", name="published_has_owner"),
        CheckConstraint(
            "status = 'unpublished' OR published_revision_id IS NOT NULL", name="published_has_revision"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    origin_country: Mapped[str | None] = mapped_column(String(2))
    status: Mapped[InnovationStatus] = mapped_column(default=InnovationStatus.UNPUBLISHED, index=True)
    featured_at: Mapped[datetime | None] = mapped_column(index=True)
    featured_disclosure: Mapped[str | None] = mapped_column(String(300))
    confirmed_at: Mapped[datetime | None]
    review_due_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    archived_words: Mapped[str | None] = mapped_column(Text)
    evidence_level: Mapped[int | None] = mapped_column(SmallInteger)
    evidence_year: Mapped[int | None] = mapped_column(SmallInteger)
    is_compiled: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_handed_over: Mapped[bool] = mapped_column(default=False, server_default=false())
    import_source: Mapped[str | None] = mapped_column(String(80))
    external_id: Mapped[str | None] = mapped_column(String(80))
    registered_at: Mapped[datetime]
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    made_public_at: Mapped[datetime | None]
    published_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("innovation_revisions.id", use_alter=True), unique=True
    )

    owner: Mapped[Organisation | None] = relationship()
    label_rows: Mapped[list[InnovationLabel]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )
    revisions: Mapped[list[InnovationRevision]] = relationship(
        back_populates="innovation",
        foreign_keys="InnovationRevision.innovation_id",
        order_by="InnovationRevision.number",
    )
    published_revision: Mapped[InnovationRevision | None] = relationship(
        foreign_keys=[published_revision_id], post_update=True
    )
    evidence: Mapped[list[Evidence]] = relationship(back_populates="innovation", order_by="Evidence.id")
    replications: Mapped[list[Replication]] = relationship(
        back_populates="innovation", order_by="Replication.id"
    )
    claims: Mapped[list[RecordClaim]] = relationship(back_populates="innovation", order_by="RecordClaim.id")
    problem_reports: Mapped[list[ProblemReport]] = relationship(
        back_populates="innovation", order_by="ProblemReport.id"
    )
    proposals: Mapped[list[InnovationProposal]] = relationship(
        back_populates="innovation", order_by="InnovationProposal.id"
    )

    @property
    def is_shown(self) -> bool:
        """Whether its audience may read it: published, or archived and marked so."""
        return self.status in SHOWN

    @property
    def is_confirmation_due(self) -> bool:
        """Whether the owner should confirm that a published record is still right."""
        return (
            self.status is InnovationStatus.PUBLISHED
            and not self.is_compiled
            and self.review_due_at is not None
            and self.review_due_at <= clock.now()
        )

    @property
    def stale_year(self) -> int | None:
        """The newest year of the evidence that its level rests on, where that is long ago."""
        return year_if_stale(self.evidence_year)

    @property
    def was_never_sent(self) -> bool:
        """Whether nobody but its owner's side ever got it, so that it may be thrown away."""
        return self.status is InnovationStatus.UNPUBLISHED and all(
            each.submitted_at is None for each in self.revisions
        )

    @property
    def collection(self) -> str | None:
        """The name of the collection it was imported from, without the scope of who imported it."""
        return self.import_source.partition("/")[2] if self.import_source else None

    @property
    def latest_revision(self) -> InnovationRevision:
        """The revision that its owner's side works on, or worked on last."""
        return self.revisions[-1]

    @property
    def present_tlp(self) -> Tlp:
        """The strictest of its label and that of the revision that its owner's side works on."""
        return stricter(self.tlp, self.latest_revision.tlp)

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"innovation:{self.public_id}"


class InnovationLabel(Base):
    """One visibility label of an innovation; who holds one of them is in its audience."""

    __tablename__ = "innovation_labels"
    __table_args__ = (Index("ix_innovation_labels_label", "label", "innovation_id"),)

    innovation_id: Mapped[int] = mapped_column(
        ForeignKey("innovations.id", ondelete="CASCADE"), primary_key=True
    )
    label: Mapped[str] = mapped_column(String(60), primary_key=True)
