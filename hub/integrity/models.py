"""Declared interests, recusals, and proposals to erase private parts of the audit log."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.integrity.four_eyes import FourEyes, four_eyes_constraint
from hub.members.models import Member
from hub.organisations.models import NAME_LENGTH, Organisation


class DeclaredInterest(Base):
    """What ties a member to an organisation besides membership; `kind` is a code of `interest_kinds`.

    It is ended, never deleted; one declared by mistake is struck by an integrity officer.
    """

    __tablename__ = "declared_interests"
    __table_args__ = (
        CheckConstraint("ended_on >= started_on", name="ends_after_it_begins"),
        CheckConstraint("(struck_at IS NULL) = (struck_by_id IS NULL)", name="struck_by_somebody"),
        CheckConstraint("struck_by_id <> member_id", name="not_struck_by_oneself"),
        Index("ix_declared_interests_name_key", "name_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    organisation_name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    name_key: Mapped[str] = mapped_column(String(2 * NAME_LENGTH))
    """Finds organisations of that name, also those added later."""
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(Text, default="")
    declared_at: Mapped[datetime]
    struck_at: Mapped[datetime | None]
    struck_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))

    member: Mapped[Member] = relationship(foreign_keys=[member_id])
    organisation: Mapped[Organisation | None] = relationship()


class Recusal(Base):
    """That somebody who would decide a thing has a conflict with it; written once for each person and thing."""

    __tablename__ = "recusals"
    __table_args__ = (UniqueConstraint("member_id", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    subject: Mapped[str] = mapped_column(String(120), index=True)
    """As the audit log names it."""
    conflict: Mapped[str] = mapped_column(String(40))
    """A value of `Conflict`: `declared` binds for good, the others as long as what they were derived from."""
    words: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]


class LogErasure(FourEyes, Base):
    """That the private parts of the log's entries about an erased member be erased; two integrity officers decide.

    `highest` is the last entry that the proposal covers: what is logged later is not erased with it.
    """

    __tablename__ = "log_erasures"
    __table_args__ = (
        four_eyes_constraint(),
        CheckConstraint("highest > 0", name="covers_something"),
        Index(
            "uq_log_erasures_open",
            "subject",
            unique=True,
            sqlite_where=text("status = 'proposed'"),
            postgresql_where=text("status = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    subject: Mapped[str] = mapped_column(String(120))
    """The member, as the audit log names them."""
    highest: Mapped[int]
    erased: Mapped[int] = mapped_column(default=0)
    """How many private parts were erased when it was approved."""
