"""The directory of requests: who looks for a partner, for what, and until when one can respond."""

from collections.abc import Collection as Several, Mapping

from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.collaboration.directory import next_calls, own_numbers, shown_requests
from hub.collaboration.documents import (
    ANYBODY,
    DUE,
    STATE,
    DueClass,
    StateClass,
    classes_at,
    open_to,
    public_ids_of,
)
from hub.core.i18n import N_
from hub.search.documents import Collection, Results, Sort
from hub.vocabularies.loader import vocabulary
from hub.web.access import public
from hub.web.catalogue.search import LANGUAGES as TOOL_LANGUAGES
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.lines import RequestLine, request_lines
from hub.web.finding import Directory, Facet, Labels, Search, Words, show, vocabulary_facet
from hub.web.i18n import translate
from hub.web.sessions import current_member, viewer

NEWEST = 3

DUE_WORDS: Mapping[str, str] = {
    DueClass.WEEK: N_("Within 7 days"),
    DueClass.MONTH: N_("Within 30 days"),
    DueClass.LATER: N_("Later"),
    DueClass.PAST: N_("Date has passed"),
}

STATE_WORDS: Mapping[str, str] = {
    StateClass.TAKES: N_("Open"),
    StateClass.UNDER_WAY: N_("Being decided, or work under way"),
    StateClass.COMPLETED: N_("Completed"),
    StateClass.EXPIRED: N_("Expired"),
}


@collaboration.get("")
@public
def search() -> ResponseReturnValue:
    """Search the requests, filter them, and page through what was found."""
    return show(REQUESTS)


def lines_of(results: Results) -> list[RequestLine]:
    """Return the requests of one page of results as lines."""
    shown = shown_requests(public_ids_of(results.ids), viewer(), has_requirements=bool(results.terms))
    return request_lines(shown, results.terms)


def newest() -> list[RequestLine]:
    """Return a few open calls that take responses as lines, those due soonest first."""
    return request_lines(next_calls(viewer(), NEWEST))


def own_type(_search: Search) -> Mapping[str, object]:
    """Return what type of member looks, for the link to what is open to them, and how much they have here."""
    member = current_member()
    somebody = viewer()
    is_member = member is not None and somebody.is_member
    return {
        "own_type": member.member_type if member and is_member else None,
        "own_requests": own_numbers(somebody) if is_member else None,
    }


def _time_facet(name: str, legend: str, words: Mapping[str, str]) -> Facet:
    """Return a filter whose values change as time passes."""

    def labels(codes: Several[str]) -> Labels:
        return {code: translate(words[code]) for code in codes if code in words}

    return Facet(name, legend, labels, order=tuple(words))


def _counted_with_anybody(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many are open to each type of member: those that name it, and those that name none."""
    anybody = counts.get(ANYBODY, 0)
    return {code: counts.get(code, 0) + anybody for code in sorted(vocabulary("member_types").codes)}


MEMBER_TYPES = Facet(
    "member_type",
    N_("Open to"),
    vocabulary_facet("member_type", "member_types", N_("Open to")).labels,
    is_folded=True,
    values_of=open_to,
    counted=_counted_with_anybody,
)

REQUESTS = Directory(
    endpoint="collaboration.search",
    collection=Collection.REQUESTS,
    facets=(
        _time_facet(STATE, N_("State"), STATE_WORDS),
        _time_facet(DUE, N_("Responses due"), DUE_WORDS),
        vocabulary_facet("type", "request_types", N_("What is wanted")),
        vocabulary_facet("function", "functions", N_("What it is about")),
        vocabulary_facet("country", "countries", N_("Country")),
        vocabulary_facet("offence", "offences", N_("Offence"), is_folded=True),
        Facet("language", N_("Language"), TOOL_LANGUAGES.labels, is_folded=True),
        MEMBER_TYPES,
    ),
    sorts={
        Sort.DUE: N_("Due soonest first"),
        Sort.NEWEST: N_("Newest first"),
        Sort.RELEVANCE: N_("Best match"),
    },
    words=Words(
        title=N_("Collaboration"),
        box=N_("Search the requests"),
        found=lambda number: ngettext("%(num)s request", "%(num)s requests", number),
        loose=N_("No request holds all of these words"),
        no_match=N_("No request matches all of this"),
        no_word=N_("No request matches “%(word)s”"),
        nothing=N_("Nobody looks for a partner at the moment"),
        advice=N_("Try fewer or other words: what somebody could need, a country, or an offence."),
        all=N_("Show all requests"),
        newest=N_("Due next"),
    ),
    lines=lambda _search, results: lines_of(results),
    newest=newest,
    folder="collaboration",
    styles=("css/collaboration.css", "css/requests.css"),
    usual=Sort.DUE,
    classes=classes_at,
    more=own_type,
)
"""The directory's filters, orders and words."""
