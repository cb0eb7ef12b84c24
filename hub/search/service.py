"""Queues changes for the index, in the transaction that makes them. Features call this; nobody else writes."""

from hub.core.database import add_at_commit
from hub.search.documents import Document
from hub.search.models import SearchJournal


def queue_document(document: Document, *, narrows: bool) -> None:
    """Have `document` put into every node's index, or replaced there, once this transaction commits.

    Args:
        document: the whole document as it is now.
        narrows: whether somebody who could find it before no longer may; searches leave it out until the
            index has caught up.
    """
    add_at_commit(SearchJournal(document_id=document.id, document=document.to_json(), narrows=narrows))


def queue_removal(document_id: str) -> None:
    """Have the document taken out of every node's index; no search finds it from this commit on."""
    add_at_commit(SearchJournal(document_id=document_id, document=None, narrows=True))
