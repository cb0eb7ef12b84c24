"""What somebody says about a showcase, before it is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from hub.access.audience import Readership
from hub.catalogue.models import KEEP
from hub.catalogue.models.details import Keep
from hub.showcases.models import Attendance


@dataclass(frozen=True)
class Place:
    """Where it takes place, and in which time zone its times are meant.

    Args:
        attendance: on site, online or both.
        time_zone: as IANA names it; one of the country, where there is one.
        country: ISO 3166-1 alpha-2 code, or None where it takes place online only.
        city: the city.
        venue: building and address.
        online_url: where to join online; only who registered for it reads it.
    """

    attendance: Attendance
    time_zone: str
    country: str | None = None
    city: str = ""
    venue: str = ""
    online_url: str = ""


@dataclass(frozen=True)
class Days:
    """When it begins and ends.

    Args:
        starts_at: the first moment.
        ends_at: the first moment after it.
        is_all_day: whether only the days are known; for past showcases from public sources.
    """

    starts_at: datetime
    ends_at: datetime
    is_all_day: bool = False


@dataclass(frozen=True)
class Call:
    """The call for entries.

    Args:
        words: what the team looks for, and what presenters get.
        opens_at: from when on entries are taken.
        closes_at: the first moment at which none is taken any more.
    """

    words: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Registering:
    """How people register; without a window nobody does.

    Args:
        opens_at: from when on.
        closes_at: the first moment at which nobody registers any more.
        capacity: places on site, or None for no limit.
        needs_approval: whether the team approves each registration.
        asks_access_needs: whether people are asked what they need to take part.
    """

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    capacity: int | None = None
    needs_approval: bool = False
    asks_access_needs: bool = True


@dataclass(frozen=True)
class Sponsor:
    """Who pays for or gives something, and what."""

    name: str
    gives: str = ""


@dataclass(frozen=True)
class Sponsors:
    """Every sponsor, or the statement that there are none."""

    rows: tuple[Sponsor, ...] = ()
    are_none: bool = False


@dataclass(frozen=True)
class Measure:
    """One criterion that entries are scored by; its weight counts from 1 to `MOST_WEIGHT`."""

    name: str
    explanation: str = ""
    weight: int = 1


@dataclass(frozen=True)
class Source:
    """Where something said of a past showcase is from, and when it was read there."""

    url: str
    title: str
    retrieved_on: date


@dataclass(frozen=True, kw_only=True)
class ShowcaseDetails:
    """What is said about a showcase; fields left at KEEP stay as they are."""

    language: str | Keep = KEEP
    name: str | Keep = KEEP
    host_event: str | Keep = KEEP
    summary: str | Keep = KEEP
    description: str | Keep = KEEP
    place: Place | Keep = KEEP
    days: Days | Keep = KEEP
    accessibility: str | Keep = KEEP
    languages: tuple[str, ...] | Keep = KEEP
    sponsors: Sponsors | Keep = KEEP
    readership: Readership | Keep = KEEP
    call: Call | Keep = KEEP
    criteria: tuple[Measure, ...] | Keep = KEEP
    registering: Registering | Keep = KEEP
    sources: tuple[Source, ...] | Keep = KEEP
    unknowns: str | Keep = KEEP

    def said(self) -> Iterator[tuple[str, Any]]:
        """Yield the name and value of each field that is not left as it is."""
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not KEEP:
                yield field.name, value
