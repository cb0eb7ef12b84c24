"""Where tantivy writes: a folder beside what is served, from which finished states are linked into the generation.

What the manifest names is never touched. A process killed at any moment leaves the former state whole, and the next
writer lays the workshop out anew.
"""

import json
import os
import shutil
from collections.abc import Collection as Several, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Self

from tantivy import Document as IndexDocument, Index, IndexWriter

from hub.config import private_opener
from hub.core.disk import sync_folder
from hub.search.folder import digest_of
from hub.search.plan import DOCUMENT_ID
from hub.search.tantivy.parts import Part
from hub.search.tantivy.schema import SCHEMA

WORKSHOP = "workshop"
META = "meta.json"
"""Tantivy's table of contents, which it replaces at each commit; states are kept under names of their own."""

LITTLE_MEMORY = 15_000_000
"""Bytes for a batch of changes: the least that tantivy takes."""

MUCH_MEMORY = 100_000_000
"""Bytes for each index of a build; when they are full, a segment is written, of some 20,000 records.

Segments of up to 16,000 records are merged with the small ones of later changes (tantivy's policy), which takes longer.
"""


class Workshop:
    """One batch of changes to the indexes of one generation; a context that gives up what was not published.

    Args:
        folder: the index folder.
        generation: the folder in it to publish into.
        files: what the generation holds: digests by path below it.
        memory: bytes that each index may take.
    """

    def __init__(
        self, folder: Path, generation: str, files: Mapping[str, str], memory: int = LITTLE_MEMORY
    ) -> None:
        self._path = folder / WORKSHOP
        self._generation = folder / generation
        self._files = dict(files)
        self._memory = memory
        self._indexes: dict[Part, Index] = {}
        self._writers: dict[Part, IndexWriter] = {}

    def __enter__(self) -> Self:
        shutil.rmtree(self._path, ignore_errors=True)
        self._path.mkdir(mode=0o700)
        return self

    def __exit__(self, *_error: object) -> None:
        self._writers.clear()
        self._indexes.clear()
        shutil.rmtree(self._path, ignore_errors=True)

    def change(self, part: Part, gone: Several[str], new: Iterable[IndexDocument]) -> None:
        """Take documents out of an index by their ids, those that it holds, and put others in."""
        new = list(new)
        if new or (gone and self._holds_any(part, gone)):
            writer = self._writer(part)
            for document_id in gone:
                writer.delete_documents_by_term(DOCUMENT_ID, document_id)
            for document in new:
                writer.add_document(document)

    def add(self, part: Part, document: IndexDocument) -> None:
        """Put a document into an index that does not hold it."""
        self._writer(part).add_document(document)

    def publish(self) -> dict[str, str]:
        """Commit, link what was written into the generation, and return the files of the new state as in a manifest."""
        for writer in self._writers.values():
            writer.commit()
        return self._published()

    def publish_merged(self) -> dict[str, str]:
        """Wait until segments have been merged, then return as `publish`. Nothing can be changed any more."""
        for writer in self._writers.values():
            writer.wait_merging_threads()
        return self._published()

    # --- one index ---

    def _index(self, part: Part) -> Index:
        index = self._indexes.get(part)
        if index is None:
            self._lay_out(part)
            index = self._indexes[part] = Index(SCHEMA, str(self._path / part.name))
        return index

    def _writer(self, part: Part) -> IndexWriter:
        writer = self._writers.get(part)
        if writer is None:
            writer = self._writers[part] = self._index(part).writer(self._memory, 1)
        return writer

    def _holds_any(self, part: Part, document_ids: Iterable[str]) -> bool:
        if not any(name.startswith(f"{part.name}/") for name in self._files):
            return False
        searcher = self._index(part).searcher()
        return any(searcher.doc_freq(DOCUMENT_ID, document_id) for document_id in document_ids)

    def _lay_out(self, part: Part) -> None:
        path = self._path / part.name
        path.mkdir(mode=0o700)
        for name in self._files:
            folder, _, file = name.partition("/")
            if folder == part.name:
                if is_meta(file):
                    shutil.copyfile(self._generation / name, path / META)
                else:
                    os.link(self._generation / name, path / file)

    # --- publishing ---

    def _published(self) -> dict[str, str]:
        for part in self._writers:
            self._link(part)
        sync_folder(self._generation)
        return dict(self._files)

    def _link(self, part: Part) -> None:
        """Link one index as it was committed last; a merge that ends meanwhile may sweep files away."""
        source, target = self._path / part.name, self._generation / part.name
        target.mkdir(mode=0o700, exist_ok=True)
        while True:
            with suppress(FileNotFoundError):
                meta = (source / META).read_bytes()
                names = _segment_files(source, meta)
                known = {name: self._files.get(f"{part.name}/{name}") for name in names}
                digests = {name: digest or _linked(source, target, name) for name, digest in known.items()}
                break
        table = f"meta.{sha256(meta).hexdigest()[:16]}.json"
        digests[table] = self._files.get(f"{part.name}/{table}") or _written(target / table, meta)
        sync_folder(target)
        kept = {name: digest for name, digest in self._files.items() if not name.startswith(f"{part.name}/")}
        self._files = kept | {f"{part.name}/{name}": digest for name, digest in digests.items()}


def is_meta(file: str) -> bool:
    """Whether a file of a generation is one of tantivy's tables of contents."""
    return file.startswith("meta.") and file.endswith(".json")


def _segment_files(folder: Path, meta: bytes) -> list[str]:
    """Return the files of the segments that a table of contents names.

    Raises:
        FileNotFoundError: a segment that it names is gone already.
    """
    names = sorted(path.name for path in folder.iterdir())
    files = []
    for segment in json.loads(meta)["segments"]:
        stem = segment["segment_id"].replace("-", "")
        deletes = segment["deletes"]
        deleted = f"{stem}.{deletes['opstamp']}.del" if deletes else ""
        own = [name for name in names if name.startswith(stem) and (name[-4:] != ".del" or name == deleted)]
        if not own or (deleted and deleted not in own):
            raise FileNotFoundError(stem)
        files += own
    return files


def _linked(source: Path, target: Path, name: str) -> str:
    """Link a file that tantivy wrote, and put on the disk, and that never changes again; return its digest."""
    (target / name).unlink(missing_ok=True)
    os.link(source / name, target / name)
    return digest_of(target / name)


def _written(path: Path, content: bytes) -> str:
    """Write a new file durably and return its digest."""
    with open(path, "wb", opener=private_opener) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return digest_of(path)
