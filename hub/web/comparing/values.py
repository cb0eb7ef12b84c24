"""What one innovation says in each row of a comparison, in words; what is not stated says nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hub.access.viewer import Viewer
from hub.catalogue.models import (
    CountryStatement,
    Innovation,
    InnovationRevision,
    InnovationStatus,
    TermScheme,
)
from hub.catalogue.readiness.rule import Readiness, readiness_of
from hub.catalogue.replications.queries import replication_count
from hub.core.errors import NotFoundError
from hub.web.catalogue.record import in_order
from hub.web.context import day
from hub.web.i18n import by_name, country_name, direction_of, language, language_name, term, translate

NOT_STATED = "not_stated"
"""The code of a licence that nobody names."""

UNKNOWN = "unknown"
"""Stands for a readiness of which not all is stated."""


@dataclass(frozen=True)
class Value:
    """One thing that is said; `language` where it is prose or a name, else that of the page."""

    text: str
    language: str = ""
    href: str = ""

    @property
    def direction(self) -> str:
        """The writing direction of its text."""
        return direction_of(self.language) if self.language else ""


@dataclass(frozen=True)
class Said:
    """One innovation, with what its values are read from.

    Args:
        innovation: what is compared.
        revision: its approved revision.
        viewer: who looks.
        country: ISO code of the country against which its needs are held, or None.
        readiness: what that country has of them, or None where nothing is needed or no country is asked for.
    """

    innovation: Innovation
    revision: InnovationRevision
    viewer: Viewer
    country: str | None
    readiness: Readiness | None

    @property
    def level(self) -> int | None:
        """Its evidence level."""
        return self.innovation.evidence_level

    @property
    def verdict(self) -> str:
        """How ready the country is, as a word for marks; empty where that is not asked or nothing is needed."""
        if self.readiness is None:
            return ""
        return str(self.readiness.verdict) if self.readiness.verdict else UNKNOWN

    @property
    def is_in_use(self) -> bool:
        """Whether it is in use in the country that is asked for."""
        return self.country in self.revision.deployed_in

    @property
    def stale_year(self) -> int | None:
        """The newest year of its evidence, where that is long ago."""
        return self.innovation.stale_year


def said_by(
    innovation: Innovation,
    viewer: Viewer,
    country: str | None,
    statements: Mapping[str, CountryStatement],
) -> Said:
    """Return what the values of a published innovation are read from.

    Args:
        innovation: one with its whole content.
        viewer: who looks.
        country: ISO code, or None.
        statements: what the country states, by topic.
    """
    revision = innovation.published_revision
    if revision is None:
        raise NotFoundError
    wanted = in_order(revision.prerequisites)
    readiness = readiness_of(country, wanted, statements) if country and wanted else None
    return Said(innovation, revision, viewer, country, readiness)


Values = Callable[[Said], Iterable[Value]]


def words(field: str) -> Values:
    """Return how a field of the prose is read: in the reader's language where there is a text in it."""

    def read(said: Said) -> Iterable[Value]:
        chosen, source = said.revision.text_in(language().code), said.revision.source_text
        for text in (chosen, source):
            if spoken := getattr(text, field):
                return [Value(spoken, text.language)]
        return []

    return read


def in_source(field: str) -> Values:
    """Return how a short text is read that is written in the record's source language only."""

    def read(said: Said) -> Iterable[Value]:
        text = getattr(said.revision, field)
        return [Value(text, said.revision.source_language)] if text else []

    return read


def is_stated(field: str) -> Values:
    """Return how a row says whether a field of the prose says anything: for texts that are too long for a table."""

    def read(said: Said) -> Iterable[Value]:
        return [Value(translate("Stated"))] if getattr(said.revision.source_text, field) else []

    return read


def one_term(scheme: str, field: str) -> Values:
    """Return how a field with one code is read."""

    def read(said: Said) -> Iterable[Value]:
        code = getattr(said.revision, field)
        return [Value(term(scheme, code))] if code and code != NOT_STATED else []

    return read


def terms(scheme: TermScheme, vocabulary: str = "") -> Values:
    """Return how the chosen codes of a vocabulary are read."""
    return lambda said: [
        Value(term(vocabulary or scheme.value, code)) for code in said.revision.codes(scheme)
    ]


def spoken(said: Said) -> Iterable[Value]:
    """Return the languages in which it can be used."""
    return [
        Value(name)
        for name in by_name(language_name(code) for code in said.revision.codes(TermScheme.LANGUAGES))
    ]


def year(said: Said) -> Iterable[Value]:
    """Return since when it exists."""
    return [Value(str(said.revision.year_started))] if said.revision.year_started else []


def origin(said: Said) -> Iterable[Value]:
    """Return the country that it comes from."""
    return [Value(country_name(said.innovation.origin_country))] if said.innovation.origin_country else []


def owner(said: Said) -> Iterable[Value]:
    """Return who is responsible for it."""
    return [Value(said.innovation.owner.name)] if said.innovation.owner else []


def deployed(said: Said) -> Iterable[Value]:
    """Return the countries where it is in use."""
    return [Value(name) for name in by_name(country_name(code) for code in said.revision.deployed_in)]


def unsuitable(said: Said) -> Iterable[Value]:
    """Return the countries where it cannot be used."""
    return [
        Value(name) for name in by_name(country_name(each.country) for each in said.revision.unsuitable_in)
    ]


def needs(said: Said) -> Iterable[Value]:
    """Return what must be there first: by its name where it is a common prerequisite, else in the record's words."""
    for each in in_order(said.revision.prerequisites):
        if each.topic:
            yield Value(term("prerequisites", each.topic))
        else:
            yield Value(each.need, said.revision.source_language)


def ready(said: Said) -> Iterable[Value]:
    """Return whether the country that is asked for has what it needs, and whether it is in use there."""
    words_of_it = {
        "ready": translate("Everything it needs is there"),
        "needs": translate("Needs something first"),
        "blocked": translate("Something blocks it"),
        UNKNOWN: translate("Not all of it is stated"),
    }
    if said.verdict:
        yield Value(words_of_it[said.verdict])
    if said.is_in_use:
        yield Value(translate("In use in %(country)s", country=country_name(str(said.country))))


def uptake(said: Said) -> Iterable[Value]:
    """Return how many other organisations are named as having taken it up."""
    return [Value(str(replication_count(said.innovation, said.viewer)))]


def confirmed(said: Said) -> Iterable[Value]:
    """Return who stands behind the record, and since when."""
    innovation = said.innovation
    if innovation.status is InnovationStatus.ARCHIVED and innovation.archived_at:
        return [Value(translate("Archived on %(day)s", day=day(innovation.archived_at)))]
    if innovation.is_compiled:
        return [Value(translate("Compiled from public sources, not confirmed by its owner"))]
    if innovation.confirmed_at is None:
        return [Value(translate("Claimed by its owner, not confirmed yet"))]
    when = day(innovation.confirmed_at)
    if innovation.is_confirmation_due:
        return [Value(translate("Not confirmed since %(day)s", day=when))]
    return [Value(translate("Confirmed by its owner on %(day)s", day=when))]


def evidence(said: Said) -> Iterable[Value]:
    """Return the evidence level in words."""
    if said.level is None:
        return []
    return [
        Value(
            translate(
                "%(level)s of 5: %(name)s",
                level=said.level,
                name=term("evidence_levels", str(said.level)),
            )
        )
    ]


def address(field: str) -> Values:
    """Return how a web address is read."""

    def read(said: Said) -> Iterable[Value]:
        href = getattr(said.revision, field)
        return [Value(href, href=href)] if href else []

    return read
