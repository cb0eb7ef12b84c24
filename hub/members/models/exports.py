"""The files of own data that members asked for."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models.accounts import LANGUAGE_LENGTH, Member

FILE_NAME_LENGTH = 60


class DataExport(Base):
    """That a member asked for their own data; the worker makes the file, which is deleted after some days."""

    __tablename__ = "data_exports"
    __table_args__ = (
        CheckConstraint("(made_at IS NULL) = (expires_at IS NULL)", name="made_and_expiring"),
        Index(
            "uq_data_exports_open",
            "member_id",
            unique=True,
            sqlite_where=text("made_at IS NULL AND failed_at IS NULL"),
            postgresql_where=text("made_at IS NULL AND failed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    language: Mapped[str] = mapped_column(String(LANGUAGE_LENGTH))
    requested_at: Mapped[datetime] = mapped_column(default=now)
    claimed_at: Mapped[datetime | None]
    """When a worker began; after a while without a file another one may."""
    made_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    file_name: Mapped[str | None] = mapped_column(String(FILE_NAME_LENGTH))
    """Random, in the instance's folder of exports."""
    size: Mapped[int | None]

    member: Mapped[Member] = relationship()
