"""Signs that nobody sees and letters that look like others, in names; marks them for a page, and finds equals.

Which letters look alike is said by Unicode's table of confusables (UTS #39) in the library confusable-homoglyphs.
Words in another script are nothing to warn of; only letters of two alphabets inside one word are.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from confusable_homoglyphs.categories import alias
from confusable_homoglyphs.confusables import confusables_data

from hub.core.i18n import N_

HIDDEN_SIGN = N_("Hidden sign: %(sign)s")
HIDDEN_FOUND = N_("Remove the hidden sign %(sign)s. Type the words anew if you cannot find it.")
LOOK_ALIKE = N_("This is not “%(like)s”: these letters belong to another script and only look like it.")

# Controls except tabs and line breaks, signs of no width, directions, fillers, variation selectors and tags.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

JOINERS = "\u200c\u200d"

JOINING_SCRIPTS = frozenset({
    "ARABIC", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "KANNADA", "KHMER", "MALAYALAM", "MANDAIC", "MONGOLIAN",
    "MYANMAR", "NKO", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "TIBETAN",
})  # fmt: skip
"""Written right only with joiners between some letters: Persian, Urdu, and the scripts of India."""

VARIED_SCRIPTS = frozenset({"HAN", "MONGOLIAN", "MYANMAR"})
"""Whose letters variation selectors may follow; after an emoji or another sign they may as well."""

NO_ALPHABET = frozenset(
    {"COMMON", "INHERITED", "Unknown", "HAN", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "YI"}
)
"""Scripts whose letters stand beside others without a space and are taken for none of them."""

LAST_LATIN = "\u017f"
"""Latin letters above this one are phonetic and historic: nobody takes a letter for them."""

# Accents, Hebrew points and Arabic vowel signs; the marks of Indian scripts are letters and stay.
ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
)

# What is taken for one another inside the Latin alphabet, in small letters.
ONE_SHAPE = str.maketrans({"i": "l", "1": "l", "|": "l", "0": "o", "\u0138": "k", "\u0131": "l"})


@dataclass(frozen=True)
class Mark:
    """Why a piece of a name is marked: a message id with its parameters."""

    message: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """A part of a name as it is shown; `mark` is None for what needs no explanation."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Mixture:
    """Letters inside a word that look like those of the word's own script.

    Args:
        start: where they begin in the text.
        end: where they end.
        like: what a reader takes them for.
    """

    start: int
    end: int
    like: str


def hidden_signs(text: str) -> tuple[str, ...]:
    """Return the signs in `text` that nobody sees, each once, such as "U+202E RIGHT-TO-LEFT OVERRIDE".

    Joiners where a script needs them, and variation selectors after Chinese letters and emoji, are none.
    """
    return tuple(dict.fromkeys(sign_name(text[place]) for place in _hidden_places(text)))


def mixed_scripts(text: str) -> tuple[Mixture, ...]:
    """Return the letters that look like those of another script inside one word, such as a Cyrillic er for a p."""
    if text.isascii() or len({_script(sign) for sign in text} - NO_ALPHABET) <= 1:
        return ()
    return tuple(mixture for start, end in _words(text) for mixture in _mixtures(text, start, end))


def pieces(text: str) -> tuple[Piece, ...]:
    """Return a name in pieces, plain and marked, for a page; joined they are the name with hidden signs spelt out.

    A hidden sign becomes a token such as "[U+202E]" and so no longer acts. A name without findings is one piece.
    """
    places = _hidden_places(text) if HIDDEN.search(text) else []
    mixtures = mixed_scripts(text)
    if not places and not mixtures:
        return (Piece(text),)
    signs = {place: Mark(HIDDEN_SIGN, {"sign": sign_name(text[place])}) for place in places}
    marks: list[Mark | None] = [None] * len(text)
    for mixture in mixtures:
        mark = Mark(LOOK_ALIKE, {"like": mixture.like})
        marks[mixture.start : mixture.end] = [mark] * (mixture.end - mixture.start)
    found = []
    # Look-alike letters that touch are of different words only with something between: equal marks are one piece.
    for (mark, place), group in groupby(
        range(len(text)), key=lambda place: (marks[place], place if place in signs else -1)
    ):
        if place >= 0:
            found.append(Piece(f"[U+{ord(text[place]):04X}]", signs[place]))
        else:
            found.append(Piece("".join(text[index] for index in group), mark))
    return tuple(found)


def skeleton(name: str) -> str:
    """Return what spellings of `name` have in common that a reader takes for the same; for comparing, not for showing.

    Case, accents, punctuation, spaces and hidden signs are gone, and letters that look alike are one letter. A word in
    another script keeps its own letters unless all of them could be Latin: nothing is transliterated.
    """
    text = HIDDEN.sub("", unicodedata.normalize("NFKC", name).replace("|", "l"))
    words = ("".join(_one_script(text[start:end])) for start, end in _words(text, with_digits=True))
    bare = ACCENTS.sub("", unicodedata.normalize("NFD", "".join(words).casefold()))
    shape = bare.translate(ONE_SHAPE).replace("rn", "m").replace("vv", "w")
    return unicodedata.normalize("NFC", shape) or "".join(text.casefold().split())


