"""Signs of life of background processes, for the readiness page."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.database import Base, session

WORKER = "worker"
"""The name under which the background worker gives its signs of life."""


class Heartbeat(Base):
    """When a process was last known to run."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    beat_at: Mapped[datetime]


def beat(name: str) -> None:
    """Note that the process `name` runs at this moment; called inside a transaction."""
    session().merge(Heartbeat(name=name, beat_at=now()))
    session().flush()


def age(name: str) -> timedelta | None:
    """Return how long ago `name` gave a sign of life, or None if it never did."""
    heartbeat = session().get(Heartbeat, name)
    return now() - heartbeat.beat_at if heartbeat else None
