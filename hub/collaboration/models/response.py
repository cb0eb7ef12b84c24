"""Responses to a request, with an answer for each requirement."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.access.audience import Tlp
from hub.catalogue.models import Innovation
from hub.collaboration.models.request import CollaborationRequest
from hub.collaboration.models.requirement import Requirement
from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member
from hub.organisations.models import Organisation

OFFER_LENGTH = 4_000
EVIDENCE_LENGTH = 2_000


class ResponseStatus(StrEnum):
    """Where a response stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SHORTLISTED = "shortlisted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


WAITS = (ResponseStatus.SUBMITTED, ResponseStatus.SHORTLISTED)
"""States in which the requester has not decided yet."""

_LIVE = "status <> 'withdrawn'"


class Response(Base):
    """What somebody offers in answer to a request; only its two sides read it. `version` counts saves."""

    __tablename__ = "responses"
    __table_args__ = (
        Index(
            "uq_responses_one_each",
            "request_id",
            "responder_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        Index("ix_responses_request", "request_id", "status", "first_answered_at", "submitted_at", "tlp"),
        CheckConstraint("status = 'draft' OR submitted_at IS NOT NULL", name="submitted_at"),
        CheckConstraint(
            "status NOT IN ('accepted', 'declined') OR decided_at IS NOT NULL", name="decided_at"
        ),
        CheckConstraint("decided_by_id <> responder_id", name="decided_by_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    request_id: Mapped[int] = mapped_column(ForeignKey("collaboration_requests.id"))
    responder_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    """For which organisation; its representatives read and act too."""
    innovation_id: Mapped[int | None] = mapped_column(ForeignKey("innovations.id"), index=True)
    """What is offered, where it stands in the catalogue."""
    status: Mapped[ResponseStatus] = mapped_column(default=ResponseStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    requirements_number: Mapped[int] = mapped_column(default=1)
    """Which version of the requirements it answers."""
    language: Mapped[str] = mapped_column(String(20))
    offer: Mapped[str] = mapped_column(Text, default="")
    conditions: Mapped[str] = mapped_column(Text, default="")
    tlp: Mapped[Tlp]
    """Never less strict than that of the request."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    saved_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    first_answered_at: Mapped[datetime | None]
    """When the requester first did something with it that the responder learns of."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    decided_at: Mapped[datetime | None]
    """When it was accepted or declined; nobody decided where it was declined because the request was closed."""
    decision_reason: Mapped[str | None] = mapped_column(String(40))
    """Code of the vocabulary `response_decline_reasons`."""
    decision_words: Mapped[str] = mapped_column(Text, default="")

    request: Mapped[CollaborationRequest] = relationship()
    responder: Mapped[Member] = relationship(foreign_keys=[responder_id])
    organisation: Mapped[Organisation | None] = relationship()
    innovation: Mapped[Innovation | None] = relationship()
    answers: Mapped[list[ResponseAnswer]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ResponseAnswer.id"
    )

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"response:{self.public_id}"

    @property
    def partnership_subject(self) -> str:
        """How notifications name what follows once it is accepted: plan and outcomes."""
        return f"partnership:{self.public_id}"


class Fit(StrEnum):
    """How far an offer meets one requirement."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"


class ResponseAnswer(Base):
    """What a response says to one requirement."""

    __tablename__ = "response_answers"
    __table_args__ = (UniqueConstraint("response_id", "requirement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"))
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirements.id", ondelete="CASCADE"), index=True)
    fit: Mapped[Fit | None]
    """None while a draft leaves it open."""
    evidence: Mapped[str] = mapped_column(Text, default="")
    innovation_id: Mapped[int | None] = mapped_column(ForeignKey("innovations.id"), index=True)
    """An innovation of the catalogue that shows it."""

    requirement: Mapped[Requirement] = relationship()
    innovation: Mapped[Innovation | None] = relationship()
