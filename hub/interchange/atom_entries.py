"""What feeds tell of innovations and of requests."""

from datetime import datetime

from hub.catalogue.models import Innovation
from hub.collaboration.models import CollaborationRequest
from hub.interchange.atom import BEFORE_ALL, FeedEntry


def innovation_entry(innovation: Innovation, language: str) -> FeedEntry:
    """Return a published record as an entry of a feed.

    Args:
        innovation: a record that everybody may read.
        language: BCP 47 tag in which it is told, where it has it.

    Raises:
        ValueError: nothing of it was approved yet.
    """
    revision = innovation.published_revision
    if revision is None:
        message = "an innovation without an approved revision is in no feed"
        raise ValueError(message)
    words = revision.text_in(language)
    return FeedEntry(
        subject=f"innovation:{innovation.public_id}",
        title=words.name,
        language=words.language,
        path=f"/innovations/{innovation.slug}",
        published_at=_public_since(innovation),
        updated_at=max(_public_since(innovation), revision.decided_at or BEFORE_ALL),
        author=innovation.owner.name if innovation.owner else "",
        summary=words.short_description,
    )


def request_entry(request: CollaborationRequest) -> FeedEntry:
    """Return a request that everybody may read as an entry of a feed; of a person who posted it, no name."""
    opened_at = request.opened_at or BEFORE_ALL
    return FeedEntry(
        subject=request.subject,
        title=request.title,
        language=request.language,
        path=f"/collaboration/{request.public_id}",
        published_at=opened_at,
        updated_at=opened_at,
        author=request.organisation.name if request.organisation else "",
        summary=request.summary,
    )


def _public_since(innovation: Innovation) -> datetime:
    return innovation.made_public_at or innovation.published_at or BEFORE_ALL
