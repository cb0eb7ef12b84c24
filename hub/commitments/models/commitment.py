"""Commitments and the action plans they belong to, with actors, subjects and what happened to them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member
from hub.organisations.models import Organisation

if TYPE_CHECKING:
    from hub.commitments.models.ownership import Ownership

CODE_LENGTH = 12
TITLE_LENGTH = 250
NAME_LENGTH = 150
TEXT_LENGTH = 5_000
"""The most characters of objective, status quo and ambition."""
WORDS_LENGTH = 1_000
"""The most characters of a remark, of an event and of what is said to a step."""
URL_LENGTH = 500


class CommitmentStatus(StrEnum):
    """Where the record of a commitment stands; how far its promise was kept is for assessments to say."""

    DRAFT = "draft"
    ACTIVE = "active"
    ENDED = "ended"


SHOWN = (CommitmentStatus.ACTIVE, CommitmentStatus.ENDED)
"""States in which everybody reads a commitment."""


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class TermScheme(StrEnum):
    """What a term of a commitment tells."""

    POLICY_AREA = "policy_area"
    OGP_VALUE = "ogp_value"


class PartyRole(StrEnum):
    """What somebody has to do with a commitment."""

    LEAD = "lead"
    SUPPORT = "support"
    """Of the government."""
    SUPPORTER = "supporter"
    """Outside of it."""
    INTEREST = "interest"
    """Said that they were interested."""


class ActionPlan(Base):
    """One action plan of a country."""

    __tablename__ = "action_plans"
    __table_args__ = (
        UniqueConstraint("country", "name"),
        CheckConstraint("ends_year IS NULL OR ends_year >= cycle_year", name="ends_after_it_starts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    country: Mapped[str] = mapped_column(String(2), index=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    number: Mapped[int | None] = mapped_column(SmallInteger)
    """Its place among the plans of the country, from 1."""
    cycle_year: Mapped[int] = mapped_column(SmallInteger)
    """The year in which it began."""
    ends_year: Mapped[int | None] = mapped_column(SmallInteger)
    source_url: Mapped[str] = mapped_column(String(URL_LENGTH), default="")
    retrieved_on: Mapped[date | None]


class Commitment(Base):
    """One promise of a government. Everybody reads it once it is published; it has no other audience."""

    __tablename__ = "commitments"
    __table_args__ = (
        CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on", name="ends_after_it_starts"
        ),
        CheckConstraint("status = 'draft' OR published_at IS NOT NULL", name="published_has_moment"),
        Index("ix_commitments_status", "status", "country"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    """As the Open Government Partnership writes it, in capitals, such as UK0066."""
    country: Mapped[str] = mapped_column(String(2), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plans.id"), index=True)
    status: Mapped[CommitmentStatus] = mapped_column(default=CommitmentStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    language: Mapped[str] = mapped_column(String(20), default="en-GB")
    """BCP 47 tag of its texts."""
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    title_in_source: Mapped[str] = mapped_column(String(TITLE_LENGTH), default="")
    """Where the source writes it oddly, exactly as it does; else empty."""
    objective: Mapped[str] = mapped_column(Text, default="")
    status_quo: Mapped[str] = mapped_column(Text, default="")
    ambition: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date | None]
    """The first day of the month in which it began."""
    ends_on: Mapped[date | None]
    """The last day of the month in which it was due."""
    source_url: Mapped[str] = mapped_column(String(URL_LENGTH), default="")
    source_title: Mapped[str] = mapped_column(String(TITLE_LENGTH), default="")
    retrieved_on: Mapped[date | None]
    source_notes: Mapped[str] = mapped_column(Text, default="")
    """What is odd, uncertain or derived in what the source says."""
    words: Mapped[str] = mapped_column(Text, default="")
    """What search looks in: code, title, texts and actors, folded."""
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    """None for what came with the hub."""
    entered_at: Mapped[datetime] = mapped_column(default=now)
    saved_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_words: Mapped[str] = mapped_column(Text, default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    """Who accepted to answer for it here; the same as in the open row of `ownerships`."""

    plan: Mapped[ActionPlan] = relationship()
    owner: Mapped[Member | None] = relationship(foreign_keys=[owner_id])
    entered_by: Mapped[Member | None] = relationship(foreign_keys=[entered_by_id])
    terms: Mapped[list[CommitmentTerm]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="CommitmentTerm.position"
    )
    parties: Mapped[list[CommitmentParty]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="CommitmentParty.position"
    )
    ownerships: Mapped[list[Ownership]] = relationship(viewonly=True)
    """Everybody who ever answered for it; in no particular order."""
    events: Mapped[list[CommitmentEvent]] = relationship(
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="CommitmentEvent.happened_on, CommitmentEvent.id",
    )

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"commitment:{self.public_id}"

    @property
    def is_shown(self) -> bool:
        """Whether everybody reads it."""
        return self.status in SHOWN


class CommitmentTerm(Base):
    """One policy area or value of open government."""

    __tablename__ = "commitment_terms"
    __table_args__ = (Index("ix_commitment_terms_code", "scheme", "code", "commitment_id"),)

    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitments.id", ondelete="CASCADE"), primary_key=True
    )
    scheme: Mapped[TermScheme] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    is_doubtful: Mapped[bool] = mapped_column(default=False)
    """Whether the source says so, and it hardly fits: kept as it stands there, and marked."""


class CommitmentParty(Base):
    """An institution or country that leads, supports or is interested."""

    __tablename__ = "commitment_parties"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id", ondelete="CASCADE"), index=True)
    role: Mapped[PartyRole]
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    """Empty where a country as such is meant."""
    country: Mapped[str | None] = mapped_column(String(2))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    """Where it is an organisation of the hub."""
    position: Mapped[int] = mapped_column(SmallInteger)

    organisation: Mapped[Organisation | None] = relationship()


class CommitmentEvent(Base):
    """Something that happened to a commitment, in own words, with its source."""

    __tablename__ = "commitment_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id", ondelete="CASCADE"), index=True)
    happened_on: Mapped[date]
    precision: Mapped[Precision] = mapped_column(default=Precision.DAY)
    words: Mapped[str] = mapped_column(String(WORDS_LENGTH))
    source_url: Mapped[str] = mapped_column(String(URL_LENGTH), default="")
    retrieved_on: Mapped[date | None]
