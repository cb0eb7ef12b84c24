"""The search journal: what changed, in the order of commits, for each node's index to take in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.database import Base, Sequenced


class SearchJournal(Sequenced, Base):
    """One change, written in the transaction that made it.

    Without `document` the thing is taken out of the index. `narrows` marks changes after which fewer people may
    read the document: until a node has taken the row in, its searches leave the document out.
    """

    __tablename__ = "search_journal"

    document_id: Mapped[str]
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    narrows: Mapped[bool]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
