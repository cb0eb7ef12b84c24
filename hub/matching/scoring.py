"""Scores one pair and says why. The list's order, the explanation and "why not" are this one function.

`hub.matching.space` does the same for all candidates at once and gives the same numbers. Knows no database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from hub.matching.agreement import agreement, compared
from hub.matching.facts import Facts, Scheme, Text
from hub.matching.parts import FACTORS, TOPICAL, WEIGHTS, Emphasis, Pairing, Part
from hub.matching.similarity import DIRECTIONS, LEAST_VALUE, alike
from hub.matching.statistics import Rarities

ALL = 100.0
"""Points of a pair that agrees in everything."""

LEAST_SCORE = 20.0
"""Points below which nothing is suggested: too little agrees, and an empty list says more than a poor one."""

SILENT = 0.5
"""How much a part counts where a side says nothing: it is missing, not a mismatch, and not as good as a match."""

USUAL: Mapping[Part, Emphasis] = MappingProxyType({})
"""The emphases of somebody who changed none."""

Side = Literal["left", "right"]


class State(StrEnum):
    """What became of a part."""

    MATCHED = "matched"
    DIFFERENT = "different"
    """Both sides say something, and it does not agree, or hardly."""
    MISSING = "missing"
    """A side says nothing."""
    AGAINST = "against"
    """The right side says that it is not for the left."""
    LEFT_OUT = "left_out"
    """The reader wants it left out."""


@dataclass(frozen=True)
class PartScore:
    """One part of a score.

    Args:
        part: which.
        state: what became of it.
        points: what it adds to the score.
        most: what it could add; of all parts together 100.
        matched: what agrees: words as they stand in the texts of the right, strongest first, or codes of the right.
        left, right: of words, those of either side that agree, pair by pair; of codes, all that either side says.
        silent: the sides that say nothing.
        scheme: what the codes are; None for words.
        left_languages, right_languages: of words, the language tag of each.
    """

    part: Part
    state: State
    points: float
    most: float
    matched: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    silent: tuple[Side, ...] = ()
    scheme: Scheme | None = None
    left_languages: tuple[str, ...] = ()
    right_languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """How well two things fit, and why.

    Args:
        pairing: what is paired with what.
        left, right: the subjects, as the audit log names them.
        score: 0 to 100; the sum of the points of its parts.
        parts: in the order of `WEIGHTS`.
    """

    pairing: Pairing
    left: str
    right: str
    score: float
    parts: tuple[PartScore, ...]

    @property
    def matched(self) -> tuple[PartScore, ...]:
        """The parts that agree."""
        return self._in(State.MATCHED)

    @property
    def different(self) -> tuple[PartScore, ...]:
        """The parts that do not agree."""
        return self._in(State.DIFFERENT)

    @property
    def missing(self) -> tuple[PartScore, ...]:
        """The parts that a side says nothing of."""
        return self._in(State.MISSING)

    @property
    def against(self) -> tuple[PartScore, ...]:
        """The parts in which the right side says that it is not for the left."""
        return self._in(State.AGAINST)

    @property
    def left_out(self) -> tuple[PartScore, ...]:
        """The parts that the reader wants left out."""
        return self._in(State.LEFT_OUT)

    @property
    def is_suggestible(self) -> bool:
        """Whether it is good enough for a list: enough agrees, and with it what the two are about."""
        return self.has_topic and self.score >= LEAST_SCORE

    @property
    def has_topic(self) -> bool:
        """Whether a part agrees that says what the two are about."""
        return not topics_of(self.pairing).isdisjoint(part.part for part in self.matched)

    def _in(self, state: State) -> tuple[PartScore, ...]:
        return tuple(part for part in self.parts if part.state is state)


@dataclass(frozen=True)
class _Compared:
    value: float
    state: State
    matched: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    silent: tuple[Side, ...] = ()
    scheme: Scheme | None = None
    left_languages: tuple[str, ...] = ()
    right_languages: tuple[str, ...] = ()


def topics_of(pairing: Pairing) -> frozenset[Part]:
    """Return the parts of which one must agree before anything is suggested; for a country, where it is in use."""
    return TOPICAL | {Part.COUNTRY} if pairing is Pairing.COUNTRY_INNOVATION else TOPICAL


def weights(pairing: Pairing, emphases: Mapping[Part, Emphasis] = USUAL) -> dict[Part, float]:
    """Return how much each part of a pairing counts for a reader, in the order in which points are added."""
    return {
        part: weight * FACTORS[emphases.get(part, Emphasis.USUAL)]
        for part, weight in WEIGHTS[pairing].items()
    }


def match(
    pairing: Pairing,
    left: Facts,
    right: Facts,
    *,
    labels: frozenset[str],
    statistics: Rarities,
    emphases: Mapping[Part, Emphasis] = USUAL,
) -> Match:
    """Score one pair and say what agrees, what does not and what is missing.

    Args:
        pairing: what is paired with what.
        left: who looks, or for what somebody looks; all of it counts.
        right: what is suggested; texts with labels of their own count only where the viewer holds one of them.
        labels: visibility labels of the viewer.
        statistics: how rare terms are among the texts that every member may see.
        emphases: how much each part counts for the reader, where not as usual.

    Returns:
        The match; `score` = Σ points, points of a part = 100 × weight × value ÷ Σ weights, where the weight of a part
        that a side says nothing of counts half.
    """
    counted = weights(pairing, emphases)
    found = {
        part: _words(pairing, part, left, _readable(right, labels), statistics)
        if part in (Part.WORDS, Part.NEED)
        else _codes(pairing, part, left, right)
        for part in counted
    }
    divisor = sum(weight * (SILENT if found[part].silent else 1.0) for part, weight in counted.items())
    parts = tuple(_scored(part, found[part], weight, divisor) for part, weight in counted.items())
    score = 0.0
    for part in parts:
        score += part.points
    return Match(pairing, left.subject, right.subject, score, parts)


def _scored(part: Part, found: _Compared, weight: float, divisor: float) -> PartScore:
    full = ALL * weight / divisor if divisor else 0.0
    return PartScore(
        part,
        found.state if weight else State.LEFT_OUT,
        full * found.value,
        full * (SILENT if found.silent else 1.0),
        found.matched,
        found.left,
        found.right,
        found.silent,
        found.scheme,
        found.left_languages,
        found.right_languages,
    )


def _readable(right: Facts, labels: frozenset[str]) -> tuple[Text, ...]:
    return tuple(text for text in right.texts if text.labels is None or text.labels & labels)


def _words(pairing: Pairing, part: Part, left: Facts, right: tuple[Text, ...], by: Rarities) -> _Compared:
    found = alike(DIRECTIONS[pairing][part], left.texts, right, by)
    silent = _silent(has_left=found.has_left, has_right=found.has_right)
    if silent:
        return _Compared(0.0, State.MISSING, silent=silent)
    if found.value < LEAST_VALUE:
        return _Compared(found.value, State.DIFFERENT)
    return _Compared(
        found.value,
        State.MATCHED,
        tuple(each.right for each in found.common),
        tuple(each.left for each in found.common),
        tuple(each.right for each in found.common),
        left_languages=tuple(each.left_language for each in found.common),
        right_languages=tuple(each.right_language for each in found.common),
    )


def _codes(pairing: Pairing, part: Part, left: Facts, right: Facts) -> _Compared:
    found = agreement(pairing, part, left, right)
    has_left = bool(found.left) or part is Part.MATURITY
    silent = () if found.is_against else _silent(has_left=has_left, has_right=bool(found.right))
    state = State.MATCHED if found.value else State.DIFFERENT
    if found.is_against:
        state = State.AGAINST
    elif silent:
        state = State.MISSING
    elif part is Part.MATURITY and not found.matched:
        state = State.DIFFERENT
    return _Compared(
        found.value,
        state,
        tuple(sorted(found.matched)),
        tuple(sorted(found.left)),
        tuple(sorted(found.right)),
        silent,
        _scheme(pairing, part),
    )


def _scheme(pairing: Pairing, part: Part) -> Scheme:
    how = compared(pairing, part)
    if how:
        return how.right
    return Scheme.COUNTRIES if part is Part.COUNTRY else Scheme.STAGE


def _silent(*, has_left: bool, has_right: bool) -> tuple[Side, ...]:
    sides: tuple[tuple[Side, bool], ...] = (("left", has_left), ("right", has_right))
    return tuple(side for side, says in sides if not says)
