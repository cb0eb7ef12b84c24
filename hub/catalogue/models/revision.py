"""A revision: the content of an innovation as it was at one time, immutable once approved."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.access.audience import Tlp, is_wider, stricter
from hub.catalogue.models.content import (
    URL_LENGTH,
    CountryRelation,
    RevisionCountry,
    RevisionOrganisation,
    RevisionPrerequisite,
    RevisionSource,
    RevisionTerm,
    RevisionText,
    TermScheme,
)
from hub.catalogue.models.innovation import Innovation
from hub.catalogue.models.readership import HasReadership
from hub.catalogue.models.review import ReviewDecision
from hub.core.database import Base
from hub.members.models import Member

FIRST_YEAR, LAST_YEAR = 1900, 2100


class RevisionStatus(StrEnum):
    """Where a revision stands between its author and the reviewers."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


EDITABLE = frozenset({RevisionStatus.DRAFT, RevisionStatus.CHANGES_REQUESTED})
"""The states in which the owner may change the content."""

OPEN = EDITABLE | {RevisionStatus.SUBMITTED, RevisionStatus.IN_REVIEW}
"""The states of a revision that is still on its way; an innovation has at most one."""

OPEN_CONDITION = "status IN ('draft', 'submitted', 'in_review', 'changes_requested')"


