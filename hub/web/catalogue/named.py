"""The name of a record, for the pages about one thing that belongs to it."""

from dataclasses import dataclass

from hub.catalogue.models import Innovation, InnovationRevision
from hub.web.i18n import language


@dataclass(frozen=True)
class NamedRecord:
    """A record as its own pages name it.

    Args:
        slug: its place in addresses.
        name: its name for this reader.
        language: BCP 47 code of the name.
        is_public: whether everybody may read it, so that search engines may list its pages.
    """

    slug: str
    name: str
    language: str
    is_public: bool


def named(innovation: Innovation) -> NamedRecord:
    """Return how pages about one thing of `innovation` name it in this request's language."""
    published = innovation.published_revision if innovation.is_shown else None
    return _named(innovation, published or innovation.latest_revision)


def named_as_approved(innovation: Innovation) -> NamedRecord:
    """Return how a record was named when it was approved last, also where it was taken down since.

    For people who knew it then and do not work on it: what its owner writes now is not theirs to read.
    """
    return _named(innovation, innovation.published_revision or innovation.latest_revision)


def _named(innovation: Innovation, revision: InnovationRevision) -> NamedRecord:
    words = revision.text_in(language().code)
    return NamedRecord(
        slug=innovation.slug,
        name=words.name,
        language=words.language,
        is_public=innovation.is_shown and innovation.audience == "public",
    )
