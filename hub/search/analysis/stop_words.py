"""Words that a query may contain without every result having to; they are indexed like all others."""

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path

from hub.search.analysis.folding import fold

LISTS = Path(__file__).parent / "data" / "stop_words.json"


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the folded function words of one language."""
    return _lists().get(language, frozenset())


def is_stop_word(word: str, languages: Collection[str]) -> bool:
    """Whether a folded word is a function word in one of several languages."""
    return any(word in stop_words(language) for language in languages)


@cache
def _lists() -> dict[str, frozenset[str]]:
    data = json.loads(LISTS.read_text(encoding="utf-8"))
    return {language: frozenset(map(fold, words.split())) for language, words in data["words"].items()}
