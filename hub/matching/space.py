"""All things of one kind in memory, ready to be ranked for somebody. Never changes: a change gives another space."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hub.matching.blocks import Block, Hashed, Mask, Prepared, Reals, joined, prepared
from hub.matching.counting import Counted, SpaceStatistics, counted
from hub.matching.facts import Facts, Kind, Scheme
from hub.matching.parts import Emphasis, Pairing, Part
from hub.matching.ranking import Scores, read_left, scores_in
from hub.matching.scoring import USUAL

__all__ = ["Ranked", "Space", "SpaceStatistics", "together"]

MOST_RECENT = 500
"""So many changed things are kept beside the large arrays before all are made one again."""


@dataclass(frozen=True)
class Ranked:
    """Things in the order in which they fit.

    Args:
        keys: best first; equal ones by key.
        scores: of each, 0 to 100.
    """

    keys: list[str]
    scores: Reals

    def place(self, key: str) -> int | None:
        """Return the place at which a thing stands, 1 for the first; None where it is not suggested."""
        return self.keys.index(key) + 1 if key in self.keys else None


@dataclass(frozen=True, eq=False)
class Space:
    """All things of one kind: large arrays with what left them, and what changed since beside them.

    Args:
        kind: what the things are.
        hashed: gives a term's number.
        settled: the large block.
        there: which things of it are still so.
        recent: things that are new or changed, by key.
    """

    kind: Kind
    hashed: Hashed
    settled: Block
    there: Mask
    recent: Mapping[str, Prepared]

    @classmethod
    def of(cls, kind: Kind, facts: Iterable[Facts], hashed: Hashed) -> "Space":
        """Build a space of the facts of things, each key once."""
        return cls._settled(kind, hashed, Block.of(prepared(each, hashed) for each in facts))

    @classmethod
    def of_arrays(cls, kind: Kind, arrays: Mapping[str, NDArray[np.generic]], hashed: Hashed) -> "Space":
        """Return the space that `arrays` came from; they may be read-only memory maps."""
        return cls._settled(kind, hashed, Block(**arrays))  # type: ignore[arg-type]

    @classmethod
    def _settled(cls, kind: Kind, hashed: Hashed, block: Block) -> "Space":
        return cls(kind, hashed, block, np.ones(len(block), np.bool_), {})

    def changed(self, put: Iterable[Facts], dropped: Iterable[str]) -> "Space":
        """Return the space after some things changed or came, and others went; it is equal to one built anew."""
        new = {each.key: prepared(each, self.hashed) for each in put}
        gone = frozenset(dropped)
        there = self.there.copy()
        there[[row for row in map(self.settled.row, {*new, *gone}) if row is not None]] = False
        recent = {key: each for key, each in self.recent.items() if key not in gone} | new
        after = replace(self, there=there, recent=recent)
        return after if len(recent) <= MOST_RECENT else after.compact()

    def compact(self) -> "Space":
        """Return the same space with everything in the large arrays."""
        if not self.recent and self.there.all():
            return self
        return self._settled(self.kind, self.hashed, joined(self._blocks))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return all that the space consists of, as arrays of plain types."""
        return self.compact().settled.arrays()

    def keys(self) -> list[str]:
        """Return the keys of all things, ascending."""
        return sorted(self._names)

    def codes(self, key: str) -> Mapping[Scheme, frozenset[str]]:
        """Return the codes of one thing.

        Raises:
            KeyError: it is not in this space.
        """
        for block, there in self._blocks:
            row = block.row(key)
            if row is not None and there[row]:
                return block.codes(row)
        raise KeyError(key)

    def __len__(self) -> int:
        return int(np.count_nonzero(self.there)) + len(self.recent)

    def __contains__(self, key: str) -> bool:
        row = self.settled.row(key)
        return key in self.recent or (row is not None and bool(self.there[row]))

    @cached_property
    def statistics(self) -> SpaceStatistics:
        """How rare terms are in the texts of this space that every member may see."""
        return SpaceStatistics(self.hashed, self.counts)

    @cached_property
    def counts(self) -> tuple[Counted, ...]:
        """How often terms stand in the texts of this space that every member may see."""
        return tuple(counted(block, there) for block, there in self._blocks)

    def ranked(
        self,
        pairing: Pairing,
        left: Facts,
        *,
        labels: frozenset[str],
        emphases: Mapping[Part, Emphasis] = USUAL,
        moment: float,
        statistics: SpaceStatistics | None = None,
        limit: int | None = None,
    ) -> Ranked:
        """Rank all things that may be suggested to somebody.

        Args:
            pairing: what is paired with what; the right side is of this kind.
            left: who looks, or for what somebody looks.
            labels: visibility labels of the viewer; what none of them is on takes no part.
            emphases: how much each part counts for the reader, where not as usual.
            moment: seconds since 1970; what ends before takes no part.
            statistics: how rare terms are, where not in this space alone.
            limit: how many are wanted; None for all.
        """
        read = read_left(left, self.hashed)
        wanted: list[Mask] = []
        found: list[Scores] = []
        for block, there in self._blocks:
            things, texts = block.met(labels)
            each = scores_in(block, pairing, read, texts, emphases, statistics or self.statistics)
            wanted.append(there & things & (block.until > moment) & each.is_suggestible)
            found.append(each)
        chosen = self._by_key[np.concatenate(wanted)[self._by_key]]
        scores = np.concatenate([each.scores for each in found])[chosen]
        order = np.argsort(-scores, kind="stable")[:limit]
        return Ranked([self._all_names[place] for place in chosen[order].tolist()], scores[order])

    @cached_property
    def _blocks(self) -> tuple[tuple[Block, Mask], ...]:
        settled = self.settled, self.there
        if not self.recent:
            return (settled,)
        block = Block.of(self.recent.values())
        return settled, (block, np.ones(len(block), np.bool_))

    @cached_property
    def _all_names(self) -> list[str]:
        return [key.decode() for block, _there in self._blocks for key in block.keys.tolist()]

    @cached_property
    def _names(self) -> list[str]:
        there = np.concatenate([each for _block, each in self._blocks])
        return [self._all_names[place] for place in np.flatnonzero(there).tolist()]

    @cached_property
    def _by_key(self) -> NDArray[np.intp]:
        return np.argsort(np.concatenate([block.keys for block, _there in self._blocks]), kind="stable")


def together(spaces: Iterable[Space]) -> SpaceStatistics:
    """Return how rare terms are in several spaces together, of one `hashed`.

    Raises:
        ValueError: there are none.
    """
    known = list(spaces)
    if not known:
        raise ValueError("no space")
    return SpaceStatistics(known[0].hashed, [each for space in known for each in space.counts])
