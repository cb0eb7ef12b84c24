"""What somebody says about a request, before it is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from hub.access.audience import Readership, Tlp
from hub.catalogue.models import KEEP
from hub.catalogue.models.details import Keep


@dataclass(frozen=True)
class Requirements:
    """What each response must answer, and what it may answer; words in their order."""

    essential: tuple[str, ...]
    nice_to_have: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dates:
    """When responses are taken no more, and when a request without a partner expires.

    Args:
        time_zone: the requester's, as IANA names it.
        due_at: the first moment at which no response is taken.
        expires_at: the moment at which it expires, or None for the usual time after the due date.
    """

    time_zone: str
    due_at: datetime
    expires_at: datetime | None = None


@dataclass(frozen=True)
class ByName:
    """That a request is sent to some members and organisations, and read by nobody else.

    Args:
        tlp: how they may pass it on.
        member_ids: the members.
        organisation_ids: the organisations; everybody who belongs to one reads it.
    """

    tlp: Tlp
    member_ids: frozenset[int] = frozenset()
    organisation_ids: frozenset[int] = frozenset()


Readers = Readership | ByName
"""Who reads a request: the audience of an open call, or named receivers."""


@dataclass(frozen=True, kw_only=True)
class RequestDetails:
    """What is said about a request; fields left at KEEP stay as they are.

    Args:
        organisation_id: for which organisation it is posted, or None for oneself.
        innovation_id: the innovation that it is about, or None.
        showcase_id: the showcase that it is about, or None.
        entry_id: the entry of that showcase from which it is born, or None.
        is_counted: whether the report of the showcase may count it.
        member_types: for members of which types it is; none leaves it open.
        traces_checked: whether the person looked at words that seem to be traces of a case, and keeps them.
        The other fields are those of the request; codes stand in the order they were chosen.
    """

    type: str | Keep = KEEP
    language: str | Keep = KEEP
    title: str | Keep = KEEP
    summary: str | Keep = KEEP
    background: str | Keep = KEEP
    outcome_wanted: str | Keep = KEEP
    brings: str | Keep = KEEP
    requirements: Requirements | Keep = KEEP
    functions: tuple[str, ...] | Keep = KEEP
    offences: tuple[str, ...] | Keep = KEEP
    sectors: tuple[str, ...] | Keep = KEEP
    countries: tuple[str, ...] | Keep = KEEP
    languages: tuple[str, ...] | Keep = KEEP
    member_types: tuple[str, ...] | Keep = KEEP
    innovation_id: int | Keep | None = KEEP
    showcase_id: int | Keep | None = KEEP
    entry_id: int | Keep | None = KEEP
    is_counted: bool | Keep = KEEP
    organisation_id: int | Keep | None = KEEP
    readers: Readers | Keep = KEEP
    dates: Dates | Keep = KEEP
    traces_checked: bool = False

    def said(self) -> Iterator[tuple[str, Any]]:
        """Yield the name and value of each field that is not left as it is."""
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not KEEP and field.name != "traces_checked":
                yield field.name, value
