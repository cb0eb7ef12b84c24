"""Registrations for a showcase and seats in its slots, in the order in which people came."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member
from hub.members.models.accounts import EMAIL_LENGTH
from hub.showcases.models.programme import Slot
from hub.showcases.models.showcase import NAME_LENGTH, Attendance, Showcase

ACCESS_NEEDS_LENGTH = 1_000
CODE_LENGTH = 43
"""Characters of a random code of 256 bits in base64."""
VERSION_LENGTH = 20

_LIVE = "status NOT IN ('cancelled', 'declined')"
_ARRIVED = "status NOT IN ('unconfirmed', 'cancelled', 'declined')"
"""Of guests: strangers may type an address as often as they like; its owner confirms one."""


class RegistrationStatus(StrEnum):
    """Whether somebody has a place."""

    UNCONFIRMED = "unconfirmed"
    """A guest who has not yet opened the link that was mailed to them: no place, no number."""
    ASKED = "asked"
    """The team has to approve it."""
    REGISTERED = "registered"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    DECLINED = "declined"


STANDING = (RegistrationStatus.ASKED, RegistrationStatus.REGISTERED, RegistrationStatus.WAITING)
"""States in which somebody wants to come and may cancel."""


class Registration(Base):
    """Somebody who wants to come: a member, or a guest of a public showcase by name and email address."""

    __tablename__ = "registrations"
    __table_args__ = (
        Index(
            "uq_registrations_member",
            "showcase_id",
            "member_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        Index(
            "uq_registrations_guest",
            "showcase_id",
            "guest_email",
            unique=True,
            sqlite_where=text(f"{_ARRIVED} AND guest_email <> ''"),
            postgresql_where=text(f"{_ARRIVED} AND guest_email <> ''"),
        ),
        UniqueConstraint("showcase_id", "number"),
        CheckConstraint("member_id IS NULL OR (guest_name = '' AND guest_email = '')", name="one_of_both"),
        CheckConstraint(
            "status IN ('unconfirmed', 'cancelled', 'declined') OR number IS NOT NULL", name="has_number"
        ),
        CheckConstraint("attendance <> 'hybrid'", name="one_way_of_taking_part"),
        CheckConstraint("attendance = 'on_site' OR status <> 'waiting'", name="online_has_no_limit"),
        CheckConstraint("is_listed = (listed_at IS NOT NULL)", name="listed_at"),
        Index("ix_registrations_status", "showcase_id", "status", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    guest_name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    guest_email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), default="")
    guest_language: Mapped[str] = mapped_column(String(20), default="")
    """In which language mails to a guest are written."""
    status: Mapped[RegistrationStatus]
    attendance: Mapped[Attendance] = mapped_column(default=Attendance.ON_SITE)
    number: Mapped[int | None]
    """The order of arrival within the showcase."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    arrived_at: Mapped[datetime | None]
    """When it got its number."""
    registered_at: Mapped[datetime | None]
    """When it got a place."""
    cancelled_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    decided_at: Mapped[datetime | None]
    decision_words: Mapped[str] = mapped_column(Text, default="")
    access_needs: Mapped[str] = mapped_column(Text, default="")
    """Read by the team and the person alone; erased 30 days after the showcase."""
    is_listed: Mapped[bool] = mapped_column(default=False)
    """Whether the person agreed that the other attendees read their name."""
    listed_at: Mapped[datetime | None]
    consent_version: Mapped[str] = mapped_column(String(VERSION_LENGTH), default="")
    """Which words the person agreed to; empty where they did not."""
    check_in_code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    """Random, in the QR code."""
    checked_in_at: Mapped[datetime | None]
    checked_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    erased_at: Mapped[datetime | None]
    """When access needs, and of a guest name and address, were erased."""

    showcase: Mapped[Showcase] = relationship()
    member: Mapped[Member | None] = relationship(foreign_keys=[member_id])
    seats: Mapped[list[Seat]] = relationship(
        back_populates="registration", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"registration:{self.public_id}"

    @property
    def has_place_on_site(self) -> bool:
        """Whether it is one of the places that are counted."""
        return self.status is RegistrationStatus.REGISTERED and self.attendance is Attendance.ON_SITE

    @property
    def name(self) -> str:
        """What somebody is called; empty for a guest whose name was erased."""
        return self.member.display_name if self.member is not None else self.guest_name


class SeatStatus(StrEnum):
    """Whether somebody has a seat in a slot."""

    TAKEN = "taken"
    WAITING = "waiting"


class Seat(Base):
    """A seat in a slot of limited capacity, or a place on its waiting list."""

    __tablename__ = "slot_seats"
    __table_args__ = (
        UniqueConstraint("registration_id", "slot_id"),
        UniqueConstraint("slot_id", "number"),
        Index("ix_slot_seats_status", "slot_id", "status", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    slot_id: Mapped[int] = mapped_column(ForeignKey("showcase_slots.id", ondelete="CASCADE"))
    status: Mapped[SeatStatus]
    number: Mapped[int]
    """The order of arrival within the slot."""
    arrived_at: Mapped[datetime] = mapped_column(default=now)

    registration: Mapped[Registration] = relationship(back_populates="seats")
    slot: Mapped[Slot] = relationship()
