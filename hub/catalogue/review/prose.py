"""Word by word, what was taken out of a text and what was put in. Knows no record.

Paragraphs are matched first and words within those that changed. Whatever somebody typed, the time grows with the
length: units that occur once on both sides are the anchors, and only short stretches between them are searched whole.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

ARABIC_AND_CJK_MARKS = "\u060c\u061b\u061f\u3001\u3002\u300c\u300d\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
PUNCTUATION = rf".,;:!?()\[\]{{}}\"“”„«»‘’'…–—/{ARABIC_AND_CJK_MARKS}"
WRITTEN_WITHOUT_SPACES = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
TOKEN = re.compile(
    rf"\s+|[{PUNCTUATION}]|[{WRITTEN_WITHOUT_SPACES}]|[^\s{PUNCTUATION}{WRITTEN_WITHOUT_SPACES}]+"
)
PARAGRAPH = re.compile(r".*?\n\s*|.+", re.DOTALL)
WORD = re.compile(rf"[^\s{PUNCTUATION}]+")

SEARCHED_WHOLE = 1_600
"""The most pairs of units (of the old and the new text) in a stretch without anchors that is searched pair by pair."""

ALIKE = 0.25
"""The least share of words that two paragraphs have in common, to be shown as one that was changed."""

SHOWN_AROUND = 25
"""Words of an unchanged stretch that stay beside a change."""

FOLDED_FROM = 30
"""The least number of unchanged words that are left out."""


class PartKind(StrEnum):
    """What became of a stretch of text; a gap is unchanged and left out."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    GAP = "gap"


Part = tuple[PartKind, str]


def prose_parts(was: str, now: str) -> tuple[Part, ...]:
    """Return what happened between two texts, in the order of reading.

    The same and the removed parts together are the old text, the same and the added ones the new text.
    """
    parts: list[Part] = []
    for old, new in _stretches(PARAGRAPH.findall(was), PARAGRAPH.findall(now)):
        before, after = "".join(old), "".join(new)
        parts += [(PartKind.SAME, before)] if before == after else _words(before, after)
    return tuple(_joined(parts))


def folded(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts with long unchanged stretches cut down to the words beside a change.

    What is left out stands in a part of kind `gap`; `word_count` says how long it is.
    """
    parts = tuple(parts)
    shown: list[Part] = []
    for position, (kind, text) in enumerate(parts):
        if kind is not PartKind.SAME:
            shown.append((kind, text))
            continue
        head, gap, tail = _cut(text, is_first=position == 0, is_last=position == len(parts) - 1)
        stretches = ((PartKind.SAME, head), (PartKind.GAP, gap), (PartKind.SAME, tail))
        shown += [part for part in stretches if part[1]]
    return tuple(shown)


def word_count(text: str) -> int:
    """Return the number of words in a text."""
    return sum(1 for _ in WORD.finditer(text))


def _cut(text: str, *, is_first: bool, is_last: bool) -> tuple[str, str, str]:
    """Return what stays in front, what is left out, and what stays behind."""
    found = list(WORD.finditer(text))
    left = 0 if is_first else SHOWN_AROUND
    right = 0 if is_last else SHOWN_AROUND
    if len(found) - left - right < FOLDED_FROM:
        return text, "", ""
    start = found[left - 1].end() if left else 0
    end = found[-right].start() if right else len(text)
    return text[:start], text[start:end], text[end:]


def _words(was: str, now: str) -> list[Part]:
    """Compare two stretches word by word; those with little in common are replaced whole."""
    if not was or not now:
        return _changed(was, now)
    parts: list[Part] = []
    for old, new in _stretches(TOKEN.findall(was), TOKEN.findall(now)):
        before, after = "".join(old), "".join(new)
        parts += [(PartKind.SAME, before)] if before == after else _changed(before, after)
    parts = _tidied(parts)
    kept = sum(word_count(text) for kind, text in parts if kind is PartKind.SAME)
    return parts if kept >= ALIKE * max(word_count(was), word_count(now)) else _changed(was, now)


def _changed(was: str, now: str) -> list[Part]:
    return [part for part in ((PartKind.REMOVED, was), (PartKind.ADDED, now)) if part[1]]


def _tidied(parts: Sequence[Part]) -> list[Part]:
    """Take what is no word and stands between two changes into both, so that a changed phrase reads as one."""
    tidy: list[Part] = []
    for position, (kind, text) in enumerate(parts):
        is_between = 0 < position < len(parts) - 1
        if kind is PartKind.SAME and is_between and not text.strip():
            tidy += _changed(text, text)
        else:
            tidy.append((kind, text))
    return tidy


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield one part for each run of changes and for each run of what is the same; removed before added."""
    same = removed = added = ""
    for kind, text in parts:
        if kind is PartKind.SAME:
            yield from _changed(removed, added)
            removed = added = ""
            same += text
            continue
        if same:
            yield PartKind.SAME, same
            same = ""
        if kind is PartKind.REMOVED:
            removed += text
        else:
            added += text
    yield from _changed(removed, added)
    if same:
        yield PartKind.SAME, same


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield pairs of stretches in the order of reading: equal ones, and what stands in place of each other."""
    work = [(0, len(old), 0, len(new))]
    while work:
        low, high, start, end = work.pop()
        head = _common(old[low:high], new[start:end])
        if head:
            yield old[low : low + head], new[start : start + head]
            low, start = low + head, start + head
        if low == high or start == end:
            if low < high or start < end:
                yield old[low:high], new[start:end]
            continue
        tail = _common(old[low:high][::-1], new[start:end][::-1])
        if tail:
            work.append((high - tail, high, end - tail, end))
            work.append((low, high - tail, start, end - tail))
            continue
        anchors = _anchors(old[low:high], new[start:end])
        if anchors:
            cuts = [(low + a, start + b) for a, b in anchors] + [(high, end)]
            # the last goes first onto the pile, so that the first is read next
            work += [
                (a, after_a, b, after_b) for (a, b), (after_a, after_b) in reversed(list(pairwise(cuts)))
            ]
            work.append((low, cuts[0][0], start, cuts[0][1]))
        else:
            yield from _searched(old[low:high], new[start:end])


def _searched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    if len(old) * len(new) > SEARCHED_WHOLE:
        yield old, new
        return
    for _, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield old[low:high], new[start:end]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many units both begin with."""
    count = 0
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        count += 1
    return count


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of units that occur once on both sides and stand in the same order on both (patience diff)."""
    once_old, once_new = Counter(old), Counter(new)
    places = {unit: place for place, unit in enumerate(new) if once_new[unit] == 1}
    pairs = [
        (place, places[unit]) for place, unit in enumerate(old) if once_old[unit] == 1 and unit in places
    ]
    ends: list[int] = []
    chain: list[tuple[int, int]] = []
    before: list[int | None] = []
    for number, (_, place) in enumerate(pairs):
        depth = bisect_left(ends, place)
        ends[depth : depth + 1] = [place]
        chain[depth : depth + 1] = [(number, place)]
        before.append(chain[depth - 1][0] if depth else None)
    found: list[tuple[int, int]] = []
    step = chain[-1][0] if chain else None
    while step is not None:
        found.append(pairs[step])
        step = before[step]
    return found[::-1]
