"""Which languages texts are analysed in, and which of them a word in another script is taken for."""

from collections.abc import Mapping
from functools import lru_cache

from hub.search.analysis.folding import composed

LANGUAGES = ("en", "de", "fr", "it", "es", "nb", "id", "ar", "ka")
"""The languages that have an analysis of their own; each has an index field of its own."""

DEFAULT = "en"
"""What texts in every other language are analysed as."""

NO_LANGUAGE = ""
"""The analysis of words in scripts that none of the languages is written in: folded, nothing else."""

KNOWN_AS: Mapping[str, str] = {"no": "nb", "nn": "nb", "in": "id"}
"""Other codes of the same languages, or of one so near that its words are cut alike."""

SCRIPTS: Mapping[str, str] = {"ar": "arabic", "ka": "georgian"}
SCRIPT_DEFAULTS: Mapping[str, str] = {"latin": DEFAULT, "arabic": "ar", "georgian": "ka"}
RANGES = (
    (0x0000, 0x024F, "latin"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"),
    (0x10A0, 0x10FF, "georgian"),
    (0x1C90, 0x1CBF, "georgian"),
    (0x1E00, 0x1EFF, "latin"),
    (0x2D00, 0x2D2F, "georgian"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFF, "arabic"),
)


@lru_cache(maxsize=500)
def language_of(tag: str) -> str:
    """Return which of `LANGUAGES` a text with a language tag (BCP 47) is analysed in."""
    code = tag.replace("_", "-").partition("-")[0].lower()
    code = KNOWN_AS.get(code, code)
    return code if code in LANGUAGES else DEFAULT


def language_of_word(word: str, language: str) -> str:
    """Return which language a word is analysed in that stands in a text of `language`.

    A word in another script is no word of that language: Latin letters in a Georgian text are taken for English,
    Georgian ones in an English text for Georgian.
    """
    script = _script_of(word)
    if script == SCRIPTS.get(language, "latin"):
        return language
    return SCRIPT_DEFAULTS.get(script, NO_LANGUAGE)


def is_accented(word: str) -> bool:
    """Whether a word is written in Latin letters of which some are not those of English."""
    letters = (letter for letter in composed(word) if letter.isalpha())
    return not word.isascii() and _script_of(word) == "latin" and not all(map(str.isascii, letters))


def _script_of(word: str) -> str:
    """Return the script of a word's first letter: `latin`, `arabic`, `georgian` or `other`."""
    first = ord(word[0])
    return next((script for start, end, script in RANGES if start <= first <= end), "other")
