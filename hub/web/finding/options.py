"""What a page of results offers next: filters with counts, chips that remove one, searches that find more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from hub.search.asking import corrected
from hub.search.documents import Results
from hub.search.queries import count_each, lexicon
from hub.web.finding.asked import Asked, narrowed_by, values_of
from hub.web.finding.boxes import boxes
from hub.web.finding.directory import Facet, Labels
from hub.web.i18n import translate
from hub.web.runtime import runtime

IN_SIGHT = 8
"""Values of a filter that are in sight; the others wait behind "… more"."""

ON_PAGE = 24
"""Values of a filter on the page at all; a longer list has an address of its own."""

WHOLE_LIST = 750
"""Values of a filter where its whole list is asked for."""

WIDER_TRIES = 5

FEW = 3
"""With so few results, loose ones or none, another spelling is looked for."""


@dataclass(frozen=True)
class Group:
    """One filter as a page shows it.

    Args:
        name: of the argument.
        legend: its heading.
        in_sight: the boxes of values that are always shown, ticked ones among them.
        behind: the boxes of those that wait until somebody asks for more.
        more: how many those are, with what only the whole list holds.
        total: how many there are in the whole list.
        has_more: whether the whole list is longer than what is on the page.
        is_foldable: whether it is a group that opens and closes.
        is_open: whether it is open.
    """

    name: str
    legend: str
    in_sight: Markup
    behind: Markup
    more: int
    total: int
    has_more: bool
    is_foldable: bool
    is_open: bool


@dataclass(frozen=True)
class Chip:
    """A ticked value or condition in words, and the address of the search without it."""

    label: str
    href: str


@dataclass(frozen=True)
class Wider:
    """What dropping one filter would find, or all of them where there is no label."""

    label: str
    href: str
    count: int


@dataclass(frozen=True)
class Spelling:
    """Other words to search for, and the address of that search."""

    text: str
    href: str


def labels_of(search: Asked, results: Results) -> dict[str, Labels]:
    """Return, by filter, the words for every code that was ticked or counted; each filter is asked once."""
    return {
        facet.name: facet.labels(
            [*{**dict.fromkeys(search.filters.get(facet.name, ())), **counts_of(facet, results)}]
        )
        for facet in search.directory.facets
    }


def counts_of(facet: Facet, results: Results) -> Mapping[str, int]:
    """Return how many results there are for each code of a filter."""
    return facet.counted(results.facets.get(facet.name, {}))


def groups_of(search: Asked, results: Results, known: Mapping[str, Labels]) -> list[Group]:
    """Return the filters that have any value, each with counts."""
    groups = (group_of(facet, search, results, known[facet.name]) for facet in search.directory.facets)
    return [group for group in groups if group.total]


def group_of(facet: Facet, search: Asked, results: Results, labels: Labels) -> Group:
    """Return one filter with counts, the most frequent first; what is ticked stays, even at nothing.

    Codes that have an order of their own stand in it.
    """
    ticked = search.filters.get(facet.name, ())
    counts = {**dict.fromkeys(ticked, 0), **counts_of(facet, results)}
    shown = [code for code, count in counts.items() if code in labels and (count or code in ticked)]
    if facet.order:
        shown.sort(key=facet.order.index)
    else:
        shown.sort(key=lambda code: (code != facet.first, -counts[code], labels[code]))
    if facet.most is not None:
        shown = [code for place, code in enumerate(shown) if place < facet.most or code in ticked]
    is_whole = search.whole == facet.name
    room = WHOLE_LIST if is_whole else ON_PAGE
    sight = room if is_whole else IN_SIGHT
    in_sight = shown[:sight] + [code for code in shown[sight:] if code in ticked]
    behind = [code for code in shown[sight:room] if code not in ticked]

    def drawn(codes: Iterable[str]) -> Markup:
        return boxes(facet.name, ((code, labels[code], counts[code], code in ticked) for code in codes))

    return Group(
        name=facet.name,
        legend=translate(facet.legend),
        in_sight=drawn(in_sight),
        behind=drawn(behind),
        more=len(shown) - len(in_sight),
        total=len(shown),
        has_more=len(shown) > room,
        is_foldable=facet.is_folded,
        is_open=bool(ticked) or is_whole,
    )


def chips(search: Asked, known: Mapping[str, Labels]) -> list[Chip]:
    """Return a chip for each ticked value and condition; following it removes it."""
    ticked = [
        Chip(known[name][code], search.without(name, code))
        for name, codes in search.filters.items()
        for code in codes
    ]
    return [
        *(Chip(each.label, search.without(each.name, each.value)) for each in search.conditions),
        *ticked,
    ]


def wider(search: Asked, known: Mapping[str, Labels]) -> list[Wider]:
    """Return what would find something once dropped: single filters and conditions, all of them, or the words."""
    query, directory = search.query, search.directory
    ways = [
        (
            each.label,
            replace(query, narrowed=narrowed_by([other for other in search.conditions if other is not each])),
            search.without(each.name, each.value),
        )
        for each in search.conditions
    ]
    ticked = [(name, code) for name, codes in search.filters.items() for code in codes]
    ways += [
        (
            known[name][code],
            replace(query, filters=values_of(directory, loosened(search.filters, name, code))),
            search.without(name, code),
        )
        for name, code in ticked[:WIDER_TRIES]
    ]
    if search.chosen > 1:
        ways.append(("", replace(query, filters={}, narrowed=None), search.bare()))
    if search.chosen and query.text:
        ways.append((query.text, replace(query, text=""), search.href(q=None)))
    totals = count_each(runtime().search, [looser for _label, looser, _href in ways])
    return [
        Wider(label, href, total) for (label, _looser, href), total in zip(ways, totals, strict=True) if total
    ]


def loosened(filters: Mapping[str, Sequence[str]], name: str, code: str) -> dict[str, list[str]]:
    """Return the ticked codes by filter without one of them."""
    return {
        other: [value for value in codes if (other, value) != (name, code)]
        for other, codes in filters.items()
    }


def spelling(search: Asked, results: Results) -> Spelling | None:
    """Return what was typed in words that what this viewer may see holds, where that finds more; else None.

    Where it finds nothing either, it is looked for without filters and conditions.
    """
    query = search.query
    is_enough = results.total > FEW and not results.loose
    if not query.text.strip() or is_enough:
        return None
    better = corrected(query.text, lexicon(runtime().search, query))
    if not better or better == query.text:
        return None
    mended = replace(query, text=better)
    filtered, everywhere = count_each(runtime().search, [mended, replace(mended, filters={}, narrowed=None)])
    if filtered and (results.loose or filtered > results.total):
        return Spelling(better, search.href(q=better))
    if everywhere and not results.total:
        return Spelling(better, search.bare(q=better))
    return None
