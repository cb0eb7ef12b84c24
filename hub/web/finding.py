"""What every directory shares: the search as it was asked, filters with counts, chips, wider searches, the page.

A directory says what is its own (`Directory`); its view returns `show(directory)`. Nothing here knows what is found.
"""

from collections.abc import Callable, Collection as Several, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.core.errors import TooManyError
from hub.core.i18n import N_
from hub.core.pagination import Page, PageRequest
from hub.search.analysis import MAX_QUERY_LENGTH
from hub.search.documents import Collection, Query, Results, Sort
from hub.search.queries import count_each, find
from hub.vocabularies.loader import vocabulary
from hub.web.i18n import country_name, term, translate
from hub.web.limits import SEARCHES, browser, spend
from hub.web.runtime import runtime
from hub.web.sessions import viewer

PER_PAGE = 10
WIDER_TRIES = 5

MOST_TICKED = 20
"""Values of one filter that count; each has links of its own on the page."""

SEARCHED_TOO_FAST = N_(
    "The hub answers %(number)s searches within four seconds, and more came from you or from your network."
    " What you searched for is kept: wait a moment, then search again."
)

Labels = Mapping[str, str]


@dataclass(frozen=True)
class Facet:
    """One filter of a directory.

    Args:
        name: how addresses and the index call it.
        legend: message id of its heading.
        labels: gives the words for those of some codes that exist; what has none is neither shown nor searched.
        has_order: whether its values stand from the highest down, not by frequency.
        most: how many values are shown, the most frequent; None for all. Ticked ones always are.
    """

    name: str
    legend: str
    labels: Callable[[Several[str]], Labels]
    has_order: bool = False
    most: int | None = None


