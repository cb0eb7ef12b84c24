"""Turns one typed word, phrase or synonym into what an engine looks for, in every language at hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from hub.search.analysis import Reading, fold_name, read, term_of
from hub.search.analysis.compounds import whole_parts_of
from hub.search.analysis.languages import is_accented
from hub.search.analysis.stemming import UNACCENTED
from hub.search.analysis.synonyms import Synonym, synonyms_of
from hub.search.asking.wishes import Quoted, Wanted
from hub.search.lexicon import Lexicon
from hub.search.plan import EVERYTHING, And, Node, Or, Phrase, Term, Where, Word

MAX_EXPANSIONS = 64
"""Words that the unfinished or misspelt word of a query may stand for."""

GUESSED = 0.5
"""What synonyms, completions and corrections weigh against a word as typed."""

SHORT_WORD = 5
"""Letters of a word in which one slip is looked for, not two."""


@dataclass(frozen=True)
class Wording:
    """Analyses in some languages, with one viewer's lexicon.

    Args:
        languages: those at hand, in a fixed order.
        lexicon: for completions and corrections.
        has_synonyms: whether words that mean the same are looked for too.
    """

    languages: Sequence[str]
    lexicon: Lexicon
    has_synonyms: bool = True

    def word(self, wanted: Wanted, among: Node = EVERYTHING) -> Node:
        """Return what finds one typed word, with its completions and corrections where it asks for them.

        Args:
            wanted: the word.
            among: what the documents hold whose words complete it.
        """
        weight = sqrt(wanted.times)
        terms: dict[tuple[str, str], float] = {}
        others: list[Node] = []
        for language in self.languages:
            reading = read(wanted.word, language)
            if len(reading.terms) == 1:
                terms[language, reading.terms[0]] = weight
            elif reading.terms:
                others.append(Phrase(language, reading.terms, weight, wanted.where, wanted.word))
            for other in _others(wanted.word, reading, language):
                terms.setdefault((language, other), weight)
            parts = whole_parts_of(wanted.word, language)
            if len(parts) > 1:
                apart = [Term(language, term_of(part, language), GUESSED * weight) for part in parts]
                others.append(And(tuple(Word((term,), wanted.where, wanted.word) for term in apart)))
        for guess in self._guesses(wanted, among):
            for language in self.languages:
                if guessed := term_of(guess, language):
                    terms.setdefault((language, guessed), GUESSED * weight)
        return _any(_word(terms, wanted.where, wanted.word), *others)

    def phrase(self, quoted: Quoted) -> Node:
        """Return what finds words side by side; a single one is that word without synonyms."""
        if len(quoted.words) == 1:
            return self.word(Wanted(quoted.words[0], where=quoted.where))
        typed = " ".join(quoted.words)
        found: list[Node] = []
        for language in self.languages:
            terms = tuple(term for word in quoted.words for term in read(word, language).terms)
            if len(terms) == 1:
                found.append(Word((Term(language, terms[0]),), quoted.where, typed))
            elif terms:
                found.append(Phrase(language, terms, where=quoted.where, asked=typed))
        return _any(*found)

    def synonyms_of(self, words: Sequence[str]) -> tuple[Synonym, ...]:
        """Return what means the same as some typed words that stand together."""
        return synonyms_of(words, self.languages) if self.has_synonyms else ()

    def synonyms(self, synonyms: Iterable[Synonym], asked: str, where: Where) -> list[Node]:
        """Return what finds synonyms of the words typed, at less weight: single words in one node, then phrases."""
        terms: dict[tuple[str, str], float] = {}
        phrases: dict[tuple[str, tuple[str, ...]], Node] = {}
        for each in synonyms:
            if len(each.terms) == 1:
                terms[each.language, each.terms[0]] = GUESSED
            elif each.terms:
                phrases[each.language, each.terms] = Phrase(each.language, each.terms, GUESSED, where, asked)
        words: list[Node] = [_word(terms, where, asked)] if terms else []
        return words + list(phrases.values())

    def _guesses(self, wanted: Wanted, among: Node) -> list[str]:
        folded = fold_name(wanted.word).replace(" ", "")
        if not folded:
            return []
        if wanted.is_prefix:
            return self.lexicon.starting(folded, MAX_EXPANSIONS, wanted.where, among)
        if wanted.is_fuzzy:
            return self.lexicon.near(folded, slips(folded), MAX_EXPANSIONS)
        return []


def _others(word: str, reading: Reading, language: str) -> tuple[str, ...]:
    """Return the further terms of a typed word; its accents are meant where its language has none."""
    is_foreign = language in UNACCENTED and is_accented(word) and len(reading.terms) == 1
    return () if is_foreign else reading.others


def slips(word: str) -> int:
    """Return how many slips may be in a word."""
    return 1 if len(word) <= SHORT_WORD else 2


def _word(terms: dict[tuple[str, str], float], where: Where, asked: str) -> Word:
    return Word(tuple(Term(*key, weight) for key, weight in terms.items()), where, asked)


def _any(*nodes: Node) -> Node:
    several = tuple(node for node in nodes if not isinstance(node, Word) or node.terms)
    return several[0] if len(several) == 1 else Or(several)
