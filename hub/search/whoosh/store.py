"""Writes Whoosh indexes: how a batch of changes becomes a segment, how segments merge, how files are kept durable."""

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import STORED, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from hub.core.disk import sync_file, sync_folder
from hub.search.analysis import GAP, analysed
from hub.search.boosts import boost
from hub.search.documents import SEPARATOR, SORT_KEYS, Document
from hub.search.folder import digest_of
from hub.search.weights import parts_of
from hub.search.whoosh.arrays import AnyArray, ArrayFile, write_arrays
from hub.search.whoosh.facets import Numbers
from hub.search.whoosh.postings import FieldReader, FieldWriter

NAME = "MAIN"
"""What Whoosh calls the index in its file names."""

ARRAYS_EXT = ".arr"
"""Ends the name of the file with a segment's inverted fields, which Whoosh does not know."""

COLLECTION = "collection"
"""Stands among the facets for the collection of a document; no feature names a facet so."""

NUMBERS = (*SORT_KEYS, "boost")
"""The arrays of one number for each document."""

DIGESTS = "digests"
DIGEST_BYTES = 32
"""The array of the digests of all documents, one behind the other."""

TEXT = "text_"
NAMES = "name_"
"""Begin the names of the fields of each language: all its terms, and those of the name alone."""

WORDS = "words"
NAME_WORDS = "name-words"
"""The fields of the folded words, for the lexicon: all of them, and those of names."""

TIER = 8
"""So many segments of like size are merged into one, and sizes are alike within this factor."""

LARGE = 512
"""Segments of so many documents are no longer merged, so that no commit takes long."""

FULL = 10_000
"""Documents of one segment at most; they are held in memory while it is written, with some 10 kB each."""


SCHEMA = Schema(id=STORED())
"""What Whoosh itself keeps of each document; all else stands in the file of arrays beside."""


