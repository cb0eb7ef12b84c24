"""Who wants to join and what coordinators decided; whom members invited."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import EMAIL_LENGTH, LANGUAGE_LENGTH, NAME_LENGTH as PERSON_LENGTH, Member
from hub.organisations.models import NAME_LENGTH, MembershipRole, Organisation

WORDS_LENGTH = 2_000
"""Characters of what somebody writes to coordinators, or they to somebody."""

WEBSITE_LENGTH = 500


class InvitationStatus(StrEnum):
    """Where an invitation stands; whether it is too old is a matter of the clock."""

    SENT = "sent"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


class ApplicationKind(StrEnum):
    """Whether somebody wants to join, or to be vetted again after a year."""

    JOIN = "join"
    RENEWAL = "renewal"


class Decision(StrEnum):
    """What a coordinator decided."""

    APPROVED = "approved"
    DECLINED = "declined"


class Invitation(Base):
    """That a focal point or a representative asks somebody to join; single use, bound to the address."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("expires_at > invited_at", name="expires_after_it_begins"),
        CheckConstraint("(status = 'accepted') = (accepted_at IS NOT NULL)", name="accepted_at"),
        CheckConstraint(
            "(organisation_id IS NULL) = (membership_role IS NULL)", name="membership_of_organisation"
        ),
        CheckConstraint("organisation_id IS NOT NULL OR country IS NOT NULL", name="for_something"),
        CheckConstraint("accepted_by_id <> invited_by_id", name="not_accepted_by_oneself"),
        Index("ix_invitations_inviter", "invited_by_id", "invited_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), index=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    membership_role: Mapped[MembershipRole | None] = mapped_column()
    country: Mapped[str | None] = mapped_column(String(2))
    """Of the focal point who invites for a country."""
    language: Mapped[str] = mapped_column(String(LANGUAGE_LENGTH))
    token_id: Mapped[int] = mapped_column(ForeignKey("mail_tokens.id"), unique=True)
    status: Mapped[InvitationStatus] = mapped_column(default=InvitationStatus.SENT)
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))

    invited_by: Mapped[Member] = relationship(foreign_keys=[invited_by_id])
    organisation: Mapped[Organisation | None] = relationship()


class Application(Base):
    """What somebody said to be let in (or kept in), and what a coordinator answered."""

    __tablename__ = "applications"
    __table_args__ = (
        CheckConstraint("decided_by_id <> member_id", name="not_decided_by_oneself"),
        CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by_id IS NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint("decision <> 'declined' OR decision_words <> ''", name="declined_with_words"),
        Index(
            "uq_applications_open",
            "member_id",
            unique=True,
            sqlite_where=text("decision IS NULL"),
            postgresql_where=text("decision IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    kind: Mapped[ApplicationKind] = mapped_column(default=ApplicationKind.JOIN)
    display_name: Mapped[str] = mapped_column(String(PERSON_LENGTH), default="")
    member_type: Mapped[str] = mapped_column(String(30), default="")
    country: Mapped[str | None] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(LANGUAGE_LENGTH), default="en-GB")
    """With the three above: what the account becomes once the address is confirmed, and not before."""
    organisation_name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    """For whom the person works or speaks; empty for themselves."""
    website: Mapped[str] = mapped_column(String(WEBSITE_LENGTH), default="")
    words: Mapped[str] = mapped_column(Text)
    """Why they want to join."""
    consent_version: Mapped[str] = mapped_column(String(20))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"))
    applied_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    decision: Mapped[Decision | None] = mapped_column()
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    decision_words: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship(foreign_keys=[member_id])
    decided_by: Mapped[Member | None] = relationship(foreign_keys=[decided_by_id])
    invitation: Mapped[Invitation | None] = relationship()
