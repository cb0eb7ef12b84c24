"""How rare terms are, counted over the texts that every member may see and over no others. Knows no database."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import log
from typing import Protocol

from hub.access.audience import EVERY_MEMBER
from hub.matching.facts import Facts, Text
from hub.matching.texts import terms_of

SCALE = 64
"""Rarities are whole numbers of this part of one, so that sums of them are exact in every order."""

IMAGINED = 30
"""So many texts more are imagined that hold none of the words: in a catalogue of three texts no word is telling yet."""


class Rarities(Protocol):
    """What tells how rare a term is."""

    def __hash__(self) -> int:
        """Tell it from others; it never changes."""

    def rarity(self, term: str) -> int:
        """Return how rare a term is, as `rarity_of` says."""

    def look_up(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return the rarities of many terms, and perhaps of others."""


@dataclass(frozen=True, eq=False)
class Statistics:
    """In how many texts each term stands.

    Args:
        documents: how many texts were counted.
        frequencies: of these, how many hold a term.
    """

    documents: int
    frequencies: Mapping[str, int] = field(repr=False)

    @classmethod
    def of(cls, facts: Iterable[Facts]) -> "Statistics":
        """Count the texts that every member may see."""
        documents, frequencies = 0, Counter[str]()
        for each in facts:
            for text in each.texts:
                if is_open(each.labels, text):
                    documents += 1
                    frequencies.update(terms_of(text).keys())
        return cls(documents, frequencies)

    def rarity(self, term: str) -> int:
        """Return how rare a term is, as `rarity_of` says."""
        return rarity_of(self.frequencies.get(term, 0), self.documents)

    def look_up(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return the rarities of many terms."""
        return {term: self.rarity(term) for term in terms}


def is_open(labels: Collection[str], text: Text) -> bool:
    """Whether every member may read a text of a thing with `labels`."""
    return not EVERY_MEMBER.isdisjoint(labels) and (
        text.labels is None or not EVERY_MEMBER.isdisjoint(text.labels)
    )


def rarity_of(frequency: int, documents: int) -> int:
    """Return how rare a term is that stands in `frequency` of `documents` texts: `SCALE` × ln((N + 30) ÷ (n + 1)).

    Rounded to a whole number; never negative.
    """
    return max(0, round(SCALE * log((documents + IMAGINED) / (frequency + 1))))
