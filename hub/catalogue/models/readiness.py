"""What countries state about the prerequisites that innovations need."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.database import Base


class ReadinessState(StrEnum):
    """What a country states about one prerequisite."""

    READY = "ready"
    NEEDS = "needs"
    BLOCKED = "blocked"


class CountryStatement(Base):
    """What the focal point of a country states about one common prerequisite; `topic` is a code of that vocabulary."""

    __tablename__ = "country_statements"

    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    topic: Mapped[str] = mapped_column(String(60), primary_key=True)
    state: Mapped[ReadinessState]
    note: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(20))
    stated_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    stated_at: Mapped[datetime]