@dataclass(frozen=True)
class Words:
    """What a directory says: message ids, and how many were found.

    Args:
        title: of the page.
        box: label of the search box.
        found: says a number of things found, such as "12 innovations".
        loose: where no thing holds all the words.
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
        folder: of its templates: `lines.html` shows `lines`, a `below.html` stands below them.
        styles: further style sheets.
    """

    endpoint: str
    collection: Collection
    facets: tuple[Facet, ...]
    sorts: Mapping[Sort, str]
    words: Words
    lines: Callable[[Results], Sequence[object]]
    newest: Callable[[], Sequence[object]]
    folder: str
    styles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A search as the address asks for it.

    Args:
        directory: where.
        typed: the words, cut to what is searched.
        was_cut: whether there were more.
        filters: the ticked values by filter, without those that mean nothing.
        query: all of it for the engine, with what the viewer may find.
    """

    directory: Directory
    typed: str
    was_cut: bool
    filters: Mapping[str, Sequence[str]]
    query: Query

    @property
    def arguments(self) -> dict[str, Any]:
        """What an address needs to ask the same again from the first page on."""
        asked = {"q": self.typed, **self.filters, "sort": request.args.get("sort")}
        return {name: value for name, value in asked.items() if value}

    @property
    def only_word(self) -> str:
        """The word where it is all that is asked."""
        return self.typed if self.typed and not self.filters and len(self.typed.split()) == 1 else ""

    def href(self, **changes: object) -> str:
        """Return the address of the same search with some arguments changed; None takes one away."""
        changed: dict[str, Any] = {**self.arguments, **changes}
        return url_for(self.directory.endpoint, **changed)

    def without(self, name: str, code: str) -> str:
        """Return the address of the same search without one ticked value."""
        return self.href(**{name: [value for value in self.filters[name] if value != code] or None})


@dataclass(frozen=True)
class Wider:
    """What dropping one filter would find, or all of them where there is no label."""

    label: str
    href: str
    count: int


def vocabulary_facet(name: str, scheme: str, legend: str, *, has_order: bool = False) -> Facet:
    """Return the filter whose values are those of a vocabulary."""

    def labels(codes: Several[str]) -> Labels:
        known = vocabulary(scheme).codes
        say = country_name if scheme == "countries" else lambda code: term(scheme, code)
        return {code: say(code) for code in codes if code in known}

    return Facet(name, legend, labels, has_order)


def show(directory: Directory) -> ResponseReturnValue:
    """Return the page of a directory for what the address asks, or 429 with the search kept."""
    search = asked(directory)
    try:
        spend(SEARCHES, SEARCHED_TOO_FAST, key=browser())
    except TooManyError as error:
        return too_fast(error, search)
    results = find(runtime().search, search.query)
    lines = directory.lines(results)
    known = labels_of(search, results)
    nothing = not results.total
    # htmx takes the results only, with the counts beside them; everybody else gets the page round them
    page = render_template(
        "finding/results.html" if is_refresh() else "finding/search.html",
        directory=directory,
        search=search,
        results=results,
        lines=lines,
        page=Page(lines, results.total, search.query.page),
        facets=[options_of(each, results, search.filters, known) for each in directory.facets],
        chips=chips(search, known),
        chosen=sum(len(values) for values in search.filters.values()),
        said=directory.words.found(results.total),
        wider=wider(search, known) if nothing else (),
        newest=directory.newest() if nothing else (),
    )
    answer = make_response(page)
    answer.vary.add("HX-Request")
    return answer


def asked(directory: Directory) -> Asked:
    """Return what the address asks of a directory."""
    typed = request.args.get("q", "")
    filters = asked_filters(directory)
    query = Query(
        labels=viewer().labels,
        text=typed[:MAX_QUERY_LENGTH],
        filters={name: frozenset(values) for name, values in filters.items()},
        sort=asked_sort(directory),
        page=PageRequest(request.args.get("page", 1, type=int), PER_PAGE),
        collection=directory.collection,
    )
    return Asked(directory, query.text, len(typed) > MAX_QUERY_LENGTH, filters, query)


def asked_filters(directory: Directory) -> dict[str, list[str]]:
    """Return the ticked values by filter; values that mean nothing are left out."""
    chosen = {}
    for facet in directory.facets:
        codes = list(dict.fromkeys(request.args.getlist(facet.name)))
        known = facet.labels(codes) if codes else {}
        chosen[facet.name] = [code for code in codes if code in known][:MOST_TICKED]
    return {name: codes for name, codes in chosen.items() if codes}


def asked_sort(directory: Directory) -> Sort:
    """Return the order asked for; anything unknown is the usual one."""
    name = request.args.get("sort")
    return next((sort for sort in directory.sorts if sort.value == name), Sort.RELEVANCE)


def is_refresh() -> bool:
    """Whether a script asks for the results alone, to put them into the page that is shown."""
    return "HX-Request" in request.headers


def too_fast(error: TooManyError, search: Asked) -> Response:
    """Return 429 with the search as it was asked, so that one click asks it again."""
    page = render_template(
        "finding/too_fast_part.html" if is_refresh() else "finding/too_fast.html",
        directory=search.directory,
        search=search,
        said=translate(error.message, **error.parameters),
    )
    answer = make_response(page, error.status)
    answer.headers["Retry-After"] = str(error.retry_after)
    answer.vary.add("HX-Request")
    return answer


def labels_of(search: Asked, results: Results) -> dict[str, Labels]:
    """Return, by filter, the words for every value that was ticked or counted; each filter is asked once."""
    return {
        facet.name: facet.labels(
            [*{**dict.fromkeys(search.filters.get(facet.name, ())), **results.facets.get(facet.name, {})}]
        )
        for facet in search.directory.facets
    }


def options_of(
    facet: Facet, results: Results, filters: Mapping[str, Sequence[str]], known: Mapping[str, Labels]
) -> dict[str, object]:
    """Return one group of filters with counts, the most frequent first; what is ticked stays, even at nothing.

    Values that have an order of their own stand in it, the highest first.
    """
    ticked, labels = filters.get(facet.name, ()), known[facet.name]
    counts = {**dict.fromkeys(ticked, 0), **results.facets.get(facet.name, {})}
    shown = [code for code, count in counts.items() if code in labels and (count or code in ticked)]
    if facet.has_order:
        shown.sort(reverse=True)
    else:
        shown.sort(key=lambda code: (-counts[code], labels[code]))
    if facet.most is not None:
        shown = [code for place, code in enumerate(shown) if place < facet.most or code in ticked]
    options = [
        {"value": code, "label": labels[code], "count": counts[code], "checked": code in ticked}
        for code in shown
    ]
    return {"name": facet.name, "legend": translate(facet.legend), "options": options}


def chips(search: Asked, known: Mapping[str, Labels]) -> list[dict[str, str]]:
    """Return a chip for each ticked value; following it removes the value."""
    return [
        {"label": known[name][code], "href": search.without(name, code)}
        for name, codes in search.filters.items()
        for code in codes
    ]


def wider(search: Asked, known: Mapping[str, Labels]) -> list[Wider]:
    """Return what would find something once dropped: single filters, all of them, or the words."""
    query = search.query
    ticked = [(name, code) for name, codes in search.filters.items() for code in codes]
    ways = [
        (
            known[name][code],
            replace(query, filters=loosened(query, name, code)),
            search.without(name, code),
        )
        for name, code in ticked[:WIDER_TRIES]
    ]
    if len(ticked) > 1:
        href = url_for(search.directory.endpoint, q=query.text or None)
        ways.append(("", replace(query, filters={}), href))
    if ticked and query.text:
        kept: dict[str, Any] = dict(search.filters)
        ways.append((query.text, replace(query, text=""), url_for(search.directory.endpoint, **kept)))
    totals = count_each(runtime().search, [looser for _label, looser, _href in ways])
    return [
        Wider(label, href, total) for (label, _looser, href), total in zip(ways, totals, strict=True) if total
    ]


def loosened(query: Query, name: str, code: str) -> dict[str, frozenset[str]]:
    """Return the filters of a query without one ticked value."""
    rest = query.filters[name] - {code}
    others = {other: values for other, values in query.filters.items() if other != name}
    return {**others, name: rest} if rest else others
