"""The protocol of a full-text engine, and the choice among engines. Engines know no database."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Protocol

from hub.config import Settings
from hub.search.changes import Change, Contents, Progress, Withheld
from hub.search.documents import Document, Query, Results
from hub.search.folder import IndexFolder
from hub.search.lexicon import Lexicon
from hub.search.whoosh.engine import WhooshEngine

with suppress(ModuleNotFoundError):  # Settings refuse the engine where its library is missing
    from hub.search.tantivy.engine import TantivyEngine


class SearchEngine(Protocol):
    """An index folder on this node, read by many threads and written by one indexer."""

    folder: IndexFolder

    def search(self, query: Query, withheld: Withheld) -> Results:
        """Return what `query` finds: the plan of `hub.search.asking` for its words, and its filters.

        Args:
            query: what to look for, with the viewer's labels.
            withheld: given the journal number that the index has applied, the ids to leave out.

        Raises:
            UnavailableError: there is no sound index at the moment; the indexer has been asked for a new one.
        """

    def similar(self, document: Document, query: Query, withheld: Withheld) -> tuple[str, ...]:
        """Return the ids of the documents most like `document`, itself left out, the most alike first.

        Args:
            document: what they are to be like; it need not be in the index.
            query: what is looked in: its labels, collection, filters and `narrowed`, and the page wanted; its words
                are not asked for.
            withheld: as for `search`.

        Raises:
            UnavailableError: as `search`.
        """

    def lexicon(self, query: Query, withheld: Withheld) -> Lexicon:
        """Return the words of the documents that the query's viewer may see in its collection.

        Raises:
            UnavailableError: as `search`.
        """

    def open(self) -> None:
        """Open the newest sound state, if there is one, so that the first search finds it open."""

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

    def rebuild(self, documents: Iterable[Document], number: int, progress: Progress | None = None) -> None:
        """Build a new index of `documents` beside the old one, which keeps serving, then swap them.

        Only for the holder of the indexer's lock.

        Args:
            documents: every document there is.
            number: the newest journal number read before `documents` were.
            progress: is told how far the build is.
        """


def make_search_engine(settings: Settings) -> SearchEngine:
    """Return the engine that `settings` name, on this node's index folder."""
    if settings.search_engine == "tantivy":
        return TantivyEngine(settings.index_folder)
    return WhooshEngine(settings.index_folder)
