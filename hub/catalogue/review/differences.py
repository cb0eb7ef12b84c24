"""What changed between two revisions of a record, field by field and in every language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from hub.access.audience import Readership, Tlp
from hub.catalogue.models import (
    InnovationRevision,
    OrganisationDetails,
    PrerequisiteDetails,
    RevisionText,
    SourceDetails,
    TermScheme,
    UnsuitableDetails,
)
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.models.writing import PLAIN_FIELDS
from hub.catalogue.review.prose import Part, prose_parts

FIELDS = (
    "source_language",
    "name",
    "short_description",
    "problem",
    "description",
    "novelty",
    "kind",
    "stage",
    "year_started",
    "functions",
    "offences",
    "sectors",
    "policy_areas",
    "intended_users",
    "results",
    "conditions",
    "lessons",
    "countries",
    "unsuitable",
    "languages",
    "organisations",
    "standards_read",
    "standards_written",
    "licence",
    "website_url",
    "code_url",
    "documentation_url",
    "demo_url",
    "based_on",
    "cost_band",
    "staffing",
    "time_to_deploy",
    "prerequisites",
    "do_no_harm",
    "privacy",
    "misuse_risk",
    "error_rates",
    "contact_name",
    "contact_address",
    "sources",
    "audience",
    "tlp",
)
"""Every field of a revision in the order of reading, named as `InnovationDetails` and the forms name them."""

PROSE = frozenset(TEXT_FIELDS) | {"staffing"}
"""The fields that are compared word by word."""

Key = tuple[str, str | None]
"""A field and, where it is written in each language, the language."""

Value = (
    str
    | int
    | Readership
    | tuple[str, ...]
    | tuple[SourceDetails, ...]
    | tuple[OrganisationDetails, ...]
    | tuple[PrerequisiteDetails, ...]
    | tuple[UnsuitableDetails, ...]
    | None
)
"""A raw value: delivery knows the words for codes, countries and readers."""


class Change(StrEnum):
    """What became of a field; named as the marks of `components/diff.html`."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Difference:
    """One field that changed.

    Args:
        field: its name, one of `FIELDS`.
        language: BCP 47 code of the text, or None where the field is not written in a language.
        change: whether it changed, is new, or is gone.
        parts: for prose, what was taken out and put in, whole; `hub.catalogue.review.prose.folded` shortens it.
        was, now: for all other fields, the raw values.
    """

    field: str
    language: str | None
    change: Change
    parts: tuple[Part, ...] = ()
    was: Value = None
    now: Value = None


def said_in(revision: InnovationRevision) -> dict[Key, Value]:
    """Return all that a revision says, in the order of `FIELDS`, the source language before the others."""
    languages = sorted(
        revision.texts, key=lambda each: (each.language != revision.source_language, each.language)
    )
    return {
        key: value
        for name in FIELDS
        for key, value in (_texts(name, languages) if name in TEXT_FIELDS else (_single(name, revision),))
    }


def differences_between(before: InnovationRevision | None, after: InnovationRevision) -> list[Difference]:
    """Return the fields in which two revisions differ, in the order of `FIELDS`.

    Args:
        before: the older revision, or None where there is none and everything that is said is new.
        after: the newer one.
    """
    was = said_in(before) if before is not None else {}
    now = said_in(after)
    keys = [*now, *(key for key in was if key not in now)]
    keys.sort(key=lambda key: FIELDS.index(key[0]))
    found = (_difference(key, was, now) for key in keys)
    return [each for each in found if each is not None]


def _difference(key: Key, was: Mapping[Key, Value], now: Mapping[Key, Value]) -> Difference | None:
    before, after = was.get(key), now.get(key)
    if before == after or not (before or after):
        return None
    field, language = key
    change = Change.CHANGED if before and after else Change.NEW if after else Change.GONE
    if field in PROSE:
        return Difference(field, language, change, parts=prose_parts(str(before or ""), str(after or "")))
    return Difference(field, language, change, was=before, now=after)


def _texts(name: str, texts: Iterable[RevisionText]) -> Iterable[tuple[Key, Value]]:
    return (((name, each.language), getattr(each, name)) for each in texts)


def _single(name: str, revision: InnovationRevision) -> tuple[Key, Value]:
    """Return the key and the raw value of a field that is said once; rows in an order that means nothing by chance."""
    if name in PLAIN_FIELDS or name == "source_language":
        return (name, None), getattr(revision, name)
    if name in SCHEMES:
        return (name, None), tuple(sorted(revision.codes(TermScheme(name))))
    return (name, None), ROWS[name](revision)


def _audience(revision: InnovationRevision) -> Readership | None:
    # the label is a field of its own: who may read is compared without it
    return replace(revision.readership, tlp=Tlp.CLEAR) if revision.is_audience_chosen else None


def _tlp(revision: InnovationRevision) -> str | None:
    return revision.tlp.value if revision.is_audience_chosen else None


def _countries(revision: InnovationRevision) -> tuple[str, ...]:
    return revision.deployed_in


def _unsuitable(revision: InnovationRevision) -> tuple[UnsuitableDetails, ...]:
    return tuple(UnsuitableDetails(each.country, each.note) for each in revision.unsuitable_in)


def _organisations(revision: InnovationRevision) -> tuple[OrganisationDetails, ...]:
    rows = (
        OrganisationDetails(each.role, each.organisation.name if each.organisation else each.name)
        for each in revision.organisations
    )
    return tuple(sorted(rows, key=lambda row: (row.role.value, row.name)))


def _prerequisites(revision: InnovationRevision) -> tuple[PrerequisiteDetails, ...]:
    rows = (PrerequisiteDetails(each.area, each.need, each.topic) for each in revision.prerequisites)
    return tuple(sorted(rows, key=lambda row: (row.area, row.topic or "", row.need)))


def _sources(revision: InnovationRevision) -> tuple[SourceDetails, ...]:
    return tuple(SourceDetails(each.url, each.title, each.retrieved_on) for each in revision.sources)


SCHEMES = frozenset(scheme.value for scheme in TermScheme)

ROWS: Mapping[str, Any] = {
    "audience": _audience,
    "tlp": _tlp,
    "countries": _countries,
    "unsuitable": _unsuitable,
    "organisations": _organisations,
    "prerequisites": _prerequisites,
    "sources": _sources,
}
"""How the fields are read that are neither prose nor columns nor codes."""
