"""Organisations and memberships in them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.database import Base
from hub.members.models import Member

NAME_LENGTH = 200


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


class Organisation(Base):
    """A body that owns, runs or funds innovations; `type` is a code of the organisation types."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
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
