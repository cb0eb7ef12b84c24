"""How rare terms are in several blocks together, by the numbers of terms; the same as `hub.matching.statistics`."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from hub.access.audience import EVERY_MEMBER
from hub.matching.blocks import Block, Hashed, Hashes, Mask, Numbers, Reals, Whole
from hub.matching.statistics import rarity_of

TERMS_AT_ONCE = 500
"""Terms whose postings are looked at together."""


class Counted(NamedTuple):
    """The texts of a block that every member may see.

    Args:
        block: the block.
        documents: how many such texts there are.
        frequencies: in how many of them each term of the block stands.
    """

    block: Block
    documents: int
    frequencies: Numbers


def counted(block: Block, there: Mask) -> Counted:
    """Count the texts of those things of a block that are still there."""
    _things, texts = block.met(EVERY_MEMBER)
    texts = texts & there[block.text_rows]
    seen = texts.astype(np.int32)[block.posted]
    frequencies = np.add.reduceat(seen, block.pointers[:-1]) if len(seen) else np.zeros(0, np.int32)
    return Counted(block, int(np.count_nonzero(texts)), frequencies.astype(np.int64))


class SpaceStatistics:
    """How rare terms are in the texts that every member may see; never changes."""

    def __init__(self, hashed: Hashed, counts: Sequence[Counted]) -> None:
        self._hashed = hashed
        self.counts = tuple(counts)
        self.documents = sum(each.documents for each in self.counts)
        self._of_block: dict[Block, Numbers] = {}
        self._known: dict[str, int] = {}

    def rarity(self, term: str) -> int:
        """Return how rare a term is, as `hub.matching.statistics.rarity_of` says."""
        return self.look_up((term,))[term]

    def look_up(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return the rarities of terms: looked up one by one, those of a page of texts take ten times as long."""
        wanted = [term for term in terms if term not in self._known]
        if wanted:
            hashes = np.fromiter(map(self._hashed, wanted), np.uint64, len(wanted))
            self._known.update(zip(wanted, self.rarities(hashes).tolist(), strict=True))
        return self._known

    def rarities(self, hashes: Hashes) -> Numbers:
        """Return how rare terms are, by their numbers."""
        frequencies = np.zeros(len(hashes), np.int64)
        for each in self.counts:
            places, there = found(each.block.vocabulary, hashes)
            frequencies[there] += each.frequencies[places[there]]
        return self._table[frequencies]

    def rarities_of(self, block: Block) -> Numbers:
        """Return how rare the terms of a block are, in its order."""
        if block not in self._of_block:
            frequencies = np.zeros(len(block.vocabulary), np.int64)
            for each in self.counts:
                ours, theirs = _alignment(block, each.block)
                frequencies[ours] += each.frequencies[theirs]
            self._of_block[block] = self._table[frequencies]
        return self._of_block[block]

    @cached_property
    def _table(self) -> Numbers:
        most = sum(int(each.frequencies.max(initial=0)) for each in self.counts)
        return np.array([rarity_of(times, self.documents) for times in range(most + 1)], np.int64)


def found(ordered: Hashes, wanted: Hashes) -> tuple[Numbers, Mask]:
    """Return where in ascending numbers some wanted ones stand, and which of them are there at all."""
    if not len(ordered):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    places = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return places, ordered[places] == wanted


def _alignment(block: Block, other: Block) -> tuple[Numbers, Numbers]:
    """Return the places of the terms that two blocks share, in either; kept by the larger block."""
    if block is other:
        everything = np.arange(len(block.vocabulary))
        return everything, everything
    if len(other.vocabulary) > len(block.vocabulary):
        theirs, ours = _alignment(other, block)
        return ours, theirs
    if other not in block.alignments:
        places, there = found(block.vocabulary, other.vocabulary)
        block.alignments[other] = places[there], np.flatnonzero(there)
    return block.alignments[other]


def norms(block: Block, rarities: Numbers) -> Reals:
    """Return the squared lengths of all texts of a block: whole numbers, and so exact.

    What a block remembers is changed only where a rarity did.
    """
    known = block.lengths
    if known is None:
        lengths = _squares(block, rarities, np.arange(len(rarities)), np.zeros_like(rarities))
    else:
        changed = np.flatnonzero(known[0] != rarities)
        if not len(changed):
            return known[1]
        lengths = known[1] + _squares(block, rarities, changed, known[0])
    block.remember_lengths(rarities, lengths)
    return lengths


def _squares(block: Block, rarities: Numbers, terms: Numbers, before: Numbers) -> Reals:
    lengths = np.zeros(len(block.text_rows), np.float64)
    # some terms at a time: those of ten thousand texts at once would take as much memory as the texts do
    for first in range(0, len(terms), TERMS_AT_ONCE):
        some = terms[first : first + TERMS_AT_ONCE]
        places, times = postings(block, some)
        weights = block.weights[places].astype(np.float64)
        change = (rarities[some] ** 2 - before[some] ** 2).astype(np.float64)
        weights *= weights
        weights *= np.repeat(change, times)
        lengths += summed(block.posted[places], weights, len(lengths))
    return lengths


def postings(block: Block, terms: Numbers) -> tuple[Numbers, Numbers]:
    """Return the places of all postings of some terms of a block, and how many each term has."""
    starts, times = block.pointers[terms], block.pointers[terms + 1] - block.pointers[terms]
    ends = np.cumsum(times)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - times), times) + np.arange(total), times


def summed(places: Whole, values: Reals, length: int) -> Reals:
    """Return the sums of values by place; of no values at all numpy would give whole numbers."""
    return np.bincount(places, weights=values, minlength=length).astype(np.float64)
