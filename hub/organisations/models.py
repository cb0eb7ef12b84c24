"""Organisations, memberships in them, and the law-enforcement status that may end with them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member

NAME_LENGTH = 200

TITLE_LENGTH = 200
"""Characters of an authority's name or of a reference."""


class OrganisationStatus(StrEnum):
    """How far the hub has verified that an organisation is what it says."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    LAPSED = "lapsed"


class MembershipRole(StrEnum):
    """What a member is to an organisation."""

    REPRESENTATIVE = "representative"
    MEMBER = "member"


class MembershipStatus(StrEnum):
    """Where a membership stands."""

    INVITED = "invited"
    ACTIVE = "active"
    ENDED = "ended"


class LawEnforcementState(StrEnum):
    """How far two coordinators have verified that somebody works for a law-enforcement authority."""

    REQUESTED = "requested"
    SUPPORTED = "supported"
    VERIFIED = "verified"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


def name_key(name: str) -> str:
    """Return what two spellings of one organisation's name have in common: case and white space are gone."""
    return " ".join(name.casefold().split())


def _key_of_name(context: DefaultExecutionContext) -> str:
    return name_key(context.get_current_parameters()["name"])  # type: ignore[no-untyped-call]


class Organisation(Base):
    """A body that owns, runs or funds innovations; `type` is a code of the organisation types."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    name_key: Mapped[str] = mapped_column(
        String(2 * NAME_LENGTH), default=_key_of_name, server_default="", index=True
    )
    """Finds the organisation that somebody declared an interest in by name; see `name_key`."""
    short_name: Mapped[str | None] = mapped_column(String(60))
    type: Mapped[str | None] = mapped_column(String(40))
    country: Mapped[str | None] = mapped_column(String(2), index=True)
    identifier_scheme: Mapped[str | None] = mapped_column(String(40))
    identifier: Mapped[str | None] = mapped_column(String(80))
    website: Mapped[str | None] = mapped_column(String(500))
    is_article_36_authority: Mapped[bool] = mapped_column(default=False)
    status: Mapped[OrganisationStatus] = mapped_column(default=OrganisationStatus.UNVERIFIED)
    created_at: Mapped[datetime]


class OrganisationMembership(Base):
    """That a member belongs to an organisation, in which role, and since when."""

    __tablename__ = "organisation_memberships"
    __table_args__ = (UniqueConstraint("organisation_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    role: Mapped[MembershipRole] = mapped_column()
    status: Mapped[MembershipStatus] = mapped_column(default=MembershipStatus.ACTIVE)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    member: Mapped[Member] = relationship()


class LawEnforcementStatus(Base):
    """That somebody asked to count as law enforcement, and that two coordinators verified it until it lapses.

    Only a verified one, never the member type, opens what is for law enforcement. Authorities are those of UNCAC
    Art. 36. Where it names an organisation, it ends with the membership there.
    """

    __tablename__ = "law_enforcement_statuses"
    __table_args__ = (
        CheckConstraint("length(country) = 2", name="country_is_a_code"),
        CheckConstraint(
            "status NOT IN ('verified', 'revoked')"
            " OR (first_verified_by_id IS NULL) = (second_verified_by_id IS NULL)",
            name="verified_by_two_or_none",
        ),
        CheckConstraint("status <> 'supported' OR first_verified_by_id IS NOT NULL", name="supported_by_one"),
        CheckConstraint("first_verified_by_id <> second_verified_by_id", name="four_eyes"),
        CheckConstraint(
            "first_verified_by_id <> member_id AND second_verified_by_id <> member_id",
            name="not_verified_by_oneself",
        ),
        CheckConstraint(
            "status <> 'verified' OR (verified_at IS NOT NULL AND valid_until IS NOT NULL)",
            name="verified_until",
        ),
        CheckConstraint("valid_until > verified_at", name="lapses_after_it_begins"),
        CheckConstraint("ended_at >= verified_at", name="revoked_after_it_begins"),
        Index(
            "uq_law_enforcement_statuses_open",
            "member_id",
            unique=True,
            sqlite_where=text("status IN ('requested', 'supported')"),
            postgresql_where=text("status IN ('requested', 'supported')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    country: Mapped[str] = mapped_column(String(2))
    authority: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    reference: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    words: Mapped[str] = mapped_column(Text, default="")
    """What the person said to the coordinators."""
    status: Mapped[LawEnforcementState] = mapped_column(default=LawEnforcementState.REQUESTED, index=True)
    requested_at: Mapped[datetime] = mapped_column(default=now)
    first_verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    first_verified_at: Mapped[datetime | None]
    second_verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    verified_at: Mapped[datetime | None]
    valid_until: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    """Who declined, withdrew or revoked it."""
    ended_at: Mapped[datetime | None]
    decision_words: Mapped[str] = mapped_column(Text, default="")

    member: Mapped[Member] = relationship(foreign_keys=[member_id])
    organisation: Mapped[Organisation | None] = relationship()
    first_verified_by: Mapped[Member | None] = relationship(foreign_keys=[first_verified_by_id])
    second_verified_by: Mapped[Member | None] = relationship(foreign_keys=[second_verified_by_id])
