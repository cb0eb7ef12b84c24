"""How alike the texts of two things are, and by which words. Knows no database.

Every weight is a whole number, so that a sum is exact in whatever order it is made, and roots are square roots, which
every machine rounds alike: one pair scored here and ten thousand in `hub.matching.space` give the same numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType
from typing import NamedTuple
from weakref import WeakKeyDictionary

from hub.matching.facts import Role, Text
from hub.matching.parts import Pairing, Part
from hub.matching.statistics import Rarities
from hub.matching.texts import terms_of, word_of

STEPS = 1 << 16
"""Cosines are whole numbers of this part of one; of 32 texts, cubes of them are summed exactly."""

STRETCH = 1.6
"""Texts of people and records that fit well have cosines of 0.2 to 0.4; stretched, they give half of the points."""

LEAST_VALUE = 0.2
"""Texts are alike from here: a cosine of about 0.06. Below it a single word is shared, such as "answer" or "year"."""

LEAST_SHARE = 0.125
"""An explanation leaves out words that add less than this part of what the strongest adds."""

MOST_WORDS = 8
"""So many words an explanation names."""

REMEMBERED = 200
"""Texts whose terms are kept for the next comparison: one reader's own and those of a page or two."""

SEVERAL = frozenset({Role.OWN_INNOVATION, Role.OWN_REQUEST})
"""Roles of which a thing may have several texts; of all others, texts are one text in several languages."""

PERSON = frozenset({Role.ABOUT, Role.BIOGRAPHY, Role.OWN_INNOVATION, Role.OWN_REQUEST})
ANYTHING = PERSON | {Role.OFFERS}
ABOUT = frozenset({Role.ABOUT})
OFFERS = frozenset({Role.OFFERS})
NEEDS = frozenset({Role.NEEDS})


class Direction(NamedTuple):
    """Which texts are compared.

    Args:
        left, right: roles of the texts of either side.
        is_mean_over_right: whether the mean is taken over the texts of the right, each with the text of the left that
            is most like it; else the other way round.
    """

    left: frozenset[Role]
    right: frozenset[Role]
    is_mean_over_right: bool = False


DIRECTIONS: Mapping[Pairing, Mapping[Part, tuple[Direction, ...]]] = MappingProxyType(
    {
        Pairing.MEMBER_INNOVATION: {
            Part.WORDS: (Direction(ANYTHING, ABOUT),),
            Part.NEED: (Direction(NEEDS, ABOUT),),
        },
        Pairing.MEMBER_REQUEST: {
            Part.WORDS: (Direction(PERSON, ABOUT),),
            Part.NEED: (Direction(OFFERS, ABOUT),),
        },
        Pairing.MEMBER_MEMBER: {
            Part.WORDS: (Direction(PERSON, PERSON),),
            Part.NEED: (Direction(NEEDS, OFFERS), Direction(OFFERS, NEEDS)),
        },
        Pairing.REQUEST_MEMBER: {
            Part.WORDS: (Direction(ABOUT, PERSON, is_mean_over_right=True),),
            Part.NEED: (Direction(ABOUT, OFFERS),),
        },
        Pairing.REQUEST_ORGANISATION: {Part.WORDS: (Direction(ABOUT, PERSON, is_mean_over_right=True),)},
        Pairing.REQUEST_INNOVATION: {Part.WORDS: (Direction(ABOUT, ABOUT),)},
        Pairing.INNOVATION_REQUEST: {Part.WORDS: (Direction(ABOUT, ABOUT),)},
        Pairing.INNOVATION_MEMBER: {
            Part.WORDS: (Direction(ABOUT, ANYTHING, is_mean_over_right=True),),
            Part.NEED: (Direction(ABOUT, NEEDS),),
        },
        Pairing.COUNTRY_INNOVATION: {},
    }
)
"""Which texts are compared for each part; of several directions, the one that is most alike counts."""


@dataclass(frozen=True)
class Common:
    """A term that two texts share.

    Args:
        left, right: the words behind it, as they stand in either text.
        left_language, right_language: BCP 47 tags of the texts.
    """

    left: str
    right: str
    left_language: str
    right_language: str


@dataclass(frozen=True)
class Alike:
    """How alike the texts of two sides are.

    Args:
        value: 0 to 1.
        common: what they share, strongest first.
        has_left, has_right: whether the side has a text to compare.
    """

    value: float
    common: tuple[Common, ...]
    has_left: bool
    has_right: bool


