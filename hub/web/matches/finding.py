"""“Why not …?”: finding anything that could be suggested, to read why it is or is not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.collaboration.documents import public_ids_of as request_ids_of
from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.matching.facts import Kind
from hub.members.profiles.documents import public_ids_of as member_ids_of
from hub.organisations.documents import slugs_of
from hub.search.asking import MAX_QUERY_LENGTH
from hub.search.documents import Collection, Query
from hub.search.queries import find as searched
from hub.web.access import members_only
from hub.web.finding.page import SEARCHED_TOO_FAST
from hub.web.i18n import translate
from hub.web.limits import SEARCHES, browser, spend
from hub.web.matches.blueprint import matches
from hub.web.matches.cards import NAMERS, Named, about
from hub.web.matches.purposes import Purpose, purpose_asked
from hub.web.runtime import runtime
from hub.web.sessions import viewer

MOST = 6
"""Things of each kind that are shown; more words find fewer."""

PLACES: Mapping[Kind, tuple[Collection, Callable[[Sequence[str]], Iterable[str]], str]] = {
    Kind.INNOVATION: (Collection.INNOVATIONS, lambda ids: ids, N_("Innovations")),
    Kind.REQUEST: (Collection.REQUESTS, request_ids_of, N_("Requests")),
    Kind.MEMBER: (Collection.MEMBERS, member_ids_of, N_("Members")),
    Kind.ORGANISATION: (Collection.ORGANISATIONS, slugs_of, N_("Organisations")),
}
"""Where each kind is searched, how its ids there become keys, and what it is called."""


@dataclass(frozen=True)
class Found:
    """One thing that was found, and where it is explained."""

    thing: Named
    why_href: str


@matches.get("/find")
@members_only
def find() -> ResponseReturnValue:
    """Search by words what could be suggested for a purpose."""
    purpose = purpose_asked()
    typed = request.args.get("q", "").strip()[:MAX_QUERY_LENGTH]
    found: Mapping[str, list[Found]] = {}
    if typed:
        spend(SEARCHES, SEARCHED_TOO_FAST, key=browser())
        found = {translate(PLACES[kind][2]): _found(purpose, kind, typed) for kind in purpose.lists}
    return render_template("matches/find.html", purpose=purpose, typed=typed, found=found, most=MOST)


def _found(purpose: Purpose, kind: Kind, typed: str) -> list[Found]:
    collection, keys_of, _title = PLACES[kind]
    query = Query(
        labels=viewer().labels,
        text=typed,
        collection=collection,
        page=PageRequest(1, MOST),
        is_begun=True,
        has_counts=False,
    )
    keys = list(keys_of(searched(runtime().search, query).ids))
    things = NAMERS[kind](keys)
    return [
        Found(things[key], url_for("matches.why", **about(purpose.text, f"{kind}:{key}")))
        for key in keys
        if key in things
    ]
