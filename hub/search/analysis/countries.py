"""The names of countries in every language, and the English words for what is of them: "Slovenian" finds Slovenia."""

import json
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from hub.search.analysis.languages import DEFAULT, LANGUAGES

WORDS = Path(__file__).parent / "data" / "country_words.json"

Group = dict[str, dict[str, list[str]]]
"""Words that mean the same, by language, as the file of synonyms holds them."""


def country_groups() -> Iterator[Group]:
    """Yield a group of words for each country."""
    territories = {language: Locale(language).territories for language in LANGUAGES}
    for code, others in json.loads(WORDS.read_text(encoding="utf-8"))["words"].items():
        words = {language: [names[code]] for language, names in territories.items() if code in names}
        words[DEFAULT] = [*words.get(DEFAULT, []), *others]
        yield {"words": words}
