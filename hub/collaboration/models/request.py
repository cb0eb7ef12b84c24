"""Collaboration requests: what somebody looks for, who may read it, and whom it is sent to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.catalogue.models import Innovation
from hub.catalogue.models.readership import HasReadership
from hub.collaboration.models.requirement import RequirementsVersion
from hub.core import clock
from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member
from hub.members.models.accounts import TIME_ZONE_LENGTH
from hub.organisations.models import Organisation
from hub.showcases.models import Entry, Showcase

TITLE_LENGTH = 150
SUMMARY_LENGTH = 300
TEXT_LENGTH = 4_000
"""The most characters of background, outcome wanted and what the requester brings."""


class RequestStatus(StrEnum):
    """Where a request stands between its first words and what came of it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    OPEN = "open"
    IN_DISCUSSION = "in_discussion"
    AGREED = "agreed"
    ACTIVE = "active"
    COMPLETED = "completed"
    EXPIRED = "expired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


TAKES_RESPONSES = (RequestStatus.OPEN, RequestStatus.IN_DISCUSSION)
"""States in which responses are taken, until the due date."""

SHOWN = (
    RequestStatus.OPEN,
    RequestStatus.IN_DISCUSSION,
    RequestStatus.AGREED,
    RequestStatus.ACTIVE,
    RequestStatus.COMPLETED,
    RequestStatus.EXPIRED,
)
"""States in which the whole audience sees a request."""

ENDED = (RequestStatus.WITHDRAWN, RequestStatus.CANCELLED)
"""States in which only the parties still see a request that was open."""


