"""Marks the words of a query in a text, as pieces; how a mark looks is for the templates."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from hub.search.analysis import DEFAULT, found_by, language_of, parts_marked, places_of, words_in

EXCERPT_LENGTH = 240
"""Characters of an excerpt, about two lines."""

MAX_HITS = 100
"""So many hits are looked at for the best excerpt."""

Span = tuple[int, int]
Mark = tuple[int, int, AbstractSet[str]]
"""From where to where, and the terms that are found there."""


@dataclass(frozen=True)
class Passage:
    """A piece of a text, and whether it is a word that was searched."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class _Sought:
    """The terms to be marked: single ones, and runs that count only where they stand side by side, by their first."""

    single: frozenset[str]
    runs: Mapping[str, tuple[tuple[str, ...], ...]]


def highlight(text: str, terms: Collection[str], language: str = DEFAULT) -> list[Passage]:
    """Return the whole text in pieces; joined, their texts are `text` again.

    Args:
        text: plain text.
        terms: analysed words, as in `Results.terms`; several joined by blanks are a phrase, marked only as such.
        language: the tag of the language that the text is written in (BCP 47).
    """
    words = words_in(text) if terms else []
    return _pieces(
        text, _marks(words, _places(text, words), _sought(frozenset(terms)), language_of(language))
    )


def excerpt(
    text: str, terms: Collection[str], length: int = EXCERPT_LENGTH, language: str = DEFAULT
) -> list[Passage]:
    """Return the part of `text` that holds most different words of the query, marked, with … where it was cut.

    Args:
        text: plain text; white space is evened out.
        terms: analysed words, as in `Results.terms`.
        length: characters at most, not counting the signs of cutting.
        language: the tag of the language that the text is written in.
    """
    text = " ".join(text.split())
    if len(text) <= length:
        return highlight(text, terms, language)
    words = words_in(text)
    places = _places(text, words)
    marks = _marks(words, places, _sought(frozenset(terms)), language_of(language))[:MAX_HITS]
    # A window opens at the beginning of the text, or at a word a little before a hit.
    starts = [start for start, _ in places]
    openings = [
        starts[min(bisect_left(starts, max(start - length // 4, 0)), len(starts) - 1)]
        for start, _, _ in marks
    ]
    start = max([0, *openings], key=lambda opening: (_different(marks, opening, length), -opening))
    ends = [end for _, end in places if start < end <= start + length]
    end = len(text) if len(text) <= start + length else (ends or [start + length])[-1]
    before = [Passage("… ", is_hit=False)] if start else []
    after = [Passage(" …", is_hit=False)] if end < len(text) else []
    return before + highlight(text[start:end], terms, language) + after


@lru_cache(maxsize=500)
def _sought(terms: frozenset[str]) -> _Sought:
    runs: dict[str, tuple[tuple[str, ...], ...]] = {}
    for term in sorted(terms):
        run = tuple(term.split(" "))
        if len(run) > 1:
            runs[run[0]] = (*runs.get(run[0], ()), run)
    return _Sought(frozenset(term for term in terms if " " not in term), runs)


def _marks(words: list[str], places: list[Span], sought: _Sought, language: str) -> list[Mark]:
    """Return what of a text is sought, in reading order: from where to where, and as which terms."""
    found = {word: found_by(word, language) for word in set(words)}
    hits = {word: held for word, terms in found.items() if (held := sought.single.intersection(terms))}
    marks: dict[Span, AbstractSet[str]] = {}
    if hits:
        for word, (start, _end) in zip(words, places, strict=True):
            if word in hits:
                for first, last in parts_marked(word, language, sought.single):
                    marks[start + first, start + last] = hits[word]
    held_terms = {term for terms in found.values() for term in terms} if sought.runs else ()
    if any(head in held_terms for head in sought.runs):
        _mark_runs(words, places, sought, language, marks)
    return [(start, end, terms) for (start, end), terms in sorted(marks.items())]


def _mark_runs(
    words: list[str], places: list[Span], sought: _Sought, language: str, marks: dict[Span, AbstractSet[str]]
) -> None:
    """Add the words of runs to `marks`; what is marked already stays."""
    pieces = [
        (term, start + first, start + last)
        for word, (start, _end) in zip(words, places, strict=True)
        for term, first, last in places_of(word, language)
    ]
    covered = [False] * (len(pieces) + 1)
    starts = {start for start, _end in marks}
    for number, (term, _start, _end) in enumerate(pieces):
        for run in sought.runs.get(term, ()):
            if tuple(piece[0] for piece in pieces[number : number + len(run)]) == run:
                for place in range(number, number + len(run)):
                    covered[place] = True
    done = -1
    for is_covered, (term, start, end) in zip(covered, pieces, strict=False):
        if is_covered and start >= done and start not in starts:
            marks[start, end] = frozenset({term})
            done = end


def _places(text: str, words: list[str]) -> list[Span]:
    """Return where `words`, all that the text has, stand in it."""
    places = []
    end = 0
    for word in words:
        start = text.index(word, end)
        end = start + len(word)
        places.append((start, end))
    return places


def _pieces(text: str, marks: Iterable[Mark]) -> list[Passage]:
    pieces = []
    done = 0
    for start, end, _terms in marks:
        if start < done:
            continue
        if start > done:
            pieces.append(Passage(text[done:start], is_hit=False))
        pieces.append(Passage(text[start:end], is_hit=True))
        done = end
    if done < len(text):
        pieces.append(Passage(text[done:], is_hit=False))
    return pieces


def _different(marks: Iterable[Mark], opening: int, length: int) -> int:
    return len(
        {term for start, end, held in marks if opening <= start and end <= opening + length for term in held}
    )
