"""Follows and saved searches, and how far the log of decisions was read to tell of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member
from hub.notifications.models import Frequency

KEY_LENGTH = 120
NAME_LENGTH = 100


class FollowedKind(StrEnum):
    """What can be followed."""

    INNOVATION = "innovation"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    SEARCH = "search"


class Follow(Base):
    """That a member wants to know what is new in a thing; a search is saved with its words and filters."""

    __tablename__ = "follows"
    __table_args__ = (
        UniqueConstraint("member_id", "kind", "key"),
        CheckConstraint("(kind = 'search') = (query IS NOT NULL)", name="searches_have_a_query"),
        CheckConstraint("(kind = 'search') = (frequency IS NOT NULL)", name="searches_have_a_frequency"),
        Index("ix_follows_thing", "kind", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[FollowedKind]
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    """Public id of an innovation, slug of an organisation, code of a country, digest of a search."""
    query: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """`{"q": words, "filters": {name: [codes]}}`; `in` names what is searched where it is not the catalogue."""
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="", server_default="")
    """What a member calls a saved search; may be empty."""
    frequency: Mapped[Frequency | None]
    """How often what is new in a saved search is mailed; the bell rings anyway. Other things have their topic's."""
    followed_at: Mapped[datetime] = mapped_column(default=now)

    member: Mapped[Member] = relationship()


class ReadMark(Base):
    """The last entry of the audit log from which followers were told."""

    __tablename__ = "alert_marks"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]