class Codec(W3Codec):
    """Whoosh's file format without its statistics of field lengths."""

    length_stats = False


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
        self._begin()

    def _begin(self) -> None:
        self._writer = SegmentWriter(self._index, codec=Codec())
        self._fields: dict[str, FieldWriter] = {}
        self._numbers = {name: array("d") for name in NUMBERS}
        self._digests = bytearray()
        self._readers: dict[str, ArrayFile] = {}
        self._changed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if not self._writer.is_closed:
            self._writer.cancel()

    def remove(self, document_id: str) -> None:
        """Take a document out that an earlier batch put in, if it is there."""
        for segment in self._writer.segments:
            for position in FieldReader(self._arrays_of(segment), "id").postings(document_id).documents:
                if not segment.is_deleted(int(position)):
                    segment.delete_document(int(position))
                    self._changed = True

    def add(self, document: Document) -> None:
        """Put a document in that is not in the index, or was removed before."""
        if self._writer.doc_count() >= FULL:
            self._commit(_keep_all)
            self._begin()
        position = self._writer.docnum
        self._writer.add_document(id=document.id)
        self._digests += bytes.fromhex(document.digest)
        known = {**document.sort, "boost": boost(document.sort)}
        for name, numbers in self._numbers.items():
            numbers.append(known.get(name, 0.0))
        for name, terms in _sets_of(document).items():
            self._field(name).add(position, terms)
        self._add_texts(position, document)
        self._changed = True

    def _add_texts(self, position: int, document: Document) -> None:
        read = analysed(document.texts)
        self._field("exact").add(position, read.names)
        self._field(WORDS).add(position, sorted(read.words))
        self._field(NAME_WORDS).add(position, sorted(read.name_words))
        for language, terms in read.terms.items():
            place = 0
            text, names = self._field(f"{TEXT}{language}"), self._field(f"{NAMES}{language}")
            for placed, extras, times in parts_of(terms):
                for run in placed.split(GAP):
                    tokens = run.split()
                    text.add_placed(position, tokens, place, 1, times)
                    place += len(tokens) + 1
                others = extras.split()
                text.add_placed(position, others, place, 2, times)
                place += 2 * len(others)
            place = 0
            for run in terms.name.split(GAP):
                tokens = run.split()
                names.add_placed(position, tokens, place, 1, 1)
                place += len(tokens) + 1
            names.add_placed(position, terms.name_extras.split(), place, 2, 1)

    def commit(self) -> None:
        """Write the batch to disk, if it changed anything."""
        if self._changed:
            self._commit(self._merge_small)

    def _commit(self, merge_type: object) -> None:
        segment = self._writer.newsegment
        self._writer.commit(mergetype=merge_type)
        size = segment.doc_count_all()
        if size:
            arrays: dict[str, AnyArray] = {
                DIGESTS: np.frombuffer(self._digests, np.uint8),
                **{name: np.frombuffer(numbers, np.float64) for name, numbers in self._numbers.items()},
            }
            for name, field in sorted(self._fields.items()):
                arrays |= field.arrays(name, size)
            write_arrays(self.path / arrays_name(segment), arrays)

    def _field(self, name: str) -> FieldWriter:
        field = self._fields.get(name)
        if field is None:
            field = self._fields[name] = FieldWriter(has_places=name.startswith((TEXT, NAMES)))
        return field

    def _arrays_of(self, segment: W3Segment) -> ArrayFile:
        name = arrays_name(segment)
        if name not in self._readers:
            self._readers[name] = ArrayFile(self.path / name)
        return self._readers[name]

    def _merge_small(self, writer: SegmentWriter, segments: Iterable[W3Segment]) -> list[W3Segment]:
        merged, stay = chosen(segments)
        for segment in merged:
            if segment.doc_count():
                first = writer.docnum
                reader = SegmentReader(writer.storage, writer.schema, segment)
                writer.add_reader(reader)
                reader.close()
                self._merge(self._arrays_of(segment), translation(segment, first))
        return stay

    def _merge(self, file: ArrayFile, places: Numbers) -> None:
        stays = places >= 0
        self._digests += file.read(DIGESTS).reshape(-1, DIGEST_BYTES)[stays].tobytes()
        for name, numbers in self._numbers.items():
            numbers.frombytes(file.read(name)[stays].tobytes())
        for name in field_names(file):
            self._field(name).merge(FieldReader(file, name), places)

    def files(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the digests of the files that make up the index, after forcing new ones to the disk.

        Args:
            known: digests of files that are on the disk already; segments never change.
        """
        toc = TOC.read(self._index.storage, NAME, schema=SCHEMA)
        names = [toc_name(toc.generation), *(name for each in toc.segments for name in segment_files(each))]
        digests = {}
        for name in names:
            if name not in known:
                sync_file(self.path / name)
            digests[name] = known.get(name) or digest_of(self.path / name)
        sync_folder(self.path)
        return digests


def _sets_of(document: Document) -> dict[str, Sequence[str]]:
    """Return the terms of the fields that say only which documents hold them, apart from texts."""
    facets = {f"{facet}{SEPARATOR}{value}" for facet, values in document.facets.items() for value in values}
    facets.add(f"{COLLECTION}{SEPARATOR}{document.collection}")
    return {"id": (document.id,), "facet": sorted(facets), "label": sorted(document.labels)}


def toc_name(generation: int) -> str:
    """Return the file name of a table of contents of Whoosh's."""
    return f"_{NAME}_{generation}.toc"


def _toc_generation(name: str) -> int | None:
    """Return the generation of the table of contents in file `name`; None if it is another file."""
    match = re.fullmatch(rf"_{NAME}_(\d+)\.toc", name)
    return int(match[1]) if match else None


def arrays_name(segment: W3Segment) -> str:
    """Return the name of the file with the inverted fields of a segment."""
    return str(segment.make_filename(ARRAYS_EXT))


def segment_files(segment: W3Segment) -> tuple[str, str]:
    """Return the names of the files of a segment: Whoosh's own, and the one with its inverted fields."""
    return segment.make_filename(segment.COMPOUND_EXT), arrays_name(segment)


def field_names(file: ArrayFile) -> list[str]:
    """Return the names of the inverted fields in a file of arrays."""
    return [name.removesuffix(".terms") for name in file.names() if name.endswith(".terms")]


def translation(segment: W3Segment, first: int) -> Numbers:
    """Return where the documents of a segment go when it is merged behind `first` others; -1 for deleted ones."""
    alive = np.ones(segment.doc_count_all(), np.bool_)
    alive[np.fromiter(segment.deleted_docs(), np.int64)] = False
    return np.where(alive, np.cumsum(alive) - 1 + first, -1).astype(np.int32)


def _keep_all(_writer: SegmentWriter, segments: Iterable[W3Segment]) -> list[W3Segment]:
    """Merge nothing: a merge policy for Whoosh's writer."""
    return list(segments)


def chosen(segments: Iterable[W3Segment]) -> tuple[list[W3Segment], list[W3Segment]]:
    """Choose which segments are merged into the one being written, and which stay.

    Segments of like size are merged when there are eight of them, large ones only when most of their documents
    are gone, so that a commit stays short and the number of segments grows with the logarithm of small changes.
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
    return merged, stay


def iter_tables(files: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield, of file names with their folder, those of tables of contents, as folder and generation."""
    for name in files:
        part, _, file = name.partition("/")
        generation = _toc_generation(file)
        if generation is not None:
            yield part, generation
