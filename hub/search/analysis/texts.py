"""Analyses whole texts for engines, fast: words met before are looked up, not analysed again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from hub.search.analysis.languages import language_of
from hub.search.analysis.reading import fold_name, read
from hub.search.analysis.words import words_in

NAME = "name"
SHORT = "short_description"
"""The two fields that weigh more than all others."""

GAP = "|"
"""Stands between texts, so that no phrase reaches from one into the next; no term holds it."""

MOST_REMEMBERED = 60_000
"""Words of one language that are kept with their terms, at some 300 bytes each."""

LONGEST_REMEMBERED = 40
"""Letters of a word that is kept; longer ones hardly come again."""

Kept = tuple[str, str, str]
"""The terms, further terms and folded words of a word, each joined by blanks."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The texts of one language of a document as terms joined by blanks, `GAP` between fields.

    Args:
        name, short, rest: terms of the name, the short description and all other fields, in reading order.
        name_extras, short_extras, rest_extras: further terms of the same words that stand nowhere in particular,
            such as the parts of compounds; as often as their words.
    """

    name: str = ""
    short: str = ""
    rest: str = ""
    name_extras: str = ""
    short_extras: str = ""
    rest_extras: str = ""


@dataclass(frozen=True, slots=True)
class Analysed:
    """All that an engine indexes of a document's texts.

    Args:
        terms: by language, one of `hub.search.analysis.languages.LANGUAGES`.
        names: the whole names, folded.
        words: the folded words, for the lexicon.
        name_words: those of them that stand in names.
    """

    terms: Mapping[str, Terms]
    names: tuple[str, ...]
    words: frozenset[str]
    name_words: frozenset[str]


class _Memory(dict[str, Kept]):
    """What the words of one language are found by; forgets all once there are too many."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> Kept:
        reading = read.__wrapped__(word, self.language)
        kept = (" ".join(reading.terms), " ".join(reading.others + reading.parts), " ".join(reading.folded))
        if len(word) <= LONGEST_REMEMBERED:
            if len(self) >= MOST_REMEMBERED:
                self.clear()
            self[word] = kept
        return kept


@cache
def _memory(language: str) -> _Memory:
    return _Memory(language)


@lru_cache(maxsize=65_536)
def found_by(word: str, language: str) -> tuple[str, ...]:
    """Return every term that a word, as it stands in a text of one of `LANGUAGES`, is found by."""
    terms, extras, _folded = _memory(language)[word]
    return tuple(f"{terms} {extras}".split())


def analysed(texts: Mapping[str, Mapping[str, str]]) -> Analysed:
    """Return the terms, names and words of the texts of a document, as `Document.texts` holds them."""
    by_language: dict[str, list[Mapping[str, str]]] = {}
    for tag, fields in texts.items():
        by_language.setdefault(language_of(tag), []).append(fields)
    seen: set[str] = set()
    named: set[str] = set()
    terms = {language: _terms(fields, language, seen, named) for language, fields in by_language.items()}
    names = [line for fields in texts.values() for line in fields.get(NAME, "").split("\n")]
    return Analysed(
        terms,
        tuple(dict.fromkeys(filter(None, map(fold_name, names)))),
        frozenset(" ".join(seen).split()),
        frozenset(" ".join(named).split()),
    )


def _terms(texts: Iterable[Mapping[str, str]], language: str, seen: set[str], named: set[str]) -> Terms:
    kinds: dict[str, tuple[list[str], list[str]]] = {}
    for fields in texts:
        for field, text in fields.items():
            terms, extras, folded = _looked_up(text, language)
            into = kinds.setdefault(field if field in (NAME, SHORT) else "", ([], []))
            into[0].append(terms)
            if extras:
                into[1].append(extras)
            seen.update(folded)
            if field == NAME:
                named.update(folded)
    gap = f" {GAP} "
    name, short, rest = (kinds.get(kind, ((), ())) for kind in (NAME, SHORT, ""))
    return Terms(
        gap.join(name[0]),
        gap.join(short[0]),
        gap.join(rest[0]),
        " ".join(name[1]),
        " ".join(short[1]),
        " ".join(rest[1]),
    )


def _looked_up(text: str, language: str) -> tuple[str, str, Iterable[str]]:
    """Return the terms of a text, its further terms, and the folded words of each of its words."""
    words = words_in(text)
    if not words:
        return "", "", ()
    terms, extras, folded = zip(*map(_memory(language).__getitem__, words), strict=True)
    return " ".join(terms), " ".join(filter(None, extras)), folded
