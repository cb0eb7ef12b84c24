"""What somebody says about an innovation, before it is stored: the same from a form, an import or the API."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any

from hub.access.audience import Readership
from hub.catalogue.models.content import (
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    PARAGRAPH_LENGTH,
    SHORT_DESCRIPTION_LENGTH,
    SOURCE_TITLE_LENGTH,
    URL_LENGTH,
    TermScheme,
)
from hub.catalogue.models.revision import FIRST_YEAR
from hub.core import clock
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.organisations.models import NAME_LENGTH as ORGANISATION_NAME_LENGTH
from hub.vocabularies import vocabulary

# Control characters but for tab and line ends, and the signs that turn the direction of writing round.
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

MAX_SOURCES = 30
MAX_CODES = 60
WEB_ADDRESS = re.compile(r"https?://[^\s/$.?#][^\s\x00-\x1f\x7f]*", re.IGNORECASE)
LANGUAGE_CODE = re.compile(r"(?=.{2,35}$)[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""The form of a BCP 47 tag; 35 characters are what its section 4.4.1 asks software to take."""

LENGTHS = {
    "name": NAME_LENGTH,
    "short_description": SHORT_DESCRIPTION_LENGTH,
    "problem": PARAGRAPH_LENGTH,
    "description": DESCRIPTION_LENGTH,
    "organisation_name": ORGANISATION_NAME_LENGTH,
    "website_url": URL_LENGTH,
    "code_url": URL_LENGTH,
    "documentation_url": URL_LENGTH,
    "demo_url": URL_LENGTH,
}
"""The most characters of each text."""

SCHEME_VOCABULARIES = {
    TermScheme.FUNCTIONS: "functions",
    TermScheme.OFFENCES: "offences",
    TermScheme.SECTORS: "sectors",
    TermScheme.POLICY_AREAS: "policy_areas",
    TermScheme.INTENDED_USERS: "intended_users",
    TermScheme.STANDARDS_READ: "standards",
    TermScheme.STANDARDS_WRITTEN: "standards",
}
"""Which vocabulary each group of codes is checked against."""

CODE_VOCABULARIES = {"kind": "kinds", "stage": "stages", "licence": "licences"}


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


@dataclass(frozen=True, kw_only=True)
class InnovationDetails:
    """What is said about an innovation; fields left at KEEP stay as they are.

    Args:
        organisation_id: id of the responsible organisation, or None if `organisation_name` names a new one.
        readership: audience, TLP label and whom the audience names.
        The other fields are those of the revision and of its text in the source language.
    """

    name: str | Keep = KEEP
    short_description: str | Keep = KEEP
    problem: str | Keep = KEEP
    description: str | Keep = KEEP
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
    organisation_id: int | Keep | None = KEEP
    organisation_name: str | Keep = KEEP
    countries: tuple[str, ...] | Keep = KEEP
    sources: tuple[SourceDetails, ...] | Keep = KEEP
    readership: Readership | Keep = KEEP

    def said(self) -> Iterator[tuple[str, Any]]:
        """Yield the name and value of each field that is not left as it is."""
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not KEEP:
                yield field.name, value

    def check(self) -> None:
        """Refuse what can never be true of an innovation.

        Raises:
            InvalidError: the first field at fault, named.
        """
        for name, value in self.said():
            _check_field(name, value)
        if self.name is not KEEP and not any(sign.isalnum() for sign in self.name):
            raise InvalidError(N_("Enter a name."), field="name")
        if self.countries is not KEEP:
            _check_codes("countries", self.countries, "countries")
        if self.sources is not KEEP:
            _check_sources(self.sources)
        if isinstance(self.year_started, int) and not FIRST_YEAR <= self.year_started <= clock.now().year + 1:
            raise InvalidError(
                N_("Enter a year from %(first)s to %(last)s, such as 2019."),
                field="year_started",
                first=FIRST_YEAR,
                last=clock.now().year + 1,
            )
        if self.readership is not KEEP and not self.readership.is_allowed:
            raise InvalidError(N_("This label does not allow this audience."), field="audience")


def _check_field(name: str, value: Any) -> None:  # noqa: ANN401 - any field's value
    if isinstance(value, str):
        check_text(name, value, LENGTHS.get(name))
    if name.endswith("_url") and value:
        _check_address(name, value)
    if name in CODE_VOCABULARIES and value is not None:
        _check_codes(name, (value,), CODE_VOCABULARIES[name])
    if name in SCHEME_VOCABULARIES:
        _check_codes(name, value, SCHEME_VOCABULARIES[TermScheme(name)])
    if name == "languages":
        _check_languages(value)


def check_text(name: str, value: str, limit: int | None) -> None:
    """Refuse a text that is too long or holds characters that nobody sees.

    Args:
        name: the field's name.
        value: the text.
        limit: the most characters, where the field has a limit.

    Raises:
        InvalidError: it cannot be stored so.
    """
    if INVISIBLE.search(value):
        raise InvalidError(N_("Remove the invisible control characters."), field=name)
    if limit is not None and len(value) > limit:
        raise InvalidError(
            N_("Shorten this to %(limit)s characters or fewer; it has %(length)s."),
            field=name,
            limit=limit,
            length=len(value),
        )


def _check_address(name: str, value: str) -> None:
    if not WEB_ADDRESS.fullmatch(value):
        raise InvalidError(
            N_("Enter a web address that begins with http:// or https://."),
            field=name,
        )


def _check_codes(name: str, codes: tuple[str, ...], vocabulary_name: str) -> None:
    if len(codes) > MAX_CODES and name != "countries":
        raise InvalidError(N_("Choose fewer."), field=name)
    if len(set(codes)) != len(codes) or not set(codes) <= vocabulary(vocabulary_name).codes:
        raise InvalidError(N_("Choose from the list."), field=name)


def _check_languages(codes: tuple[str, ...]) -> None:
    if len(set(codes)) != len(codes) or not all(LANGUAGE_CODE.fullmatch(code) for code in codes):
        raise InvalidError(N_("Choose from the list."), field="languages")


def _check_sources(sources: tuple[SourceDetails, ...]) -> None:
    if len(sources) > MAX_SOURCES:
        raise InvalidError(N_("Give at most %(limit)s sources."), field="sources", limit=MAX_SOURCES)
    for source in sources:
        check_text("sources", source.url, URL_LENGTH)
        _check_address("sources", source.url)
        check_text("sources", source.title, SOURCE_TITLE_LENGTH)
