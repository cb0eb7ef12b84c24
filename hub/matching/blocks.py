"""Facts of many things as arrays that never change: terms as keyed hashes, codes, labels. Holds no text and no word."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from hub.matching.agreement import normal
from hub.matching.facts import Facts, Role, Scheme
from hub.matching.similarity import units_of
from hub.matching.texts import terms_of

Hashed = Callable[[str], int]
"""Gives a term's number of 64 bits, keyed so that nobody reads words from the cache."""

Bytes = NDArray[np.bytes_]
Whole = NDArray[np.int32]
Numbers = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Weights = NDArray[np.uint8]
Reals = NDArray[np.float64]
Mask = NDArray[np.bool_]

ROLES: Mapping[Role, int] = {role: number for number, role in enumerate(Role)}

EVERYBODY = -1
"""Stands for the labels of a text that has none of its own."""

BETWEEN = "\n"
"""Stands between the labels of a set; no label holds it."""

AFTER_SCHEME = "="


class PreparedText(NamedTuple):
    """One text of a thing, read."""

    role: int
    unit: int
    labels: frozenset[str] | None
    hashes: Hashes
    weights: Weights


@dataclass(frozen=True)
class Prepared:
    """One thing, read: what a block is made of."""

    key: bytes
    until: float
    labels: frozenset[str]
    texts: tuple[PreparedText, ...]
    codes: tuple[bytes, ...]


def prepared(facts: Facts, hashed: Hashed) -> Prepared:
    """Read the facts of a thing."""
    texts = [
        PreparedText(ROLES[text.role], unit, text.labels, *hashed_terms(terms_of(text), hashed))
        for text, unit in zip(facts.texts, units_of(facts.texts), strict=True)
    ]
    codes = {code_name(scheme, code) for scheme, codes in facts.codes.items() for code in codes}
    return Prepared(
        facts.key.encode(),
        np.inf if facts.until is None else facts.until,
        facts.labels,
        tuple(sorted(texts, key=lambda text: text.unit)),
        tuple(sorted(codes)),
    )


def hashed_terms(terms: Mapping[str, int], hashed: Hashed) -> tuple[Hashes, Weights]:
    """Return the numbers of terms with their weights."""
    numbers = np.fromiter((hashed(term) for term in terms), np.uint64, len(terms))
    return numbers, np.fromiter(terms.values(), np.uint8, len(terms))


def code_name(scheme: Scheme, code: str = "") -> bytes:
    """Return how a block names a code of a scheme."""
    return f"{scheme}{AFTER_SCHEME}{normal(scheme, code)}".encode()


