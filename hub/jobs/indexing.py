"""Gives the search index what the features have to say, when it is rebuilt from the database."""

from collections.abc import Iterator

from hub.catalogue.documents import search_documents
from hub.collaboration.documents import request_documents
from hub.members.profiles.documents import profile_documents
from hub.organisations.documents import organisation_documents
from hub.search.documents import Document


def documents() -> Iterator[Document]:
    """Yield every searchable document of every feature; needs an open session."""
    yield from search_documents()
    yield from profile_documents()
    yield from organisation_documents()
    yield from request_documents()
