"""The embedded engine: Whoosh keeps the inverted index, numpy answers from it. See docs/architecture.md.

Visitors are answered from an index that holds public documents only; for signed-in people the restricted ones are
added to it, so that nothing is written twice.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock

from hub.access.audience import PUBLIC_LABEL
from hub.core.disk import sync_folder
from hub.core.errors import UnavailableError
from hub.search.asking import prepare
from hub.search.changes import PROGRESS_STEP, Change, Contents, Progress, Withheld
from hub.search.documents import Document, Query, Results
from hub.search.folder import DamagedIndexError, IndexFolder, Manifest
from hub.search.lexicon import Lexicon
from hub.search.watching import WatchedWords
from hub.search.whoosh.segment import Segment, segment_descriptions
from hub.search.whoosh.snapshot import Snapshot
from hub.search.whoosh.store import IndexWriter, iter_tables, segment_files, toc_name

log = logging.getLogger(__name__)

PUBLIC = "public"
RESTRICTED = "restricted"
PARTS = (PUBLIC, RESTRICTED)


@dataclass(frozen=True)
class _State:
    """What is open: the snapshots of one manifest, and the segments to use again for the next."""

    stamp: tuple[int, int]
    public: Snapshot
    full: Snapshot
    segments: Mapping[tuple[str, str], Segment]

    def for_query(self, query: Query) -> Snapshot:
        """Return the snapshot that holds all that the query's viewer may see, and as little else as can be."""
        return self.full if query.labels - {PUBLIC_LABEL} else self.public


