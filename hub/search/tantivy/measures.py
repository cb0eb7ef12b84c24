"""What tantivy weighs terms by in one state of an index: how many documents there are, and the mean length of texts."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from tantivy import Query, Searcher

from hub.search.plan import Where
from hub.search.tantivy.schema import KEPT, LANGUAGE, SCHEMA, kept_sample, text_field

MOST_TRIED = 5
"""Documents in a language, and terms of each, that are tried for a text to measure; the first nearly always has it."""


@dataclass(frozen=True)
class Measure:
    """What tantivy reckons with for the texts of one language.

    Args:
        documents: how many there are, with deleted ones that are not merged away yet.
        mean: the mean length over all of them, also those without a text in the language.
        usual: the mean length over those that have one.
    """

    documents: int
    mean: float
    usual: float


class Measures:
    """Reads measures from an explained score, the only place where tantivy tells them, and keeps them.

    Args:
        searcher: the state of the index.
    """

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._read: dict[tuple[str, Where], Measure] = {}

    def of(self, language: str, where: Where, text: str) -> Measure | None:
        """Return the measure of texts in a language; None where no document is found that has any.

        Args:
            language: theirs.
            where: which texts.
            text: a term that likely stands in one of them.
        """
        known = self._read.get((language, where)) or next(self._measures(language, where, text), None)
        if known is not None:
            self._read[language, where] = known
        return known

    def _measures(self, language: str, where: Where, likely: str) -> Iterator[Measure]:
        speaking = int(self._searcher.doc_freq(LANGUAGE, language))
        field = text_field(language, where)
        for text in chain([likely], self._terms(language)):
            query = Query.term_query(SCHEMA, field, text, "freq")
            for _, address in self._searcher.search(query, 1, count=False).hits:
                told = dict(_told(json.loads(query.explain(self._searcher, address).to_json())))
                usual = told["avgdl"] * told["N"] / speaking
                yield Measure(int(told["N"]), told["avgdl"], usual)

    def _terms(self, language: str) -> Iterator[str]:
        """Yield terms of some documents in a language, those of each that stand in its name first."""
        speakers = Query.term_query(SCHEMA, LANGUAGE, language, "basic")
        for _, address in self._searcher.search(speakers, MOST_TRIED, count=False).hits:
            sample = kept_sample(self._searcher.doc(address)[KEPT][0])
            own = sorted((-count, text) for (spoken, text), count in sample.items() if spoken == language)
            yield from (text for _, text in own[:MOST_TRIED])


def _told(explained: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Yield every figure of an explanation, by the sign that begins its description."""
    yield explained["description"].partition(",")[0], explained["value"]
    for each in explained.get("details", ()):
        yield from _told(each)
