"""Finds in the terms of a text what people also say in other words and other languages: each such group is one term."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from hub.search.analysis import is_stop_word, read, words_in
from hub.search.analysis.folding import fold
from hub.search.analysis.synonyms import ENDINGS, Synonym, groups
from hub.search.analysis.words import pieces_of

SIGN = "="
"""Begins the term of a group; no term of a word does."""


class Found(NamedTuple):
    """A group that some words in a row belong to.

    Args:
        group: its term.
        start: place of the first word.
        last: place of the last one.
    """

    group: str
    start: int
    last: int


class _Phrase(NamedTuple):
    key: tuple[str, ...]
    folded: tuple[str, ...]
    group: str
    is_exact: bool


def found_in(terms: Sequence[str], folded: Sequence[str], language: str) -> Iterator[Found]:
    """Yield the groups that words belong to, the longest phrase at each place first.

    Args:
        terms: of the words, without function words, in reading order; of what hyphens join, one of each piece.
        folded: the same words and pieces folded, by which forms of one word are told from other words.
        language: one of `hub.search.analysis.LANGUAGES`.
    """
    known = _phrases(language)
    for start, term in enumerate(terms):
        for phrase in known.get(term, ()):
            end = start + len(phrase.key)
            if tuple(terms[start:end]) == phrase.key and _is_meant(phrase, folded[start:end], language):
                yield Found(phrase.group, start, end - 1)
                break


def begins(term: str, language: str) -> bool:
    """Whether some group has words of a language that begin with a term."""
    return term in _phrases(language)


def pieces_in(word: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the term and the folded letters of each piece of a word that hyphens join; of most words, of the whole.

    An article before an apostrophe is part of none.
    """
    readings = [(piece, read(piece, language)) for piece in pieces_of(word)]
    return tuple(
        (reading.terms[0], reading.folded[0] if reading.folded else fold(piece))
        for piece, reading in readings
        if reading.terms
    )


def _is_meant(phrase: _Phrase, folded: Sequence[str], language: str) -> bool:
    """Whether words with the stems of a phrase are forms of its words: stems join what differs, as in "organ"."""
    if phrase.is_exact:
        return tuple(folded) == phrase.folded
    if len(folded) != len(phrase.folded) or language not in ENDINGS:
        return True
    pairs = zip(folded, phrase.folded, strict=True)
    return all(max(len(one), len(other)) - _alike(one, other) <= ENDINGS[language] for one, other in pairs)


def _alike(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


@cache
def _phrases(language: str) -> Mapping[str, tuple[_Phrase, ...]]:
    """Return the phrases of a language by their first term, longest first; what stands in two groups, in the first."""
    found: defaultdict[str, dict[tuple[str, ...], _Phrase]] = defaultdict(dict)
    for number, group in enumerate(groups()):
        for each in group:
            if each.language == language and each.key:
                found[each.key[0]].setdefault(each.key, _phrase(each, f"{SIGN}{number}"))
    ordered = {
        first: tuple(sorted(phrases.values(), key=lambda each: -len(each.key)))
        for first, phrases in found.items()
    }
    return MappingProxyType(ordered)


def _phrase(synonym: Synonym, group: str) -> _Phrase:
    words = [word for word in words_in(synonym.written) if not is_stop_word(fold(word), (synonym.language,))]
    folded = tuple(folded for word in words for _term, folded in pieces_in(word, synonym.language))
    return _Phrase(synonym.key, folded, group, synonym.is_exact)
