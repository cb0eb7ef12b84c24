"""Whom the requester of an open call invited to respond; who may respond is not changed by it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.collaboration.models.request import CollaborationRequest
from hub.core.clock import now
from hub.core.database import Base
from hub.members.models import Member
from hub.organisations.models import Organisation


class RequestInvitation(Base):
    """That a member or an organisation inside its audience was made aware of an open call, once."""

    __tablename__ = "request_invitations"
    __table_args__ = (
        CheckConstraint("(member_id IS NULL) <> (organisation_id IS NULL)", name="one_of_both"),
        UniqueConstraint("request_id", "member_id"),
        UniqueConstraint("request_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("collaboration_requests.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    invited_at: Mapped[datetime] = mapped_column(default=now)

    request: Mapped[CollaborationRequest] = relationship()
    member: Mapped[Member | None] = relationship(foreign_keys=[member_id])
    organisation: Mapped[Organisation | None] = relationship()
