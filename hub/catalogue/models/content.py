"""What belongs to one revision: texts per language, terms, countries, organisations, prerequisites, sources."""

import json
from datetime import date
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.database import Base
from hub.organisations.models import NAME_LENGTH as ORGANISATION_NAME_LENGTH, Organisation

REVISION = "innovation_revisions.id"

NAME_LENGTH = 120
SHORT_DESCRIPTION_LENGTH = 150
PARAGRAPH_LENGTH = 2_000
DESCRIPTION_LENGTH = 20_000
URL_LENGTH = 500
SOURCE_TITLE_LENGTH = 200
LINE_LENGTH = 200
"""The most characters that each field takes."""


class TermScheme(StrEnum):
    """Which vocabulary, in which sense, a chosen code belongs to."""

    FUNCTIONS = "functions"
    OFFENCES = "offences"
    SECTORS = "sectors"
    POLICY_AREAS = "policy_areas"
    INTENDED_USERS = "intended_users"
    STANDARDS_READ = "standards_read"
    STANDARDS_WRITTEN = "standards_written"
    LANGUAGES = "languages"


class CountryRelation(StrEnum):
    """What a country is to an innovation."""

    DEPLOYED = "deployed"
    UNSUITABLE = "unsuitable"


class OrganisationRole(StrEnum):
    """What an organisation does for an innovation, besides owning it."""

    MAINTAINER = "maintainer"
    FUNDER = "funder"
    IMPLEMENTER = "implementer"
    EVALUATOR = "evaluator"


class RevisionText(Base):
    """All prose of a revision in one language; `source_digest` tells what a translation was made from."""

    __tablename__ = "revision_texts"

    revision_id: Mapped[int] = mapped_column(ForeignKey(REVISION), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    source_digest: Mapped[str | None] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    short_description: Mapped[str] = mapped_column(String(SHORT_DESCRIPTION_LENGTH), default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    novelty: Mapped[str] = mapped_column(Text, default="")
    results: Mapped[str] = mapped_column(Text, default="")
    conditions: Mapped[str] = mapped_column(Text, default="")
    lessons: Mapped[str] = mapped_column(Text, default="")
    do_no_harm: Mapped[str] = mapped_column(Text, default="")
    privacy: Mapped[str] = mapped_column(Text, default="")
    misuse_risk: Mapped[str] = mapped_column(Text, default="")
    error_rates: Mapped[str] = mapped_column(Text, default="")

    @property
    def digest(self) -> str:
        """A digest of the words, by which a translation knows what it was made from."""
        words = [getattr(self, name) for name in TEXT_FIELDS]
        return sha256(json.dumps(words, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


TEXT_FIELDS = tuple(
    column.name
    for column in RevisionText.__table__.columns
    if column.name not in ("revision_id", "language", "source_digest")
)
"""The names of the prose fields."""


class RevisionTerm(Base):
    """One chosen code of one vocabulary."""

    __tablename__ = "revision_terms"

    revision_id: Mapped[int] = mapped_column(ForeignKey(REVISION), primary_key=True)
    scheme: Mapped[TermScheme] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class RevisionCountry(Base):
    """A country where the innovation is in use, or cannot be used and why."""

    __tablename__ = "revision_countries"

    revision_id: Mapped[int] = mapped_column(ForeignKey(REVISION), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    relation: Mapped[CountryRelation] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(Text, default="")


class RevisionOrganisation(Base):
    """An organisation that maintains, funds, implements or evaluates; known to the hub, or by name only."""

    __tablename__ = "revision_organisations"
    __table_args__ = (CheckConstraint("organisation_id IS NOT NULL OR name <> ''", name="named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(REVISION), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(String(ORGANISATION_NAME_LENGTH), default="")
    role: Mapped[OrganisationRole] = mapped_column()

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class RevisionPrerequisite(Base):
    """Something that must be there before the innovation can work; `topic` is a code of the common prerequisites."""

    __tablename__ = "revision_prerequisites"
    __table_args__ = (
        CheckConstraint("area IN ('law', 'data', 'registry', 'staff', 'technology', 'budget')", name="area"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(REVISION), index=True)
    area: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str | None] = mapped_column(String(60))
    need: Mapped[str] = mapped_column(Text)


class RevisionSource(Base):
    """Where a fact of the record can be read, and when somebody read it there."""

    __tablename__ = "revision_sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(REVISION), index=True)
    position: Mapped[int] = mapped_column(default=0)
    url: Mapped[str] = mapped_column(String(URL_LENGTH))
    title: Mapped[str] = mapped_column(String(SOURCE_TITLE_LENGTH), default="")
    retrieved_on: Mapped[date | None]
