"""The programme: rooms, tracks, slots, and the log of what changed after it was published."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.showcases.models.entry import Entry
from hub.showcases.models.showcase import NAME_LENGTH, SUMMARY_LENGTH, Showcase


class Room(Base):
    """Where slots take place."""

    __tablename__ = "showcase_rooms"
    __table_args__ = (
        UniqueConstraint("showcase_id", "name"),
        CheckConstraint("free_from IS NULL OR free_until IS NULL OR free_from < free_until", name="free"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    seats: Mapped[int | None]
    access_words: Mapped[str] = mapped_column(String(SUMMARY_LENGTH), default="")
    """How it is reached, hearing loops and the like."""
    free_from: Mapped[datetime | None]
    free_until: Mapped[datetime | None]
    """When it can be used; None for as long as the showcase lasts."""
    position: Mapped[int]


class Track(Base):
    """A thread through the programme, such as one theme."""

    __tablename__ = "showcase_tracks"
    __table_args__ = (UniqueConstraint("showcase_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    position: Mapped[int]


class SlotKind(StrEnum):
    """What a slot is for."""

    ENTRY = "entry"
    PLENARY = "plenary"
    BREAK = "break"


class Slot(Base):
    """A stretch of time in the programme. `seats_taken` counts who has a seat, `last_number` who came last."""

    __tablename__ = "showcase_slots"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="starts_before_end"),
        CheckConstraint("kind = 'entry' OR entry_id IS NULL", name="only_entry_slots_have_one"),
        CheckConstraint("kind = 'entry' OR title <> ''", name="others_have_a_title"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_is_positive"),
        CheckConstraint("capacity IS NULL OR seats_taken <= capacity", name="never_oversold"),
        CheckConstraint("seats_taken >= 0", name="seats_taken_is_not_negative"),
        Index("ix_showcase_slots_time", "showcase_id", "starts_at", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id", ondelete="CASCADE"))
    kind: Mapped[SlotKind] = mapped_column(default=SlotKind.ENTRY)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("showcase_entries.id"), unique=True)
    title: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    """Of a break or plenary; entries are called as their innovation."""
    room_id: Mapped[int | None] = mapped_column(ForeignKey("showcase_rooms.id"), index=True)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("showcase_tracks.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    position: Mapped[int] = mapped_column(default=0)
    """The order among slots that start together."""
    capacity: Mapped[int | None]
    """Seats that people take one by one; None where nobody needs to."""
    seats_taken: Mapped[int] = mapped_column(default=0)
    last_number: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes: the SEQUENCE of its calendar entry (RFC 5545, 3.8.7.4)."""

    showcase: Mapped[Showcase] = relationship()
    entry: Mapped[Entry | None] = relationship()
    room: Mapped[Room | None] = relationship()
    track: Mapped[Track | None] = relationship()

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"slot:{self.public_id}"


class ChangeKind(StrEnum):
    """What happened to a slot of a published programme."""

    ADDED = "added"
    MOVED = "moved"
    """Another time or room."""
    CHANGED = "changed"
    """Another entry or title."""
    REMOVED = "removed"


class ProgrammeChange(Base):
    """One change of a slot after the programme was published, told to those affected."""

    __tablename__ = "programme_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id", ondelete="CASCADE"), index=True)
    slot_id: Mapped[int | None] = mapped_column(
        ForeignKey("showcase_slots.id", ondelete="SET NULL"), index=True
    )
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("showcase_entries.id"), index=True)
    """The entry that had the slot; who may not see it reads nothing of the change."""
    kind: Mapped[ChangeKind]
    title: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    """Of a break or plenary, as it was called."""
    room_before: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    room_after: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    started_before: Mapped[datetime | None]
    ended_before: Mapped[datetime | None]
    starts_after: Mapped[datetime | None]
    ends_after: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    """None where it followed from an entry that was withdrawn."""
