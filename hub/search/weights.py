"""What terms weigh in a document, by field and length; the same for every engine. See decision 0039."""

from collections import Counter
from collections.abc import Mapping
from math import log1p

from hub.search.analysis import GAP, Terms, analysed
from hub.search.boosts import NAME_WEIGHT, SHORT_WEIGHT
from hub.search.documents import Document

SATURATION = 1.2
"""BM25's k1: how soon more occurrences of a term stop to matter."""

LENGTH_SHARE = 0.75
"""BM25's b: how much less (0 to 1) a term counts in a longer text."""

Sample = Mapping[tuple[str, str], float]
"""How often each term stands in a document, weighted by field, by language and term."""


def rarity(holding: int, documents: int) -> float:
    """Return what a word counts for being rare (BM25's weight of a term).

    All terms together by which a word is found, in all languages, count as one: each for itself, a common word would
    pass for rare in every language that few documents are written in.

    Args:
        holding: how many documents hold it.
        documents: among how many.
    """
    return log1p((documents - holding + 0.5) / (holding + 0.5))


def parts_of(terms: Terms) -> tuple[tuple[str, str, int], ...]:
    """Return the terms of one language as (in reading order, standing nowhere in particular, how often they count)."""
    return (
        (terms.name, terms.name_extras, NAME_WEIGHT),
        (terms.short, terms.short_extras, SHORT_WEIGHT),
        (terms.rest, terms.rest_extras, 1),
    )


def sample_of(document: Document) -> Sample:
    """Return how much each term counts in a document, by language and term, as engines index it."""
    sample: Counter[tuple[str, str]] = Counter()
    for language, terms in analysed(document.texts).terms.items():
        for placed, extras, times in parts_of(terms):
            for term in (*placed.split(), *extras.split()):
                sample[language, term] += times
    return {key: float(count) for key, count in sample.items() if key[1] != GAP}
