"""What somebody says about an innovation, before it is stored: the same from a form, an import or the API."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any

from hub.access.audience import Readership
from hub.catalogue.models.checking import faults_in
from hub.catalogue.models.content import OrganisationRole
from hub.core.errors import InvalidError


class Keep(Enum):
    """Says that a field was not asked about and stays as it is."""

    KEEP = "keep"


KEEP = Keep.KEEP


@dataclass(frozen=True)
class SourceDetails:
    """Where a fact can be read: an http(s) address, an optional title, and the day somebody read it."""

    url: str
    title: str = ""
    retrieved_on: date | None = None


@dataclass(frozen=True)
class UnsuitableDetails:
    """A country (ISO code) where the innovation cannot be used, and why."""

    country: str
    reason: str


@dataclass(frozen=True)
class OrganisationDetails:
    """An organisation that takes part, by name, and as what."""

    role: OrganisationRole
    name: str


@dataclass(frozen=True)
class PrerequisiteDetails:
    """Something that must be there first: its area, what is needed, and the common prerequisite it is, if any."""

    area: str
    need: str
    topic: str | None = None


@dataclass(frozen=True, kw_only=True)
class InnovationDetails:
    """What is said about an innovation; fields left at KEEP stay as they are.

    Args:
        organisation_id: id of the responsible organisation, or None if `organisation_name` names a new one.
        unsuitable: countries where it cannot be used.
        organisations: who maintains, funds, implements or evaluates it.
        readership: audience, TLP label and whom the audience names.
        The other fields are those of the revision and of its text in the source language.
    """

    name: str | Keep = KEEP
    short_description: str | Keep = KEEP
    problem: str | Keep = KEEP
    description: str | Keep = KEEP
    novelty: str | Keep = KEEP
    results: str | Keep = KEEP
    conditions: str | Keep = KEEP
    lessons: str | Keep = KEEP
    do_no_harm: str | Keep = KEEP
    privacy: str | Keep = KEEP
    misuse_risk: str | Keep = KEEP
    error_rates: str | Keep = KEEP
    kind: str | Keep | None = KEEP
    stage: str | Keep | None = KEEP
    year_started: int | Keep | None = KEEP
    functions: tuple[str, ...] | Keep = KEEP
    offences: tuple[str, ...] | Keep = KEEP
    sectors: tuple[str, ...] | Keep = KEEP
    policy_areas: tuple[str, ...] | Keep = KEEP
    intended_users: tuple[str, ...] | Keep = KEEP
    standards_read: tuple[str, ...] | Keep = KEEP
    standards_written: tuple[str, ...] | Keep = KEEP
    languages: tuple[str, ...] | Keep = KEEP
    licence: str | Keep | None = KEEP
    website_url: str | Keep | None = KEEP
    code_url: str | Keep | None = KEEP
    documentation_url: str | Keep | None = KEEP
    demo_url: str | Keep | None = KEEP
    based_on: str | Keep | None = KEEP
    cost_band: str | Keep | None = KEEP
    staffing: str | Keep | None = KEEP
    time_to_deploy: str | Keep | None = KEEP
    contact_name: str | Keep | None = KEEP
    contact_address: str | Keep | None = KEEP
    organisation_id: int | Keep | None = KEEP
    organisation_name: str | Keep = KEEP
    countries: tuple[str, ...] | Keep = KEEP
    unsuitable: tuple[UnsuitableDetails, ...] | Keep = KEEP
    organisations: tuple[OrganisationDetails, ...] | Keep = KEEP
    prerequisites: tuple[PrerequisiteDetails, ...] | Keep = KEEP
    sources: tuple[SourceDetails, ...] | Keep = KEEP
    readership: Readership | Keep = KEEP

    def said(self) -> Iterator[tuple[str, Any]]:
        """Yield the name and value of each field that is not left as it is."""
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not KEEP:
                yield field.name, value

    def faults(self) -> Iterator[InvalidError]:
        """Yield what can never be true of an innovation, each with its field."""
        return faults_in(dict(self.said()))

    def check(self) -> None:
        """Refuse what can never be true of an innovation.

        Raises:
            InvalidError: the first field at fault, named.
        """
        for fault in self.faults():
            raise fault
