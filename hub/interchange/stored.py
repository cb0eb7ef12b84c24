"""What a stored revision says, by the columns of a file: for comparing a row with it, and for exporting it."""

from typing import Any

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
from hub.interchange.columns import BY_NAME
from hub.interchange.records import OwnerName, Record
from hub.interchange.shapes import tidy


def content_of(revision: InnovationRevision) -> dict[str, Any]:
    """Return all content of a revision by the names of `InnovationDetails`; prose in the source language."""
    return {
        **words_of(revision.source_text),
        **{name: getattr(revision, name) for name in PLAIN_FIELDS},
        **{scheme.value: revision.codes(scheme) for scheme in TermScheme},
        "countries": revision.deployed_in,
        "unsuitable": tuple(UnsuitableDetails(each.country, each.note) for each in revision.unsuitable_in),
        "organisations": tuple(
            OrganisationDetails(each.role, each.name or (each.organisation.name if each.organisation else ""))
            for each in revision.organisations
        ),
        "prerequisites": tuple(
            PrerequisiteDetails(each.area, each.need, each.topic) for each in revision.prerequisites
        ),
        "sources": tuple(SourceDetails(each.url, each.title, each.retrieved_on) for each in revision.sources),
    }


def words_of(text: RevisionText) -> dict[str, str]:
    """Return all prose of one language."""
    return {name: getattr(text, name) for name in TEXT_FIELDS}


def translations_of(revision: InnovationRevision) -> dict[str, dict[str, str]]:
    """Return the prose of a revision in all languages but that of the source."""
    return {
        text.language: words_of(text) for text in revision.texts if text.language != revision.source_language
    }


def changed_content(record: Record, revision: InnovationRevision) -> dict[str, Any]:
    """Return what a row says otherwise than the revision."""
    stored = content_of(revision)
    return {
        name: value
        for name, value in record.said.items()
        if not BY_NAME[name].shape.same(value, stored[name])
    }


def changed_texts(record: Record, revision: InnovationRevision) -> dict[str, dict[str, str]]:
    """Return the translations that a row says otherwise than the revision, each whole; an empty one is to go."""
    stored = translations_of(revision)
    changed = {}
    for language, words in record.texts.items():
        before = stored.get(language, {})
        after = {**dict.fromkeys(TEXT_FIELDS, ""), **before, **words}
        if any(tidy(after[name]) != tidy(before.get(name, "")) for name in TEXT_FIELDS):
            changed[language] = after if any(after.values()) else {}
    return changed


def is_same_readership(record: Record, revision: InnovationRevision) -> bool:
    """Whether a row leaves the readers of a revision as they are."""
    return record.readership is None or (
        revision.is_audience_chosen and record.readership == revision.readership
    )


def is_same_owner(name: OwnerName | None, revision: InnovationRevision) -> bool:
    """Whether a row leaves the responsible organisation as it is."""
    owner = revision.innovation.owner
    return name is None or (
        owner is not None
        and owner.name.strip().casefold() == name.name.casefold()
        and name.country in ("", owner.country)
    )


def says_the_same(record: Record, revision: InnovationRevision) -> bool:
    """Whether importing a row over a revision would change nothing."""
    return (
        is_same_owner(record.owner, revision)
        and is_same_readership(record, revision)
        and record.language in ("", revision.source_language)
        and not changed_content(record, revision)
        and not changed_texts(record, revision)
    )
