"""Words that say nothing of what a text is about, such as numbers and "today": no match rests on them."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hub.search.analysis import found_by

WORDS = Path(__file__).parent / "data" / "plain_words.json"


def version() -> str:
    """Return the version of the file."""
    return str(_data()["version"])


def is_plain(terms: tuple[str, ...], language: str) -> bool:
    """Whether a word that is found by some terms says nothing of what a text is about.

    Args:
        terms: of the word, as the search finds it.
        language: one of `hub.search.analysis.LANGUAGES`.
    """
    return bool(terms) and _terms(language).issuperset(terms)


@cache
def _terms(language: str) -> frozenset[str]:
    words: Mapping[str, list[str]] = _data()["words"]
    return frozenset(term for word in words.get(language, ()) for term in found_by(word, language))


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(WORDS.read_text(encoding="utf-8"))
    return data
