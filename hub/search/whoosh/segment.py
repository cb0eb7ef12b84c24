"""Reads one segment of a Whoosh index into numpy arrays, each once: a segment never changes, only its deletions."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from hub.search.documents import SEPARATOR
from hub.search.weights import Sample
from hub.search.whoosh.arrays import ArrayFile
from hub.search.whoosh.facets import Column, Mask, Numbers
from hub.search.whoosh.postings import FieldReader, Places, Postings
from hub.search.whoosh.ranking import Floats
from hub.search.whoosh.store import (
    COLLECTION,
    DIGEST_BYTES,
    DIGESTS,
    NAME,
    NUMBERS,
    SCHEMA,
    TEXT,
    WORDS,
    arrays_name,
    field_names,
)
from hub.search.wordlist import WordList

CACHED_POSTINGS = 2_000_000
"""Postings (of 8 bytes) that one segment keeps in memory, those used last."""


class Segment:
    """The documents of one segment, by position. Many threads may read at once.

    Args:
        storage: where the segment's files are.
        segment: Whoosh's own description of it.
    """

    def __init__(self, storage: FileStorage, segment: W3Segment) -> None:
        self.size: int = segment.doc_count_all()
        self._file = ArrayFile(Path(storage.folder) / arrays_name(segment))
        self._fields = {name: FieldReader(self._file, name) for name in field_names(self._file)}
        self._lock = Lock()
        self._postings: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._cached = 0
        by_facet: dict[str, dict[str, Numbers]] = {}
        for text, documents in self._field("facet").holders().items():
            facet, _, value = text.partition(SEPARATOR)
            by_facet.setdefault(facet, {})[value] = documents
        self.collections = Column.of(by_facet.pop(COLLECTION, {}))
        self.facets: Mapping[str, Column] = {facet: Column.of(values) for facet, values in by_facet.items()}
        self.labels = Column.of(self._field("label").holders())
        self.lengths: Mapping[str, Floats] = {
            name: self._file.read(f"{name}.lengths").astype(np.float64)
            for name, field in self._fields.items()
            if f"{field.name}.lengths" in self._file
        }
        self.numbers: Mapping[str, Floats] = {name: self._file.read(name) for name in NUMBERS}
        self._digests = self._file.read(DIGESTS).reshape(-1, DIGEST_BYTES)
        self._ids = np.empty(self.size, object)
        self._ids[self._file.read("id.documents")] = self._field("id").terms

    @cached_property
    def words(self) -> WordList:
        """The folded words of all documents, deleted ones included."""
        return WordList(self._field(WORDS).terms)

    def postings(self, field: str, term: str) -> Postings:
        """Return which documents hold `term` in `field`, deleted ones included."""
        key = (field, term)
        with self._lock:
            found = self._postings.get(key)
            if found is not None:
                self._postings.move_to_end(key)
                return found
        found = self._field(field).postings(term)
        with self._lock:
            self._postings[key] = found
            self._cached += len(found.documents) + 1
            while self._cached > CACHED_POSTINGS and len(self._postings) > 1:
                _, dropped = self._postings.popitem(last=False)
                self._cached -= len(dropped.documents) + 1
        return found

    def counted(self, field: str, prefix: str, among: Mask) -> Iterator[tuple[str, int]]:
        """Yield the terms of `field` that begin with `prefix`, with how many documents of `among` hold each."""
        return self._field(field).counted(prefix, among)

    def places(self, field: str, term: str) -> Places:
        """Return where `term` stands in `field` of the documents that hold it, deleted ones included."""
        return self._field(field).places(term)

    def sample(self, position: int) -> Sample:
        """Return how much each term counts in the document at `position`, by language and term."""
        return {
            (name.removeprefix(TEXT), term): count
            for name, lengths in self.lengths.items()
            if name.startswith(TEXT) and lengths[position]
            for term, count in self._field(name).row(position)
        }

    def stored(self, position: int) -> tuple[str, str]:
        """Return id and digest of the document at `position`."""
        return str(self._ids[position]), self._digests[position].tobytes().hex()

    def _field(self, name: str) -> FieldReader:
        return self._fields.get(name) or FieldReader(self._file, name)


def segment_descriptions(folder: Path, generation: int) -> tuple[FileStorage, list[W3Segment]]:
    """Return the storage of an index and Whoosh's description of its segments.

    The file read is unpickled: its digest must have been checked before.

    Args:
        folder: where the index is.
        generation: which of Whoosh's tables of contents to read.
    """
    storage = FileStorage(str(folder), supports_mmap=False, readonly=True)
    return storage, TOC.read(storage, NAME, gen=generation, schema=SCHEMA).segments
