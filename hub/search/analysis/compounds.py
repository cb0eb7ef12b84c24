"""Finds the parts of German and Norwegian compounds, as far as they are words of the field."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from hub.search.analysis.folding import fold

PARTS = Path(__file__).parent / "data" / "compounds.json"

JOINTS: Mapping[str, tuple[str, ...]] = {"de": ("", "s", "es", "n", "en", "er", "e"), "nb": ("", "s", "e")}
"""Letters that may stand between two parts."""

TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
"""What people type who have no such key."""

SEVERAL = 3
"""Of so many parts, those at the beginning and those at the end are a compound too."""

Way = Callable[[str, frozenset[str], tuple[str, ...]], tuple[str, ...]]

LEAST = 8
"""Letters of the shortest compound looked at."""

DEEPEST = 2
"""So many parts are split off one after the other; a compound has at most two more."""

LEAST_REST = 4
"""Letters of a part that is not in the list."""


def parts_of(word: str, language: str) -> tuple[str, ...]:
    """Return the parts of a compound as whole words, folded, in reading order; empty for other words.

    A word comes apart where all its parts are known, or else where a known part begins or ends it: what is left
    then counts as a part too. Of three and more, also what the first and the last are without one another.
    """
    parts = whole_parts_of(word, language)
    if len(parts) >= SEVERAL:
        folded = fold(word)
        return (*parts, folded[: folded.rindex(parts[-1])], folded[folded.index(parts[1], len(parts[0])) :])
    return parts or _taken_apart(word, language, _half)


def whole_parts_of(word: str, language: str) -> tuple[str, ...]:
    """Return the parts of a compound of which all are known, as `parts_of`; empty for other words."""
    return _taken_apart(word, language, _whole)


def _taken_apart(word: str, language: str, way: Way) -> tuple[str, ...]:
    folded = fold(word) if language in JOINTS else ""
    if len(folded) < LEAST or not folded.isalpha():
        return ()
    return way(folded, _known(language), JOINTS[language])


def _whole(word: str, known: frozenset[str], joints: tuple[str, ...], depth: int = 0) -> tuple[str, ...]:
    """Return the parts of a word that is made of known ones only."""
    for end in range(len(word) - 2, 2, -1):
        if word[:end] not in known:
            continue
        for joint in joints:
            rest = word[end:].removeprefix(joint) if joint else word[end:]
            if joint and rest == word[end:]:
                continue
            if ending := _ended(rest, known):
                return (word[:end], ending)
            further = _whole(rest, known, joints, depth + 1) if depth < DEEPEST else ()
            if further:
                return (word[:end], *further)
    return ()


def _half(word: str, known: frozenset[str], joints: tuple[str, ...]) -> tuple[str, ...]:
    """Return a known beginning or ending with the rest of the word."""
    for end in range(len(word) - LEAST_REST, 3, -1):
        if word[:end] in known:
            rests = [word[end:].removeprefix(joint) for joint in joints if word[end:].startswith(joint)]
            rest = min((each for each in rests if len(each) >= LEAST_REST), key=len, default="")
            return (word[:end], word[end:], rest) if rest and rest != word[end:] else (word[:end], word[end:])
    for start in range(LEAST_REST, len(word) - 3):
        if ending := _ended(word[start:], known):
            first = word[:start]
            bare = [first.removesuffix(joint) for joint in joints if joint and first.endswith(joint)]
            return (first, *(each for each in bare[:1] if len(each) >= LEAST_REST), ending)
    return ()


def _ended(word: str, known: frozenset[str]) -> str:
    """Return the known part that a word is, but for an ending of case or number; empty for other words."""
    for ending in ("", "en", "er", "es", "et", "ene", "n", "e", "s"):
        if word.endswith(ending) and word[: len(word) - len(ending)] in known:
            return word[: len(word) - len(ending)]
    return ""


@cache
def _known(language: str) -> frozenset[str]:
    data = json.loads(PARTS.read_text(encoding="utf-8"))
    parts = data["parts"][language]
    return frozenset(fold(each) for part in parts for each in (part, part.translate(TRANSCRIBED)))
