"""Writes Whoosh indexes: their schema, how segments merge, how a batch of changes is committed and kept durable."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from hub.core.disk import sync_file, sync_folder
from hub.search.analysis import terms
from hub.search.documents import SORT_KEYS, Document
from hub.search.folder import digest_of

NAME = "MAIN"
"""What Whoosh calls the index in its file names."""

TEXT_FIELDS = ("name", "short_description", "body")
"""The texts that are weighed apart; whatever else a document holds goes into the last."""

COLLECTION = "collection"
"""Stands among the facets for the collection of a document; no feature names a facet so."""

SEPARATOR = "\x1f"
"""Stands between a facet's name and its value in the one field of all facets; no name contains it."""

MEMORY_MB = 64
"""How much a build may hold before it writes a sorted run to disk."""

TIER = 8
"""So many segments of like size are merged into one, and sizes are alike within this factor."""

LARGE = 512
"""Segments of so many documents are no longer merged, so that no commit takes long."""


class Terms(FieldType):
    """A field whose values come analysed, as a list of terms. Positions are not kept."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)

    def index(self, value: Sequence[str], **_options: object) -> Iterator[tuple[bytes, int, int, bytes]]:
        """Yield each different term with how often it occurs, as Whoosh's writer wants it."""
        for term, count in Counter(value).items():
            yield term.encode("utf-8", "replace"), count, count, b""


class Codec(W3Codec):
    """Whoosh's file format without its statistics of field lengths: ours stand in columns."""

    length_stats = False


def make_schema() -> Schema:
    """Return the fields of every index."""
    columns = {f"{name}_length": COLUMN(NumericColumn("f", default=-1)) for name in TEXT_FIELDS}
    columns |= {name: COLUMN(NumericColumn("d", default=-1)) for name in SORT_KEYS}
    texts = {name: Terms() for name in TEXT_FIELDS}
    return Schema(
        id=ID(stored=True, unique=True),
        digest=STORED(),
        facet=Terms(),
        label=Terms(),
        **texts,
        **columns,
    )


SCHEMA = make_schema()


class KeepingStorage(FileStorage):
    """Deletes nothing, so that readers find old files until the new manifest stands; the folder is swept then.

    Files are read without memory maps: of a file cut short a map would kill the whole process.
    """

    def delete_file(self, name: str) -> None:
        """Leave `name` for the sweep."""


class IndexWriter:
    """One batch of changes to the Whoosh index in `path`; a context that gives up what was not committed.

    Args:
        path: the folder; made, with an empty index, where there is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        storage = KeepingStorage(str(path), supports_mmap=False)
        if not path.is_dir():
            path.mkdir(mode=0o700)
            FileIndex.create(storage, SCHEMA, NAME)
        self._index = FileIndex(storage, SCHEMA, NAME)
        self._writer = SegmentWriter(self._index, limitmb=MEMORY_MB, codec=Codec())
        self._changed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if not self._writer.is_closed:
            self._writer.cancel()

    def remove(self, document_id: str) -> None:
        """Take a document out that an earlier batch put in, if it is there."""
        self._changed |= bool(self._writer.delete_by_term("id", document_id))

    def add(self, document: Document) -> None:
        """Put a document in that is not in the index, or was removed before."""
        self._writer.add_document(**prepared(document))
        self._changed = True

    def commit(self) -> None:
        """Write the batch to disk, if it changed anything."""
        if self._changed:
            self._writer.commit(mergetype=merge_small)

    def files(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the digests of the files that make up the index, after forcing new ones to the disk.

        Args:
            known: digests of files that are on the disk already; segments never change.
        """
        toc = TOC.read(self._index.storage, NAME, schema=SCHEMA)
        names = [toc_name(toc.generation)]
        names += [segment.make_filename(segment.COMPOUND_EXT) for segment in toc.segments]
        digests = {}
        for name in names:
            if name not in known:
                sync_file(self.path / name)
            digests[name] = known.get(name) or digest_of(self.path / name)
        sync_folder(self.path)
        return digests


def toc_name(generation: int) -> str:
    """Return the file name of a table of contents of Whoosh's."""
    return f"_{NAME}_{generation}.toc"


def toc_generation(name: str) -> int | None:
    """Return the generation of the table of contents in file `name`; None if it is another file."""
    match = re.fullmatch(rf"_{NAME}_(\d+)\.toc", name)
    return int(match[1]) if match else None


def prepared(document: Document) -> dict[str, Any]:
    """Return the values of all index fields for a document."""
    texts: dict[str, list[str]] = {name: [] for name in TEXT_FIELDS}
    for fields in document.texts.values():
        for name, text in fields.items():
            texts[name if name in texts else "body"] += terms(text)
    facets = {f"{facet}{SEPARATOR}{value}" for facet, values in document.facets.items() for value in values}
    facets.add(f"{COLLECTION}{SEPARATOR}{document.collection}")
    return {
        "id": document.id,
        "digest": document.digest,
        "facet": sorted(facets),
        "label": sorted(document.labels),
        **{name: float(document.sort.get(name, 0)) for name in SORT_KEYS},
        **texts,
        **{f"{name}_length": float(len(found)) for name, found in texts.items()},
    }


def merge_small(writer: SegmentWriter, segments: Iterable[W3Segment]) -> list[W3Segment]:
    """Choose which segments are merged into the one being written: a merge policy for Whoosh's writer.

    Segments of like size are merged when there are eight of them, large ones only when most of their documents
    are gone, so that a commit stays short and the number of segments grows with the logarithm of small changes.

    Returns:
        the segments that stay.
    """
    tiers: dict[int, list[W3Segment]] = {}
    merged: list[W3Segment] = []
    stay: list[W3Segment] = []
    for segment in segments:
        alive = segment.doc_count()
        if alive * 2 < segment.doc_count_all():
            merged.append(segment)
        elif alive >= LARGE:
            stay.append(segment)
        else:
            tiers.setdefault(len(f"{alive:o}"), []).append(segment)
    for tier in tiers.values():
        (merged if len(tier) >= TIER else stay).extend(tier)
    for segment in merged:
        if segment.doc_count():
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return stay
