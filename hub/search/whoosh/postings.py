"""Inverted fields: collected in memory, written as arrays, read a term at a time. Knows no Whoosh."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hub.search.whoosh.arrays import AnyArray, ArrayFile
from hub.search.whoosh.facets import Mask, Numbers

Counts = npt.NDArray[np.float32]

BREAK = "\n"
"""Stands between terms on the disk; no term holds it."""


@dataclass(frozen=True)
class Postings:
    """The documents that hold a term in one field, each once and in order, and how much it counts there."""

    documents: Numbers
    counts: Counts


NO_POSTINGS = Postings(np.empty(0, np.int32), np.empty(0, np.float32))


@dataclass(frozen=True)
class Places:
    """Where a term stands: pairs of a document and a position in it, in order."""

    documents: Numbers
    positions: npt.NDArray[np.int64]


class _Numbered(dict[str, int]):
    """Gives each term that is asked for the next number."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


class FieldWriter:
    """The tokens of one field of the documents of a segment, as they come.

    Args:
        has_places: whether counts and positions are kept, or only which documents hold a term.
    """

    def __init__(self, *, has_places: bool) -> None:
        self.has_places = has_places
        self._numbers = _Numbered()
        self._tokens = array("I")
        self._documents = array("I")
        self._sizes = array("I")
        self._positions = array("I")
        self._weights = array("f")

    def add(self, document: int, tokens: Sequence[str]) -> None:
        """Take in the different terms of a document, of a field without places."""
        self._documents.append(document)
        self._sizes.append(len(tokens))
        self._tokens.extend(map(self._numbers.__getitem__, tokens))

    def add_placed(self, document: int, tokens: Sequence[str], first: int, step: int, weight: float) -> None:
        """Take in tokens of a document that stand at positions `first`, `first` + `step` and so on."""
        self.add(document, tokens)
        self._positions.extend(range(first, first + step * len(tokens), step))
        self._weights.extend(array("f", (weight,)) * len(tokens))

    def merge(self, field: "FieldReader", translation: Numbers) -> None:
        """Take in a field of another segment.

        Args:
            field: as it was written, with the same kind of content.
            translation: the new position of each document there, or -1 where it was deleted.
        """
        documents = translation[field.file.read(f"{field.name}.documents")]
        terms = np.repeat(np.arange(len(field.terms)), np.diff(field.starts))
        if self.has_places:
            places = field.file.read(f"{field.name}.places").astype(np.int64)
            sizes = np.diff(places)
            weights = np.zeros(sizes.sum(), np.float32)
            # the first token of each posting carries what all of them count
            weights[places[:-1]] = field.file.read(f"{field.name}.counts")
            documents, terms = np.repeat(documents, sizes), np.repeat(terms, sizes)
            positions = field.file.read(f"{field.name}.positions")
            self._positions.frombytes(positions[documents >= 0].astype(np.uint32).tobytes())
            self._weights.frombytes(weights[documents >= 0].tobytes())
        stays = documents >= 0
        # terms of deleted documents alone are left behind
        held, terms = np.unique(terms[stays], return_inverse=True)
        numbers = np.array([self._numbers[field.terms[place]] for place in held], np.uint32)
        self._tokens.frombytes(numbers[terms].tobytes())
        self._documents.frombytes(documents[stays].astype(np.uint32).tobytes())
        self._sizes.extend(array("I", (1,)) * int(np.count_nonzero(stays)))

    def arrays(self, name: str, size: int) -> dict[str, AnyArray]:
        """Return what is written of the field.

        Args:
            name: of the field.
            size: how many documents the segment has.
        """
        terms = sorted(self._numbers)
        ranks = np.empty(len(terms), np.int64)
        ranks[np.fromiter((self._numbers[term] for term in terms), np.int64, len(terms))] = np.arange(
            len(terms)
        )
        tokens = ranks[np.frombuffer(self._tokens, np.uint32)]
        documents = np.repeat(
            np.frombuffer(self._documents, np.uint32), np.frombuffer(self._sizes, np.uint32)
        ).astype(np.int32)
        # Documents of a merged segment come after those that were there, term by term: both keys are needed.
        order = np.argsort(tokens * np.int64(size + 1) + documents, kind="stable")
        tokens, documents = tokens[order], documents[order]
        is_first = np.ones(len(tokens), np.bool_)
        is_first[1:] = (tokens[1:] != tokens[:-1]) | (documents[1:] != documents[:-1])
        firsts = np.flatnonzero(is_first)
        made: dict[str, AnyArray] = {
            f"{name}.terms": np.frombuffer(BREAK.join(terms).encode("utf-8", "surrogatepass"), np.uint8),
            f"{name}.starts": np.searchsorted(tokens[firsts], np.arange(len(terms) + 1)).astype(np.uint32),
            f"{name}.documents": documents[firsts],
        }
        if self.has_places:
            weights = np.frombuffer(self._weights, np.float32)[order]
            counts = np.add.reduceat(weights, firsts) if len(firsts) else weights
            made |= {
                f"{name}.counts": counts.astype(np.float32),
                f"{name}.places": np.append(firsts, len(tokens)).astype(np.uint32),
                f"{name}.positions": np.frombuffer(self._positions, np.uint32)[order],
                f"{name}.lengths": np.bincount(documents, weights, size).astype(np.float32),
                **_rows(name, tokens[firsts], documents[firsts], counts, size),
            }
        return made


