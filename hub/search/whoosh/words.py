"""The lexicon of a snapshot: the folded words of the documents that one viewer may see."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from hub.search.plan import EVERYTHING, Node, Where
from hub.search.whoosh.facets import Mask
from hub.search.whoosh.segment import Segment
from hub.search.whoosh.store import NAME_WORDS, WORDS


class Words:
    """A `hub.search.lexicon.Lexicon`.

    Args:
        pieces: the parts of the index, each with the position of its first document.
        visible: the documents whose words are told.
        languages: those of their texts.
        holding: gives the documents that hold a node of a plan, visible or not.
    """

    def __init__(
        self,
        pieces: Sequence[tuple[Segment, int]],
        visible: Mask,
        languages: frozenset[str],
        holding: Callable[[Node], Mask],
    ) -> None:
        self._pieces = pieces
        self._visible = visible
        self._languages = languages
        self._holding = holding

    def starting(
        self, prefix: str, limit: int, where: Where = Where.TEXT, among: Node = EVERYTHING
    ) -> list[str]:
        """See `Lexicon.starting`."""
        field = NAME_WORDS if where is Where.NAME else WORDS
        told = self._visible if among == EVERYTHING else self._visible & self._holding(among)
        held: Counter[str] = Counter()
        for piece, start in self._pieces:
            held.update(dict(piece.counted(field, prefix, told[start : start + piece.size])))
        return sorted(held, key=lambda word: (-held[word], word))[:limit]

    def near(self, word: str, distance: int, limit: int) -> list[str]:
        """See `Lexicon.near`."""
        near = {each: slips for piece, _ in self._pieces for slips, each in piece.words.near(word, distance)}
        counted = ((slips, -self.count(each), each) for each, slips in near.items())
        return [each for _, count, each in sorted(counted) if count][:limit]

    def count(self, word: str) -> int:
        """See `Lexicon.count`."""
        return sum(
            int(np.count_nonzero(self._visible[piece.postings(WORDS, word).documents + start]))
            for piece, start in self._pieces
        )

    def languages(self) -> frozenset[str]:
        """See `Lexicon.languages`."""
        return self._languages
