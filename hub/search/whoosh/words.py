"""The lexicon of a snapshot: the folded words of the documents that one viewer may see."""

from collections.abc import Iterable, Sequence
from heapq import merge
from itertools import groupby

import numpy as np

from hub.search.whoosh.facets import Mask
from hub.search.whoosh.segment import Segment

FIELD = "words"


class Words:
    """A `hub.search.lexicon.Lexicon`.

    Args:
        pieces: the parts of the index, each with the position of its first document.
        visible: the documents whose words are told.
        languages: those of their texts.
    """

    def __init__(
        self, pieces: Sequence[tuple[Segment, int]], visible: Mask, languages: frozenset[str]
    ) -> None:
        self._pieces = pieces
        self._visible = visible
        self._languages = languages

    def starting(self, prefix: str, limit: int) -> list[str]:
        """See `Lexicon.starting`."""
        found: list[str] = []
        beginnings: Iterable[str] = merge(*(piece.words.starting(prefix) for piece, _ in self._pieces))
        for word, _ in groupby(beginnings):
            if len(found) >= limit:
                break
            if self.count(word):
                found.append(word)
        return found

    def near(self, word: str, distance: int, limit: int) -> list[str]:
        """See `Lexicon.near`."""
        near = {each: slips for piece, _ in self._pieces for slips, each in piece.words.near(word, distance)}
        counted = ((slips, -self.count(each), each) for each, slips in near.items())
        return [each for _, count, each in sorted(counted) if count][:limit]

    def count(self, word: str) -> int:
        """See `Lexicon.count`."""
        return sum(
            int(np.count_nonzero(self._visible[piece.postings(FIELD, word).documents + start]))
            for piece, start in self._pieces
        )

    def languages(self) -> frozenset[str]:
        """See `Lexicon.languages`."""
        return self._languages
