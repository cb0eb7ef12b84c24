"""What members say about themselves, and for whom each part is; nobody is listed who did not choose it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Enum as EnumType,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models.accounts import EMAIL_LENGTH, LANGUAGE_LENGTH, Member

HEADLINE_LENGTH = 120
BIOGRAPHY_LENGTH = 4_000
OFFER_LENGTH = 1_000
PHONE_LENGTH = 40
LINK_LENGTH = 500
LINK_TITLE_LENGTH = 120
"""The most characters that each field takes."""

MOST_LINKS = 5
MOST_TERMS = 20
"""Links of one profile, and values of one of its lists."""

TERM_LENGTH = 60
"""Characters of a skill or language that no vocabulary holds."""

CODE_LENGTH = 40


class FieldAudience(StrEnum):
    """For whom a part of a profile is."""

    NOBODY = "nobody"
    LAW_ENFORCEMENT = "law_enforcement"
    MEMBERS = "members"
    PUBLIC = "public"


class ProfileScheme(StrEnum):
    """Which list of a profile a chosen code belongs to."""

    LANGUAGES = "languages"
    SKILLS = "skills"
    FUNCTIONS = "functions"
    OFFENCES = "offences"
    SECTORS = "sectors"
    OPEN_TO = "open_to"


FREE_SCHEMES = frozenset({ProfileScheme.LANGUAGES, ProfileScheme.SKILLS})
"""The lists to which people may add what the vocabulary lacks."""


def _narrower(name: str) -> EnumType:
    """Return the type of a part's audience: each CHECK of a table needs a name of its own on PostgreSQL."""
    return EnumType(
        FieldAudience,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda kind: [member.value for member in kind],
    )


class Profile(Base):
    """What one member says; `audience` is who may read the page and find it in the directory."""

    __tablename__ = "profiles"
    __table_args__ = (CheckConstraint("version > 0", name="version"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    audience: Mapped[FieldAudience] = mapped_column(default=FieldAudience.NOBODY, index=True)
    headline: Mapped[str] = mapped_column(String(HEADLINE_LENGTH), default="")
    biography: Mapped[str] = mapped_column(Text, default="")
    biography_audience: Mapped[FieldAudience] = mapped_column(
        _narrower("biography_audience"), default=FieldAudience.MEMBERS
    )
    contact_email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), default="")
    contact_phone: Mapped[str] = mapped_column(String(PHONE_LENGTH), default="")
    contact_audience: Mapped[FieldAudience] = mapped_column(
        _narrower("contact_audience"), default=FieldAudience.NOBODY
    )
    offers: Mapped[str] = mapped_column(Text, default="")
    needs: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(LANGUAGE_LENGTH), default="en-GB")
    """BCP 47 tag of what the person wrote."""
    is_contactable: Mapped[bool] = mapped_column(default=True)
    """Whether members may write to the person through the hub."""
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=now)

    member: Mapped[Member] = relationship()
    terms: Mapped[list["ProfileTerm"]] = relationship(
        order_by="(ProfileTerm.scheme, ProfileTerm.position)", cascade="all, delete-orphan"
    )
    links: Mapped[list["ProfileLink"]] = relationship(
        order_by="ProfileLink.position", cascade="all, delete-orphan"
    )


class ProfileTerm(Base):
    """One value of one list: a code of the vocabulary, or `x-` and the public id of an addition."""

    __tablename__ = "profile_terms"
    __table_args__ = (Index("ix_profile_terms_code", "scheme", "code"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("profiles.member_id"), primary_key=True)
    scheme: Mapped[ProfileScheme] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class ProfileLink(Base):
    """Where else the person can be read."""

    __tablename__ = "profile_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("profiles.member_id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    url: Mapped[str] = mapped_column(String(LINK_LENGTH))
    title: Mapped[str] = mapped_column(String(LINK_TITLE_LENGTH), default="")


class TermStatus(StrEnum):
    """What coordinators made of an addition."""

    ADDED = "added"
    KEPT = "kept"
    MERGED = "merged"
    REMOVED = "removed"


class TermAddition(Base):
    """A skill or language that the vocabulary lacks, as somebody added it; coordinators keep, merge or remove it."""

    __tablename__ = "term_additions"
    __table_args__ = (
        UniqueConstraint("scheme", "key"),
        CheckConstraint("scheme IN ('languages', 'skills')", name="scheme_is_free"),
        CheckConstraint("(status = 'merged') = (merged_into IS NOT NULL)", name="merged_into_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    scheme: Mapped[ProfileScheme]
    label: Mapped[str] = mapped_column(String(TERM_LENGTH))
    key: Mapped[str] = mapped_column(String(2 * TERM_LENGTH))
    """What two spellings have in common, so that one word is added once."""
    language: Mapped[str] = mapped_column(String(LANGUAGE_LENGTH), default="en-GB")
    status: Mapped[TermStatus] = mapped_column(default=TermStatus.ADDED, index=True)
    merged_into: Mapped[str | None] = mapped_column(String(CODE_LENGTH))
    """Code of the value that stands in its place."""
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime | None]

    @property
    def code(self) -> str:
        """What profiles hold for it."""
        return f"x-{self.public_id}"

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"term:{self.public_id}"
