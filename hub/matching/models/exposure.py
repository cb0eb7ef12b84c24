"""How often whose things stand in the suggestions of all members, what finds nothing, and the floor of exposure.

Counted by the worker over what every member may see, never from what somebody looked at.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.database import Base

VALUE_LENGTH = 60
SUBJECT_LENGTH = 120

MOST_FLOOR = 30
"""Percent of places in a list that the floor may give at most."""


class Exposure(Base):
    """On one day: how many things of one group there were, and how many places in members' lists they had."""

    __tablename__ = "match_exposures"
    __table_args__ = (
        CheckConstraint(
            "things >= 0 AND places >= 0 AND firsts >= 0 AND lifted BETWEEN 0 AND places", name="counts"
        ),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    """What was suggested: a value of `hub.matching.facts.Kind`."""
    dimension: Mapped[str] = mapped_column(String(20), primary_key=True)
    """By what it is counted: `country`, `member_type` or `organisation_size`."""
    value: Mapped[str] = mapped_column(String(VALUE_LENGTH), primary_key=True)
    """The country's code and so on; empty for what does not say."""
    things: Mapped[int]
    """How many things of the group could be suggested."""
    places: Mapped[int]
    """How many places in the first ten of all members' lists they had."""
    firsts: Mapped[int]
    """How many of these were first places."""
    lifted: Mapped[int]
    """How many of the places the floor gave."""
    counted_at: Mapped[datetime] = mapped_column(default=now)


class Strength(Base):
    """How well the best suggestion for one need fits; only over what every member may see."""

    __tablename__ = "match_strengths"
    __table_args__ = (
        CheckConstraint("innovation BETWEEN 0 AND 100 AND person BETWEEN 0 AND 100", name="percent"),
    )

    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), primary_key=True)
    """The request, or the member whose profile says what they look for, as the audit log names it."""
    innovation: Mapped[int] = mapped_column(SmallInteger)
    """Score of the best innovation, 0 to 100."""
    person: Mapped[int] = mapped_column(SmallInteger)
    """Score of the best member or organisation, 0 to 100."""
    measured_at: Mapped[datetime] = mapped_column(default=now)


class ExposureFloor(Base):
    """One decision of a coordinator about the floor; the latest is in force."""

    __tablename__ = "exposure_floors"
    __table_args__ = (
        CheckConstraint(f"percent BETWEEN 0 AND {MOST_FLOOR}", name="percent"),
        CheckConstraint("reason <> ''", name="says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    percent: Mapped[int] = mapped_column(SmallInteger)
    """Share of places kept for things of countries that are seldom suggested; 0 where it is off."""
    reason: Mapped[str] = mapped_column(Text)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    set_at: Mapped[datetime] = mapped_column(default=now)