@dataclass(frozen=True, eq=False)
class Block:
    """Things in the order of their keys, their texts in that order, and their terms and codes inverted.

    Args:
        keys: of the things.
        until: seconds since 1970 from which each is suggested no more.
        labels: of each thing, the place of its labels in `sets`.
        sets: sets of labels.
        text_rows: of each text, the place of its thing.
        text_units: of each text, what it says; texts in several languages that say one thing have one number.
        text_roles: of each text, a value of `ROLES`.
        text_labels: of each text, the place of its own labels in `sets`, or `EVERYBODY`.
        vocabulary: numbers of all terms, ascending.
        pointers: of each term, where its texts begin; one more at the end.
        posted: the texts of all terms.
        weights: of each term in each text.
        code_names: names of all codes, ascending.
        code_pointers: of each code, where its things begin; one more at the end.
        code_rows: the things of all codes.
    """

    keys: Bytes
    until: Reals
    labels: Whole
    sets: Bytes
    text_rows: Whole
    text_units: Whole
    text_roles: Weights
    text_labels: Whole
    vocabulary: Hashes
    pointers: Numbers
    posted: Whole
    weights: Weights
    code_names: Bytes
    code_pointers: Numbers
    code_rows: Whole

    @classmethod
    def of(cls, things: Iterable[Prepared]) -> "Block":
        """Build a block of things, each key once."""
        return _built(sorted(things, key=lambda each: each.key))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return all arrays by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def __len__(self) -> int:
        return len(self.keys)

    def row(self, key: str) -> int | None:
        """Return the place of a thing, or None."""
        wanted = key.encode()
        place = int(np.searchsorted(self.keys, wanted)) if len(self) else 0
        return place if place < len(self) and self.keys[place] == wanted else None

    @cached_property
    def label_sets(self) -> tuple[frozenset[str], ...]:
        """The sets of labels."""
        return tuple(frozenset(filter(None, each.decode().split(BETWEEN))) for each in self.sets.tolist())

    @cached_property
    def thing_starts(self) -> Numbers:
        """Of each thing that has texts, the place of its first text."""
        return _starts(self.text_rows)

    @cached_property
    def unit_starts(self) -> Numbers:
        """Of everything that texts say, the place of the first text that says it."""
        return _starts(self.text_units)

    def met(self, holders: frozenset[str]) -> tuple[Mask, Mask]:
        """Return which things, and which texts of them, may be read by who holds some labels."""
        sets = np.array([not each.isdisjoint(holders) for each in self.label_sets] + [True], dtype=np.bool_)
        things = sets[self.labels]
        return things, things[self.text_rows] & sets[self.text_labels]

    def holders(self, name: bytes) -> Whole:
        """Return the things that hold a code."""
        place = int(np.searchsorted(self.code_names, name)) if len(self.code_names) else 0
        if place == len(self.code_names) or self.code_names[place] != name:
            return np.zeros(0, np.int32)
        return self.code_rows[self.code_pointers[place] : self.code_pointers[place + 1]]

    def held(self, scheme: Scheme) -> Numbers:
        """Return how many codes of a scheme each thing holds."""
        if scheme not in self._held:
            first, last = self._range(scheme)
            rows = self.code_rows[self.code_pointers[first] : self.code_pointers[last]]
            self._held[scheme] = np.bincount(rows, minlength=len(self))
        return self._held[scheme]

    def codes(self, row: int) -> dict[Scheme, frozenset[str]]:
        """Return the codes of a thing."""
        found: dict[Scheme, set[str]] = {}
        starts, names = self._by_row
        for place in names[starts[row] : starts[row + 1]].tolist():
            scheme, code = self._names[place]
            found.setdefault(scheme, set()).add(code)
        return {scheme: frozenset(codes) for scheme, codes in found.items()}

    @cached_property
    def _by_row(self) -> tuple[Numbers, Whole]:
        """Of each thing where its codes begin, one more at the end, and of all codes the places of their names."""
        order = np.argsort(self.code_rows, kind="stable")
        starts = np.searchsorted(self.code_rows[order], np.arange(len(self) + 1))
        of_each = np.diff(self.code_pointers)
        return starts, np.repeat(np.arange(len(of_each), dtype=np.int32), of_each)[order]

    @cached_property
    def _names(self) -> list[tuple[Scheme, str]]:
        parted = (name.decode().partition(AFTER_SCHEME) for name in self.code_names.tolist())
        return [(Scheme(scheme), code) for scheme, _sign, code in parted]

    def _range(self, scheme: Scheme) -> tuple[int, int]:
        begin = code_name(scheme)
        end = begin[:-1] + bytes([begin[-1] + 1])
        first, last = np.searchsorted(self.code_names, np.array([begin, end]))
        return int(first), int(last)

    @cached_property
    def _held(self) -> dict[Scheme, Numbers]:
        return {}

    @cached_property
    def alignments(self) -> "WeakKeyDictionary[Block, tuple[Numbers, Numbers]]":
        """Where the terms of smaller blocks stand in this one; remembered for as long as those are there."""
        return WeakKeyDictionary()

    @cached_property
    def _lengths(self) -> list[tuple[Numbers, Reals]]:
        return []

    @property
    def lengths(self) -> tuple[Numbers, Reals] | None:
        """The rarities of terms that lengths of texts were last computed with, and these lengths."""
        return self._lengths[0] if self._lengths else None

    def remember_lengths(self, rarities: Numbers, lengths: Reals) -> None:
        """Keep lengths of texts for the next time."""
        self._lengths[:] = [(rarities, lengths)]


def joined(parts: Sequence[tuple[Block, Mask]]) -> Block:
    """Return one block of those things of several that are still there; the same as if it were built anew."""
    things: list[Prepared] = []
    for block, there in parts:
        things += _taken_apart(block, there)
    return Block.of(things)


