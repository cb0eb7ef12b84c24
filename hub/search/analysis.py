"""Turns texts and queries into the terms that are indexed and searched; the same for every engine."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from whoosh.lang.porter2 import stem

MAX_QUERY_LENGTH = 200
"""Characters of a query that are read (trust.md, limits)."""

MAX_QUERY_TERMS = 10
"""Different terms of a query that are searched."""

MAX_TERM_LENGTH = 64
"""Characters of a term that are kept; longer runs of letters are no words."""

MARKS = "".join(char for char in map(chr, range(0x1F000)) if unicodedata.category(char)[0] == "M")
"""Vowel signs, accents and other marks that stand on a letter; Python counts none of them as a word's."""

WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*(?:['’ʼ][^\W_](?:[^\W_]|[{MARKS}])*)*")
"""Letters and digits of any script with the marks on them, and apostrophes inside."""

POSSESSIVE = re.compile(r"['’ʼ]s$")
APOSTROPHES = str.maketrans("", "", "'’ʼ")
ENGLISH = re.compile(r"[a-z]{3,}\Z")

_SMALL_WORDS = (
    "a an and are as at be but by for from has have how in into is it its not of on or so that the their then "
    "there these they this to was we were what when where which who will with you your"
)
STOP_WORDS = frozenset(_SMALL_WORDS.split())
"""Words that a query may contain without every result having to; they are indexed like all others."""


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the term of each word in `text` with where the word starts and ends."""
    for match in WORD.finditer(text):
        term = term_of(match.group()[:MAX_TERM_LENGTH])
        if term:
            yield term, match.start(), match.end()


def terms(text: str) -> list[str]:
    """Return the terms of `text` in reading order, repeated as often as they occur."""
    return [term for word in WORD.findall(text) if (term := term_of(word[:MAX_TERM_LENGTH]))]


def query_terms(text: str) -> tuple[str, ...]:
    """Return the different terms that a query asks for, in reading order.

    Only the first 200 characters and ten terms count. Stop words are left out unless there is nothing else.
    Signs, control characters and operators are no words: the answer may be empty.
    """
    found = list(dict.fromkeys(terms(text[:MAX_QUERY_LENGTH])))
    telling = [term for term in found if term not in STOPPED]
    return tuple((telling or found)[:MAX_QUERY_TERMS])


@lru_cache(maxsize=50_000)
def term_of(word: str) -> str:
    """Return the term under which `word` is indexed: folded, and stemmed where it may be English.

    Folding takes accents and compatibility forms away (NFKD) and case (casefold); the stem is that of
    Porter's second English stemmer (Snowball).
    """
    folded = _fold(POSSESSIVE.sub("", word)).translate(APOSTROPHES)[:MAX_TERM_LENGTH]
    if ENGLISH.match(folded):
        return str(stem(folded))
    return folded


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")


STOPPED = frozenset(term_of(word) for word in STOP_WORDS)
