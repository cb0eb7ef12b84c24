"""Leaves out of a query what narrows nothing or is too much: function words, and what comes after the tenth word."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from hub.search.analysis import is_stop_word
from hub.search.analysis.folding import fold
from hub.search.asking.wishes import All, Either, Field, Part, Quoted, Wanted, Wishes, Without

MAX_QUERY_TERMS = 10
"""Different words and fields of a query that are searched; each word of a phrase counts."""

MAX_FUZZY = 3
"""Words that may be misspelt; further ones are taken as typed, for each costs as much as a whole search."""

Leaf = Wanted | Quoted | Field


def kept(wishes: Wishes, languages: Collection[str]) -> tuple[Part, ...]:
    """Return the parts of a query that are searched.

    Args:
        wishes: what was typed.
        languages: whose function words narrow nothing, unless there is nothing else.
    """
    telling = _filtered(wishes.parts, lambda leaf: None if _is_function_word(leaf, languages) else leaf)
    return _filtered(telling or wishes.parts, _Budget().take)


def _is_function_word(leaf: Leaf, languages: Collection[str]) -> bool:
    """Whether a part is a plain word that narrows nothing."""
    if not isinstance(leaf, Wanted) or leaf.is_prefix or leaf.is_fuzzy or leaf.is_acronym:
        return False
    return is_stop_word(fold(leaf.word), languages)


class _Budget:
    """Counts down while the leaves of a query are taken."""

    def __init__(self) -> None:
        self.left = MAX_QUERY_TERMS
        self.fuzzy = MAX_FUZZY

    def take(self, leaf: Leaf) -> Leaf | None:
        if self.left <= 0:
            return None
        if isinstance(leaf, Quoted):
            leaf = replace(leaf, words=leaf.words[: self.left])
            self.left -= len(leaf.words)
        else:
            self.left -= 1
        if isinstance(leaf, Wanted) and leaf.is_fuzzy:
            leaf = replace(leaf, is_fuzzy=self.fuzzy > 0)
            self.fuzzy -= 1
        return leaf


def _filtered(parts: Sequence[Part], keep: Callable[[Leaf], Leaf | None]) -> tuple[Part, ...]:
    return tuple(part for each in parts if (part := _part(each, keep)) is not None)


def _part(part: Part, keep: Callable[[Leaf], Leaf | None]) -> Part | None:
    match part:
        case Without(part=inner):
            rest = _part(inner, keep)
            return None if rest is None else Without(rest)
        case Either(parts=parts):
            several = _filtered(parts, keep)
            return Either(several) if len(several) > 1 else next(iter(several), None)
        case All(parts=parts):
            several = _filtered(parts, keep)
            return All(several) if len(several) > 1 else next(iter(several), None)
        case _:
            return keep(part)
