"""What somebody asks for, as it was typed: words, phrases, fields, without what, either of what."""

from dataclasses import dataclass

from hub.search.plan import Where


@dataclass(frozen=True)
class Wanted:
    """One word.

    Args:
        word: as typed; hyphens and apostrophes are parts of it.
        is_prefix: whether it may go on, as in `procure*`.
        is_fuzzy: whether it may be misspelt, as in `procurment~`.
        where: in which texts.
        times: how often it was typed.
        is_acronym: whether it stands out in capitals, so that it is no function word, as in `US law`.
    """

    word: str
    is_prefix: bool = False
    is_fuzzy: bool = False
    where: Where = Where.TEXT
    times: int = 1
    is_acronym: bool = False


@dataclass(frozen=True)
class Quoted:
    """Words that stand side by side in this order."""

    words: tuple[str, ...]
    where: Where = Where.TEXT


@dataclass(frozen=True)
class Field:
    """A value of a facet, such as `country:ge`; the codes that it may mean."""

    facet: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Without:
    """What must not be there."""

    part: "Part"


@dataclass(frozen=True)
class Either:
    """At least one of several."""

    parts: tuple["Part", ...]


@dataclass(frozen=True)
class All:
    """Everything in parentheses, or joined by signs."""

    parts: tuple["Part", ...]


Part = Wanted | Quoted | Field | Without | Either | All


@dataclass(frozen=True)
class Wishes:
    """A whole query; all its parts are wanted.

    Args:
        parts: in reading order.
        is_empty: whether nothing was typed, or signs alone, which are passed over.
    """

    parts: tuple[Part, ...]
    is_empty: bool
