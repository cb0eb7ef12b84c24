"""Reads one segment of a Whoosh index into numpy arrays, each once: a segment never changes, only its deletions."""

from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from weakref import finalize

import numpy as np
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import SegmentReader, TermNotFound

from hub.search.documents import SORT_KEYS
from hub.search.facets import Column, Numbers
from hub.search.ranking import Floats, Postings
from hub.search.whoosh_store import COLLECTION, NAME, SCHEMA, SEPARATOR, TEXT_FIELDS

CACHED_POSTINGS = 2_000_000
"""Postings (of 8 bytes) that one segment keeps in memory, those used last."""


class Segment:
    """The documents of one segment, by position.

    Whoosh's readers seek in shared files, so every reading is done under a lock; what was read is shared freely.

    Args:
        storage: where the segment's file is.
        segment: Whoosh's own description of it.
    """

    def __init__(self, storage: FileStorage, segment: W3Segment) -> None:
        self._reader = SegmentReader(storage, SCHEMA, segment)
        finalize(self, self._reader.close)
        self._lock = Lock()
        self._postings: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._cached = 0
        self.size: int = segment.doc_count_all()
        holders = self._holders("facet")
        by_facet: dict[str, dict[str, Numbers]] = {}
        for text, documents in holders.items():
            facet, _, value = text.partition(SEPARATOR)
            by_facet.setdefault(facet, {})[value] = documents
        self.collections = Column.of(by_facet.pop(COLLECTION, {}))
        self.facets: Mapping[str, Column] = {facet: Column.of(values) for facet, values in by_facet.items()}
        self.labels = Column.of(self._holders("label"))
        self.sort: Mapping[str, Floats] = {name: self._numbers(name) for name in SORT_KEYS}
        self.lengths: Mapping[str, Floats] = {name: self._numbers(f"{name}_length") for name in TEXT_FIELDS}

    def postings(self, field: str, term: str) -> Postings:
        """Return which documents hold `term` in `field`, deleted ones included."""
        key = (field, term)
        with self._lock:
            found = self._postings.get(key)
            if found is None:
                found = self._read(field, term)
                self._postings[key] = found
                self._cached += len(found.documents) + 1
                while self._cached > CACHED_POSTINGS and len(self._postings) > 1:
                    _, dropped = self._postings.popitem(last=False)
                    self._cached -= len(dropped.documents) + 1
            else:
                self._postings.move_to_end(key)
        return found

    def positions(self, document_ids: frozenset[str]) -> Numbers:
        """Return the positions of the documents with these ids, deleted ones included."""
        with self._lock:
            parts = [self._read("id", document_id).documents for document_id in document_ids]
        return np.concatenate(parts) if parts else np.empty(0, np.int32)

    def stored(self, position: int) -> tuple[str, str]:
        """Return id and digest of the document at `position`."""
        with self._lock:
            fields = self._reader.stored_fields(position)
        return fields["id"], fields["digest"]

    def _holders(self, field: str) -> dict[str, Numbers]:
        texts = [text.decode() for text in self._reader.lexicon(field)]
        return {text: self._read(field, text).documents for text in texts}

    def _read(self, field: str, term: str) -> Postings:
        try:
            matcher = self._reader.postings(field, term)
        except TermNotFound:
            return Postings(np.empty(0, np.int32), np.empty(0, np.float32))
        documents, counts = [], []
        while matcher.is_active():
            documents.append(matcher.id())
            counts.append(matcher.weight())
            matcher.next()
        return Postings(np.array(documents, np.int32), np.array(counts, np.float32))

    def _numbers(self, name: str) -> Floats:
        column = self._reader.column_reader(name)
        return np.fromiter(column, np.float64, self.size)


def segment_descriptions(folder: Path, generation: int) -> tuple[FileStorage, list[W3Segment]]:
    """Return the storage of an index and Whoosh's description of its segments.

    The file read is unpickled: its digest must have been checked before.

    Args:
        folder: where the index is.
        generation: which of Whoosh's tables of contents to read.
    """
    storage = FileStorage(str(folder), supports_mmap=False, readonly=True)
    return storage, TOC.read(storage, NAME, gen=generation, schema=SCHEMA).segments
