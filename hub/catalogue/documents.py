"""How search finds innovations: one document for each that is shown, with a field per language and all its facets."""

from collections.abc import Iterator, Sequence

from babel import Locale
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from hub.access.audience import meet
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision, TermScheme
from hub.catalogue.models.checking import SCHEME_VOCABULARIES
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.models.innovation import SHOWN
from hub.catalogue.permissions import in_audience_of
from hub.catalogue.queries import loaded_for_lists
from hub.core.database import session
from hub.search.documents import LANGUAGE, Document, texts_by_language
from hub.vocabularies.licences import OPEN, is_open, is_open_source
from hub.vocabularies.loader import vocabulary

MOST_COUNTRIES_IN_WORDS = 40
"""A record of more countries is not about any of them: their names would only find it for everything."""

OPEN_SOURCE = "open source, free software"
OPEN_LICENCE = "open licence"

OTHER_NEED = "other"
"""Stands in the facet `requires` for needs that are no common prerequisites: no country states anything about them."""

FACETS = {
    "function": (TermScheme.FUNCTIONS,),
    "offence": (TermScheme.OFFENCES,),
    "sector": (TermScheme.SECTORS,),
    "policy_area": (TermScheme.POLICY_AREAS,),
    "audience_for": (TermScheme.INTENDED_USERS,),
    "standard": (TermScheme.STANDARDS_READ, TermScheme.STANDARDS_WRITTEN),
    "language": (TermScheme.LANGUAGES,),
}
"""The facets that are chosen codes, with the groups of codes that each unites."""


def search_document(innovation: Innovation) -> Document:
    """Return a shown innovation as search knows it; only who is inside both readerships finds it.

    Its facets are those of the catalogue's filters and, for what works in a country, `deployed` (in use there),
    `unsuitable` (cannot be used there) and `requires` (topics of the common prerequisites).

    Raises:
        ValueError: it has no approved revision.
    """
    revision = innovation.published_revision
    if revision is None:
        message = "an innovation without an approved revision has no search document"
        raise ValueError(message)
    owner = innovation.owner
    chosen = {
        "classification": " ".join(_words_of(revision)),
        "organisation": " ".join(filter(None, (owner.name, owner.short_name))) if owner else "",
    }
    written = [
        (each.language, {name: getattr(each, name) for name in TEXT_FIELDS}) for each in revision.texts
    ]
    return Document(
        id=innovation.public_id,
        labels=meet(innovation.labels, revision.labels),
        texts=texts_by_language((LANGUAGE, chosen), *written),
        facets=_facets_of(innovation, revision),
        sort={
            "published": innovation.published_at.timestamp() if innovation.published_at else 0.0,
            "evidence": float(innovation.evidence_level or 0),
        },
    )


def search_documents() -> Iterator[Document]:
    """Yield every shown innovation as search knows it, to rebuild an index from the database."""
    shown = session().scalars(
        select(Innovation)
        .where(Innovation.status.in_(SHOWN))
        .order_by(Innovation.id)
        .options(*_loaded())
        .execution_options(yield_per=500)
    )
    for innovation in shown:
        yield search_document(innovation)


def documents_of(public_ids: Sequence[str], viewer: Viewer) -> dict[str, Document]:
    """Return, as search knows them, those of the innovations that are shown to `viewer`, by public id."""
    shown = session().scalars(
        select(Innovation)
        .where(Innovation.public_id.in_(public_ids), in_audience_of(viewer))
        .options(*_loaded())
    )
    return {innovation.public_id: search_document(innovation) for innovation in shown}


def _loaded() -> tuple[ORMOption, ...]:
    """Return the options that load all that a document holds, in a fixed number of queries."""
    revision = joinedload(Innovation.published_revision)
    return (
        *loaded_for_lists(),
        revision.selectinload(InnovationRevision.prerequisites),
        revision.selectinload(InnovationRevision.label_rows),
        selectinload(Innovation.label_rows),
    )


def _facets_of(innovation: Innovation, revision: InnovationRevision) -> dict[str, tuple[str, ...]]:
    chosen = {
        facet: {code for scheme in schemes for code in revision.codes(scheme)}
        for facet, schemes in FACETS.items()
    }
    named = {
        "kind": revision.kind,
        "stage": revision.stage,
        "evidence": str(innovation.evidence_level or 0),
    }
    return {
        **{facet: tuple(sorted(codes)) for facet, codes in chosen.items()},
        **{facet: (value,) if value else () for facet, value in named.items()},
        "licence": tuple(_licences(revision.licence)),
        "country": tuple(sorted({*revision.deployed_in, *filter(None, (innovation.origin_country,))})),
        "deployed": revision.deployed_in,
        "unsuitable": tuple(each.country for each in revision.unsuitable_in),
        "requires": tuple(sorted({each.topic or OTHER_NEED for each in revision.prerequisites})),
    }


def _licences(code: str | None) -> Iterator[str]:
    """Yield what a licence is found by in filters: its code, and that it is open where it is."""
    if code:
        yield code
    if is_open(code):
        yield OPEN


def _words_of(revision: InnovationRevision) -> Iterator[str]:
    """Yield the English words of what was chosen from lists, so that people find it by them too."""
    if revision.kind:
        yield vocabulary("kinds").label(revision.kind)
    if is_open(revision.licence):
        yield OPEN_LICENCE
    if is_open_source(revision.licence):
        yield OPEN_SOURCE
    for scheme, name in SCHEME_VOCABULARIES.items():
        for code in revision.codes(scheme):
            yield vocabulary(name).label(code)
    if len(revision.deployed_in) <= MOST_COUNTRIES_IN_WORDS:
        names = Locale("en").territories
        yield from (str(names.get(code, code)) for code in revision.deployed_in)
