"""Scores all things of a block at once, with the numbers that `hub.matching.scoring.match` gives one by one."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from hub.matching.agreement import (
    MOST_EVIDENCE,
    SAME_REGION,
    STAGES,
    Compared,
    Way,
    compared,
    evidence_value,
    neighbours,
    stage_value,
    wanted_on_the_right,
)
from hub.matching.blocks import ROLES, Block, Hashed, Hashes, Mask, Numbers, Reals, code_name, hashed_terms
from hub.matching.counting import SpaceStatistics, found, norms, postings, summed
from hub.matching.facts import Facts, Role, Scheme, Text
from hub.matching.parts import Emphasis, Pairing, Part
from hub.matching.scoring import ALL, LEAST_SCORE, SILENT, topics_of, weights
from hub.matching.similarity import DIRECTIONS, LEAST_VALUE, STEPS, STRETCH, Direction, units_of
from hub.matching.texts import LATELY, terms_of

TEXTS = frozenset({Part.WORDS, Part.NEED})


class LeftText(NamedTuple):
    """A text of who looks, read.

    Args:
        role: what it is to them.
        unit: what it says; texts in several languages that say one thing have one number.
        hashes: numbers of its terms.
        weights: of its terms.
    """

    role: Role
    unit: int
    hashes: Hashes
    weights: Numbers


class Left(NamedTuple):
    """Who looks, read once for all blocks."""

    facts: Facts
    texts: tuple[LeftText, ...]


class Scores(NamedTuple):
    """Scores of all things of a block, and which of them may be suggested."""

    scores: Reals
    is_suggestible: Mask


class _Values(NamedTuple):
    values: Reals
    is_silent: Mask
    is_matched: Mask


def read_left(facts: Facts, hashed: Hashed) -> Left:
    """Read who looks."""
    units = units_of(facts.texts)
    return Left(
        facts,
        tuple(
            LeftText(text.role, unit, *_numbered(text, hashed))
            for text, unit in zip(facts.texts, units, strict=True)
        ),
    )


@lru_cache(maxsize=LATELY)
def _numbered(text: Text, hashed: Hashed) -> tuple[Hashes, Numbers]:
    """Return the numbers of a text's terms with their weights; one text is compared with one kind after another."""
    hashes, weighed = hashed_terms(terms_of(text), hashed)
    return hashes, weighed.astype(np.int64)


def scores_in(
    block: Block,
    pairing: Pairing,
    left: Left,
    readable: Mask,
    emphases: Mapping[Part, Emphasis],
    statistics: SpaceStatistics,
) -> Scores:
    """Score all things of a block.

    Args:
        block: the right sides.
        pairing: what is paired with what.
        left: who looks.
        readable: which texts of the block the viewer may read.
        emphases: how much each part counts for the reader, where not as usual.
        statistics: how rare terms are.
    """
    compare = _Comparison(block, readable, statistics)
    counted = weights(pairing, emphases)
    topics = topics_of(pairing)
    found_in_parts: list[tuple[float, _Values]] = []
    divisor = np.zeros(len(block))
    is_suggestible = np.zeros(len(block), np.bool_)
    for part, weight in counted.items():
        # what is left out changes nothing, neither points nor divisor
        if not weight:
            continue
        values = _values(compare, pairing, part, left)
        divisor += np.where(values.is_silent, weight * SILENT, weight)
        found_in_parts.append((weight, values))
        if part in topics:
            is_suggestible |= values.is_matched
    scores = np.zeros(len(block))
    for weight, values in found_in_parts:
        scores += ALL * weight / divisor * values.values
    return Scores(scores, is_suggestible & (scores >= LEAST_SCORE))


def _values(compare: "_Comparison", pairing: Pairing, part: Part, left: Left) -> _Values:
    if part in TEXTS:
        return compare.texts(DIRECTIONS[pairing][part], left.texts)
    if part is Part.COUNTRY:
        return compare.countries(left.facts.codes.get(Scheme.COUNTRIES, frozenset()))
    if part is Part.MATURITY:
        return compare.maturity()
    how = compared(pairing, part)
    if how is None:
        raise KeyError(part)
    return compare.codes(how, left.facts)


