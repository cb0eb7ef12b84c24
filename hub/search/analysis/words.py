"""Finds the words of a text, in any script: letters and digits with their marks, hyphens and apostrophes inside."""

import re
import unicodedata
from collections.abc import Iterator

from hub.search.analysis.folding import APOSTROPHES, HYPHENS, INVISIBLE

MAX_TERM_LENGTH = 64
"""Characters of a term that are kept; longer runs of letters are no words."""

MARKS = INVISIBLE + "".join(char for char in map(chr, range(0x1F000)) if unicodedata.category(char)[0] == "M")
"""Vowel signs, accents and other marks that stand on a letter; Python counts none of them as a word's."""

_RUN = rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*"
WORD = re.compile(rf"{_RUN}(?:[{APOSTROPHES}{HYPHENS}]{_RUN})*")
ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:['\-][A-Za-z0-9]+)*")
PIECE = re.compile(rf"[^{HYPHENS}]+")


def words_in(text: str) -> list[str]:
    """Return the words of a text as they stand in it; `e-procurement` and `l'appalto` are one each."""
    return ASCII_WORD.findall(text) if text.isascii() else WORD.findall(text)


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of a text with where it starts and ends."""
    for match in (ASCII_WORD if text.isascii() else WORD).finditer(text):
        yield match.group(), match.start(), match.end()


def pieces_of(word: str) -> list[str]:
    """Return what hyphens join in a word, each cut to the length of a term."""
    return [piece[:MAX_TERM_LENGTH] for piece in PIECE.findall(word)]
