"""Where members are signed in, the tries to get there, and the links that mails carry."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models.accounts import EMAIL_LENGTH, Member

DIGEST = String(64)
"""A SHA-256 in hexadecimal."""

USER_AGENT_LENGTH = 200
"""Characters kept of what a browser says of itself."""

CHALLENGE_LENGTH = 100
"""Characters of a WebAuthn challenge in base64url; 64 bytes make 86."""


class SignInSession(Base):
    """One place where a member is signed in; the browser holds the token, the hub only its hash."""

    __tablename__ = "sign_in_sessions"
    __table_args__ = (
        CheckConstraint("last_seen_at >= created_at", name="seen_after_it_begins"),
        CheckConstraint("ended_at >= created_at", name="ends_after_it_begins"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    """How its owner names it, to end it."""
    token_hash: Mapped[str] = mapped_column(DIGEST, unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    is_pending: Mapped[bool] = mapped_column(default=False)
    """Whether the password was right and the second factor is still to come: nobody is signed in."""
    confirmed_at: Mapped[datetime] = mapped_column(default=now)
    """When the password was last entered here."""
    challenge: Mapped[str | None] = mapped_column(String(CHALLENGE_LENGTH))
    """What a passkey must sign next, in base64url; used once."""
    challenge_at: Mapped[datetime | None]
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
    """SHA-256 of the e-mail address that was typed, known or not; or of `factor:` and the member's random id."""
    network_key: Mapped[str] = mapped_column(String(45))
    attempted_at: Mapped[datetime] = mapped_column(index=True)
    succeeded: Mapped[bool] = mapped_column(default=False)


class TokenPurpose(StrEnum):
    """What a link in a mail is for."""

    CONFIRM = "confirm"
    INVITATION = "invitation"
    RESET = "reset"
    ADDRESS = "address"


class MailToken(Base):
    """A link in a mail that works once, until it expires; the mail carries its public id, signed."""

    __tablename__ = "mail_tokens"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="expires_after_it_begins"),
        CheckConstraint("member_id IS NOT NULL OR address IS NOT NULL", name="for_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    purpose: Mapped[TokenPurpose]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    address: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH), index=True)
    """The new address that the link proves, or whom an invitation is for."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    member: Mapped[Member | None] = relationship()
