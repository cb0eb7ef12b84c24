"""Members and the roles granted to them."""

from contextlib import suppress
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

LANGUAGE_LENGTH = 20
"""Characters of a BCP 47 tag."""

TIME_ZONE_LENGTH = 60
"""Characters of the name of a time zone."""


class MemberStatus(StrEnum):
    """Where somebody stands between applying and leaving."""

    APPLIED = "applied"
    CONFIRMED = "confirmed"
    APPROVED = "approved"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    ERASED = "erased"


MAY_SIGN_IN = frozenset(
    {MemberStatus.APPLIED, MemberStatus.CONFIRMED, MemberStatus.APPROVED, MemberStatus.LAPSED}
)
"""Applicants and people whose vetting lapsed may sign in, but see only what is public."""


def normal_email(address: str) -> str:
    """Return `address` as it is stored and compared: in lower case, without spaces around it, its domain in ASCII.

    Two spellings of one mailbox are one address: signs that look like others in the domain become what mail servers
    read (IDNA). What cannot be an address stays as it is, for `require_address` to refuse.
    """
    local, at, domain = address.strip().lower().rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii").lower()
    return f"{local}{at}{domain}"


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
    language: Mapped[str] = mapped_column(String(LANGUAGE_LENGTH), default="en-GB", server_default="en-GB")
    """BCP 47 tag of the language in which the hub writes to this person."""
    time_zone: Mapped[str | None] = mapped_column(String(TIME_ZONE_LENGTH))
    """As IANA names it, in which they read times; None for that of their country."""
    vetted_until: Mapped[datetime | None] = mapped_column(index=True)
    """When a coordinator must have looked again; None for who was never approved."""
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
        CheckConstraint(
            "granted_by_id <> member_id AND approved_by_id <> member_id", name="not_granted_by_oneself"
        ),
        CheckConstraint("(granted_by_id IS NULL) = (approved_by_id IS NULL)", name="granted_by_two_or_none"),
        CheckConstraint("granted_by_id <> approved_by_id", name="four_eyes"),
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
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    role: Mapped[Role]
    country: Mapped[str | None] = mapped_column(String(2))
    reason: Mapped[str] = mapped_column(Text)
    granted_at: Mapped[datetime] = mapped_column(default=now)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    """Who proposed it; None for grants made at the machine before there were people to grant them."""
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    """Who agreed: somebody else, and None where nobody proposed it either."""
    ended_at: Mapped[datetime | None]
    is_named: Mapped[bool] = mapped_column(default=False)
    """Whether the holder agreed to be named in the public list of roles."""

    member: Mapped[Member] = relationship(foreign_keys=[member_id])
