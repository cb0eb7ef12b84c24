"""Assessments of a commitment: by its owner, and by the Independent Reporting Mechanism as published."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.commitments.models.commitment import NAME_LENGTH, URL_LENGTH
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id


class Maker(StrEnum):
    """Who assessed."""

    SELF = "self"
    IRM = "irm"


class Assessment(Base):
    """One assessment with its ratings; never changed, a later one of the same maker takes its place.

    What the Independent Reporting Mechanism says is written down from its report, so it always has a source.
    """

    __tablename__ = "assessments"
    __table_args__ = (CheckConstraint("maker <> 'irm' OR source_url <> ''", name="irm_has_source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id", ondelete="CASCADE"), index=True)
    maker: Mapped[Maker]
    scheme: Mapped[str] = mapped_column(String(40))
    """Code of the generation of rating scales that it uses."""
    report: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    """Name of the published report."""
    assessed_on: Mapped[date | None]
    """None where the source gives no date."""
    words: Mapped[str] = mapped_column(Text, default="")
    source_url: Mapped[str] = mapped_column(String(URL_LENGTH), default="")
    retrieved_on: Mapped[date | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    """None for what came with the hub."""
    recorded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    """When it was taken back as written down wrongly."""

    ratings: Mapped[list[AssessmentRating]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    @property
    def subject(self) -> str:
        """How the audit log names it."""
        return f"assessment:{self.public_id}"


class AssessmentRating(Base):
    """One value on one scale; `about` is an OGP value where the scale is asked for each, else empty."""

    __tablename__ = "assessment_ratings"

    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessments.id", ondelete="CASCADE"), primary_key=True
    )
    scale: Mapped[str] = mapped_column(String(40), primary_key=True)
    about: Mapped[str] = mapped_column(String(60), primary_key=True, default="")
    value: Mapped[str] = mapped_column(String(40))