def _hidden_places(text: str) -> list[int]:
    return [found.start() for found in HIDDEN.finditer(text) if not _belongs_there(text, found.start())]


def _belongs_there(text: str, place: int) -> bool:
    """Whether a script or an emoji needs the invisible sign at `place`."""
    sign, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if not before:
        return False
    if sign in JOINERS:
        joins = {_letter_script(before), _letter_script(after)} if after else {""}
        is_emoji = bool(after) and unicodedata.category(after) == "So"
        return joins <= JOINING_SCRIPTS or (
            is_emoji and (before == "\ufe0f" or unicodedata.category(before) in {"So", "Sk"})
        )
    if "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef" or "\u180b" <= sign <= "\u180d":
        return _script(before) in VARIED_SCRIPTS or unicodedata.category(before)[0] in "SN"
    return False


def _letter_script(sign: str) -> str:
    return _script(sign) if unicodedata.category(sign)[0] in "LM" else ""


def sign_name(sign: str) -> str:
    """Return what Unicode calls a sign, such as "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'CONTROL CHARACTER')}"


@lru_cache(maxsize=8192)
def _script(sign: str) -> str:
    """Return the script of one sign in capitals, such as "CYRILLIC"; "COMMON" and the like where it has none."""
    return str(alias(sign))


@lru_cache(maxsize=8192)
def _shapes(letter: str) -> Mapping[str, str]:
    """Return, by script, the letter that `letter` looks like there."""
    direct = [glyph["c"] for glyph in confusables_data.get(letter, ())]
    # The table leads from a letter to the simplest of its shape, and from that one to all others.
    around = [glyph["c"] for shape in direct for glyph in confusables_data.get(shape, ())]
    found: dict[str, str] = {}
    for shape in [*sorted(direct), *sorted(around)]:
        if len(shape) == 1 and shape.isalpha() and shape != letter:
            script = _script(shape)
            if script not in NO_ALPHABET and (script != "LATIN" or shape <= LAST_LATIN):
                found.setdefault(script, shape)
    found.pop(_script(letter), None)
    return found


@lru_cache(maxsize=8192)
def _plain_latin(letter: str) -> str:
    """Return a Latin letter without the stroke or ligature that Unicode does not take apart, such as o for ø."""
    for glyph in confusables_data.get(letter, ()):
        plain = ACCENTS.sub("", glyph["c"])
        if plain.isascii() and plain.isalpha():
            return str(plain)
    return letter


def _words(text: str, *, with_digits: bool = False) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of letters, with the marks and hidden signs inside it."""
    for is_word, group in groupby(range(len(text)), key=lambda place: _is_part(text[place], with_digits)):
        if is_word:
            places = list(group)
            yield places[0], places[-1] + 1


def _is_part(sign: str, with_digits: bool) -> bool:  # noqa: FBT001 - called for every sign
    kinds = "LMN" if with_digits else "LM"
    return unicodedata.category(sign)[0] in kinds or HIDDEN.match(sign) is not None


def _letters(word: str) -> Counter[str]:
    """Return how many letters of each alphabet a word has."""
    scripts = (_script(sign) for sign in word if sign.isalpha())
    return Counter(script for script in scripts if script not in NO_ALPHABET)


def _mixtures(text: str, start: int, end: int) -> Iterator[Mixture]:
    word = text[start:end]
    counted = _letters(word)
    if len(counted) <= 1:
        return
    own = counted.most_common(1)[0][0]
    for script, group in groupby(range(start, end), key=lambda place: _script(text[place])):
        places = list(group)
        if script == own or script in NO_ALPHABET:
            continue
        like = [_shapes(text[place]).get(own, "") for place in places]
        # An ending in another script, such as a Russian case after "COVID", has letters of its own: no imitation.
        if all(like):
            yield Mixture(places[0], places[-1] + 1, "".join(like))


def _one_script(word: str) -> Iterator[str]:
    """Yield the signs of a word, each in the script that the word can be read in: Latin before its most frequent."""
    counted = _letters(word)
    letters = [sign for sign in word if _script(sign) in counted]
    is_latin = all(_script(sign) == "LATIN" or "LATIN" in _shapes(sign) for sign in letters)
    own = "LATIN" if is_latin or not counted else counted.most_common(1)[0][0]
    for sign in word:
        if _script(sign) == own == "LATIN":
            yield sign if sign.isascii() else _plain_latin(sign)
        else:
            yield _shapes(sign).get(own, sign) if _script(sign) in counted else sign
