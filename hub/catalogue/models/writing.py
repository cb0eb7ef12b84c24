"""Puts what was said into a revision, and copies a revision into a new draft. Asks nobody for permission."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from hub.catalogue.models.content import (
    TEXT_FIELDS,
    CountryRelation,
    RevisionCountry,
    RevisionOrganisation,
    RevisionPrerequisite,
    RevisionSource,
    RevisionTerm,
    RevisionText,
    TermScheme,
)
from hub.catalogue.models.revision import InnovationRevision
from hub.core import clock
from hub.core.database import Base
from hub.members.models import Member

PLAIN_FIELDS = frozenset(
    (
        "kind",
        "stage",
        "year_started",
        "licence",
        "website_url",
        "code_url",
        "documentation_url",
        "demo_url",
        "based_on",
        "cost_band",
        "staffing",
        "time_to_deploy",
        "contact_name",
        "contact_address",
    )
)
"""The fields that forms ask for and that are columns of the revision itself."""

COPIED_FIELDS = PLAIN_FIELDS | {"innovation_id", "source_language", "is_audience_chosen"}
"""The columns that a new revision takes over from the one before."""

Row = TypeVar("Row", bound=Base)


def write_content(revision: InnovationRevision, said: Mapping[str, Any]) -> None:
    """Write the fields of the content that `said` names (as `InnovationDetails.said` yields them), and no others."""
    for name in PLAIN_FIELDS & said.keys():
        setattr(revision, name, said[name])
    for name in said.keys() & set(TEXT_FIELDS):
        setattr(revision.source_text, name, said[name])
    for scheme in TermScheme:
        if scheme.value in said:
            _write_terms(revision, scheme, said[scheme.value])
    if "countries" in said:
        _write_countries(revision, CountryRelation.DEPLOYED, dict.fromkeys(said["countries"], ""))
    if "unsuitable" in said:
        reasons = {each.country: each.reason for each in said["unsuitable"]}
        _write_countries(revision, CountryRelation.UNSUITABLE, reasons)
    if "organisations" in said:
        revision.organisations = [
            RevisionOrganisation(role=each.role, name=each.name) for each in said["organisations"]
        ]
    if "prerequisites" in said:
        revision.prerequisites = [
            RevisionPrerequisite(area=each.area, need=each.need, topic=each.topic)
            for each in said["prerequisites"]
        ]
    if "sources" in said:
        revision.sources = [
            RevisionSource(position=n, url=each.url, title=each.title, retrieved_on=each.retrieved_on)
            for n, each in enumerate(said["sources"])
        ]


def _write_terms(revision: InnovationRevision, scheme: TermScheme, codes: Iterable[str]) -> None:
    others = [term for term in revision.terms if term.scheme is not scheme]
    kept = {term.code: term for term in revision.terms if term.scheme is scheme}
    chosen = [kept.get(code) or RevisionTerm(scheme=scheme, code=code) for code in codes]
    for position, term in enumerate(chosen):
        term.position = position
    revision.terms = others + chosen


def _write_countries(
    revision: InnovationRevision, relation: CountryRelation, notes: Mapping[str, str]
) -> None:
    others = [each for each in revision.countries if each.relation is not relation]
    kept = {each.country: each for each in revision.countries if each.relation is relation}
    rows = [kept.get(code) or RevisionCountry(country=code, relation=relation) for code in notes]
    for row in rows:
        row.note = notes[row.country]
    revision.countries = others + rows


def copied_revision(origin: InnovationRevision, author: Member, *, number: int) -> InnovationRevision:
    """Return a new draft with the content and the readership of `origin`, to be added to the session."""
    now = clock.now()
    revision = InnovationRevision(
        number=number,
        created_by_id=author.id,
        created_at=now,
        saved_at=now,
        **{name: getattr(origin, name) for name in COPIED_FIELDS},
        texts=_copies(RevisionText, origin.texts),
        terms=_copies(RevisionTerm, origin.terms),
        countries=_copies(RevisionCountry, origin.countries),
        organisations=_copies(RevisionOrganisation, origin.organisations),
        prerequisites=_copies(RevisionPrerequisite, origin.prerequisites),
        sources=_copies(RevisionSource, origin.sources),
    )
    revision.set_readership(origin.readership)
    return revision


def _copies(kind: type[Row], rows: Iterable[Row]) -> list[Row]:
    """Copy rows of `kind` without their keys, for another revision."""
    names = [column.name for column in kind.__table__.columns if column.name not in ("id", "revision_id")]
    return [kind(**{name: getattr(row, name) for name in names}) for row in rows]
