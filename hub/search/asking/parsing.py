"""Reads what somebody typed. Broken syntax is never an error: what makes no sense as a sign is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hub.search.analysis import spans, words_in
from hub.search.asking.fields import FACETS, NAME_FIELDS, codes_of
from hub.search.asking.wishes import All, Either, Field, Part, Quoted, Wanted, Wishes, Without
from hub.search.plan import Where

MAX_QUERY_LENGTH = 200
"""Characters of a query that are read (trust.md, limits)."""

MAX_DEPTH = 4
"""Parentheses inside one another that are read; more of them are taken for nothing."""

LEAST_PREFIX = 2
"""Letters of a word that `*` may complete."""

QUOTES = '"“”„‟«»'

TOKEN = re.compile(
    rf"(?P<minus>(?<![^\s(])[-−](?=[^\s\-]))?"
    rf"(?:(?P<field>[^\W\d_]+(?:_[^\W\d_]+)*):(?=[^\s:]))?"
    rf"(?:[{QUOTES}](?P<quoted>[^{QUOTES}]*)[{QUOTES}]|(?P<open>\()|(?P<close>\))|(?P<plain>[^\s()]+?(?=[\s()]|[{QUOTES}]|\Z))|[{QUOTES}])"
)
"""A sign of its own, or words with a minus or a field before them. A lone quotation mark is passed over."""

OPERATORS = frozenset({"AND", "OR", "NOT"})


def parse(text: str) -> Wishes:
    """Return what a text asks for; of a long one, the first 200 characters."""
    text = text[:MAX_QUERY_LENGTH]
    parts = _sequence(TOKEN.finditer(text), 0)
    return Wishes(tuple(parts), not parts)


@dataclass
class _Sequence:
    """Parts as they come: `OR` binds the next to the last, `NOT` turns the next."""

    parts: list[Part]
    is_or: bool = False
    is_not: bool = False

    def operate(self, name: str) -> None:
        if name == "NOT":
            self.is_not = True
        else:
            self.is_or = name == "OR" and bool(self.parts)

    def take(self, parts: list[Part], *, is_without: bool) -> None:
        if not parts:
            return
        if is_without or self.is_not:
            parts = [Without(_one(parts))]
        if self.is_or:
            last = self.parts.pop()
            before = last.parts if isinstance(last, Either) else (last,)
            parts = [Either((*before, _one(parts)))]
        for part in parts:
            self._add(part)
        self.is_or = self.is_not = False

    def _add(self, part: Part) -> None:
        for place, before in enumerate(self.parts):
            if isinstance(before, Wanted) and replace(before, times=1) == part:
                self.parts[place] = replace(before, times=before.times + 1)
                return
        if part not in self.parts:
            self.parts.append(part)


def _sequence(tokens: Iterator[re.Match[str]], depth: int) -> list[Part]:
    found = _Sequence([])
    for token in tokens:
        is_without = bool(token["minus"])
        if token["close"]:
            if depth:
                break
        elif token["open"]:
            inner = _sequence(tokens, depth + 1) if depth < MAX_DEPTH else []
            found.take([_one(inner)] if inner else [], is_without=is_without)
        elif token["plain"] in OPERATORS and not token["field"]:
            found.operate(token["plain"])
        else:
            found.take(_parts(token), is_without=is_without)
    return [inner for part in found.parts for inner in (part.parts if isinstance(part, All) else (part,))]


def _parts(token: re.Match[str]) -> list[Part]:
    """Return what a word, a phrase or a typed field asks for."""
    field = (token["field"] or "").lower()
    quoted, plain = token["quoted"], token["plain"] or ""
    if field in FACETS and (value := (quoted if quoted is not None else plain).strip()):
        return [Field(FACETS[field][0], codes_of(field, value))]
    where = Where.NAME if field in NAME_FIELDS else Where.TEXT
    is_loud = token.string.isupper()
    parts: list[Part] = []
    if field and where is Where.TEXT:
        parts += _wanted(token["field"], is_loud=is_loud)
    if quoted is not None:
        words = tuple(words_in(quoted))
        parts += [Quoted(words)] if words else []
    else:
        parts += _wanted(plain, is_loud=is_loud)
    return [_inside(part, where) for part in parts]


def _wanted(text: str, *, is_loud: bool) -> list[Part]:
    """Return the words of a piece of the query; `*` and `~` belong to the word that they follow."""
    parts: list[Part] = []
    for word, start, end in spans(text):
        sign = text[end : end + 1]
        if word.isdecimal() and text[start - 1 : start] == "~":
            continue  # a number of slips, as elsewhere
        parts.append(
            Wanted(
                word,
                is_prefix=sign == "*" and len(word) >= LEAST_PREFIX,
                is_fuzzy=sign == "~",
                is_acronym=word.isupper() and len(word) > 1 and not is_loud,
            )
        )
    return parts


def _inside(part: Part, where: Where) -> Part:
    return replace(part, where=where) if isinstance(part, Wanted | Quoted) else part


def _one(parts: list[Part]) -> Part:
    return parts[0] if len(parts) == 1 else All(tuple(parts))
