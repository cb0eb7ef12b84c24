"""The engine for large catalogues, as the rest of the hub knows it. See decision 0038."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from threading import Lock

from tantivy import Index

from hub.access.audience import PUBLIC_LABEL
from hub.core.disk import sync_folder
from hub.core.errors import UnavailableError
from hub.search.asking import prepare
from hub.search.changes import PROGRESS_STEP, Change, Contents, Progress, Withheld
from hub.search.documents import Document, Query, Results
from hub.search.folder import DamagedIndexError, IndexFolder, Manifest
from hub.search.lexicon import Lexicon
from hub.search.tantivy.parts import PARTS, part_for
from hub.search.tantivy.schema import SCHEMA, indexed
from hub.search.tantivy.serving import ServingCopies
from hub.search.tantivy.snapshot import Snapshot
from hub.search.tantivy.workshop import MUCH_MEMORY, Workshop
from hub.search.watching import WatchedWords

log = logging.getLogger(__name__)

WARMING = "corruption"
"""A word that most records know."""

RETRY = 5.0
"""Seconds until a state is tried again that could not be copied, such as on a full disk."""


@dataclass(frozen=True)
class _State:
    """What is open: one manifest's indexes, by name, with the files of each to tell whether it changed."""

    stamp: tuple[int, int]
    number: int
    snapshots: Mapping[str, Snapshot]
    files: Mapping[str, frozenset[str]]


