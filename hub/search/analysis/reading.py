"""Reads one word of a text in a language: the terms under which it is found. The same for texts and queries."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from hub.search.analysis import arabic
from hub.search.analysis.compounds import parts_of
from hub.search.analysis.folding import APOSTROPHES, fold
from hub.search.analysis.languages import language_of_word
from hub.search.analysis.stemming import stem
from hub.search.analysis.stop_words import stop_words
from hub.search.analysis.words import MAX_TERM_LENGTH, PIECE, pieces_of, words_in

MOST_JOINED = 4
"""So many pieces that hyphens join are also one word."""

LEAST_TOLD = 2
"""Letters of the shortest word that the lexicon tells of."""

POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s\Z", re.IGNORECASE)
ELISIONS = re.compile(
    rf"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|un|gl|(?:d|n|s|c|d)?all|dell|nell|sull|coll|quell|bell)"
    rf"[{APOSTROPHES}](?=.)",
    re.IGNORECASE,
)
ELIDING = frozenset({"fr", "it"})


class Reading(NamedTuple):
    """What a word is found by.

    Args:
        terms: in reading order; one, or more where hyphens join pieces.
        others: further terms for the whole word: its pieces joined, its stem as written without accents.
        parts: the terms of a compound's parts.
        folded: the words as people type them, folded but not stemmed.
    """

    terms: tuple[str, ...]
    others: tuple[str, ...]
    parts: tuple[str, ...]
    folded: tuple[str, ...]


@lru_cache(maxsize=20_000)
def read(word: str, language: str) -> Reading:
    """Return what a word, as it stands in a text of one of `LANGUAGES`, is found by; hyphens join its pieces."""
    plain = [shorn for piece in pieces_of(word) if (shorn := _shorn(piece, language))]
    spoken = [language_of_word(piece, language) for piece in plain]
    terms = [stem(piece, each) for piece, each in zip(plain, spoken, strict=True)]
    folded = [fold(piece) for piece in plain]
    others: list[str] = []
    parts: list[str] = []
    for piece, each, term in zip(plain, spoken, terms, strict=True):
        others += [other for other in _spellings(piece, each) if other != term] if len(plain) == 1 else []
        parts += [stem(part, each) for part in parts_of(piece, each)]
    if 1 < len(plain) <= MOST_JOINED and all(map(str.isalpha, folded)):
        joined = "".join(plain)[:MAX_TERM_LENGTH]
        others.append(stem(joined, language_of_word(joined, language)))
        folded.append(fold(joined))
    return Reading(
        tuple(filter(None, terms)),
        tuple(dict.fromkeys(filter(None, others))),
        tuple(part for part in dict.fromkeys(parts) if part and part not in terms),
        tuple(dict.fromkeys(each for each in folded if _is_told(each, language))),
    )


def _shorn(piece: str, language: str) -> str:
    """Return a piece of a word without possessive and, in French and Italian, without the article before it."""
    if piece.isascii() and "'" not in piece:
        return piece
    piece = unicodedata.normalize("NFKC", piece)
    piece = POSSESSIVE.sub("", piece[_elided(piece, language) :])
    return piece.translate(str.maketrans("", "", APOSTROPHES))


def _elided(piece: str, language: str) -> int:
    """Return how many characters of a word are an article or pronoun before an apostrophe."""
    article = ELISIONS.match(piece) if language in ELIDING else None
    return article.end() if article else 0


def is_elided(word: str, language: str) -> bool:
    """Whether a word begins with an article or pronoun before an apostrophe, as French and Italian write it."""
    return _elided(word, language) > 0


def _spellings(piece: str, language: str) -> list[str]:
    """Return the terms of a word as people also write it: without accents, without a preposition."""
    if language == "ar":
        return [arabic.bare(piece)]
    return [] if piece.isascii() or language == "ka" else [stem(fold(piece), language)]


def _is_told(folded: str, language: str) -> bool:
    return len(folded) >= LEAST_TOLD and folded not in stop_words(language)


def term_of(word: str, language: str) -> str:
    """Return the term of a single word in one of `LANGUAGES`; empty for what is no word."""
    terms = read(word, language).terms
    return terms[0] if terms else ""


def places_of(word: str, language: str) -> Iterator[tuple[str, int, int]]:
    """Yield each term of a word, as it stands in a text, with where its piece starts and ends in the word.

    Pieces are what hyphens join; an elided article is part of none.
    """
    for piece in PIECE.finditer(word):
        for term in read(piece.group(), language).terms:
            yield term, piece.start() + _elided(piece.group(), language), piece.end()


def parts_marked(word: str, language: str, terms: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield from where to where a word, as it stands in a text, is what some terms look for.

    That is the whole word, or the pieces between its hyphens that are looked for; never an elided article.
    """
    reading = read(word, language)
    is_one = len(reading.terms) == 1 or all(term in terms for term in reading.terms)
    if is_one or any(other in terms for other in reading.others):
        yield _elided(word, language), len(word)
        return
    for piece in PIECE.finditer(word):
        found = read(piece.group(), language)
        if any(term in terms for term in (*found.terms, *found.others, *found.parts)):
            yield piece.start() + _elided(piece.group(), language), piece.end()


def fold_name(text: str) -> str:
    """Return a whole name folded: its words one blank apart, without signs; names that read alike are equal."""
    return " ".join(filter(None, (fold(piece) for word in words_in(text) for piece in pieces_of(word))))
