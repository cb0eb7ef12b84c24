"""The words of the documents that one viewer may see, from tantivy's own dictionary of words."""

from collections.abc import Callable, Sequence
from functools import cached_property

from tantivy import Occur, Query, Searcher

from hub.search.plan import EVERYTHING, Node, Where
from hub.search.tantivy.querying import Clause, clauses_of, count_of, joined
from hub.search.tantivy.schema import LANGUAGE, NAME_WORDS, SCHEMA, WORDS, text_field
from hub.search.wordlist import WordList

ENOUGH = 500
"""Where so many public documents hold a term, their share tells how many of the viewer's do; fewer are counted."""


class Visible:
    """The documents of one state of an index that a viewer may see, and their words: a `hub.search.lexicon.Lexicon`.

    Args:
        searcher: the state.
        clauses: what keeps to the viewer's documents.
        words: gives every word of the index, visible or not.
        public: the state of the index of public documents, which everybody may see.
    """

    def __init__(
        self,
        searcher: Searcher,
        clauses: Sequence[Clause],
        words: Callable[[], WordList],
        public: Searcher,
    ) -> None:
        self.clauses = tuple(clauses)
        self._searcher = searcher
        self._public = public
        self._words = words
        self._speaking: dict[str, int] = {}

    # --- documents ---

    @cached_property
    def documents(self) -> int:
        """How many there are."""
        return self.having()

    def speaking(self, language: str) -> int:
        """Return how many have a text in a language."""
        if language not in self._speaking:
            self._speaking[language] = self.having(_term(LANGUAGE, language))
        return self._speaking[language]

    def holding(self, language: str, term: str) -> int:
        """Return how many hold a term of a language; of what is frequent among public documents, about how many.

        Which of the two is told by public documents alone, so that hidden ones leave no trace in it.
        """
        field = text_field(language)
        public = int(self._public.doc_freq(field, term))
        if self._public is self._searcher and not self.clauses:
            return public
        if public > ENOUGH:
            return round(self.documents * min(public / self._public.num_docs, 1.0))
        return self.having(_term(field, term)) if self._searcher.doc_freq(field, term) else 0

    def having(self, *clauses: Clause) -> int:
        """Return how many of the viewer's documents hold all of the clauses."""
        return count_of(self._searcher.search(joined([*clauses, *self.clauses]), 1))

    # --- words ---

    def starting(
        self, prefix: str, limit: int, where: Where = Where.TEXT, among: Node = EVERYTHING
    ) -> list[str]:
        """See `Lexicon.starting`."""
        field = NAME_WORDS if where is Where.NAME else WORDS
        return self._terms(field, prefix, limit, clauses_of(among))

    def near(self, word: str, distance: int, limit: int) -> list[str]:
        """See `Lexicon.near`."""
        found: list[tuple[int, int, str]] = []
        # By how many documents of the whole index hold them: what cannot be among the best is then not counted.
        candidates = sorted(
            (slips, -self._searcher.doc_freq(WORDS, other), other)
            for slips, other in self._words().near(word, distance)
        )
        for candidate in candidates:
            if len(found) >= limit and found[limit - 1] < candidate:
                break
            slips, _, other = candidate
            count = self.count(other)
            if count:
                found.append((slips, -count, other))
                found.sort()
        return [other for _, _, other in found[:limit]]

    def count(self, word: str) -> int:
        """See `Lexicon.count`."""
        return self.having(_term(WORDS, word))

    def languages(self) -> frozenset[str]:
        """See `Lexicon.languages`."""
        return self._languages

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(self._terms(LANGUAGE, ""))

    def _terms(
        self, field: str, prefix: str, limit: int | None = None, among: Sequence[Clause] = ()
    ) -> list[str]:
        """Return the terms of a field that the documents hold, those that most of them hold first."""
        held = self._searcher.terms_with_prefix(field, prefix, joined([*among, *self.clauses]), limit)
        return [term for term, _ in held]


def _term(field: str, text: str) -> Clause:
    return Occur.Must, Query.const_score_query(Query.term_query(SCHEMA, field, text, "basic"), 0.0)
