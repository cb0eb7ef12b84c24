"""Turns the texts of a thing into weighted terms, by the analysis that the search uses. Knows no database."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import log
from typing import NamedTuple

from hub.matching.concepts import begins, found_in, pieces_in
from hub.matching.facts import Text
from hub.matching.plain import is_plain, version as version_of_plain_words
from hub.search.analysis import found_by, is_stop_word, language_of, spans
from hub.search.analysis.folding import fold
from hub.search.analysis.synonyms import version as version_of_synonyms
from hub.search.analysis.words import words_in

METHOD = 2
"""Counted up when terms or weights of the same text change."""

SCALE = 32
"""Weights are whole numbers of this part of one, so that sums of them are exact in every order."""

MOST = 255
"""The greatest weight; a term reaches it that stands about a thousand times in one text."""

_WEIGHTS = tuple(min(MOST, round(SCALE * (1 + log(times)))) for times in range(1, 1_200))

LATELY = 40
"""Texts that are kept as they were read: who explains a page asks for the terms of each and then for some words."""


class _Word(NamedTuple):
    terms: tuple[str, ...]
    """None of function words and of plain ones."""
    pieces: tuple[tuple[str, str], ...]
    """The term and the folded letters of each piece, where hyphens join several."""
    begins: bool
    """Whether what means the same as other words may begin with it."""


def version() -> str:
    """Return what changes when the same texts give other terms or weights, so that a cache knows that it is old."""
    return f"{METHOD}.{version_of_synonyms()}.{version_of_plain_words()}"


@lru_cache(maxsize=LATELY)
def terms_of(text: Text) -> Mapping[str, int]:
    """Return the terms of a text with their weights: `SCALE` × (1 + ln of how often), rounded.

    Function words and plain words are left out. Words of all fields count alike: weighing titles more made matches
    worse (see docs/matching.md). A word of a group of synonyms is the term of that group instead of its own; of a
    phrase of several words the group is one more term.
    """
    counts = Counter(term for term, _word in _read(text))
    return {term: _WEIGHTS[min(times, len(_WEIGHTS)) - 1] for term, times in counts.items()}


def word_of(text: Text, term: str) -> str:
    """Return the first word of a text, or words, that stand behind a term, as they stand there; nothing without."""
    return next((word for found, word in _read(text) if found == term), "")


@lru_cache(maxsize=LATELY)
def _read(text: Text) -> tuple[tuple[str, str], ...]:
    """Return each term of a text with the words that it comes from."""
    language = language_of(text.language)
    fields = (text.title, text.summary, *text.body.split("\n"))
    return tuple(read for field in fields for read in _read_field(field, language))


def _read_field(field: str, language: str) -> list[tuple[str, str]]:
    words = words_in(field)
    read = [_word(word, language) for word in words]
    found: list[tuple[str, str]] = []
    grouped: set[int] = set()
    if any([each.begins for each in read]):  # noqa: C419 - a list is read faster, and this is done for every text
        pieces = [(*piece, place) for place, each in enumerate(read) for piece in each.pieces]
        stands = None
        for group, first, last in found_in(
            [piece[0] for piece in pieces], [piece[1] for piece in pieces], language
        ):
            stands = stands or list(spans(field))
            start, end = pieces[first][2], pieces[last][2]
            found.append((group, field[stands[start][1] : stands[end][2]]))
            if start == end and last - first + 1 == len(read[start].pieces):
                grouped.add(start)
    found += [
        (term, words[place]) for place, each in enumerate(read) if place not in grouped for term in each.terms
    ]
    return found


@lru_cache(maxsize=65_536)
def _word(word: str, language: str) -> _Word:
    """Return what a word is found by; nothing for function words, and for plain ones what may be part of a phrase."""
    if is_stop_word(fold(word), (language,)):
        return _Word((), (), begins=False)
    terms, pieces = found_by(word, language), pieces_in(word, language)
    if not terms:
        return _Word((), (), begins=False)
    kept = () if is_plain(terms, language) else terms
    return _Word(kept, pieces, begins=any(begins(term, language) for term, _folded in pieces))
