"""How search finds organisations: one document for each that everybody may see, and what queues it."""

from collections.abc import Iterable, Iterator

from babel import Locale
from sqlalchemy import select

from hub.access.audience import PUBLIC_LABEL
from hub.core.database import session
from hub.organisations.identifiers import org_id
from hub.organisations.models import Organisation
from hub.organisations.permissions import PUBLIC_STATES, is_not_merged
from hub.search.documents import LANGUAGE, Collection, Document, texts_by_language
from hub.search.service import queue_document, queue_removal
from hub.vocabularies.loader import vocabulary

BEGINNING = 300
"""Characters of the description that weigh more than the rest, and stand on the cards."""


PREFIX = "organisation:"


def document_id(organisation: Organisation) -> str:
    """Return the id under which search knows an organisation."""
    return f"{PREFIX}{organisation.slug}"


def slugs_of(document_ids: Iterable[str]) -> list[str]:
    """Return the slugs of the organisations that search knows under some ids, in their order."""
    return [each.removeprefix(PREFIX) for each in document_ids]


def organisation_document(organisation: Organisation) -> Document | None:
    """Return an organisation as search knows it, or None for one that nobody is to find.

    What was never verified is not found: anybody can use a name that is not theirs. Who belongs to it knows it.
    """
    if organisation.is_merged or organisation.status not in PUBLIC_STATES:
        return None
    named = {
        "name": " ".join(filter(None, (organisation.name, organisation.short_name))),
        "classification": " ".join(_words_of(organisation)),
    }
    written = {
        "short_description": organisation.description[:BEGINNING],
        "description": organisation.description,
        "funding": organisation.funding,
    }
    since = organisation.verified_at or organisation.created_at
    return Document(
        id=document_id(organisation),
        labels=frozenset({PUBLIC_LABEL}),
        texts=texts_by_language((LANGUAGE, named), (organisation.language, written)),
        facets={
            "type": (organisation.type,) if organisation.type else (),
            "country": (organisation.country,) if organisation.country else (),
            "status": (organisation.status.value,),
        },
        sort={"published": since.timestamp()},
        collection=Collection.ORGANISATIONS,
    )


def organisation_documents() -> Iterator[Document]:
    """Yield every organisation as search knows it, to rebuild an index from the database."""
    found = session().scalars(
        select(Organisation)
        .where(Organisation.status.in_(sorted(PUBLIC_STATES)), is_not_merged())
        .order_by(Organisation.id)
        .execution_options(yield_per=500)
    )
    for organisation in found:
        document = organisation_document(organisation)
        if document is not None:
            yield document


def requeue(organisation: Organisation, *, was_found: bool = False) -> None:
    """Have search find `organisation` as it stands now; to be called wherever it changes.

    Args:
        organisation: flushed.
        was_found: whether everybody could find it before.
    """
    document = organisation_document(organisation)
    if document is not None:
        queue_document(document, narrows=False)
    elif was_found:
        queue_removal(document_id(organisation))


def _words_of(organisation: Organisation) -> Iterator[str]:
    """Yield the words of what was chosen from lists, so that people find it by them too; in English, as records."""
    if organisation.type:
        yield vocabulary("organisation_types").label(organisation.type)
    if organisation.country:
        yield str(Locale("en").territories.get(organisation.country, organisation.country))
    if organisation.identifier_scheme and organisation.identifier:
        yield organisation.identifier
        yield org_id(organisation.identifier_scheme, organisation.identifier)