def _rows(
    name: str, tokens: AnyArray, documents: AnyArray, counts: AnyArray, size: int
) -> dict[str, AnyArray]:
    """Return the postings by document, so that its terms can be read as well."""
    order = np.argsort(documents, kind="stable")
    return {
        f"{name}.rows": np.searchsorted(documents[order], np.arange(size + 1)).astype(np.uint32),
        f"{name}.row-terms": tokens[order].astype(np.uint32),
        f"{name}.row-counts": counts[order].astype(np.float32),
    }


class FieldReader:
    """One inverted field of a segment.

    Args:
        file: of the segment.
        name: of the field; it may be that no document has it.
    """

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.file = file
        self.name = name

    @cached_property
    def terms(self) -> list[str]:
        """All terms, in alphabetical order."""
        text = self.file.read(f"{self.name}.terms").tobytes().decode("utf-8", "surrogatepass")
        return text.split(BREAK) if len(self.starts) > 1 else []

    @cached_property
    def starts(self) -> npt.NDArray[np.int64]:
        """Where the postings of each term begin, and behind the last where they all end."""
        return self.file.read(f"{self.name}.starts").astype(np.int64)

    def postings(self, term: str) -> Postings:
        """Return which documents hold `term`."""
        found = self._range(term)
        if found is None:
            return NO_POSTINGS
        documents = self.file.read(f"{self.name}.documents", *found)
        return Postings(
            documents, self.file.read(f"{self.name}.counts", *found).astype(np.float32, copy=False)
        )

    def counted(self, prefix: str, among: Mask) -> Iterator[tuple[str, int]]:
        """Yield each term that begins with `prefix`, with how many documents of `among` hold it, if any do."""
        first = bisect_left(self.terms, prefix)
        last = bisect_right(self.terms, prefix, first, key=lambda term: term[: len(prefix)])
        if first == last:
            return
        starts = self.starts[first : last + 1]
        documents = self.file.read(f"{self.name}.documents", int(starts[0]), int(starts[-1]))
        held = np.add.reduceat(among[documents], starts[:-1] - starts[0], dtype=np.int64)
        for place in np.flatnonzero(held).tolist():
            yield self.terms[first + place], int(held[place])

    def places(self, term: str) -> Places:
        """Return where `term` stands in the documents that hold it; only for fields with places."""
        found = self._range(term)
        if found is None:
            return Places(np.empty(0, np.int32), np.empty(0, np.int64))
        documents = self.file.read(f"{self.name}.documents", *found)
        starts = self.file.read(f"{self.name}.places", found[0], found[1] + 1).astype(np.int64)
        positions = self.file.read(f"{self.name}.positions", int(starts[0]), int(starts[-1]))
        return Places(np.repeat(documents, np.diff(starts)), positions.astype(np.int64))

    def row(self, document: int) -> list[tuple[str, float]]:
        """Return the terms of the document at a position, each with how much it counts; for fields with places."""
        start, stop = map(int, self.file.read(f"{self.name}.rows", document, document + 2))
        terms = self.file.read(f"{self.name}.row-terms", start, stop)
        counts = self.file.read(f"{self.name}.row-counts", start, stop)
        return [
            (self.terms[place], count) for place, count in zip(terms.tolist(), counts.tolist(), strict=True)
        ]

    def holders(self) -> Mapping[str, Numbers]:
        """Return the documents that hold each term, of all terms at once."""
        documents = self.file.read(f"{self.name}.documents")
        parts: Iterable[Numbers] = np.split(documents, self.starts[1:-1])
        return dict(zip(self.terms, parts, strict=False))

    def _range(self, term: str) -> tuple[int, int] | None:
        place = bisect_left(self.terms, term)
        if place == len(self.terms) or self.terms[place] != term:
            return None
        return int(self.starts[place]), int(self.starts[place + 1])
