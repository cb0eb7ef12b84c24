"""Organisations, their mail domains, which were merged into which, and memberships in them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.members.models import Member

NAME_LENGTH = 200

SHORT_NAME_LENGTH = 60
IDENTIFIER_LENGTH = 80
SCHEME_LENGTH = 40
WEBSITE_LENGTH = 500
DESCRIPTION_LENGTH = 4_000
FUNDING_LENGTH = 2_000
DOMAIN_LENGTH = 253
"""The most characters that each field takes."""

MOST_DOMAINS = 5


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
    short_name: Mapped[str | None] = mapped_column(String(SHORT_NAME_LENGTH))
    type: Mapped[str | None] = mapped_column(String(40))
    country: Mapped[str | None] = mapped_column(String(2), index=True)
    identifier_scheme: Mapped[str | None] = mapped_column(String(SCHEME_LENGTH))
    identifier: Mapped[str | None] = mapped_column(String(IDENTIFIER_LENGTH))
    """Number in the register that the scheme names, a code of org-id.guide."""
    website: Mapped[str | None] = mapped_column(String(WEBSITE_LENGTH))
    description: Mapped[str] = mapped_column(Text, default="", server_default="")
    language: Mapped[str] = mapped_column(String(20), default="en-GB", server_default="en-GB")
    """BCP 47 tag of description and funding disclosure."""
    funding: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Who pays for it, as it discloses it."""
    verified_at: Mapped[datetime | None]
    verified_until: Mapped[datetime | None] = mapped_column(index=True)
    """When somebody must have looked again; None where it was never verified, or before there was a limit."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    is_article_36_authority: Mapped[bool] = mapped_column(default=False)
    status: Mapped[OrganisationStatus] = mapped_column(default=OrganisationStatus.UNVERIFIED)
    created_at: Mapped[datetime]

    domains: Mapped[list["OrganisationDomain"]] = relationship(
        order_by="OrganisationDomain.domain", cascade="all, delete-orphan"
    )
    merger: Mapped["MergedOrganisation | None"] = relationship(
        foreign_keys="MergedOrganisation.organisation_id", viewonly=True
    )
    """What it became, where it turned out to be another one."""

    @property
    def is_merged(self) -> bool:
        """Whether it turned out to be another one, and stands for itself no more."""
        return self.merger is not None

    @property
    def present(self) -> "Organisation":
        """What it is now: itself, or what it was merged into."""
        return self.merger.into if self.merger else self

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"organisation:{self.slug}"


class OrganisationDomain(Base):
    """A mail domain of an organisation, in ASCII and lower case; several organisations may share one."""

    __tablename__ = "organisation_domains"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    domain: Mapped[str] = mapped_column(String(DOMAIN_LENGTH), primary_key=True, index=True)


class MergedOrganisation(Base):
    """That an organisation turned out to be another one: it has no page or members of its own any more."""

    __tablename__ = "merged_organisations"
    __table_args__ = (CheckConstraint("organisation_id <> into_id", name="into_another"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    """Never itself a merged one."""
    merged_at: Mapped[datetime] = mapped_column(default=now)

    into: Mapped[Organisation] = relationship(foreign_keys=[into_id])


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
    is_shown: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the member agreed to be named on the organisation's page."""

    organisation: Mapped[Organisation] = relationship()
    member: Mapped[Member] = relationship()
