"""What a directory has of its own: its filters, orders, words and lines."""

from collections.abc import Callable, Collection as Several, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol

from hub.search.documents import Collection, Results, Sort
from hub.search.plan import Node
from hub.vocabularies.loader import vocabulary
from hub.web.i18n import country_name, language, term

Labels = Mapping[str, str]
Counts = Mapping[str, int]
Classes = Mapping[str, Mapping[str, Node]]
"""What the values of facets mean that no document holds, by facet and value."""


@dataclass(frozen=True)
class Condition:
    """What an address asks for beside words and filters.

    Args:
        name: of the argument.
        value: of the argument.
        label: its words on a chip.
        node: what a document must hold.
    """

    name: str
    value: str
    label: str
    node: Node


class Search(Protocol):
    """What a directory reads of a search; the whole of it is `Asked`."""

    @property
    def conditions(self) -> Sequence[Condition]:
        """What is asked beside words and filters."""

    @property
    def is_explained(self) -> bool:
        """Whether it is asked why each thing was found."""


def only_itself(code: str) -> frozenset[str]:
    """Return the one value that a code stands for."""
    return frozenset({code})


def as_they_are(counts: Counts) -> Counts:
    """Return counts unchanged."""
    return counts


def no_conditions() -> Sequence[Condition]:
    """Return nothing: a directory without conditions beside its filters."""
    return ()


def no_classes(_moment: datetime) -> Classes:
    """Return nothing: a directory whose documents hold the values of all its filters."""
    return {}


def nothing_more(_search: Search) -> Mapping[str, object]:
    """Return nothing: a directory whose templates need no more than every directory's."""
    return {}


@dataclass(frozen=True)
class Facet:
    """One filter of a directory.

    Args:
        name: how addresses and the index call it.
        legend: message id of its heading.
        labels: gives the words for those of some codes that exist; what has none is neither shown nor searched.
        order: its codes as they stand on the page; without it the most frequent come first.
        first: the code that stands before the most frequent, or nothing.
        most: how many values there are at most, the most frequent; None for all. Ticked ones always are.
        is_folded: whether it is closed until something in it is ticked or somebody opens it.
        values_of: what a code stands for in the index, such as "2+" for all levels from 2 on.
        counted: turns counts of values in the index into counts of codes.
        scheme: the vocabulary whose terms its values are, or nothing.
    """

    name: str
    legend: str
    labels: Callable[[Several[str]], Labels]
    order: tuple[str, ...] = ()
    first: str = ""
    most: int | None = None
    is_folded: bool = False
    values_of: Callable[[str], frozenset[str]] = only_itself
    counted: Callable[[Counts], Counts] = as_they_are
    scheme: str = ""


@dataclass(frozen=True)
class Words:
    """What a directory says: message ids, and how many were found.

    Args:
        title: of the page.
        box: label of the search box.
        found: says a number of things found, such as "12 innovations".
        loose: heading where no thing holds all the words.
        no_match: where nothing is found.
        no_word: where nothing is found and a single word was all that was asked, `%(word)s`.
        nothing: where there is nothing to find.
        advice: what to try where no filter is ticked.
        all: the link to the whole directory.
        newest: heading of what is new, shown where nothing is found.
    """

    title: str
    box: str
    found: Callable[[int], str]
    loose: str
    no_match: str
    no_word: str
    nothing: str
    advice: str
    all: str
    newest: str


@dataclass(frozen=True)
class Directory:
    """What one directory has of its own.

    Args:
        endpoint: its view, for links.
        collection: what it searches.
        facets: its filters in their order.
        sorts: its orders, each with the message id of its name.
        words: what it says.
        lines: gives what its template shows for the results of one page, each checked again in SQL.
        newest: gives the same for a few new things.
        folder: of its templates: `lines.html` shows `lines`; `below.html` stands below them, `filters.html` above the
            filters, `follow.html` below the results, `feed.html` in the head, where it has them.
        styles: further style sheets.
        scripts: further scripts.
        usual: the order where neither words nor another order are asked for.
        classes: gives what the values of filters mean at a moment that no document holds, such as that it is due soon.
        conditions: gives what else the address asks for.
        is_explained: whether it can say why something was found.
        more: gives what else its own templates read.
    """

    endpoint: str
    collection: Collection
    facets: tuple[Facet, ...]
    sorts: Mapping[Sort, str]
    words: Words
    lines: Callable[[Search, Results], Sequence[object]]
    newest: Callable[[], Sequence[object]]
    folder: str
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    usual: Sort = Sort.RELEVANCE
    classes: Callable[[datetime], Classes] = no_classes
    conditions: Callable[[], Sequence[Condition]] = no_conditions
    is_explained: bool = False
    more: Callable[[Search], Mapping[str, object]] = nothing_more


def vocabulary_facet(name: str, scheme: str, legend: str, *, is_folded: bool = False) -> Facet:
    """Return the filter whose values are those of a vocabulary."""
    say = country_name if scheme == "countries" else (lambda code: term(scheme, code))
    labels = cached_labels(scheme, vocabulary(scheme).__contains__, say)
    return Facet(name, legend, labels, is_folded=is_folded, scheme=scheme)


def cached_labels(
    scheme: str, is_known: Callable[[str], bool], say: Callable[[str], str]
) -> Callable[[Several[str]], Labels]:
    """Return a function that gives the words for codes and remembers them in each language of the pages.

    Args:
        scheme: what the codes belong to.
        is_known: whether there is such a code; only these are remembered, so that addresses cannot fill the memory.
        say: gives the words in this request's language.
    """

    def labels(codes: Several[str]) -> Labels:
        known = _words_in(scheme, language().code)
        for code in codes:
            if code not in known and is_known(code):
                known[code] = say(code)
        return {code: known[code] for code in codes if code in known}

    return labels


@cache
def _words_in(scheme: str, language_code: str) -> dict[str, str]:
    """Return what is remembered of a vocabulary in one language of the pages."""
    del scheme, language_code
    return {}
