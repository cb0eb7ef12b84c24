"""Words of the field that mean the same, also in other languages, from the versioned file in `data/`."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from hub.search.analysis.countries import country_groups
from hub.search.analysis.languages import LANGUAGES
from hub.search.analysis.reading import fold_name, read
from hub.search.analysis.stop_words import is_stop_word
from hub.search.analysis.words import words_in

GROUPS = Path(__file__).parent / "data" / "synonyms.json"

MOST_WORDS = 6
"""Words of the longest phrase in the file, without function words."""

EXACTLY = "="
"""Stands in the file before a word whose stem is that of other words, as "customs" has that of "custom".

Typed so it is meant, and it is not looked for beside others.
"""

ENDINGS: Mapping[str, int] = {"en": 3, "de": 4, "fr": 4, "it": 3, "es": 4, "nb": 4}
"""Letters in which forms of one word may differ at the end."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class Synonym:
    """A word or phrase that means the same as others.

    Args:
        written: as people write it.
        language: one of `LANGUAGES`.
        terms: its terms in reading order, function words among them.
        key: its terms without function words, which tell whether somebody typed it.
        is_exact: whether it is meant in this form only, and not looked for.
    """

    written: str
    language: str
    terms: Key
    key: Key
    is_exact: bool = False


@cache
def version() -> str:
    """Return the version of the file."""
    return str(json.loads(GROUPS.read_text(encoding="utf-8"))["version"])


@cache
def groups() -> tuple[tuple[Synonym, ...], ...]:
    """Return the groups of words that mean the same."""
    data = json.loads(GROUPS.read_text(encoding="utf-8"))
    return tuple(
        tuple(
            _synonym(written, language) for language, phrases in group["words"].items() for written in phrases
        )
        for group in (*data["groups"], *country_groups())
    )


@cache
def written_in(language: str) -> frozenset[str]:
    """Return all words of the file that are written in a language, in small letters."""
    return frozenset(
        each.written.casefold() for group in groups() for each in group if each.language == language
    )


def synonyms_of(words: Sequence[str], languages: Iterable[str]) -> tuple[Synonym, ...]:
    """Return what means the same as some typed words, whatever language they are in; empty where they mean no group.

    Args:
        words: as typed, without function words.
        languages: those of the synonyms wanted; the typed words themselves are left out, and what holds them or
            another synonym, as "public procurement" holds "procurement".
    """
    return _synonyms_of(tuple(words), frozenset(languages))


@lru_cache(maxsize=10_000)
def _synonyms_of(words: tuple[str, ...], languages: frozenset[str]) -> tuple[Synonym, ...]:
    typed, numbers = _meant(words)
    found = dict.fromkeys(
        synonym
        for number in numbers
        for synonym in groups()[number]
        if synonym.language in languages and not synonym.is_exact
    )
    telling = [each for each in found if not any(_holds_typed(each, *one) for one in typed)]
    return tuple(each for each in telling if not any(_holds(each, other) for other in telling))


def _holds_typed(synonym: Synonym, language: str, key: Key) -> bool:
    return synonym.language == language and frozenset(key) <= frozenset(synonym.key)


def _holds(synonym: Synonym, other: Synonym) -> bool:
    """Whether wherever a synonym stands, a shorter one does."""
    if synonym.language != other.language or len(synonym.terms) <= len(other.terms):
        return False
    return f" {' '.join(other.terms)} " in f" {' '.join(synonym.terms)} "


def _meant(words: tuple[str, ...]) -> tuple[frozenset[tuple[str, Key]], tuple[int, ...]]:
    """Return the keys of typed words in every language, and the numbers of the groups that they belong to.

    What is written so is meant; only without it are other forms. Else Nigeria would be Niger, by its Italian stem.
    """
    typed = frozenset((language, _key(words, language)) for language in LANGUAGES)
    folded = _folded(words)
    exact = _as_written().get(folded)
    if exact:
        return typed, exact
    found = {
        number
        for language, key in typed
        for number, written in _by_terms().get((language, key), ())
        if _are_forms(folded, written, language)
    }
    return typed, tuple(sorted(found))


def _are_forms(typed: Key, written: Key, language: str) -> bool:
    """Whether words of the same stems are forms of one another: a stem often joins what differs, as in "organ"."""
    if language not in ENDINGS or len(typed) != len(written):
        return True
    return all(
        max(len(one), len(other)) - _alike(one, other) <= ENDINGS[language]
        for one, other in zip(typed, written, strict=True)
    )


def _alike(one: str, other: str) -> int:
    """Return how many letters two words have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _synonym(written: str, language: str) -> Synonym:
    plain = written.removeprefix(EXACTLY)
    return Synonym(
        plain,
        language,
        _key(words_in(plain), language),
        _key(_telling(plain, language), language),
        is_exact=plain != written,
    )


def _telling(written: str, language: str) -> list[str]:
    return [word for word in words_in(written) if not is_stop_word(word.lower(), (language,))]


def _folded(words: Iterable[str]) -> Key:
    return tuple(fold_name(" ".join(words)).split())


def _key(words: Iterable[str], language: str) -> Key:
    return tuple(term for word in words for term in read(word, language).terms)


@cache
def _as_written() -> dict[Key, tuple[int, ...]]:
    """Return the numbers of groups by the folded words that stand in them."""
    found: defaultdict[Key, dict[int, None]] = defaultdict(dict)
    for number, group in enumerate(groups()):
        for synonym in group:
            words = _telling(synonym.written, synonym.language)
            found[_folded(words)][number] = None
            # "e-procurement" is typed "eprocurement" too
            found["".join(_folded(words)),][number] = None
    return {key: tuple(numbers) for key, numbers in found.items()}


@cache
def _by_terms() -> dict[tuple[str, Key], list[tuple[int, Key]]]:
    """Return the numbers of groups, with the words that stand in them, by language and terms."""
    found: defaultdict[tuple[str, Key], list[tuple[int, Key]]] = defaultdict(list)
    for number, group in enumerate(groups()):
        for synonym in group:
            if not synonym.is_exact:
                folded = _folded(_telling(synonym.written, synonym.language))
                found[synonym.language, synonym.key].append((number, folded))
    return dict(found)
