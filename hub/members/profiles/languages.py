"""Languages that people speak: the codes of the CLDR (BCP 47), and the names by which people type them."""

import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError

COMMON = (
    "sq am ar hy az eu be bn bs bg my ca zh hr cs da nl en et fa tl fi fr ff gl ka de el gn gu ha he hi hu is ig id ga it "
    "ja kk km rw ko ky lo lv lt lb mk mg ms mt mr mn ne no ps pl pt pa qu ro rn ru sm sr sn si sk sl so es sw sv tg ta te th "
    "ti tr tk uk ur uz vi cy wo xh yo zu"
).split()
"""The languages to choose from, by their English names; any other of the CLDR may be typed."""


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
        name: in English, in the language itself, in the language `written_in`, or its code.
        written_in: BCP 47 tag of the language that the person writes in.
    """
    wanted = _plain(name)
    if wanted in _english():
        return wanted
    for names in (_names(_root(written_in)), _names("en"), _own_names()):
        if wanted in names:
            return names[wanted]
    return None


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def _root(tag: str) -> str:
    return tag.partition("-")[0].lower()


@cache
def _english() -> dict[str, str]:
    names = Locale("en").languages
    return {code: str(name) for code, name in names.items() if code.isalpha() and code not in {"root", "und", "zxx", "mul"}}


@cache
def _names(locale: str) -> dict[str, str]:
    """Return codes by the plain names of one language; each is the first language called so."""
    try:
        names = Locale.parse(locale).languages
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, str] = {}
    for code in sorted(_english()):
        if code in names:
            found.setdefault(_plain(str(names[code])), code)
    return found


@cache
def _own_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in COMMON:
        if name := _own_name(code):
            found.setdefault(_plain(name), code)
    return found


@cache
def _own_name(code: str) -> str:
    try:
        return str(Locale.parse(code).languages.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""
