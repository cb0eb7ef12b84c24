"""Many records at once: runs of an import, and batches of records that a coordinator decides together."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.catalogue.models.revision import InnovationRevision
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.core.uploads import StoredFile
from hub.members.models import Member

COLLECTION_LENGTH = 60
"""The most characters of a collection's name."""


class ImportStatus(StrEnum):
    """How far an import has come."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


class ImportRun(Base):
    """One file that somebody imports in the browser; a background worker reads it.

    `problems` holds a dictionary with `record`, `field`, `message` (message id) and `parameters` for each fault.
    """

    __tablename__ = "import_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    started_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    started_at: Mapped[datetime]
    format: Mapped[str] = mapped_column(String(10))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    language: Mapped[str] = mapped_column(String(20))
    is_dry_run: Mapped[bool]
    status: Mapped[ImportStatus] = mapped_column(default=ImportStatus.QUEUED, index=True)
    beat_at: Mapped[datetime | None]
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    file: Mapped[StoredFile] = relationship()
    started_by: Mapped[Member] = relationship()


class ApprovalBatch(Base):
    """Records that were submitted together, so that a coordinator may decide them together."""

    __tablename__ = "approval_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    collection: Mapped[str] = mapped_column(String(COLLECTION_LENGTH))
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    submitted_at: Mapped[datetime]

    submitted_by: Mapped[Member] = relationship()
    revisions: Mapped[list[InnovationRevision]] = relationship(
        secondary="approval_batch_entries", order_by=InnovationRevision.id
    )


class BatchEntry(Base):
    """One revision of a batch."""

    __tablename__ = "approval_batch_entries"

    batch_id: Mapped[int] = mapped_column(ForeignKey("approval_batches.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(
        ForeignKey("innovation_revisions.id"), primary_key=True, index=True
    )
