"""The words that a viewer's documents hold, as an engine tells them: for prefixes, guesses and spelling."""

from typing import Protocol

from hub.search.plan import EVERYTHING, Node, Where


class Lexicon(Protocol):
    """Folded words of the documents that one query's viewer may see in its collection, and of no others."""

    def starting(
        self, prefix: str, limit: int, where: Where = Where.TEXT, among: Node = EVERYTHING
    ) -> list[str]:
        """Return at most `limit` words that begin with a folded prefix.

        Those come first that most of the documents hold, then the alphabet decides.

        Args:
            prefix: an empty one begins every word.
            limit: how many.
            where: `Where.NAME` asks for words of names alone, and counts the documents that hold them there.
            among: what the documents must hold whose words are told; it need not be weighed.
        """

    def near(self, word: str, distance: int, limit: int) -> list[str]:
        """Return at most `limit` words that differ from a folded word by at most `distance` slips.

        Slips are letters left out, added, exchanged, or swapped with their neighbour (optimal string alignment). The
        word itself is left out; the nearest come first, then those in more documents, then the alphabet decides.
        """

    def count(self, word: str) -> int:
        """Return how many of the documents hold a folded word."""

    def languages(self) -> frozenset[str]:
        """Return the languages (of `hub.search.analysis.languages`) that texts of the documents are analysed in."""