class TantivyEngine:
    """A `hub.search.engine.SearchEngine` on tantivy. Threads share one; each process has its own.

    Args:
        path: the index folder, which may be deleted at any time.
    """

    def __init__(self, path: Path) -> None:
        self.folder = IndexFolder(path, "tantivy")
        self._copies = ServingCopies(self.folder)
        self._state: _State | None = None
        self._refused: tuple[tuple[int, int], float] | None = None
        self._opening = Lock()
        self._sound: dict[str, tuple[str, int]] = {}

    # --- reading ---

    def search(self, query: Query, withheld: Withheld) -> Results:
        """See `SearchEngine.search`."""
        state = self._opened()
        hidden = withheld(state.number)
        with self._watched(state):
            return self._snapshot(state, query).search(query, hidden, state.number)

    def similar(self, document: Document, query: Query, withheld: Withheld) -> tuple[str, ...]:
        """See `SearchEngine.similar`."""
        state = self._opened()
        hidden = withheld(state.number)
        with self._watched(state):
            return self._snapshot(state, query).similar(document, query, hidden)

    def lexicon(self, query: Query, withheld: Withheld) -> Lexicon:
        """See `SearchEngine.lexicon`."""
        state = self._opened()
        hidden = withheld(state.number)
        with self._watched(state):
            words = self._snapshot(state, query).words(query.labels, hidden)
            return WatchedWords(words, partial(self._watched, state))

    def applied_number(self) -> int | None:
        """See `SearchEngine.applied_number`."""
        try:
            return self.folder.read().number
        except DamagedIndexError:
            return None

    def contents(self) -> Contents:
        """See `SearchEngine.contents`."""
        state = self._opened()
        digests: dict[str, str] = {}
        with self._watched(state):
            for part in PARTS:
                if not part.is_public and part.name in state.snapshots:
                    digests |= state.snapshots[part.name].digests()
        return Contents(state.number, digests)

    def is_rebuild_wanted(self) -> bool:
        """See `SearchEngine.is_rebuild_wanted`."""
        return self.folder.is_rebuild_wanted() or not self.folder.is_complete()

    def want_rebuild(self) -> None:
        """See `SearchEngine.want_rebuild`."""
        self.folder.want_rebuild()

    def open(self) -> None:
        """See `SearchEngine.open`."""
        prepare()
        with suppress(UnavailableError):
            state = self._opened()
            with self._watched(state):
                for snapshot in state.snapshots.values():
                    # What a first search reads of the index it then finds in memory.
                    snapshot.search(Query(frozenset({PUBLIC_LABEL}), WARMING), frozenset(), state.number)

    def _snapshot(self, state: _State, query: Query) -> Snapshot:
        return state.snapshots.get(part_for(query.collection, query.labels).name) or self._nothing

    @cached_property
    def _nothing(self) -> Snapshot:
        """An index without documents, for a collection that has none yet."""
        return Snapshot(Index(SCHEMA).searcher(), None)

    # --- opening ---

    def _opened(self) -> _State:
        """Return the newest sound state; what is open stays in use while a newer one cannot be opened.

        Raises:
            UnavailableError: nothing is open and nothing sound can be opened.
        """
        state, stamp = self._state, self.folder.stamp()
        if state is None:
            if stamp is None or self._is_refused(stamp):
                raise UnavailableError
            with self._opening:
                return self._open()
        # One thread opens what is new, while the others go on with what is open.
        if (
            stamp is not None
            and stamp != state.stamp
            and not self._is_refused(stamp)
            and self._opening.acquire(blocking=False)
        ):
            try:
                return self._open()
            finally:
                self._opening.release()
        return state

    def _is_refused(self, stamp: tuple[int, int]) -> bool:
        return self._refused is not None and self._refused[0] == stamp and time.monotonic() < self._refused[1]

    def _open(self) -> _State:
        state = self._state
        stamp = self.folder.stamp()
        if stamp is not None and (state is None or stamp != state.stamp):
            try:
                self._state = state = self._read(stamp, state)
            except OSError as error:  # the copies cannot be written: nothing is wrong with the index
                log.warning("search index cannot be copied", exc_info=error)
                self._refused = (stamp, time.monotonic() + RETRY)
            except BaseException as error:  # tantivy raises anything on a damaged file, even panics
                if not _is_failure(error):
                    raise
                # While it was read, the indexer may have written a newer one and swept the files away.
                if stamp != self.folder.stamp():
                    return self._open()
                log.warning("search index refused", exc_info=error)
                self._refused = (stamp, float("inf"))
                self._report_damage()
        if state is None:
            raise UnavailableError
        return state

    def _read(self, stamp: tuple[int, int], former: _State | None) -> _State:
        manifest = self.folder.read()
        files: dict[str, frozenset[str]] = {}
        for part in PARTS:
            # What is full weighs words by what is public, and is opened again with it.
            folders = tuple(f"{name}/" for name in (part.name, part.public.name))
            if any(name.startswith(folders[0]) for name in manifest.files):
                files[part.name] = frozenset(
                    f"{manifest.generation}/{name}" for name in manifest.files if name.startswith(folders)
                )
        same = {name for name, paths in files.items() if former and former.files.get(name) == paths}
        searchers = self._copies.searchers(manifest, files.keys() - same)
        snapshots = {name: former.snapshots[name] for name in same} if former else {}
        for part in PARTS:  # public ones first
            if part.name in searchers:
                public = None if part.is_public else snapshots.get(part.public.name, self._nothing)
                snapshots[part.name] = Snapshot(searchers[part.name], public)
        self._copies.sweep(manifest)
        return _State(stamp, manifest.number, snapshots, files)

    @contextmanager
    def _watched(self, state: _State) -> Iterator[None]:
        """Take a panic of tantivy's for damage: close the index, ask for another and say that there is none."""
        try:
            yield
        except BaseException as error:
            if not _is_panic(error):
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
        self._check(manifest)
        latest = {change.document_id: change.document for change in changes}
        made = {each: (document, indexed(document)) for each, document in latest.items() if document}
        with Workshop(self.folder.path, manifest.generation, manifest.files) as workshop:
            for part in PARTS:
                gone = [
                    each
                    for each, document in latest.items()
                    if document is None or document.collection is part.collection
                ]
                workshop.change(part, gone, [new for document, new in made.values() if part.takes(document)])
            manifest = replace(manifest, number=number, files=workshop.publish())
            self._finish(manifest)
            # What changed can be found already; the merging of segments that it set off may take its time.
            merged = workshop.publish_merged()
            if merged != manifest.files:
                self._finish(replace(manifest, files=merged))

    def rebuild(self, documents: Iterable[Document], number: int, progress: Progress | None = None) -> None:
        """See `SearchEngine.rebuild`."""
        generation = self.folder.new_generation()
        with Workshop(self.folder.path, generation, {}, MUCH_MEMORY) as workshop:
            for count, document in enumerate(documents, start=1):
                new = indexed(document)
                for part in PARTS:
                    if part.takes(document):
                        workshop.add(part, new)
                if progress is not None and count % PROGRESS_STEP == 0:
                    progress(count)
            workshop.publish()
            manifest = Manifest(self.folder.engine, generation, number, workshop.publish_merged())
        sync_folder(self.folder.path / generation)
        self._finish(manifest)
        self.folder.forget_rebuild()

    def _check(self, manifest: Manifest) -> None:
        """Look at every file before tantivy maps it: whole at first, then at its length, of which a map may die.

        Raises:
            DamagedIndexError: a file is not as it was written.
        """
        sound = {}
        for name, digest in manifest.files.items():
            path = self.folder.path / manifest.generation / name
            known = self._sound.get(name)
            try:
                size = path.stat().st_size
            except OSError as error:
                raise DamagedIndexError(f"{name} cannot be read") from error
            if known != (digest, size):
                self.folder.check_file(manifest, name)
            sound[name] = (digest, size)
        self._sound = sound

    def _finish(self, manifest: Manifest) -> None:
        self.folder.write(manifest)
        self.folder.sweep(manifest)


def _is_panic(error: BaseException) -> bool:
    return type(error).__name__ == "PanicException"


def _is_failure(error: BaseException) -> bool:
    """Whether an error tells of something that failed, not of the process being stopped."""
    return isinstance(error, Exception) or _is_panic(error)
