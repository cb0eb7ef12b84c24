"""Shortlists, the innovations on them with notes, and with whom they are shared."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.catalogue.models import Innovation
from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member
from hub.organisations.models import Organisation

NAME_LENGTH = 100
NOTE_LENGTH = 2_000


class Shortlist(Base):
    """A named collection of one member. `version` counts changes of its words, so that a stale one is noticed."""

    __tablename__ = "shortlists"
    __table_args__ = (
        CheckConstraint("name <> ''", name="has_a_name"),
        Index("ix_shortlists_member", "member_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    member: Mapped[Member] = relationship()
    entries: Mapped[list["ShortlistEntry"]] = relationship(
        back_populates="shortlist",
        order_by="(ShortlistEntry.position, ShortlistEntry.id)",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    shares: Mapped[list["ShortlistShare"]] = relationship(
        back_populates="shortlist",
        order_by="ShortlistShare.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def subject(self) -> str:
        """What notifications call it."""
        return f"shortlist:{self.public_id}"

    @property
    def notes(self) -> list[str]:
        """What is noted about innovations on it, in its order; which they are does not stand here."""
        return [each.note for each in self.entries if each.note]


class ShortlistEntry(Base):
    """An innovation on a shortlist, with what its keeper noted about it; once on each. `version` counts its notes."""

    __tablename__ = "shortlist_entries"
    __table_args__ = (UniqueConstraint("shortlist_id", "innovation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlists.id", ondelete="CASCADE"))
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    shortlist: Mapped[Shortlist] = relationship(back_populates="entries")
    innovation: Mapped[Innovation] = relationship()


class ShortlistShare(Base):
    """One member, or one organisation's people, who may read a shortlist; they change nothing."""

    __tablename__ = "shortlist_shares"
    __table_args__ = (
        CheckConstraint("(member_id IS NULL) <> (organisation_id IS NULL)", name="with_one_of_both"),
        UniqueConstraint("shortlist_id", "member_id"),
        UniqueConstraint("shortlist_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlists.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    shared_at: Mapped[datetime] = mapped_column(default=now)

    shortlist: Mapped[Shortlist] = relationship(back_populates="shares")
    member: Mapped[Member | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
