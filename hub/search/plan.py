"""What a query asks of an engine, once it was read, analysed and expanded: a tree that every engine walks alike."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

DOCUMENT_ID = "id"
"""The facet whose values are the documents' own ids; it is asked for in conditions only and never counted."""


class Where(StrEnum):
    """In which texts of a document a term is looked for."""

    TEXT = "text"
    NAME = "name"


@dataclass(frozen=True)
class Term:
    """An analysed word in the texts of one language.

    Args:
        language: one of `hub.search.analysis.languages.LANGUAGES`.
        text: the term as it is indexed.
        weight: how much finding it counts; synonyms and guessed words count less than 1.
    """

    language: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Word:
    """One wanted word: any of the terms that it may be, in any language, or any completion of it.

    Args:
        terms: any of them.
        where: in which texts.
        asked: the typed words that it stands for.
    """

    terms: tuple[Term, ...]
    where: Where = Where.TEXT
    asked: str = ""


@dataclass(frozen=True)
class Phrase:
    """Terms of one language that stand side by side in this order.

    Args:
        language: as that of a `Term`.
        terms: in reading order.
        weight: as that of a `Term`.
        where: in which texts.
        asked: the typed words that it stands for.
    """

    language: str
    terms: tuple[str, ...]
    weight: float = 1.0
    where: Where = Where.TEXT
    asked: str = ""


@dataclass(frozen=True)
class FacetIs:
    """A document holds at least one of these values in a facet."""

    facet: str
    values: frozenset[str]


@dataclass(frozen=True)
class Within:
    """One of a document's dates lies in a span; a date that a document does not have is 0.

    Args:
        key: the name of the date among the document's numbers: `published` or `due`.
        after: it is later than this, in seconds since 1970.
        until: it is not later than this.
    """

    key: str
    after: float
    until: float = math.inf


@dataclass(frozen=True)
class And:
    """All parts hold; without any, everything does."""

    parts: tuple["Node", ...] = ()


EVERYTHING = And()
"""What every document holds."""


@dataclass(frozen=True)
class Or:
    """At least one part holds; without any, nothing does."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Node"


Node = Word | Phrase | FacetIs | Within | And | Or | Not


@dataclass(frozen=True)
class Plan:
    """A query as an engine answers it.

    Args:
        match: what a document must hold.
        loose: what it must hold where none holds `match`; None where `match` is not to be loosened.
        exact: the whole query folded, as `hub.search.analysis` folds whole names: documents so named come first.
        terms: every analysed word looked for, for highlights; those of a phrase joined by blanks.
        also: the synonyms looked for, as people write them.
        more: terms that nobody asked for and no document needs, yet that raise the place of those that hold them.
    """

    match: Node
    loose: Node | None = None
    exact: str = ""
    terms: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    more: tuple[Term, ...] = ()


def has_words(node: Node) -> bool:
    """Whether a node asks for words, so that documents can fit it more or less."""
    match node:
        case Word() | Phrase():
            return True
        case And(parts=parts) | Or(parts=parts):
            return any(map(has_words, parts))
        case _:
            return False


def by_wish(parts: Iterable[Node]) -> list[list[Node]]:
    """Return alternatives in groups: those that stand for the same typed words, which score as the best of them."""
    groups: dict[object, list[Node]] = {}
    for number, part in enumerate(parts):
        wish = part.asked if isinstance(part, Word | Phrase) else ""
        groups.setdefault((wish, "" if wish else number), []).append(part)
    return list(groups.values())
