"""The protocol of a full-text engine, and the choice among engines. Engines know no database."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from hub.config import Settings
from hub.search.changes import Change, Contents
from hub.search.documents import Document, Query, Results
from hub.search.folder import IndexFolder
from hub.search.whoosh_engine import WhooshEngine


class SearchEngine(Protocol):
    """An index folder on this node, read by many threads and written by one indexer."""

    folder: IndexFolder

    def search(self, query: Query, withheld: Callable[[int], frozenset[str]]) -> Results:
        """Return what `query` finds.

        Args:
            query: what to look for, with the viewer's labels.
            withheld: given the journal number that the index has applied, the ids to leave out.

        Raises:
            UnavailableError: there is no sound index at the moment; the indexer has been asked for a new one.
        """

    def applied_number(self) -> int | None:
        """Return the last journal number that the index on disk has taken in; None if there is no sound one."""

    def contents(self) -> Contents:
        """Return what the index holds.

        Raises:
            UnavailableError: as `search`.
        """

    def is_rebuild_wanted(self) -> bool:
        """Whether the index is missing or was found damaged, so that it must be built anew."""

    def want_rebuild(self) -> None:
        """Ask the indexer, in whichever process it runs, to build the index anew."""

    def apply(self, changes: Sequence[Change], number: int) -> None:
        """Take in `changes`, durably; afterwards the index stands at journal number `number`.

        Only for the holder of the indexer's lock.
        """

    def rebuild(self, documents: Iterable[Document], number: int) -> None:
        """Build a new index of `documents` beside the old one, which keeps serving, then swap them.

        Only for the holder of the indexer's lock.

        Args:
            documents: every document there is.
            number: the newest journal number read before `documents` were.
        """


def make_search_engine(settings: Settings) -> SearchEngine:
    """Return the engine that `settings` name, on this node's index folder."""
    return WhooshEngine(settings.index_folder)
