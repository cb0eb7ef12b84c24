"""Who answered for a commitment from when to when, and offers to take it over."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from hub.commitments.models.commitment import NAME_LENGTH, URL_LENGTH, WORDS_LENGTH, Commitment, Precision
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member
from hub.organisations.models import OrganisationMembership


class HandoverStatus(StrEnum):
    """Where an offer stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Ownership(Base):
    """A time in which an institution, and here a member for it, answered for a commitment; one is open at most.

    What sources tell of the time before the hub has no member.
    """

    __tablename__ = "commitment_ownerships"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="ends_after_it_began"),
        Index(
            "uq_commitment_ownerships_open",
            "commitment_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id", ondelete="CASCADE"), index=True)
    institution: Mapped[str] = mapped_column(String(NAME_LENGTH))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    precision: Mapped[Precision] = mapped_column(default=Precision.DAY)
    """Of both days."""
    words: Mapped[str] = mapped_column(String(WORDS_LENGTH), default="")
    """What was said when it was handed over, or what the source tells."""
    source_url: Mapped[str] = mapped_column(String(URL_LENGTH), default="")
    retrieved_on: Mapped[date | None]

    member: Mapped[Member | None] = relationship()
    memberships: Mapped[list[OrganisationMembership]] = relationship(
        primaryjoin=lambda: foreign(OrganisationMembership.member_id) == Ownership.member_id, viewonly=True
    )
    """To which organisations the member belongs or belonged."""


class Handover(Base):
    """An offer to a member to answer for a commitment from now on; nothing changes until they accept."""

    __tablename__ = "commitment_handovers"
    __table_args__ = (
        CheckConstraint("to_member_id <> offered_by_id OR status <> 'accepted'", name="two_people"),
        CheckConstraint("offered_at < expires_at", name="time_to_answer"),
        Index(
            "uq_commitment_handovers_open",
            "commitment_id",
            unique=True,
            sqlite_where=text("status = 'offered'"),
            postgresql_where=text("status = 'offered'"),
        ),
        Index("ix_commitment_handovers_expiry", "status", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id", ondelete="CASCADE"), index=True)
    offered_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    to_member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    institution: Mapped[str] = mapped_column(String(NAME_LENGTH))
    """For which the receiver would answer."""
    words: Mapped[str] = mapped_column(String(WORDS_LENGTH))
    """What the receiver should know: what is done, what is open. Becomes part of the history once accepted."""
    status: Mapped[HandoverStatus] = mapped_column(default=HandoverStatus.OFFERED)
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer_words: Mapped[str] = mapped_column(Text, default="")

    commitment: Mapped[Commitment] = relationship()
    to_member: Mapped[Member] = relationship(foreign_keys=[to_member_id])
    offered_by: Mapped[Member] = relationship(foreign_keys=[offered_by_id])

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"handover:{self.public_id}"
