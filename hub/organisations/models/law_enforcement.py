"""The law-enforcement status, which may end with a membership."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member
from hub.organisations.models.organisations import Organisation

TITLE_LENGTH = 200
"""Characters of an authority's name or of a reference."""


class LawEnforcementState(StrEnum):
    """How far two coordinators have verified that somebody works for a law-enforcement authority."""

    REQUESTED = "requested"
    SUPPORTED = "supported"
    VERIFIED = "verified"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


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
