"""Annexes: a section or file of an innovation for fewer readers than the record has."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.catalogue.models.innovation import Innovation
from hub.catalogue.models.readership import HasReadership
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.core.uploads import StoredFile

ANNEX_TITLE_LENGTH = 200
"""The most characters of a title."""


class Annex(HasReadership, Base):
    """A section or file that its owner shares; nobody reviews it, and no index holds it."""

    __tablename__ = "annexes"
    __table_args__ = (CheckConstraint("body <> '' OR file_id IS NOT NULL", name="holds_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(ANNEX_TITLE_LENGTH))
    body: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(20))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    added_at: Mapped[datetime]
    saved_at: Mapped[datetime]

    innovation: Mapped[Innovation] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    label_rows: Mapped[list[AnnexLabel]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"annex:{self.public_id}"


class AnnexLabel(Base):
    """One visibility label of an annex."""

    __tablename__ = "annex_labels"
    __table_args__ = (Index("ix_annex_labels_label", "label", "annex_id"),)

    annex_id: Mapped[int] = mapped_column(ForeignKey("annexes.id", ondelete="CASCADE"), primary_key=True)
    label: Mapped[str] = mapped_column(String(60), primary_key=True)
