"""The indexes that one folder holds: for each collection one of what everybody may see, and one of everything."""

from dataclasses import dataclass

from hub.access.audience import PUBLIC_LABEL
from hub.search.documents import Collection, Document


@dataclass(frozen=True)
class Part:
    """One tantivy index.

    Visitors are answered from one that holds nothing else than they may see, so that no statistic of it knows of
    restricted documents; whoever is signed in from the other, in which labels are asked for.

    Args:
        collection: whose documents it holds.
        is_public: whether it holds public documents alone.
    """

    collection: Collection
    is_public: bool

    @property
    def name(self) -> str:
        """Its folder."""
        return f"{self.collection}-{'public' if self.is_public else 'full'}"

    @property
    def public(self) -> "Part":
        """The index of what everybody may see of the same documents; of such an index, itself."""
        return Part(self.collection, is_public=True)

    def takes(self, document: Document) -> bool:
        """Whether the document belongs into it."""
        is_wanted = PUBLIC_LABEL in document.labels or not self.is_public
        return is_wanted and document.collection is self.collection


PARTS = tuple(Part(collection, is_public) for collection in Collection for is_public in (True, False))


def part_for(collection: Collection, labels: frozenset[str]) -> Part:
    """Return the index that answers somebody who holds `labels`."""
    return Part(collection, is_public=labels == {PUBLIC_LABEL})
