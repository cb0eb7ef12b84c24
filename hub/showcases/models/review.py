"""What curators think of an entry: scores for each criterion, remarks to one another, proposals to feature it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.integrity.four_eyes import FourEyes, four_eyes_constraint
from hub.members.models import Member
from hub.showcases.models.entry import Entry
from hub.showcases.models.showcase import Criterion

MOST_POINTS = 5
"""The best score for a criterion; the least is 1."""

_OPEN = "status = 'proposed'"


class EntryReview(Base):
    """One curator's scores and comment; others read it once they have submitted their own. `version` counts saves."""

    __tablename__ = "entry_reviews"
    __table_args__ = (UniqueConstraint("entry_id", "curator_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("showcase_entries.id"))
    curator_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    comment: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    """When they were first given; a draft counts for nothing."""

    entry: Mapped[Entry] = relationship()
    curator: Mapped[Member] = relationship()
    scores: Mapped[list[EntryScore]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class EntryScore(Base):
    """The points that one curator gives an entry for one criterion."""

    __tablename__ = "entry_scores"
    __table_args__ = (CheckConstraint(f"points BETWEEN 1 AND {MOST_POINTS}", name="points"),)

    review_id: Mapped[int] = mapped_column(
        ForeignKey("entry_reviews.id", ondelete="CASCADE"), primary_key=True
    )
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("showcase_criteria.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    points: Mapped[int]

    criterion: Mapped[Criterion] = relationship()


class EntryRemark(Base):
    """What one curator says to the others about an entry."""

    __tablename__ = "entry_remarks"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    entry_id: Mapped[int] = mapped_column(ForeignKey("showcase_entries.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(default=now)

    entry: Mapped[Entry] = relationship()
    author: Mapped[Member] = relationship()


class FeatureProposal(FourEyes, Base):
    """A curator's proposal to feature an entry; another one decides."""

    __tablename__ = "entry_feature_proposals"
    __table_args__ = (
        four_eyes_constraint(),
        Index(
            "uq_entry_feature_proposals_open",
            "entry_id",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    entry_id: Mapped[int] = mapped_column(ForeignKey("showcase_entries.id"))

    entry: Mapped[Entry] = relationship()
