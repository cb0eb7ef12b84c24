"""Members, the roles granted to them, their law-enforcement status, and how they sign in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id

EMAIL_LENGTH = 254
"""Characters of the longest e-mail address that can be delivered (RFC 5321)."""

NAME_LENGTH = 120
"""Characters of a display name."""

TITLE_LENGTH = 200
"""Characters of an authority's name or of a reference."""


DIGEST = String(64)
"""A SHA-256 in hexadecimal."""

USER_AGENT_LENGTH = 200
"""Characters kept of what a browser says of itself."""


class MemberStatus(StrEnum):
    """Where somebody stands between applying and leaving."""

    APPLIED = "applied"
    CONFIRMED = "confirmed"
    APPROVED = "approved"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    ERASED = "erased"


MAY_SIGN_IN = frozenset({MemberStatus.APPLIED, MemberStatus.CONFIRMED, MemberStatus.APPROVED})
"""Applicants may sign in, but see only what is public."""


def normal_email(address: str) -> str:
    """Return `address` as it is stored and compared: in lower case, without spaces around it."""
    return address.strip().lower()


class Member(Base):
    """A person with an account; carries the four attributes that Flask-Login asks for."""

    __tablename__ = "members"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("(email IS NULL) = (status = 'erased')", name="email_unless_erased"),
        CheckConstraint("status <> 'erased' OR password_hash IS NULL", name="no_password_when_erased"),
        CheckConstraint("length(country) = 2", name="country_is_a_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    email: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH), unique=True)
    email_confirmed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    display_name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    member_type: Mapped[str] = mapped_column(String(30))
    country: Mapped[str | None] = mapped_column(String(2))
    status: Mapped[MemberStatus] = mapped_column(default=MemberStatus.APPLIED)
    created_at: Mapped[datetime] = mapped_column(default=now)

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether this person may sign in and stay signed in."""
        return self.status in MAY_SIGN_IN

    @property
    def is_approved(self) -> bool:
        """Whether this person counts as a member for what may be seen and done."""
        return self.status is MemberStatus.APPROVED

    def get_id(self) -> str:
        """Return the id that may leave the hub."""
        return self.public_id


class RoleGrant(Base):
    """One role of one member, dated and reasoned; ended, never deleted."""

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint("(role = 'focal_point') = (country IS NOT NULL)", name="country_of_focal_points"),
        CheckConstraint("length(country) = 2", name="country_is_a_code"),
        CheckConstraint("granted_by_id <> member_id", name="not_granted_by_oneself"),
        CheckConstraint("ended_at >= granted_at", name="ends_after_it_begins"),
        Index(
            "uq_role_grants_in_force",
            "member_id",
            "role",
            text("coalesce(country, '')"),
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    role: Mapped[Role]
    country: Mapped[str | None] = mapped_column(String(2))
    reason: Mapped[str] = mapped_column(Text)
    granted_at: Mapped[datetime] = mapped_column(default=now)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    """None for grants made at the machine before there were people to grant them."""
    ended_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship(foreign_keys=[member_id])


class LawEnforcementStatus(Base):
    """That two coordinators verified somebody's work for a law-enforcement authority, until it lapses.

    Only this, never the member type, opens what is for law enforcement.
    """

    __tablename__ = "law_enforcement_statuses"
    __table_args__ = (
        CheckConstraint("length(country) = 2", name="country_is_a_code"),
        CheckConstraint(
            "(first_verified_by_id IS NULL) = (second_verified_by_id IS NULL)", name="verified_by_two_or_none"
        ),
        CheckConstraint("first_verified_by_id <> second_verified_by_id", name="four_eyes"),
        CheckConstraint(
            "first_verified_by_id <> member_id AND second_verified_by_id <> member_id",
            name="not_verified_by_oneself",
        ),
        CheckConstraint("valid_until > verified_at", name="lapses_after_it_begins"),
        CheckConstraint("revoked_at >= verified_at", name="revoked_after_it_begins"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    country: Mapped[str] = mapped_column(String(2))
    authority: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    reference: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    verified_at: Mapped[datetime] = mapped_column(default=now)
    first_verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    second_verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    valid_until: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship(foreign_keys=[member_id])
    first_verified_by: Mapped[Member | None] = relationship(foreign_keys=[first_verified_by_id])
    second_verified_by: Mapped[Member | None] = relationship(foreign_keys=[second_verified_by_id])


class SignInSession(Base):
    """One place where a member is signed in; the browser holds the token, the hub only its hash."""

    __tablename__ = "sign_in_sessions"
    __table_args__ = (
        CheckConstraint("last_seen_at >= created_at", name="seen_after_it_begins"),
        CheckConstraint("ended_at >= created_at", name="ends_after_it_begins"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(DIGEST, unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(String(USER_AGENT_LENGTH))

    member: Mapped[Member] = relationship()


class SignInAttempt(Base):
    """One try to sign in, kept for a day to slow down guessing; names neither a member nor an address."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index("ix_sign_in_attempts_pair", "account_key", "network_key", "attempted_at"),
        Index("ix_sign_in_attempts_network", "network_key", "attempted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_key: Mapped[str] = mapped_column(DIGEST)
    """SHA-256 of the e-mail address that was typed, whether or not it is known."""
    network_key: Mapped[str] = mapped_column(String(45))
    attempted_at: Mapped[datetime] = mapped_column(index=True)
    succeeded: Mapped[bool] = mapped_column(default=False)
