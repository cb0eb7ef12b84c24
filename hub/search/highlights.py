"""Marks the words of a query in a text, as pieces; how a mark looks is for the templates."""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass

from hub.search.analysis import words

EXCERPT_LENGTH = 240
"""Characters of an excerpt, about two lines."""

MAX_HITS = 100
"""So many hits are looked at for the best excerpt."""


@dataclass(frozen=True)
class Passage:
    """A piece of a text, and whether it is a word that was searched."""

    text: str
    is_hit: bool


def highlight(text: str, terms: Collection[str]) -> list[Passage]:
    """Return the whole text in pieces; joined, their texts are `text` again.

    Args:
        text: plain text.
        terms: analysed words, as in `Results.terms`.
    """
    pieces = []
    done = 0
    if terms:
        for term, start, end in words(text):
            if term in terms:
                if start > done:
                    pieces.append(Passage(text[done:start], is_hit=False))
                pieces.append(Passage(text[start:end], is_hit=True))
                done = end
    if done < len(text):
        pieces.append(Passage(text[done:], is_hit=False))
    return pieces


def excerpt(text: str, terms: Collection[str], length: int = EXCERPT_LENGTH) -> list[Passage]:
    """Return the part of `text` that holds most different words of the query, marked, with … where it was cut.

    Args:
        text: plain text; white space is evened out.
        terms: analysed words, as in `Results.terms`.
        length: characters at most, not counting the signs of cutting.
    """
    text = " ".join(text.split())
    if len(text) <= length:
        return highlight(text, terms)
    spans = list(words(text))
    hits = [(term, start, end) for term, start, end in spans if term in terms][:MAX_HITS]
    # A window opens at the beginning of the text, or at a word a little before a hit.
    starts = [start for _, start, _ in spans]
    openings = [starts[bisect_left(starts, max(hit - length // 4, 0))] for _, hit, _ in hits]
    start = max([0, *openings], key=lambda opening: (_different(hits, opening, length), -opening))
    ends = [end for _, _, end in spans if start < end <= start + length]
    end = len(text) if len(text) <= start + length else (ends or [start + length])[-1]
    before = [Passage("… ", is_hit=False)] if start else []
    after = [Passage(" …", is_hit=False)] if end < len(text) else []
    return before + highlight(text[start:end], terms) + after


def _different(hits: list[tuple[str, int, int]], opening: int, length: int) -> int:
    return len({term for term, start, end in hits if opening <= start and end <= opening + length})
