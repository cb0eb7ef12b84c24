"""Puts suggestions in order: ranked, without what is left out, asked again, varied, with the floor, and explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.pagination import Page, PageRequest
from hub.matching.diversity import Candidate, diversified
from hub.matching.facts import Kind, Scheme
from hub.matching.fairness.lifting import floored
from hub.matching.index.index import MatchIndex
from hub.matching.index.spaces import Spaces
from hub.matching.parts import Emphasis, Pairing, Part
from hub.matching.scoring import match
from hub.matching.space import Space
from hub.matching.subjects import live
from hub.matching.suggesting.audiences import possible_members, possible_organisations
from hub.matching.suggesting.standing import still_standing
from hub.matching.suggesting.suggestion import BLOCK, FIRST_TEN, Aim, LeftOut, Suggestion
from hub.matching.weights import weights_of

Emphases = Mapping[Part, Emphasis]

VARIED = (Scheme.OWNERS, Scheme.COUNTRIES, Scheme.TYPE)
"""Of what a list shall not be full."""


@dataclass(frozen=True)
class Place:
    """Where something stands in a list.

    Args:
        number: its place, from 1.
        by_points: the place that its points alone would give it.
        is_from_floor: whether it stands there because things of its country are seldom suggested.
    """

    number: int
    by_points: int
    is_from_floor: bool


@dataclass(frozen=True)
class Order:
    """What can be suggested for one aim, the best first; what stands in the database is asked block by block.

    Args:
        spaces: what was compared, which does not change any more.
        aim: for what.
        viewer: who reads.
        emphases: how much each part counts.
        keys: what can be suggested, the best first and equally good ones by key.
        scores: their points.
        possible: keys of who may be inside the audience; None where everybody is.
    """

    spaces: Spaces
    aim: Aim
    viewer: Viewer
    emphases: Emphases
    keys: Sequence[str]
    scores: Mapping[str, float]
    possible: frozenset[str] | None

    def arranged(self, number: int) -> tuple[list[str], frozenset[str]]:
        """Return the keys of one block in the order of the list, and which of them the floor lifted.

        Args:
            number: of the block, from 0.
        """
        ranked = self.keys[number * BLOCK : (number + 1) * BLOCK]
        if not ranked:
            return [], frozenset()
        kind = self.aim.kind
        standing = still_standing(kind, ranked, self.viewer, self.aim.audiences)
        candidates = [
            Candidate(key, self.scores[key], alike(self.space.codes(key)))
            for key in ranked
            if key in standing
        ]
        varied = diversified(candidates, BLOCK)
        # the floor is for the first places, and a country's own list needs none
        if number or self.aim.pairing is Pairing.COUNTRY_INNOVATION:
            return [each.key for each in varied], frozenset()
        order = floored(kind, [(each.key, each.score) for each in varied])
        return list(order.keys), order.lifted

    @property
    def space(self) -> Space:
        """Where things of the kind that is suggested are compared."""
        return self.spaces.of(self.aim.kind)

    def place_of(self, key: str) -> Place | None:
        """Return at which place of the list something stands; None where it does not stand there."""
        if key not in self.scores:
            return None
        number = self.keys.index(key) // BLOCK
        block, lifted = self.arranged(number)
        if key not in block:
            return None
        before = sum(self.scores[each] > self.scores[key] for each in block)
        return Place(number * BLOCK + block.index(key) + 1, number * BLOCK + before + 1, key in lifted)


def alike(codes: Mapping[Scheme, frozenset[str]]) -> frozenset[str]:
    """Return the groups of a thing, of which a list shall not be full: owners, countries and type."""
    return frozenset(f"{scheme}:{code}" for scheme in VARIED for code in codes.get(scheme, ()))


def ordered(index: MatchIndex, viewer: Viewer, aim: Aim, emphases: Emphases | None = None) -> Order:
    """Return what can be suggested to `viewer` for an aim.

    Args:
        index: what everything is compared in; it is brought up to date first.
        viewer: who reads; what they may not see takes no part.
        aim: for what.
        emphases: how much each part counts; None for what the viewer chose.

    Raises:
        UnavailableError: the index is being prepared.
    """
    chosen = weights_of(viewer) if emphases is None else emphases
    spaces = index.fresh()
    possible = _possible(viewer, aim)
    scores: dict[str, float] = {}
    if aim.left is not None:
        ranked = spaces.of(aim.kind).ranked(
            aim.pairing,
            aim.left,
            labels=viewer.labels,
            emphases=chosen,
            moment=clock.now().timestamp(),
            statistics=spaces.statistics,
        )
        scores = dict(zip(ranked.keys, ranked.scores.tolist(), strict=True))
    for key in frozenset[str]().union(*aim.left_out.values()):
        scores.pop(key, None)
    if possible is not None:
        scores = {key: score for key, score in scores.items() if key in possible}
    return Order(spaces, aim, viewer, chosen, list(scores), scores, possible)


def _possible(viewer: Viewer, aim: Aim) -> frozenset[str] | None:
    if aim.kind is Kind.MEMBER:
        return possible_members(viewer, aim.audiences)
    return possible_organisations(viewer, aim.audiences) if aim.kind is Kind.ORGANISATION else None


def suggested(
    index: MatchIndex,
    viewer: Viewer,
    aim: Aim,
    page: PageRequest = FIRST_TEN,
    emphases: Emphases | None = None,
) -> Page[Suggestion]:
    """Return a page of suggestions with their reasons, the best first.

    Each names at least one part that matched and says what it is about. Arguments and errors as of `ordered`.
    """
    order = ordered(index, viewer, aim, emphases)
    first, last = page.offset // BLOCK, (page.offset + page.per_page - 1) // BLOCK
    keys: list[str] = []
    lifted: frozenset[str] = frozenset()
    for number in range(first, last + 1):
        block, of_block = order.arranged(number)
        keys += block
        lifted |= of_block
    start = page.offset - first * BLOCK
    wanted = keys[start : start + page.per_page]
    return Page(_explained(order, wanted, lifted), len(order.scores), page)


def _explained(order: Order, keys: Sequence[str], lifted: frozenset[str]) -> list[Suggestion]:
    left, kind = order.aim.left, order.aim.kind
    if left is None or not keys:
        return []
    facts = live(kind, keys)
    # labels are asked of the live facts again: should one of the two guards ever fail, the other still holds
    found = (
        match(
            order.aim.pairing,
            left,
            facts[key],
            labels=order.viewer.labels,
            statistics=order.spaces.statistics,
            emphases=order.emphases,
        )
        for key in keys
        if key in facts and facts[key].labels & order.viewer.labels
    )
    return [
        Suggestion(kind, each.right.partition(":")[2], each, each.right.partition(":")[2] in lifted)
        for each in found
        if each.is_suggestible
    ]


def left_out_of(aim: Aim, key: str) -> LeftOut | None:
    """Return the first reason for which an aim leaves something out."""
    return next((why for why, keys in aim.left_out.items() if key in keys), None)
