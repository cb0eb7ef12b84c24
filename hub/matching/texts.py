"""Turns the texts of a thing into weighted terms, by the analysis that the search uses. Knows no database."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import log
from typing import NamedTuple

from hub.matching.concepts import found_in, pieces_in
from hub.matching.facts import Text
from hub.search.analysis import found_by, is_stop_word, language_of, spans
from hub.search.analysis.folding import fold
from hub.search.analysis.synonyms import version as version_of_synonyms

METHOD = 1
"""Counted up when terms or weights of the same text change."""

SCALE = 32
"""Weights are whole numbers of this part of one, so that sums of them are exact in every order."""

MOST = 255
"""The greatest weight; a term reaches it that stands about a thousand times in one text."""

MOST_FORMS = 3
"""So many forms of one term are kept for explanations."""

_WEIGHTS = tuple(min(MOST, round(SCALE * (1 + log(times)))) for times in range(1, 1_200))

LATELY = 20
"""Texts that are kept as they were read: who explains a page asks for the terms of each and then for its words."""


class _Word(NamedTuple):
    terms: tuple[str, ...]
    pieces: tuple[tuple[str, str], ...]
    """The term and the folded letters of each piece, where hyphens join several."""


def version() -> str:
    """Return what changes when the same texts give other terms or weights, so that a cache knows that it is old."""
    return f"{METHOD}.{version_of_synonyms()}"


def terms_of(text: Text) -> Mapping[str, int]:
    """Return the terms of a text with their weights: `SCALE` × (1 + ln of how often), rounded.

    Function words are left out. Words of all fields count alike: weighing titles more made matches worse (see
    docs/matching.md). A word of a group of synonyms is the term of that group instead of its own; of a phrase of
    several words the group is one more term.
    """
    counts = Counter(term for term, _word in _read(text))
    return {term: _WEIGHTS[min(times, len(_WEIGHTS)) - 1] for term, times in counts.items()}


def words_of(text: Text) -> Mapping[str, tuple[str, ...]]:
    """Return for each term of a text the words that stand behind it, as they stand in the text, in reading order."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for term, word in _read(text):
        if len(found[term]) < MOST_FORMS:
            found[term].setdefault(word.casefold(), word)
    return {term: tuple(forms.values()) for term, forms in found.items()}


@lru_cache(maxsize=LATELY)
def _read(text: Text) -> tuple[tuple[str, str], ...]:
    """Return each term of a text with the words that it comes from."""
    language = language_of(text.language)
    fields = (text.title, text.summary, *text.body.split("\n"))
    return tuple(read for field in fields for read in _read_field(field, language))


def _read_field(field: str, language: str) -> Iterator[tuple[str, str]]:
    stands = [(_word(word, language), start, end) for word, start, end in spans(field)]
    telling = [each for each in stands if each[0].terms]
    pieces = [(*piece, place) for place, each in enumerate(telling) for piece in each[0].pieces]
    grouped: set[int] = set()
    for group, first, last in found_in(
        [piece[0] for piece in pieces], [piece[1] for piece in pieces], language
    ):
        start, end = pieces[first][2], pieces[last][2]
        yield group, field[telling[start][1] : telling[end][2]]
        if start == end and last - first + 1 == len(telling[start][0].pieces):
            grouped.add(start)
    for place, (word, start, end) in enumerate(telling):
        if place not in grouped:
            for term in word.terms:
                yield term, field[start:end]


@lru_cache(maxsize=65_536)
def _word(word: str, language: str) -> _Word:
    """Return what a word is found by; nothing for function words."""
    if is_stop_word(fold(word), (language,)):
        return _Word((), ())
    return _Word(found_by(word, language), pieces_in(word, language))
