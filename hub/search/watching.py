"""A lexicon that tells damage of an index from other failures, as searches do. For every engine."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from hub.search.lexicon import Lexicon
from hub.search.plan import EVERYTHING, Node, Where


class WatchedWords:
    """A `hub.search.lexicon.Lexicon` that asks another one.

    Args:
        words: asks the index, at any time.
        watched: gives the context in which an engine asks its index.

    Raises:
        UnavailableError: from all methods, where the engine's context finds damage.
    """

    def __init__(self, words: Lexicon, watched: Callable[[], AbstractContextManager[None]]) -> None:
        self._words = words
        self._watched = watched

    def starting(
        self, prefix: str, limit: int, where: Where = Where.TEXT, among: Node = EVERYTHING
    ) -> list[str]:
        """See `Lexicon.starting`."""
        with self._watched():
            return self._words.starting(prefix, limit, where, among)

    def near(self, word: str, distance: int, limit: int) -> list[str]:
        """See `Lexicon.near`."""
        with self._watched():
            return self._words.near(word, distance, limit)

    def count(self, word: str) -> int:
        """See `Lexicon.count`."""
        with self._watched():
            return self._words.count(word)

    def languages(self) -> frozenset[str]:
        """See `Lexicon.languages`."""
        with self._watched():
            return self._words.languages()