def _taken_apart(block: Block, there: Mask) -> list[Prepared]:
    """Return the things of a block again as they were read."""
    terms = np.repeat(np.arange(len(block.vocabulary)), np.diff(block.pointers))
    order = np.argsort(block.posted, kind="stable")
    hashes, weights = block.vocabulary[terms[order]], block.weights[order]
    ends = np.cumsum(np.bincount(block.posted, minlength=len(block.text_rows)))
    codes: list[list[bytes]] = [[] for _key in block.keys]
    for place, name in enumerate(block.code_names.tolist()):
        for row in block.code_rows[block.code_pointers[place] : block.code_pointers[place + 1]].tolist():
            codes[row].append(name)
    texts: list[list[PreparedText]] = [[] for _key in block.keys]
    begin = 0
    for place, end in enumerate(ends.tolist()):
        own = int(block.text_labels[place])
        texts[block.text_rows[place]].append(
            PreparedText(
                int(block.text_roles[place]),
                int(block.text_units[place]),
                None if own == EVERYBODY else block.label_sets[own],
                hashes[begin:end],
                weights[begin:end],
            )
        )
        begin = end
    keys, until = block.keys.tolist(), block.until.tolist()
    return [
        Prepared(
            keys[row],
            until[row],
            block.label_sets[block.labels[row]],
            tuple(texts[row]),
            tuple(codes[row]),
        )
        for row in np.flatnonzero(there).tolist()
    ]


def _built(things: Sequence[Prepared]) -> Block:
    sets: dict[frozenset[str], int] = {}
    texts = [(row, text) for row, thing in enumerate(things) for text in thing.texts]
    units: dict[tuple[int, int], int] = {}
    labels = [sets.setdefault(thing.labels, len(sets)) for thing in things]
    own = [
        EVERYBODY if text.labels is None else sets.setdefault(text.labels, len(sets)) for _row, text in texts
    ]
    vocabulary, pointers, posted, weights = _inverted([text for _row, text in texts])
    names, code_pointers, code_rows = _inverted_codes(things)
    return Block(
        _bytes([thing.key for thing in things]),
        np.array([thing.until for thing in things], np.float64),
        np.array(labels, np.int32),
        _bytes([BETWEEN.join(sorted(each)).encode() for each in sets]),
        np.array([row for row, _text in texts], np.int32),
        np.array([units.setdefault((row, text.unit), len(units)) for row, text in texts], np.int32),
        np.array([text.role for _row, text in texts], np.uint8),
        np.array(own, np.int32),
        vocabulary,
        pointers,
        posted,
        weights,
        names,
        code_pointers,
        code_rows,
    )


def _inverted(texts: Sequence[PreparedText]) -> tuple[Hashes, Numbers, Whole, Weights]:
    hashes = np.concatenate([np.zeros(0, np.uint64), *(text.hashes for text in texts)])
    weights = np.concatenate([np.zeros(0, np.uint8), *(text.weights for text in texts)])
    lengths = np.array([len(text.hashes) for text in texts], np.int64)
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order]
    starts = _starts(hashes)
    posted = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[order]
    return hashes[starts], np.append(starts, len(hashes)), posted, weights[order]


def _inverted_codes(things: Sequence[Prepared]) -> tuple[Bytes, Numbers, Whole]:
    rows: dict[bytes, list[int]] = {}
    for row, thing in enumerate(things):
        for name in thing.codes:
            rows.setdefault(name, []).append(row)
    names = sorted(rows)
    lengths = [0, *(len(rows[name]) for name in names)]
    return (
        _bytes(names),
        np.cumsum(lengths, dtype=np.int64),
        np.array([row for name in names for row in rows[name]], np.int32),
    )


def _bytes(values: Sequence[bytes]) -> Bytes:
    return np.array(values, dtype=np.bytes_) if values else np.zeros(0, "S1")


def _starts(ordered: NDArray[np.generic]) -> Numbers:
    """Return where each run of equal values begins."""
    if not len(ordered):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.append([True], ordered[1:] != ordered[:-1]))
