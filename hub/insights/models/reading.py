"""What a metric said on one day."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.database import Base

METRIC_LENGTH = 60
BREAKDOWN_LENGTH = 40


class MetricReading(Base):
    """One value of one metric on one day, counted from what the public may see. The first of a day stays.

    `breakdown` is a country or another code that the metric is broken down by; empty for the whole.
    """

    __tablename__ = "metric_readings"

    metric: Mapped[str] = mapped_column(String(METRIC_LENGTH), primary_key=True)
    breakdown: Mapped[str] = mapped_column(String(BREAKDOWN_LENGTH), primary_key=True, default="")
    day: Mapped[date] = mapped_column(primary_key=True)
    """In UTC."""
    value: Mapped[float | None]
    """None where there was nothing to count from, such as a median of nothing."""
    as_of: Mapped[datetime]