class InnovationRevision(HasReadership, Base):
    """Content of an innovation. `version` counts saves, so that a stale one is noticed."""

    __tablename__ = "innovation_revisions"
    __table_args__ = (
        UniqueConstraint("innovation_id", "number"),
        Index(
            "uq_innovation_revisions_open",
            "innovation_id",
            unique=True,
            sqlite_where=text(OPEN_CONDITION),
            postgresql_where=text(OPEN_CONDITION),
        ),
        CheckConstraint(
            "(status = 'in_review') = (reviewer_id IS NOT NULL)", name="reviewer_while_in_review"
        ),
        CheckConstraint("audience <> 'people'", name="audience_reviewed"),
        CheckConstraint("tlp IN ('CLEAR', 'GREEN', 'AMBER')", name="tlp_reviewed"),
        CheckConstraint(f"year_started BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="year_started"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    status: Mapped[RevisionStatus] = mapped_column(default=RevisionStatus.DRAFT, index=True)
    source_language: Mapped[str] = mapped_column(String(20))
    is_audience_chosen: Mapped[bool] = mapped_column(default=False)

    kind: Mapped[str | None] = mapped_column(String(40))
    stage: Mapped[str | None] = mapped_column(String(40))
    year_started: Mapped[int | None] = mapped_column(SmallInteger)
    licence: Mapped[str | None] = mapped_column(String(80))
    website_url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    code_url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    documentation_url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    demo_url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    based_on: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    cost_band: Mapped[str | None] = mapped_column(String(40))
    staffing: Mapped[str | None] = mapped_column(Text)
    time_to_deploy: Mapped[str | None] = mapped_column(String(200))
    contact_name: Mapped[str | None] = mapped_column(String(200))
    contact_address: Mapped[str | None] = mapped_column(String(URL_LENGTH))

    created_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    submitted_at: Mapped[datetime | None]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    taken_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]

    innovation: Mapped[Innovation] = relationship(back_populates="revisions", foreign_keys=[innovation_id])
    submitted_by: Mapped[Member | None] = relationship(foreign_keys=[submitted_by_id])
    label_rows: Mapped[list[RevisionLabel]] = relationship(cascade="all, delete-orphan")
    texts: Mapped[list[RevisionText]] = relationship(
        cascade="all, delete-orphan", order_by=RevisionText.language
    )
    terms: Mapped[list[RevisionTerm]] = relationship(
        cascade="all, delete-orphan", order_by=(RevisionTerm.scheme, RevisionTerm.position)
    )
    countries: Mapped[list[RevisionCountry]] = relationship(
        cascade="all, delete-orphan", order_by=RevisionCountry.country
    )
    organisations: Mapped[list[RevisionOrganisation]] = relationship(
        cascade="all, delete-orphan", order_by=RevisionOrganisation.id
    )
    prerequisites: Mapped[list[RevisionPrerequisite]] = relationship(
        cascade="all, delete-orphan", order_by=RevisionPrerequisite.id
    )
    sources: Mapped[list[RevisionSource]] = relationship(
        cascade="all, delete-orphan", order_by=RevisionSource.position
    )
    decisions: Mapped[list[ReviewDecision]] = relationship(order_by=ReviewDecision.id)

    @property
    def source_text(self) -> RevisionText:
        """The text in the language it was first written in."""
        return next(each for each in self.texts if each.language == self.source_language)

    def text_in(self, language: str) -> RevisionText:
        """Return the text for a reader of `language` (BCP 47): the same, one of its family, else the source."""
        family = language.partition("-")[0]
        same = (each for each in self.texts if each.language == language)
        related = (each for each in self.texts if each.language.partition("-")[0] == family)
        return next(same, None) or next(related, None) or self.source_text

    def has_text_in(self, language: str) -> bool:
        """Whether the prose exists in exactly this language (BCP 47)."""
        return any(each.language == language for each in self.texts)

    @property
    def outdated_languages(self) -> tuple[str, ...]:
        """The languages of translations that were made from words which the source has left behind."""
        present = self.source_text.digest
        return tuple(
            each.language
            for each in self.texts
            if each.language != self.source_language and each.source_digest != present
        )

    def codes(self, scheme: TermScheme) -> tuple[str, ...]:
        """Return the chosen codes of one vocabulary, in the order they were chosen."""
        return tuple(term.code for term in self.terms if term.scheme is scheme)

    @property
    def deployed_in(self) -> tuple[str, ...]:
        """ISO codes of the countries where the innovation is in use."""
        return tuple(each.country for each in self.countries if each.relation is CountryRelation.DEPLOYED)

    @property
    def unsuitable_in(self) -> tuple[RevisionCountry, ...]:
        """The countries where it cannot be used, each with the reason."""
        return tuple(each for each in self.countries if each.relation is CountryRelation.UNSUITABLE)

    @property
    def missing_parts(self) -> tuple[str, ...]:
        """The names of the fields that every record needs and this one lacks.

        A record needs name, short description, kind, function, responsible organisation, country and the choice of
        who may see it; one compiled from public sources also needs a source.
        """
        words = self.source_text
        present: dict[str, object] = {
            "name": words.name,
            "short_description": words.short_description,
            "kind": self.kind,
            "functions": self.codes(TermScheme.FUNCTIONS),
            "organisation_id": self.innovation.owner_id,
            "countries": self.deployed_in,
            "audience": self.is_audience_chosen,
        }
        if self.innovation.import_source is not None:
            present["sources"] = self.sources
        return tuple(name for name, value in present.items() if not value)

    @property
    def changes_asked(self) -> ReviewDecision | None:
        """The decision that asks for changes, while they are asked for."""
        return self.decisions[-1] if self.status is RevisionStatus.CHANGES_REQUESTED else None

    @property
    def is_editable(self) -> bool:
        """Whether the owner may change the content now."""
        return self.status in EDITABLE

    @property
    def is_widening(self) -> bool:
        """Whether publishing it would show a record to more people than now, or let them pass it on to more.

        What was never shown is not widened: nobody but its owner's side and its reviewer has seen it.
        """
        return self.innovation.is_shown and is_wider(self.innovation.readership, self.readership)

    @property
    def present_tlp(self) -> Tlp:
        """The label that holds for who reads it now: while its record is shown, the stricter of both."""
        return stricter(self.innovation.tlp, self.tlp) if self.innovation.is_shown else self.tlp

    @property
    def is_open(self) -> bool:
        """Whether it is still on its way to a decision."""
        return self.status in OPEN


class RevisionLabel(Base):
    """One visibility label that a revision was written, and later approved, for."""

    __tablename__ = "revision_labels"
    __table_args__ = (Index("ix_revision_labels_label", "label", "revision_id"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("innovation_revisions.id"), primary_key=True)
    label: Mapped[str] = mapped_column(String(60), primary_key=True)
