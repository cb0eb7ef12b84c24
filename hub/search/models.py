"""The search journal: what changed, in the order of commits, for each node's index to take in."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.database import Base, Sequenced


class Operation(StrEnum):
    """What the index is to do with a document."""

    UPSERT = "upsert"
    REMOVE = "remove"


class SearchJournal(Sequenced, Base):
    """One change, written in the transaction that made it.

    `narrows` marks changes after which fewer people may read the document: until a node has taken the row in,
    its searches leave the document out.
    """

    __tablename__ = "search_journal"

    operation: Mapped[str]
    document_id: Mapped[str]
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    narrows: Mapped[bool]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
