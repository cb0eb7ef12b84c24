"""Entries: innovations that are proposed for a showcase, who presents them, and the material they leave."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.catalogue.models import Innovation
from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.core.uploads import StoredFile
from hub.members.models import Member
from hub.organisations.models import Organisation
from hub.showcases.models.showcase import NAME_LENGTH, URL_LENGTH, Showcase

PITCH_LENGTH = 2_000
NEEDS_LENGTH = 1_000
WORDS_LENGTH = 2_000
"""The most characters of what curators write: comments, remarks, words of a decision."""
MOST_PRESENTERS = 4


class EntryStatus(StrEnum):
    """Where an entry stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    UNDER_REVIEW = "under_review"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    PRESENTED = "presented"
    NOT_PRESENTED = "not_presented"
    WITHDRAWN = "withdrawn"


class EntryFormat(StrEnum):
    """How an innovation is presented."""

    TALK = "talk"
    DEMO = "demo"
    POSTER = "poster"
    ONLINE = "online"


class EntryDecision(StrEnum):
    """What curators mean to answer; nobody else learns of it before all answers are sent."""

    ACCEPT = "accept"
    WAITLIST = "waitlist"
    REJECT = "reject"


IN_PROGRAMME = (EntryStatus.CONFIRMED, EntryStatus.PRESENTED, EntryStatus.NOT_PRESENTED)
"""States in which a published programme names an entry."""

PLACEABLE = (EntryStatus.ACCEPTED, *IN_PROGRAMME)
"""States in which an entry may have a slot."""

SENT = tuple(each for each in EntryStatus if each is not EntryStatus.DRAFT)
"""States in which the curators know of an entry."""

REVIEWED = (EntryStatus.PROPOSED, EntryStatus.UNDER_REVIEW)
"""States in which curators score an entry."""

_LIVE = "status <> 'withdrawn'"


class Entry(Base):
    """An innovation proposed for a showcase. `version` counts saves; `pending` is what its answer will be."""

    __tablename__ = "showcase_entries"
    __table_args__ = (
        Index(
            "uq_showcase_entries_once",
            "showcase_id",
            "innovation_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        CheckConstraint("status = 'draft' OR proposed_at IS NOT NULL", name="proposed_at"),
        CheckConstraint("(pending IS NULL) = (pending_at IS NULL)", name="pending_at"),
        CheckConstraint("pending IS NULL OR status = 'under_review'", name="pending_until_sent"),
        CheckConstraint("decided_by_id <> proposed_by_id", name="decided_by_another"),
        CheckConstraint("minutes BETWEEN 1 AND 480", name="minutes"),
        Index("ix_showcase_entries_status", "showcase_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id"))
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    """The owner it was proposed for; its representatives act for the entry, else who proposed it."""
    status: Mapped[EntryStatus] = mapped_column(default=EntryStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    format: Mapped[EntryFormat] = mapped_column(default=EntryFormat.TALK)
    minutes: Mapped[int] = mapped_column(default=15)
    """How long it is meant to take."""
    language: Mapped[str] = mapped_column(String(20))
    pitch: Mapped[str] = mapped_column(Text, default="")
    """Why people should see it; published with the programme."""
    needs: Mapped[str] = mapped_column(Text, default="")
    """What it needs at the venue; only its side and the team read it."""
    embargo_until: Mapped[datetime | None]
    """Before this moment it is neither presented nor named to the audience."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    saved_at: Mapped[datetime] = mapped_column(default=now)
    proposed_at: Mapped[datetime | None]
    pending: Mapped[EntryDecision | None]
    pending_words: Mapped[str] = mapped_column(Text, default="")
    pending_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    pending_at: Mapped[datetime | None]
    waitlist_position: Mapped[int | None]
    """Its place on the waiting list, from 1; kept when it moves up."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    decided_at: Mapped[datetime | None]
    """When the answer was sent."""
    decision_words: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    """When its side confirmed or stepped back."""
    presence_words: Mapped[str] = mapped_column(Text, default="")
    """Why it was not presented."""
    is_featured: Mapped[bool] = mapped_column(default=False)

    showcase: Mapped[Showcase] = relationship()
    innovation: Mapped[Innovation] = relationship()
    proposed_by: Mapped[Member] = relationship(foreign_keys=[proposed_by_id])
    organisation: Mapped[Organisation | None] = relationship()
    presenters: Mapped[list[EntryPresenter]] = relationship(
        back_populates="entry",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="EntryPresenter.position",
    )
    materials: Mapped[list[EntryMaterial]] = relationship(
        back_populates="entry",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="EntryMaterial.id",
    )
    attempts: Mapped[list[Entry]] = relationship(
        primaryjoin="and_(Entry.showcase_id == remote(foreign(Entry.showcase_id)), "
        "Entry.innovation_id == remote(foreign(Entry.innovation_id)))",
        viewonly=True,
        uselist=True,
    )
    """All entries of the same innovation for the same showcase: itself, and those withdrawn before it."""

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"entry:{self.public_id}"


class PresenterStatus(StrEnum):
    """What a presenter said."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    STEPPED_BACK = "stepped_back"
    GONE = "gone"
    """They left the hub."""


STANDING = (PresenterStatus.ASKED, PresenterStatus.CONFIRMED)
"""Who is still meant to present."""


class EntryPresenter(Base):
    """Who presents an entry: a member, or somebody without an account whom the entry's side vouches for by name."""

    __tablename__ = "entry_presenters"
    __table_args__ = (
        UniqueConstraint("entry_id", "member_id"),
        CheckConstraint("member_id IS NULL OR name = ''", name="one_of_both"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    entry_id: Mapped[int] = mapped_column(ForeignKey("showcase_entries.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    """Of somebody without an account; empty for a member, and for a member who left."""
    position: Mapped[int]
    status: Mapped[PresenterStatus] = mapped_column(default=PresenterStatus.ASKED)
    answered_at: Mapped[datetime | None]

    entry: Mapped[Entry] = relationship(back_populates="presenters")
    member: Mapped[Member | None] = relationship(lazy="joined")


class MaterialKind(StrEnum):
    """What an entry leaves to its audience."""

    SLIDES = "slides"
    POSTER = "poster"
    HANDOUT = "handout"
    RECORDING = "recording"


class EntryMaterial(Base):
    """A file or a link that belongs to an entry; the showcase's audience reads it once the programme is published."""

    __tablename__ = "entry_materials"
    __table_args__ = (CheckConstraint("(stored_file_id IS NULL) <> (url IS NULL)", name="one_of_both"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    entry_id: Mapped[int] = mapped_column(ForeignKey("showcase_entries.id", ondelete="CASCADE"), index=True)
    kind: Mapped[MaterialKind]
    title: Mapped[str] = mapped_column(String(NAME_LENGTH))
    stored_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(default=now)

    entry: Mapped[Entry] = relationship(back_populates="materials")
    stored_file: Mapped[StoredFile | None] = relationship()