class CollaborationRequest(HasReadership, Base):
    """A request for a partner. `version` counts saves, `requirements_number` says which requirements are in force."""

    __tablename__ = "collaboration_requests"
    __table_args__ = (
        CheckConstraint("due_at IS NULL OR expires_at IS NULL OR due_at <= expires_at", name="due_first"),
        CheckConstraint(
            "status IN ('draft', 'submitted', 'changes_requested', 'declined', 'withdrawn')"
            " OR (opened_at IS NOT NULL AND due_at IS NOT NULL AND expires_at IS NOT NULL)",
            name="has_dates_once_open",
        ),
        CheckConstraint("taken_by_id <> posted_by_id", name="taken_by_another"),
        CheckConstraint("decided_by_id <> posted_by_id", name="decided_by_another"),
        CheckConstraint("entry_id IS NULL OR showcase_id IS NOT NULL", name="entry_of_showcase"),
        CheckConstraint("is_open_call OR status <> 'submitted'", name="only_open_calls_are_reviewed"),
        Index("ix_collaboration_requests_status", "status", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    posted_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    """For which organisation it was posted; its representatives act for the requester too."""
    country: Mapped[str | None] = mapped_column(String(2), index=True)
    """Where the requester is: whose focal point hears when nobody answers."""
    innovation_id: Mapped[int | None] = mapped_column(ForeignKey("innovations.id"), index=True)
    showcase_id: Mapped[int | None] = mapped_column(ForeignKey("showcases.id"), index=True)
    """The showcase that it is about, or where its entry was shown."""
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("showcase_entries.id"), index=True)
    """The entry of a showcase after which it was born: what came of a showcase is counted by it."""
    is_counted: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the requester agreed that the report of the showcase counts it, and tells nothing else of it."""
    type: Mapped[str] = mapped_column(String(40))
    """Code of the vocabulary `request_types`."""
    language: Mapped[str] = mapped_column(String(20))
    """BCP 47 tag of its texts."""
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    summary: Mapped[str] = mapped_column(String(SUMMARY_LENGTH), default="")
    background: Mapped[str] = mapped_column(Text, default="")
    outcome_wanted: Mapped[str] = mapped_column(Text, default="")
    brings: Mapped[str] = mapped_column(Text, default="")
    """What the requester brings."""
    is_open_call: Mapped[bool] = mapped_column(default=True)
    """Whether everybody in its audience may respond; else its receivers alone read it and respond."""
    time_zone: Mapped[str] = mapped_column(String(TIME_ZONE_LENGTH), default="UTC")
    """The requester's, as IANA names it; due date and expiry are meant in it."""
    due_at: Mapped[datetime | None]
    """The first moment at which no response is taken any more."""
    expires_at: Mapped[datetime | None]
    status: Mapped[RequestStatus] = mapped_column(default=RequestStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    requirements_number: Mapped[int] = mapped_column(default=1)
    case_checked_at: Mapped[datetime]
    """When the requester stated that it tells nothing of a real case."""
    traces_checked_at: Mapped[datetime | None]
    """When they last kept words that look like an account, passport or case number."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    saved_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    first_answered_at: Mapped[datetime | None]
    """When the first response or refusal of a receiver came."""
    agreed_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    """When it was withdrawn or cancelled, or expired."""
    closing_words: Mapped[str] = mapped_column(Text, default="")
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    taken_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(String(40))
    """Code of `request_change_reasons` or `request_decline_reasons`."""
    decision_words: Mapped[str] = mapped_column(Text, default="")

    posted_by: Mapped[Member] = relationship(foreign_keys=[posted_by_id])
    organisation: Mapped[Organisation | None] = relationship()
    innovation: Mapped[Innovation | None] = relationship()
    showcase: Mapped[Showcase | None] = relationship()
    entry: Mapped[Entry | None] = relationship()
    taken_by: Mapped[Member | None] = relationship(foreign_keys=[taken_by_id])
    label_rows: Mapped[list[RequestLabel]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    term_rows: Mapped[list[RequestTerm]] = relationship(
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="(RequestTerm.scheme, RequestTerm.position)",
    )
    receivers: Mapped[list[RequestReceiver]] = relationship(
        back_populates="request",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="RequestReceiver.id",
    )
    requirement_versions: Mapped[list[RequirementsVersion]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="RequirementsVersion.number"
    )

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"request:{self.public_id}"

    @property
    def takes_responses(self) -> bool:
        """Whether responses are taken at this moment."""
        return self.status in TAKES_RESPONSES and self.due_at is not None and clock.now() < self.due_at

    def codes(self, scheme: str) -> tuple[str, ...]:
        """Return its codes of one scheme: functions, offences, sectors, countries, languages or member_types."""
        return tuple(row.code for row in self.term_rows if row.scheme == scheme)


class RequestLabel(Base):
    """One visibility label of a request."""

    __tablename__ = "request_labels"
    __table_args__ = (Index("ix_request_labels_label", "label", "request_id"),)

    request_id: Mapped[int] = mapped_column(
        ForeignKey("collaboration_requests.id", ondelete="CASCADE"), primary_key=True
    )
    label: Mapped[str] = mapped_column(String(60), primary_key=True)


class RequestTerm(Base):
    """One code that a request is about, such as a function or a country."""

    __tablename__ = "request_terms"

    request_id: Mapped[int] = mapped_column(
        ForeignKey("collaboration_requests.id", ondelete="CASCADE"), primary_key=True
    )
    scheme: Mapped[str] = mapped_column(String(20), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int]


class ReceiverStatus(StrEnum):
    """What a named receiver made of a request."""

    ASKED = "asked"
    ANSWERED = "answered"
    PASSED = "passed"
    GONE = "gone"


class RequestReceiver(Base):
    """A member or an organisation whom a request is sent to by name."""

    __tablename__ = "request_receivers"
    __table_args__ = (
        CheckConstraint("(member_id IS NULL) <> (organisation_id IS NULL)", name="one_of_both"),
        CheckConstraint("(status = 'asked') = (answered_at IS NULL)", name="answered_at"),
        UniqueConstraint("request_id", "member_id"),
        UniqueConstraint("request_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    request_id: Mapped[int] = mapped_column(ForeignKey("collaboration_requests.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    status: Mapped[ReceiverStatus] = mapped_column(default=ReceiverStatus.ASKED)
    answered_at: Mapped[datetime | None]
    """When they responded or passed, or when they were found to be gone."""
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    reason: Mapped[str | None] = mapped_column(String(40))
    """Why they passed, a code of `pass_reasons`."""
    words: Mapped[str] = mapped_column(Text, default="")

    request: Mapped[CollaborationRequest] = relationship(back_populates="receivers")
    # who it is stands beside each of them wherever they are listed
    member: Mapped[Member | None] = relationship(foreign_keys=[member_id], lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
