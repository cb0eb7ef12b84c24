"""A public record as schema.org describes it, in JSON-LD, for search engines and other machines."""

from collections.abc import Callable, Iterable
from typing import Any

from hub.catalogue.models import Innovation, InnovationRevision, OrganisationRole, TermScheme
from hub.catalogue.models.checking import UNNAMED_LICENCES
from hub.organisations.models import Organisation
from hub.vocabularies.loader import vocabulary

Translate = Callable[[str], str]

CONTEXT = "https://schema.org"

TYPES = {
    "software": "SoftwareApplication",
    "ai_model": "SoftwareApplication",
    "data": "Dataset",
    "training": "LearningResource",
}
"""The type of each kind; all others are creative works."""

ROLES = {
    OrganisationRole.MAINTAINER: "maintainer",
    OrganisationRole.FUNDER: "funder",
    OrganisationRole.IMPLEMENTER: "contributor",
    OrganisationRole.EVALUATOR: "contributor",
}
"""The property by which each role is told."""

SPDX = "https://spdx.org/licenses/"


def json_ld(innovation: Innovation, url: str, translate: Translate) -> dict[str, object]:
    """Return the approved revision of a record as one schema.org thing; what is not known is left out.

    Args:
        innovation: a published record; the caller has made sure that everybody may read it.
        url: its own address.
        translate: gives the words for a message id, for the labels of codes.

    Raises:
        ValueError: nothing of it was approved yet.
    """
    revision = innovation.published_revision
    if revision is None:
        message = "an innovation without an approved revision is not told to machines"
        raise ValueError(message)
    words = revision.source_text
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": TYPES.get(revision.kind or "", "CreativeWork"),
        "@id": url,
        "url": url,
        "identifier": innovation.public_id,
        "name": words.name,
        "alternateName": [each.name for each in revision.texts if each.name != words.name],
        "description": words.short_description,
        "abstract": words.problem,
        "inLanguage": revision.source_language,
        "datePublished": innovation.published_at.date().isoformat() if innovation.published_at else None,
        "dateModified": revision.decided_at.date().isoformat() if revision.decided_at else None,
        "dateCreated": str(revision.year_started) if revision.year_started else None,
        "creativeWorkStatus": _label("stages", revision.stage, translate),
        "license": _licence(revision.licence),
        "sameAs": [each for each in (revision.website_url, revision.code_url) if each],
        "isBasedOn": revision.based_on,
        "provider": _organisation(innovation.owner),
        "about": [*_terms(revision, TermScheme.OFFENCES, "offences", translate)],
        "keywords": [
            translate(vocabulary("functions").label(code)) for code in revision.codes(TermScheme.FUNCTIONS)
        ],
        "audience": [
            {"@type": "Audience", "audienceType": translate(vocabulary("intended_users").label(code))}
            for code in revision.codes(TermScheme.INTENDED_USERS)
        ],
        "spatialCoverage": [{"@type": "Country", "identifier": code} for code in revision.deployed_in],
        "citation": [
            {"@type": "WebPage", "url": each.url, "name": each.title or each.url} for each in revision.sources
        ],
        **_participants(revision),
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _label(scheme: str, code: str | None, translate: Translate) -> str | None:
    return translate(vocabulary(scheme).label(code)) if code else None


def _licence(code: str | None) -> str | None:
    """Return the address of an SPDX licence; what is proprietary or not stated has none."""
    return f"{SPDX}{code}" if code and code not in UNNAMED_LICENCES else None


def _organisation(organisation: Organisation | None) -> dict[str, str] | None:
    if organisation is None:
        return None
    told = {"@type": "Organization", "name": organisation.name}
    return {**told, "url": organisation.website} if organisation.website else told


def _terms(
    revision: InnovationRevision, scheme: TermScheme, name: str, translate: Translate
) -> Iterable[dict[str, str]]:
    found = vocabulary(name)
    for code in revision.codes(scheme):
        yield {
            "@type": "DefinedTerm",
            "termCode": code,
            "name": translate(found.label(code)),
            "inDefinedTermSet": found.scheme,
        }


def _participants(revision: InnovationRevision) -> dict[str, list[dict[str, str]]]:
    """Return who maintains, funds, implements or evaluates it, by property."""
    told: dict[str, list[dict[str, str]]] = {}
    for each in revision.organisations:
        name = each.organisation.name if each.organisation else each.name
        told.setdefault(ROLES[each.role], []).append({"@type": "Organization", "name": name})
    return told
