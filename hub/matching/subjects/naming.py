"""Which skills and data standards of the vocabularies the words of a text name."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from hub.matching.facts import Text
from hub.search.analysis.languages import DEFAULT, language_of
from hub.search.analysis.reading import read
from hub.search.analysis.stop_words import is_stop_word
from hub.search.analysis.synonyms import synonyms_of
from hub.search.analysis.words import words_in
from hub.vocabularies.loader import vocabulary

SENTENCE_END = re.compile(r"[.;:!?]\s|\n")
"""No phrase reaches from one sentence into the next."""

REMEMBERED = 200
"""Texts whose skills are kept: those of the requests of a few pages."""

LONGEST_SHORT = 4
"""Letters of what is taken for an abbreviation, which stands in a text as it is written: an AI is no "ai"."""

SLACK = 1
"""How many other words may stand among those of a phrase, as in "analysis of procurement data"."""

Phrase = frozenset[str]


@lru_cache(maxsize=REMEMBERED)
def skills_in(text: Text) -> frozenset[str]:
    """Return the codes of the skills that a text names by their label, an alias or a synonym of these."""
    language = language_of(text.language)
    found: set[str] = set()
    for sentence in _sentences(text):
        words = words_in(sentence)
        found |= {code for short, code in _short().items() if short in words}
        terms = [term for word in _telling(words, language) for term in read(word, language).terms]
        for first in dict.fromkeys(terms):
            found |= {code for phrase, code in _phrases(language).get(first, ()) if _stands(phrase, terms)}
    return frozenset(found)


@lru_cache(maxsize=REMEMBERED)
def standards_in(text: Text) -> frozenset[str]:
    """Return the codes of the data standards that a text names: names that stand as they are written, in any language.

    Letters of either case would take an Italian people, "popolo", for the standard.
    """
    found: set[str] = set()
    for sentence in _sentences(text):
        words = words_in(sentence)
        for place, word in enumerate(words):
            for name, code in _proper_names("standards").get(word, ()):
                if tuple(words[place : place + len(name)]) == name:
                    found.add(code)
    return frozenset(found)


def _sentences(text: Text) -> list[str]:
    return SENTENCE_END.split(f"{text.title}\n{text.summary}\n{text.body}")


@cache
def _proper_names(listed: str) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the labels and aliases of a vocabulary as words, each with the code, by their first word."""
    found: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for term in vocabulary(listed).terms:
        for name in (term.label, *term.aliases):
            words = tuple(words_in(name))
            if words:
                found[words[0]].append((words, term.code))
    return {first: tuple(names) for first, names in found.items()}


def _stands(phrase: Phrase, terms: Sequence[str]) -> bool:
    """Whether the terms of a phrase stand near each other, in any order."""
    room = len(phrase) + (SLACK if len(phrase) > 1 else 0)
    return any(phrase <= frozenset(terms[start : start + room]) for start in range(len(terms)))


@cache
def _phrases(language: str) -> Mapping[str, tuple[tuple[Phrase, str], ...]]:
    """Return the phrases that name skills in texts of a language, each with the code, by one of their terms."""
    found: defaultdict[str, dict[tuple[Phrase, str], None]] = defaultdict(dict)
    for code, words in _names():
        for terms in _forms(words, language):
            if terms:
                found[terms[0]][frozenset(terms), code] = None
    return {term: tuple(phrases) for term, phrases in found.items()}


def _forms(words: Sequence[str], language: str) -> Iterator[Sequence[str]]:
    # texts in other languages name many skills in English too
    yield [term for word in words for term in read(word, DEFAULT).terms]
    for synonym in synonyms_of(words, (language,)):
        if not _is_short(synonym.written):
            yield synonym.key


@cache
def _names() -> tuple[tuple[str, list[str]], ...]:
    """Return the names of all skills as words that tell something, each with the code."""
    return tuple(
        (term.code, _telling(words_in(name), DEFAULT))
        for term in vocabulary("skills").terms
        for name in (term.label, *term.aliases)
        if not _is_short(name)
    )


@cache
def _short() -> dict[str, str]:
    """Return the abbreviations among the aliases, with their codes."""
    named = ((alias, term.code) for term in vocabulary("skills").terms for alias in term.aliases)
    return {alias: code for alias, code in named if _is_short(alias)}


def _is_short(name: str) -> bool:
    return name.isupper() and len(name) <= LONGEST_SHORT


def _telling(words: Sequence[str], language: str) -> list[str]:
    return [word for word in words if not is_stop_word(word.lower(), (language,))]
