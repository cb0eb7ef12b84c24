"""Finding innovations: search, filters with counts, and innovations as lines of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.catalogue.models import Innovation, InnovationRevision, RevisionText
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.queries import (
    innovations_by_public_id,
    newest_innovations,
)
from hub.core.errors import NotFoundError, TooManyError
from hub.core.i18n import N_
from hub.core.pagination import Page, PageRequest
from hub.search.analysis import MAX_QUERY_LENGTH
from hub.search.documents import Query, Results, Sort
from hub.search.highlights import Passage, excerpt
from hub.search.queries import count_each, find
from hub.vocabularies.loader import vocabulary
from hub.web.access import public
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.record import stale_year_of
from hub.web.i18n import by_name, country_name, direction_of, language, listed, term, translate
from hub.web.limits import SEARCHES, browser, spend
from hub.web.markdown import plain_text
from hub.web.runtime import runtime
from hub.web.sessions import viewer

PER_PAGE = 10
SHOWN_COUNTRIES, MANY_COUNTRIES = 3, 20
WIDER_TRIES = 5

MOST_TICKED = 20
"""Values of one filter that count; each has links of its own on the page."""

FACETS = {
    "function": "functions",
    "offence": "offences",
    "evidence": "evidence_levels",
    "country": "countries",
    "kind": "kinds",
}
"""The filters and the vocabulary of each."""

IN_THEIR_ORDER = frozenset({"evidence"})
"""Filters whose values stand from the highest down, not by frequency."""

LEGENDS = {
    "function": N_("What it helps you do"),
    "offence": N_("Offence"),
    "evidence": N_("Evidence"),
    "country": N_("Country"),
    "kind": N_("Kind"),
}


SEARCHED_TOO_FAST = N_(
    "The hub answers %(number)s searches within four seconds, and more came from you or from your network."
    " What you searched for is kept: wait a moment, then search again."
)


@dataclass(frozen=True)
class Hit:
    """One innovation in a list, in words; `stale_year` is the newest year of its evidence where that is old."""

    name: str
    href: str
    by: str
    passage: Sequence[Passage]
    facts: Sequence[str]
    tlp: str
    status: str
    language: str
    direction: str
    level: int | None
    stale_year: int | None


@dataclass(frozen=True)
class Wider:
    """What dropping one filter would find."""

    label: str
    href: str
    count: int


@catalogue.get("")
@public
def search() -> ResponseReturnValue:
    """Search the catalogue, filter it, and page through what was found."""
    typed = request.args.get("q", "")
    filters = chosen_filters()
    arguments = {"q": typed[:MAX_QUERY_LENGTH] or None, **filters, "sort": request.args.get("sort")}
    try:
        spend(SEARCHES, SEARCHED_TOO_FAST, key=browser())
    except TooManyError as error:
        return too_fast(error, arguments)
    query = Query(
        labels=viewer().labels,
        text=typed[:MAX_QUERY_LENGTH],
        filters={name: frozenset(values) for name, values in filters.items()},
        sort=chosen_sort(),
        page=PageRequest(request.args.get("page", 1, type=int), PER_PAGE),
    )
    results = find(runtime().search, query)
    found = innovations_by_public_id(results.ids, viewer())
    # htmx takes the results only, with the counts beside them; everybody else gets the page round them
    page = render_template(
        "catalogue/results.html" if is_refresh() else "catalogue/search.html",
        typed=typed[:MAX_QUERY_LENGTH],
        was_cut=len(typed) > MAX_QUERY_LENGTH,
        results=results,
        page=Page(found, results.total, query.page),
        hits=[hit_of(each, results.terms) for each in found],
        facets=[facet(name, results, filters.get(name, ())) for name in FACETS],
        chips=chips(filters, arguments),
        chosen=sum(len(values) for values in filters.values()),
        arguments={name: value for name, value in arguments.items() if value},
        sort=query.sort,
        wider=wider(query, filters, arguments) if not results.total else (),
        newest=[hit_of(each) for each in newest_innovations(viewer(), 3)] if not results.total else (),
    )
    answer = make_response(page)
    answer.vary.add("HX-Request")
    return answer


def is_refresh() -> bool:
    """Whether a script asks for the results alone, to put them into the page that is shown."""
    return "HX-Request" in request.headers


def too_fast(error: TooManyError, arguments: Mapping[str, object]) -> Response:
    """Return 429 with the search as it was asked, so that one click asks it again."""
    kept: dict[str, Any] = {name: value for name, value in arguments.items() if value}
    page = render_template(
        "catalogue/too_fast_part.html" if is_refresh() else "catalogue/too_fast.html",
        said=translate(error.message, **error.parameters),
        typed=kept.get("q", ""),
        arguments=kept,
        again=url_for("catalogue.search", **kept),
    )
    answer = make_response(page, error.status)
    answer.headers["Retry-After"] = str(error.retry_after)
    answer.vary.add("HX-Request")
    return answer


def chosen_filters() -> dict[str, list[str]]:
    """Return the ticked values by filter; values that no vocabulary holds are left out."""
    chosen = {
        name: [
            code for code in dict.fromkeys(request.args.getlist(name)) if code in vocabulary(scheme).codes
        ][:MOST_TICKED]
        for name, scheme in FACETS.items()
    }
    return {name: codes for name, codes in chosen.items() if codes}


def chosen_sort() -> Sort:
    """Return the order asked for; anything unknown is the usual one."""
    asked = request.args.get("sort")
    return next((sort for sort in Sort if sort.value == asked), Sort.RELEVANCE)


def label_of(name: str, code: str) -> str:
    """Return the words for one value of a filter."""
    return country_name(code) if name == "country" else term(FACETS[name], code)


def facet(name: str, results: Results, ticked: Sequence[str]) -> dict[str, object]:
    """Return one group of filters with counts, the most frequent first; what is ticked stays, even at nothing.

    Values that have an order of their own stand in it, the highest first.
    """
    counts = {**dict.fromkeys(ticked, 0), **results.facets.get(name, {})}
    options = [
        {"value": code, "label": label_of(name, code), "count": count, "checked": code in ticked}
        for code, count in counts.items()
        if count or code in ticked
    ]
    if name in IN_THEIR_ORDER:
        options.sort(key=lambda option: str(option["value"]), reverse=True)
    else:
        options.sort(key=lambda option: (-int(str(option["count"])), str(option["label"])))
    return {"name": name, "legend": translate(LEGENDS[name]), "options": options}


def without(arguments: Mapping[str, object], name: str, code: str) -> str:
    """Return the address of the same search without one ticked value."""
    values = arguments[name]
    rest = [value for value in values if value != code] if isinstance(values, list) else None
    remaining: dict[str, Any] = {**arguments, name: rest or None}
    return url_for("catalogue.search", **remaining)


def chips(filters: Mapping[str, Sequence[str]], arguments: Mapping[str, object]) -> list[dict[str, str]]:
    """Return a chip for each ticked value; following it removes the value."""
    return [
        {"label": label_of(name, code), "href": without(arguments, name, code)}
        for name, codes in filters.items()
        for code in codes
    ]


def wider(query: Query, filters: Mapping[str, Sequence[str]], arguments: Mapping[str, object]) -> list[Wider]:
    """Return what would find something once dropped: single filters, all of them, or the words."""
    ticked = [(name, code) for name, codes in filters.items() for code in codes]
    ways = [
        (
            label_of(name, code),
            replace(query, filters=loosened(query, name, code)),
            without(arguments, name, code),
        )
        for name, code in ticked[:WIDER_TRIES]
    ]
    if len(ticked) > 1:
        href = url_for("catalogue.search", q=query.text or None)
        ways.append((translate("all filters"), replace(query, filters={}), href))
    if ticked and query.text:
        kept: dict[str, Any] = dict(filters)
        ways.append((query.text, replace(query, text=""), url_for("catalogue.search", **kept)))
    totals = count_each(runtime().search, [looser for _label, looser, _href in ways])
    return [
        Wider(label, href, total) for (label, _looser, href), total in zip(ways, totals, strict=True) if total
    ]


def loosened(query: Query, name: str, code: str) -> dict[str, frozenset[str]]:
    """Return the filters of a query without one ticked value."""
    rest = query.filters[name] - {code}
    others = {other: values for other, values in query.filters.items() if other != name}
    return {**others, name: rest} if rest else others


def hit_of(innovation: Innovation, terms: frozenset[str] = frozenset()) -> Hit:
    """Return a shown innovation as a line of a list, in the reader's language where there is a text in it."""
    revision = innovation.published_revision
    if revision is None:
        raise NotFoundError
    words = revision.text_in(language().code)
    return Hit(
        name=words.name,
        href=url_for("catalogue.show", slug=innovation.slug),
        by=" · ".join(filter(None, (innovation.owner.name if innovation.owner else "", countries(revision)))),
        passage=passage_of(words, terms),
        facts=[term("kinds", revision.kind) if revision.kind else "", since(revision)],
        tlp=innovation.tlp,
        status=innovation.status,
        language=words.language,
        direction=direction_of(words.language),
        level=innovation.evidence_level,
        stale_year=stale_year_of(innovation),
    )


def passage_of(words: RevisionText, terms: frozenset[str]) -> Sequence[Passage]:
    """Return the short description, or a part of the first other text where only that holds what was searched."""
    texts = (getattr(words, name) for name in TEXT_FIELDS if name != "name")
    passages = (excerpt(plain_text(text), terms) for text in texts if text)
    first = next(passages, [])
    if not terms or _has_hit(first):
        return first
    return next(filter(_has_hit, passages), first)


def _has_hit(passage: Sequence[Passage]) -> bool:
    return any(piece.is_hit for piece in passage)


def countries(revision: InnovationRevision) -> str:
    """Return where it is in use, in a few words."""
    names = by_name(country_name(code) for code in revision.deployed_in)
    if len(names) > MANY_COUNTRIES:
        return translate("%(number)s countries", number=len(names))
    if len(names) > SHOWN_COUNTRIES + 1:
        return translate(
            "%(names)s and %(number)s more countries",
            names=listed(names[:SHOWN_COUNTRIES]),
            number=len(names) - SHOWN_COUNTRIES,
        )
    return listed(names)


def since(revision: InnovationRevision) -> str:
    """Return since when it exists, or nothing where that is not known."""
    return translate("since %(year)s", year=revision.year_started) if revision.year_started else ""
