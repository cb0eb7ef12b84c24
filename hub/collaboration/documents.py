"""What search knows of requests: the document of each that is shown, and keeping the index up to date."""

from collections.abc import Iterator

from hub.collaboration.models import CollaborationRequest
from hub.search.documents import Document


def queue_request(request: CollaborationRequest, *, narrows: bool = False) -> None:
    """Have the index take in a request as it is now, or forget it where its audience does not see it.

    Args:
        request: what changed.
        narrows: whether somebody who could find it no longer may.
    """


def request_documents() -> Iterator[Document]:
    """Yield the document of every request that is shown to its audience."""
    yield from ()
