"""What matching knows of innovations: the words and codes of their revision in force."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.audience import meet
from hub.catalogue.models import (
    Innovation,
    InnovationRevision,
    InnovationStatus,
    RevisionText,
    TermScheme,
)
from hub.core.database import session
from hub.matching.facts import Facts, Kind, Role, Scheme, Text
from hub.matching.subjects.codes import said

BATCH = 500
"""How many records are read at once."""

BODY = ("problem", "description", "novelty", "results", "conditions", "lessons")
"""The fields that tell what an innovation is about; what every record says of privacy or misuse tells nothing of it."""

SCHEMES: Mapping[Scheme, TermScheme] = MappingProxyType(
    {
        Scheme.FUNCTIONS: TermScheme.FUNCTIONS,
        Scheme.OFFENCES: TermScheme.OFFENCES,
        Scheme.SECTORS: TermScheme.SECTORS,
        Scheme.LANGUAGES: TermScheme.LANGUAGES,
        Scheme.STANDARDS_READ: TermScheme.STANDARDS_READ,
        Scheme.STANDARDS_WRITTEN: TermScheme.STANDARDS_WRITTEN,
        Scheme.INTENDED_USERS: TermScheme.INTENDED_USERS,
    }
)


def record_facts(innovation: Innovation) -> Facts:
    """Return the facts of a record: as it is shown, or, before it ever was, as its owner's side last wrote it."""
    revision = innovation.published_revision or innovation.latest_revision
    return Facts(
        Kind.INNOVATION,
        innovation.public_id,
        meet(innovation.labels, revision.labels),
        tuple(text_of(each, Role.ABOUT) for each in revision.texts),
        _codes(innovation, revision),
    )


def facts_of(public_ids: Collection[str]) -> dict[str, Facts]:
    """Return the facts of those of the innovations that somebody may find and that are not archived, by public id."""
    found = session().scalars(_shown().where(Innovation.public_id.in_(public_ids)))
    return {each.public_id: record_facts(each) for each in found}


def all_facts() -> Iterator[Facts]:
    """Yield the facts of every innovation that can be suggested, in a fixed number of queries for each 500."""
    shown = session().scalars(_shown().order_by(Innovation.id).execution_options(yield_per=BATCH))
    for innovation in shown:
        yield record_facts(innovation)


def text_of(written: RevisionText, role: Role, labels: frozenset[str] | None = None) -> Text:
    """Return the words of a record in one language.

    Args:
        written: the words.
        role: what they are to the thing whose facts they go into.
        labels: of those who may read them, where they go into the facts of something else.
    """
    return Text(
        role,
        written.language,
        written.name,
        written.short_description,
        "\n".join(filter(None, (getattr(written, name) for name in BODY))),
        labels,
    )


def codes_of(revision: InnovationRevision) -> dict[Scheme, tuple[str, ...]]:
    """Return what was chosen from lists, by scheme."""
    chosen = {scheme: revision.codes(of_record) for scheme, of_record in SCHEMES.items()}
    return {**chosen, Scheme.STANDARDS: chosen[Scheme.STANDARDS_READ] + chosen[Scheme.STANDARDS_WRITTEN]}


def _codes(innovation: Innovation, revision: InnovationRevision) -> dict[Scheme, frozenset[str]]:
    level = innovation.evidence_level
    return said(
        {
            **codes_of(revision),
            Scheme.COUNTRIES: (*revision.deployed_in, innovation.origin_country),
            Scheme.UNSUITABLE: (each.country for each in revision.unsuitable_in),
            Scheme.TYPE: (revision.kind,),
            Scheme.STAGE: (revision.stage,),
            Scheme.EVIDENCE: (None if level is None else str(level),),
            Scheme.OWNERS: (innovation.owner.slug if innovation.owner else None,),
        }
    )


def _shown() -> Select[Innovation]:
    """Return the statement for records that are shown and not archived, with all that their facts are made of."""
    revision = joinedload(Innovation.published_revision)
    return (
        select(Innovation)
        .where(Innovation.status == InnovationStatus.PUBLISHED)
        .options(
            joinedload(Innovation.owner),
            selectinload(Innovation.label_rows),
            revision.selectinload(InnovationRevision.label_rows),
            revision.selectinload(InnovationRevision.texts),
            revision.selectinload(InnovationRevision.terms),
            revision.selectinload(InnovationRevision.countries),
        )
    )
