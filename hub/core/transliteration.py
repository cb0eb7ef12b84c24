"""Names in Latin letters, so that spellings in different scripts can be compared; never shown as somebody's name."""

import re
import unicodedata

from anyascii import anyascii

NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
SILENT = str.maketrans(dict.fromkeys("'`’ʼ"))
"""Signs for soft and glottal sounds, which people leave out when they write their name in Latin letters."""


def romanised(name: str) -> str:
    """Return `name` in small Latin letters and digits, its words divided by one space.

    Letter by letter, whatever the language: Georgian and Cyrillic names come close to how their owners write them,
    Arabic ones have only their consonants, and Japanese ones in Chinese letters are read as Chinese.
    """
    latin = anyascii(unicodedata.normalize("NFKC", name)).casefold().translate(SILENT)
    return NOT_A_LETTER.sub(" ", latin).strip()
