"""Languages that people speak: the codes of the CLDR (BCP 47), and the names by which people type them."""

import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError

NO_LANGUAGES = frozenset({"root", "und", "mul", "zxx", "mis"})
"""Codes for what is no language or is not known."""


def is_language(code: str) -> bool:
    """Whether `code` is that of a language in the CLDR, without script or country."""
    return code in _english()


def language_words(code: str) -> tuple[str, ...]:
    """Return what a language is called in English and by its speakers, for search; the code where it has no name."""
    english = _english().get(code, code)
    own = _own_name(code)
    return (english, own) if own and own != english else (english,)


def language_code(name: str, written_in: str = "en") -> str | None:
    """Return the code of the language that somebody typed, or None.

    Args:
        name: in English, or in the language `written_in`, or its code.
        written_in: BCP 47 tag of the language that the person writes in.
    """
    wanted = _plain(name)
    if wanted in _english():
        return wanted
    found = _codes_by_name(written_in.partition("-")[0].lower()).get(wanted)
    return found or _codes_by_name("en").get(wanted)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


@cache
def _english() -> dict[str, str]:
    names = Locale("en").languages
    return {code: str(name) for code, name in names.items() if code.isalpha() and code not in NO_LANGUAGES}


@cache
def _codes_by_name(locale: str) -> dict[str, str]:
    """Return codes by the plain names that one language has for them; each is the first of its name."""
    try:
        names = Locale.parse(locale).languages
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, str] = {}
    for code in sorted(_english().keys() & names.keys()):
        found.setdefault(_plain(str(names[code])), code)
    return found


@cache
def _own_name(code: str) -> str:
    try:
        return str(Locale.parse(code).languages.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""
