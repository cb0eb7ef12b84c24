"""Takes away what people write in several ways: case, accents, compatibility forms, Arabic spellings."""

import unicodedata

INVISIBLE = "\u00ad\u200c\u200d"
"""Soft hyphens and joiners: they stand inside words and are no part of them."""

APOSTROPHES = "'’ʼ"
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"

_ALONE = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "þ": "th",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
}
_ARABIC = {
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC TATWEEL}": None,
}
_DROPPED = dict.fromkeys(INVISIBLE + APOSTROPHES)

TABLE = str.maketrans({**_ALONE, **_ARABIC, **_DROPPED})
"""Letters that Unicode does not take apart, each with what people type for it."""


def fold(word: str) -> str:
    """Return a word without case, accents, harakat and tatweel; alef, ya and ta marbuta each have one form."""
    if word.isascii():
        return word.lower().replace("'", "")
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(letter for letter in apart if unicodedata.category(letter) != "Mn").translate(TABLE)


def composed(word: str) -> str:
    """Return a word in small letters with its accents, as stemmers want it."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).casefold())
