"""A lexicon that remembers its last answers, for all the searches that one page makes of the same words."""

from functools import lru_cache

from hub.search.lexicon import Lexicon
from hub.search.plan import EVERYTHING, Node, Where

MOST_REMEMBERED = 32
"""Expanded words that are remembered; a query has ten at most."""

MOST_COUNTED = 256


class RememberedWords:
    """A `hub.search.lexicon.Lexicon` that asks another one, whose answers never change.

    It lives as long as one state of an index; nothing tells who asked.

    Args:
        words: the other one.
    """

    def __init__(self, words: Lexicon) -> None:

        @lru_cache(MOST_REMEMBERED)
        def starting(prefix: str, limit: int, where: Where, among: Node) -> tuple[str, ...]:
            return tuple(words.starting(prefix, limit, where, among))

        @lru_cache(MOST_REMEMBERED)
        def near(word: str, distance: int, limit: int) -> tuple[str, ...]:
            return tuple(words.near(word, distance, limit))

        self._words = words
        self._starting = starting
        self._near = near
        self._count = lru_cache(MOST_COUNTED)(words.count)

    def starting(
        self, prefix: str, limit: int, where: Where = Where.TEXT, among: Node = EVERYTHING
    ) -> list[str]:
        """See `Lexicon.starting`."""
        return list(self._starting(prefix, limit, where, among))

    def near(self, word: str, distance: int, limit: int) -> list[str]:
        """See `Lexicon.near`."""
        return list(self._near(word, distance, limit))

    def count(self, word: str) -> int:
        """See `Lexicon.count`."""
        return self._count(word)

    def languages(self) -> frozenset[str]:
        """See `Lexicon.languages`."""
        return self._words.languages()