class _Weighed(NamedTuple):
    text: Text
    loads: Mapping[str, int]
    """Of each term, its weight times its rarity."""
    norm: float


_REMEMBERED: WeakKeyDictionary[Rarities, dict[Text, _Weighed]] = WeakKeyDictionary()
"""Texts with their weights, for as long as the rarities are in use: nothing here keeps a whole space in memory."""


def alike(
    directions: Iterable[Direction], left: Sequence[Text], right: Sequence[Text], by: Rarities
) -> Alike:
    """Compare the texts of two sides.

    Args:
        directions: which texts; the best counts.
        left: all texts of the left side.
        right: all texts of the right side that may be read.
        by: how rare terms are.
    """
    best = Alike(0.0, (), has_left=False, has_right=False)
    for direction in directions:
        ours = [_weighed(text, by) for text in left if text.role in direction.left]
        theirs = [_weighed(text, by) for text in right if text.role in direction.right]
        value = _value(direction, ours, theirs) if ours and theirs else 0.0
        # what agrees too little is not told
        common = _common(ours, theirs) if value > best.value and value >= LEAST_VALUE else best.common
        best = Alike(
            max(value, best.value), common, best.has_left or bool(ours), best.has_right or bool(theirs)
        )
    return best


def value_of(cubes: float, units: int) -> float:
    """Return the value of a power mean: of `units` cosines in `STEPS`, the sum of their cubes is `cubes`."""
    return min(1.0, STRETCH * sqrt(sqrt(cubes / units / STEPS**3)))


def units_of(texts: Sequence[Text]) -> list[int]:
    """Return for each text the number of what it says: texts in several languages say one thing, in one number.

    Texts stand in the order of their facts; roles of which there are several have a number for each text.
    """
    numbers: dict[object, int] = {}
    return [
        numbers.setdefault(place if text.role in SEVERAL else text.role, len(numbers))
        for place, text in enumerate(texts)
    ]


def _value(direction: Direction, left: Sequence[_Weighed], right: Sequence[_Weighed]) -> float:
    over, others = (right, left) if direction.is_mean_over_right else (left, right)
    best: dict[int, int] = {}
    for unit, each in zip(units_of([each.text for each in over]), over, strict=True):
        best[unit] = max(best.get(unit, 0), *(_cosine(each, other) for other in others))
    return value_of(float(sum(cosine**3 for cosine in best.values())), len(best))


def _weighed(text: Text, by: Rarities) -> _Weighed:
    known = _REMEMBERED.setdefault(by, {})
    found = known.get(text)
    if found is None:
        terms = terms_of(text)
        rarities = by.look_up(terms)
        loads = {term: weight * rarities[term] for term, weight in terms.items()}
        found = _Weighed(text, loads, float(sum(load * load for load in loads.values())))
        if len(known) >= REMEMBERED:
            known.clear()
        known[text] = found
    return found


def _cosine(one: _Weighed, other: _Weighed) -> int:
    ours, theirs = one.loads, other.loads
    product = sum(ours[term] * theirs[term] for term in ours.keys() & theirs.keys())
    return round(STEPS * (product / sqrt(one.norm * other.norm))) if product else 0


def _common(left: Sequence[_Weighed], right: Sequence[_Weighed]) -> tuple[Common, ...]:
    """Return what texts share, strongest first; a term by the texts in which it weighs most.

    Words that stand in a phrase told already are not told again.
    """
    most: dict[str, tuple[float, Text, Text]] = {}
    for one in left:
        for other in right:
            product = sqrt(one.norm * other.norm)
            for term in one.loads.keys() & other.loads.keys():
                weight = one.loads[term] * other.loads[term]
                if weight and weight / product > most.get(term, (0.0,))[0]:
                    most[term] = weight / product, one.text, other.text
    told: dict[tuple[str, str], Common] = {}
    ordered = sorted(most.items(), key=lambda each: (-each[1][0], each[0]))
    for term, (added, ours, theirs) in ordered:
        if added < LEAST_SHARE * ordered[0][1][0] or len(told) == MOST_WORDS:
            break
        common = Common(word_of(ours, term), word_of(theirs, term), ours.language, theirs.language)
        pair = common.left.casefold(), common.right.casefold()
        if not any(pair[0] in mine and pair[1] in yours for mine, yours in told):
            told[pair] = common
    return tuple(told.values())