class WhooshEngine:
    """A `hub.search.engine.SearchEngine` on Whoosh. Threads share one; each process has its own.

    Args:
        path: the index folder, which may be deleted at any time.
    """

    def __init__(self, path: Path) -> None:
        self.folder = IndexFolder(path, "whoosh")
        self._state: _State | None = None
        self._refused: tuple[int, int] | None = None
        self._opening = Lock()
        self._written: frozenset[tuple[str, str]] = frozenset()

    # --- reading ---

    def search(self, query: Query, withheld: Withheld) -> Results:
        """See `SearchEngine.search`."""
        state = self._opened()
        snapshot = state.for_query(query)
        hidden = withheld(snapshot.number)
        with self._watched(state):
            return snapshot.search(query, hidden)

    def similar(self, document: Document, query: Query, withheld: Withheld) -> tuple[str, ...]:
        """See `SearchEngine.similar`."""
        state = self._opened()
        snapshot = state.for_query(query)
        hidden = withheld(snapshot.number)
        with self._watched(state):
            return snapshot.similar(document, query, hidden)

    def lexicon(self, query: Query, withheld: Withheld) -> Lexicon:
        """See `SearchEngine.lexicon`."""
        state = self._opened()
        snapshot = state.for_query(query)
        hidden = withheld(snapshot.number)
        with self._watched(state):
            return WatchedWords(snapshot.words(query, hidden), partial(self._watched, state))

    def open(self) -> None:
        """See `SearchEngine.open`."""
        prepare()
        with suppress(UnavailableError):
            self._opened()

    def applied_number(self) -> int | None:
        """See `SearchEngine.applied_number`."""
        try:
            return self.folder.read().number
        except DamagedIndexError:
            return None

    def contents(self) -> Contents:
        """See `SearchEngine.contents`."""
        state = self._opened()
        with self._watched(state):
            return Contents(state.full.number, state.full.digests())

    def is_rebuild_wanted(self) -> bool:
        """See `SearchEngine.is_rebuild_wanted`."""
        return self.folder.is_rebuild_wanted() or not self.folder.is_complete()

    def want_rebuild(self) -> None:
        """See `SearchEngine.want_rebuild`."""
        self.folder.want_rebuild()

    def _opened(self) -> _State:
        """Return the newest sound state; what is open stays in use while a newer one cannot be opened.

        Raises:
            UnavailableError: nothing is open and nothing sound can be opened.
        """
        state, stamp = self._state, self.folder.stamp()
        if state is None:
            if stamp is None or stamp == self._refused:
                raise UnavailableError
            with self._opening:
                return self._open()
        # One thread opens what is new, while the others go on with what is open.
        if stamp not in (None, state.stamp, self._refused) and self._opening.acquire(blocking=False):
            try:
                return self._open()
            finally:
                self._opening.release()
        return state

    def _open(self) -> _State:
        state = self._state
        stamp = self.folder.stamp()
        if stamp is not None and (state is None or stamp != state.stamp):
            try:
                self._state = state = self._read(stamp, state.segments if state else {})
            except Exception as error:  # Whoosh raises anything on a damaged file
                # While it was read, the indexer may have written a newer one and swept the files away.
                if stamp != self.folder.stamp():
                    return self._open()
                log.warning("search index refused", exc_info=error)
                self._refused = stamp
                self._report_damage()
        if state is None:
            raise UnavailableError
        return state

    def _read(self, stamp: tuple[int, int], known: Mapping[tuple[str, str], Segment]) -> _State:
        manifest = self.folder.read()
        segments: dict[tuple[str, str], Segment] = {}
        pieces: dict[str, list[tuple[Segment, Iterable[int]]]] = {part: [] for part in PARTS}
        for part, generation in iter_tables(manifest.files):
            path = self.folder.check_file(manifest, f"{part}/{toc_name(generation)}").parent
            storage, descriptions = segment_descriptions(path, generation)
            for description in descriptions:
                files = [f"{part}/{name}" for name in segment_files(description)]
                key = (files[0], manifest.files.get(files[0], ""))
                if key not in known:
                    for file in files:
                        self.folder.check_file(manifest, file)
                segments[key] = known.get(key) or Segment(storage, description)
                pieces[part].append((segments[key], tuple(description.deleted_docs())))
        public = Snapshot(manifest.number, pieces[PUBLIC])
        full = Snapshot(manifest.number, pieces[PUBLIC] + pieces[RESTRICTED])
        return _State(stamp, public, full, segments)

    @contextmanager
    def _watched(self, state: _State) -> Iterator[None]:
        """Tell damage from other failures: close a damaged index, ask for another and say that there is none."""
        try:
            yield
        except Exception as error:  # Whoosh raises anything on a damaged file
            if self.folder.is_sound():
                raise
            log.warning("search index damaged", exc_info=error)
            if self._state is state:
                self._state = None
            self._report_damage()
            raise UnavailableError from error

    def _report_damage(self) -> None:
        # On a full disk nothing can be asked for; what is open must go on serving all the same.
        with suppress(OSError):
            self.folder.want_rebuild()

    # --- writing: only for the holder of the folder's lock ---

    def apply(self, changes: Sequence[Change], number: int) -> None:
        """See `SearchEngine.apply`."""
        manifest = self.folder.read()
        self.folder.sweep(manifest)
        for name, digest in manifest.files.items():
            if (name, digest) not in self._written:
                self.folder.check_file(manifest, name)
        latest = {change.document_id: change.document for change in changes}
        files: dict[str, str] = {}
        for part in PARTS:
            with IndexWriter(self.folder.path / manifest.generation / part) as writer:
                for document_id, document in latest.items():
                    writer.remove(document_id)
                    if document is not None and part_of(document) == part:
                        writer.add(document)
                writer.commit()
            files |= _digests(writer, part, manifest)
        self._finish(replace(manifest, number=number, files=files))

    def rebuild(self, documents: Iterable[Document], number: int, progress: Progress | None = None) -> None:
        """See `SearchEngine.rebuild`."""
        generation = self.folder.new_generation()
        manifest = Manifest(self.folder.engine, generation, number, {})
        with ExitStack() as stack:
            path = self.folder.path / generation
            writers = {part: stack.enter_context(IndexWriter(path / part)) for part in PARTS}
            for count, document in enumerate(documents, start=1):
                writers[part_of(document)].add(document)
                if progress is not None and count % PROGRESS_STEP == 0:
                    progress(count)
            for writer in writers.values():
                writer.commit()
        files: dict[str, str] = {}
        for part, writer in writers.items():
            files |= _digests(writer, part, manifest)
        sync_folder(path)
        self._finish(replace(manifest, files=files))
        self.folder.forget_rebuild()

    def _finish(self, manifest: Manifest) -> None:
        self.folder.write(manifest)
        self._written = frozenset(manifest.files.items())
        self.folder.sweep(manifest)


def part_of(document: Document) -> str:
    """Return which of the two indexes a document goes into."""
    return PUBLIC if PUBLIC_LABEL in document.labels else RESTRICTED


def _digests(writer: IndexWriter, part: str, manifest: Manifest) -> dict[str, str]:
    prefix = f"{part}/"
    known = {name.removeprefix(prefix): d for name, d in manifest.files.items() if name.startswith(prefix)}
    return {prefix + name: digest for name, digest in writer.files(known).items()}