class _Comparison:
    """The arrays of one block while one left side is compared with it."""

    def __init__(self, block: Block, readable: Mask, statistics: SpaceStatistics) -> None:
        self.block = block
        self.readable = readable
        self.statistics = statistics
        self.known: dict[int, Numbers] = {}

    def texts(self, directions: Iterable[Direction], left: Sequence[LeftText]) -> _Values:
        """Compare texts, as `hub.matching.similarity.alike`."""
        values = np.zeros(len(self.block))
        has_left, has_right = False, np.zeros(len(self.block), np.bool_)
        for direction in directions:
            ours = [text for text in left if text.role in direction.left]
            roles = [ROLES[role] for role in direction.right]
            theirs = self.readable & np.isin(self.block.text_roles, roles)
            has_left = has_left or bool(ours)
            has_right[self.block.text_rows[theirs]] = True
            if ours and theirs.any():
                over = self._over_right if direction.is_mean_over_right else self._over_left
                values = np.maximum(values, over(ours, theirs))
        return _said(values, values >= LEAST_VALUE, has_left=has_left, has_right=has_right)

    def codes(self, how: Compared, left: Facts) -> _Values:
        """Compare codes, as `hub.matching.agreement.agreement`."""
        has_left = any(left.codes.get(scheme) for scheme in how.left)
        held = self.block.held(how.right)
        wanted = wanted_on_the_right(how, left.codes)
        met = self._held_of(how.right, wanted)
        if how.way is Way.ANY:
            values = (met > 0).astype(np.float64)
        else:
            values = met / np.sqrt(np.maximum(held * len(wanted), 1))
        return _said(values, values > 0, has_left=has_left, has_right=held > 0)

    def countries(self, ours: frozenset[str]) -> _Values:
        """Compare countries: the same, one of the same region, or where it cannot be used."""
        near = self._held_of(Scheme.COUNTRIES, neighbours(ours)) > 0
        same = self._held_of(Scheme.COUNTRIES, ours) > 0
        against = (self._held_of(Scheme.UNSUITABLE, ours) == len(ours)) & bool(ours)
        values = np.where(against, 0.0, np.where(same, 1.0, np.where(near, SAME_REGION, 0.0)))
        has_right = (self.block.held(Scheme.COUNTRIES) > 0) | against
        return _said(values, values > 0, has_left=bool(ours), has_right=has_right)

    def maturity(self) -> _Values:
        """Take stage and evidence of the right side."""
        total = np.zeros(len(self.block))
        valued = [
            *((stage_value(code), Scheme.STAGE, code) for code in sorted(STAGES, key=stage_value)),
            *(
                (evidence_value(str(level)), Scheme.EVIDENCE, str(level))
                for level in range(MOST_EVIDENCE + 1)
            ),
        ]
        for value, scheme, code in valued:
            total[self.block.holders(code_name(scheme, code))] += value
        times = self.block.held(Scheme.STAGE) + self.block.held(Scheme.EVIDENCE)
        values = total / np.maximum(times, 1)
        return _said(values, values > 0, has_left=True, has_right=times > 0)

    def _held_of(self, scheme: Scheme, wanted: frozenset[str]) -> Numbers:
        met = np.zeros(len(self.block), np.int64)
        for name in sorted({code_name(scheme, code) for code in wanted}):
            met[self.block.holders(name)] += 1
        return met

    def _over_left(self, ours: Sequence[LeftText], theirs: Mask) -> Reals:
        cubes = np.zeros(len(self.block))
        units = sorted({text.unit for text in ours})
        for unit in units:
            best = np.zeros(len(self.block), np.int64)
            for text in ours:
                if text.unit == unit:
                    best = np.maximum(best, self._most_of_thing(np.where(theirs, self._cosines(text), 0)))
            cubes += _cubed(best)
        return _power_mean(cubes, np.full(len(self.block), float(len(units))))

    def _over_right(self, ours: Sequence[LeftText], theirs: Mask) -> Reals:
        best = np.zeros(len(self.block.text_rows), np.int64)
        for text in ours:
            best = np.maximum(best, self._cosines(text))
        starts = self.block.unit_starts
        rows = self.block.text_rows[starts]
        said = np.maximum.reduceat(theirs.astype(np.float64), starts)
        most = np.maximum.reduceat(np.where(theirs, best, 0), starts)
        size = len(self.block)
        return _power_mean(summed(rows, _cubed(most), size), summed(rows, said, size))

    def _most_of_thing(self, cosines: Numbers) -> Numbers:
        starts = self.block.thing_starts
        most = np.zeros(len(self.block), np.int64)
        most[self.block.text_rows[starts]] = np.maximum.reduceat(cosines, starts)
        return most

    def _cosines(self, text: LeftText) -> Numbers:
        """Return the cosines of a text with all of the block, in `STEPS`."""
        if id(text) not in self.known:
            self.known[id(text)] = self._computed(text)
        return self.known[id(text)]

    def _computed(self, text: LeftText) -> Numbers:
        block, rarities = self.block, self.statistics.rarities_of(self.block)
        length = float(np.sum((text.weights * self.statistics.rarities(text.hashes)) ** 2))
        places, there = found(block.vocabulary, text.hashes)
        terms = places[there]
        factors = (text.weights[there] * rarities[terms] ** 2).astype(np.float64)
        at, times = postings(block, terms)
        weighed = np.repeat(factors, times) * block.weights[at]
        products = summed(block.posted[at], weighed, len(block.text_rows))
        lengths = np.sqrt(length * norms(block, rarities))
        cosines = np.divide(products, lengths, out=np.zeros_like(products), where=products > 0)
        steps: Numbers = np.rint(cosines * STEPS).astype(np.int64)
        return steps


def _power_mean(cubes: Reals, units: Reals) -> Reals:
    means = np.divide(cubes, units, out=np.zeros_like(cubes), where=units > 0)
    return np.minimum(1.0, STRETCH * np.sqrt(np.sqrt(means / STEPS**3)))


def _said(values: Reals, is_matched: Mask, *, has_left: bool, has_right: Mask) -> _Values:
    says = has_right if has_left else np.zeros_like(has_right)
    return _Values(np.where(says, values, 0.0), ~says, is_matched & says)


def _cubed(cosines: Numbers) -> Reals:
    return (cosines * cosines * cosines).astype(np.float64)
