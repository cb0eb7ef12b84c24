"""Showcases: an event with its call, its team of curators, its sponsors and the criteria that entries are scored by."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.catalogue.models.readership import HasReadership
from hub.core import clock
from hub.core.clock import now
from hub.core.database import Base
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id
from hub.members.models import Member
from hub.members.models.accounts import TIME_ZONE_LENGTH
from hub.organisations.models import Organisation

NAME_LENGTH = 150
SUMMARY_LENGTH = 300
TEXT_LENGTH = 6_000
"""The most characters of description, accessibility information and report."""
SLUG_LENGTH = 80
URL_LENGTH = 500
MOST_WEIGHT = 10
"""The greatest weight of a criterion; the least is 1."""
MOST_CAPACITY = 100_000


class ShowcaseStatus(StrEnum):
    """Where a showcase stands between the first plan and the report."""

    DRAFT = "draft"
    CALL_OPEN = "call_open"
    REVIEW = "review"
    PROGRAMME_PUBLISHED = "programme_published"
    LIVE = "live"
    CLOSED = "closed"
    REPORTED = "reported"
    CANCELLED = "cancelled"


class Attendance(StrEnum):
    """How people take part: a showcase offers one way or both, somebody who registers takes one."""

    ON_SITE = "on_site"
    ONLINE = "online"
    HYBRID = "hybrid"


SHOWN = tuple(each for each in ShowcaseStatus if each is not ShowcaseStatus.DRAFT)
"""States in which the whole audience sees a showcase; one that was cancelled stays, and is marked."""

TAKES_REGISTRATIONS = (
    ShowcaseStatus.CALL_OPEN,
    ShowcaseStatus.REVIEW,
    ShowcaseStatus.PROGRAMME_PUBLISHED,
    ShowcaseStatus.LIVE,
)
"""States in which people register, within the window for it."""

OVER = (ShowcaseStatus.CLOSED, ShowcaseStatus.REPORTED)


class Showcase(HasReadership, Base):
    """An event that puts innovations on stage. Its slug is random, and equal to its public id, until it is public.

    `version` counts changes that calendars must learn of. `places_taken` counts the registrations that have a place on
    site; the database itself refuses that it passes the capacity. `last_number` is the number given to who came last.
    """

    __tablename__ = "showcases"
    __table_args__ = (
        CheckConstraint(
            "starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at", name="starts_before_end"
        ),
        CheckConstraint(
            "call_opens_at IS NULL OR call_closes_at IS NULL OR call_opens_at < call_closes_at",
            name="call_opens_before_it_closes",
        ),
        CheckConstraint(
            "registration_opens_at IS NULL OR registration_closes_at IS NULL"
            " OR registration_opens_at < registration_closes_at",
            name="registration_opens_before_it_closes",
        ),
        CheckConstraint(
            "status = 'draft' OR (starts_at IS NOT NULL AND ends_at IS NOT NULL)", name="has_dates"
        ),
        CheckConstraint("status = 'draft' OR is_compiled OR accessibility <> ''", name="says_how_accessible"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_is_positive"),
        CheckConstraint("capacity IS NULL OR places_taken <= capacity", name="never_oversold"),
        CheckConstraint("places_taken >= 0", name="places_taken_is_not_negative"),
        Index("ix_showcases_status", "status", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), unique=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("showcases.id"), index=True)
    status: Mapped[ShowcaseStatus] = mapped_column(default=ShowcaseStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    language: Mapped[str] = mapped_column(String(20))
    """BCP 47 tag of its texts."""
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    host_event: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    """The conference that it is part of, such as an OGP Summit."""
    summary: Mapped[str] = mapped_column(String(SUMMARY_LENGTH), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    """Markdown."""
    accessibility: Mapped[str] = mapped_column(Text, default="")
    unknowns: Mapped[str] = mapped_column(Text, default="")
    """What is not known of a past showcase that was compiled from public sources."""
    is_compiled: Mapped[bool] = mapped_column(default=False)
    """Whether it is over and was written down from public sources, without a call through the hub."""
    attendance: Mapped[Attendance] = mapped_column(default=Attendance.ON_SITE)
    venue: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    city: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    country: Mapped[str | None] = mapped_column(String(2), index=True)
    online_url: Mapped[str] = mapped_column(String(URL_LENGTH), default="")
    """Where to join online; only who registered for it reads it."""
    time_zone: Mapped[str] = mapped_column(String(TIME_ZONE_LENGTH), default="UTC")
    """The venue's, as IANA names it; every time is typed in it."""
    is_all_day: Mapped[bool] = mapped_column(default=False)
    """Whether only its days are known: the times of `starts_at` and `ends_at` then mean nothing."""
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    has_no_sponsors: Mapped[bool] = mapped_column(default=False)
    """Whether the team stated that there are none."""
    call_words: Mapped[str] = mapped_column(Text, default="")
    """What the team looks for, and what presenters get."""
    call_opens_at: Mapped[datetime | None]
    call_closes_at: Mapped[datetime | None]
    """The first moment at which no entry is taken any more."""
    capacity: Mapped[int | None]
    """Places on site; None for no limit, or where it is not known."""
    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]
    """The first moment at which nobody registers any more; None with `registration_opens_at` for no registration."""
    needs_approval: Mapped[bool] = mapped_column(default=False)
    """Whether the team approves each registration."""
    asks_access_needs: Mapped[bool] = mapped_column(default=True)
    places_taken: Mapped[int] = mapped_column(default=0)
    last_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    saved_at: Mapped[datetime] = mapped_column(default=now)
    opened_at: Mapped[datetime | None]
    decisions_sent_at: Mapped[datetime | None]
    decisions_sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    draft_shared_at: Mapped[datetime | None]
    """When presenters were first shown the draft of the programme."""
    published_at: Mapped[datetime | None]
    """When the programme was published."""
    closed_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelling_words: Mapped[str] = mapped_column(Text, default="")
    report: Mapped[str] = mapped_column(Text, default="")
    """What came of it in the team's own words, Markdown."""

    created_by: Mapped[Member] = relationship(foreign_keys=[created_by_id])
    label_rows: Mapped[list[ShowcaseLabel]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    curators: Mapped[list[ShowcaseCurator]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ShowcaseCurator.id"
    )
    language_rows: Mapped[list[ShowcaseLanguage]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ShowcaseLanguage.position"
    )
    sponsors: Mapped[list[ShowcaseSponsor]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ShowcaseSponsor.position"
    )
    sources: Mapped[list[ShowcaseSource]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ShowcaseSource.id"
    )
    criteria: Mapped[list[Criterion]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Criterion.position"
    )

    @property
    def subject(self) -> str:
        """How the audit log and notifications name it."""
        return f"showcase:{self.public_id}"

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 tags of the languages spoken or interpreted."""
        return tuple(row.code for row in self.language_rows)

    @property
    def takes_entries(self) -> bool:
        """Whether entries are taken at this moment."""
        return (
            self.status is ShowcaseStatus.CALL_OPEN
            and self.call_opens_at is not None
            and self.call_closes_at is not None
            and self.call_opens_at <= clock.now() < self.call_closes_at
        )

    @property
    def takes_registrations(self) -> bool:
        """Whether people register at this moment."""
        return (
            self.status in TAKES_REGISTRATIONS
            and self.registration_opens_at is not None
            and self.registration_closes_at is not None
            and self.registration_opens_at <= clock.now() < self.registration_closes_at
        )

    @property
    def is_programme_public(self) -> bool:
        """Whether the programme was published to the whole audience."""
        return self.published_at is not None


class ShowcaseLabel(Base):
    """One visibility label of a showcase."""

    __tablename__ = "showcase_labels"
    __table_args__ = (Index("ix_showcase_labels_label", "label", "showcase_id"),)

    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id", ondelete="CASCADE"), primary_key=True)
    label: Mapped[str] = mapped_column(String(60), primary_key=True)


class ShowcaseCurator(Base):
    """A coordinator of the team that prepares, reviews and runs a showcase."""

    __tablename__ = "showcase_curators"
    __table_args__ = (UniqueConstraint("showcase_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    joined_at: Mapped[datetime] = mapped_column(default=now)

    member: Mapped[Member] = relationship()


class ShowcaseLanguage(Base):
    """One language that is spoken or interpreted."""

    __tablename__ = "showcase_languages"

    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    position: Mapped[int]


class ShowcaseSponsor(Base):
    """Who pays for or gives something to a showcase."""

    __tablename__ = "showcase_sponsors"

    id: Mapped[int] = mapped_column(primary_key=True)
    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    """Where the sponsor is an organisation of the hub."""
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    gives: Mapped[str] = mapped_column(String(SUMMARY_LENGTH), default="")
    """What they give, such as the venue."""
    position: Mapped[int]

    organisation: Mapped[Organisation | None] = relationship()


class ShowcaseSource(Base):
    """Where something said of a compiled showcase is from."""

    __tablename__ = "showcase_sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id", ondelete="CASCADE"), index=True)
    url: Mapped[str] = mapped_column(String(URL_LENGTH))
    title: Mapped[str] = mapped_column(String(NAME_LENGTH))
    retrieved_on: Mapped[date]


class Criterion(Base):
    """One published criterion by which curators score entries, from 1 to 5 points."""

    __tablename__ = "showcase_criteria"
    __table_args__ = (
        CheckConstraint(f"weight BETWEEN 1 AND {MOST_WEIGHT}", name="weight"),
        UniqueConstraint("showcase_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    showcase_id: Mapped[int] = mapped_column(ForeignKey("showcases.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    explanation: Mapped[str] = mapped_column(String(SUMMARY_LENGTH), default="")
    weight: Mapped[int] = mapped_column(default=1)
