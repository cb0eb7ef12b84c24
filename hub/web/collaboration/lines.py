"""Requests as lines of a list: who asks for what until when, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from hub.collaboration.models import CollaborationRequest
from hub.search.highlights import Passage, excerpt
from hub.web.collaboration.asker import RequestAsker, askers_of
from hub.web.i18n import country_name, direction_of, listed, term

MOST_COUNTRIES = 4
"""Countries that a line names; a request for more names none."""


@dataclass(frozen=True)
class RequestLine:
    """One request in a list.

    Args:
        request: for its title, label, state and due date.
        href: where it leads.
        asker: who asks, as far as the reader may know.
        passage: its summary, or where else the words stand that were searched.
        facts: what it is about, in few words.
        takes_responses: whether one can respond now.
        direction: of its texts.
    """

    request: CollaborationRequest
    href: str
    asker: RequestAsker
    passage: Sequence[Passage]
    facts: Sequence[str]
    takes_responses: bool
    direction: str


def request_lines(
    requests: Sequence[CollaborationRequest], terms: frozenset[str] = frozenset()
) -> list[RequestLine]:
    """Return requests that the viewer may see as lines.

    Args:
        requests: in their order.
        terms: the analysed words that were searched.
    """
    askers = askers_of(requests)
    return [
        RequestLine(
            request=each,
            href=url_for("collaboration.show", public_id=each.public_id),
            asker=askers[each.id],
            passage=_passage(each, terms),
            facts=_facts(each),
            takes_responses=each.takes_responses,
            direction=direction_of(each.language),
        )
        for each in requests
    ]


def _facts(request: CollaborationRequest) -> list[str]:
    countries = request.codes("countries")
    places = listed([country_name(code) for code in countries]) if len(countries) <= MOST_COUNTRIES else ""
    functions = [term("functions", code) for code in request.codes("functions")]
    return [fact for fact in (term("request_types", request.type), *functions, places) if fact]


def _passage(request: CollaborationRequest, terms: frozenset[str]) -> Sequence[Passage]:
    """Return the summary, or a part of the first other text where only that holds what was searched."""
    if not terms:
        return excerpt(request.summary, terms) if request.summary else ()
    wanted = (
        each.words
        for version in request.requirement_versions
        if version.number == request.requirements_number
        for each in version.requirements
    )
    texts = (request.summary, request.background, request.outcome_wanted, request.brings, *wanted)
    passages = [excerpt(text, terms) for text in texts if text]
    held = (each for each in passages if any(piece.is_hit for piece in each))
    return next(held, passages[0] if passages else ())
