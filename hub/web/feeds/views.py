"""The feeds of any public search: what a visitor would find, the newest first, even for who is signed in."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import VISITOR
from hub.alerts.searches import SavedQuery
from hub.catalogue.queries import innovations_by_public_id
from hub.collaboration.directory import shown_requests
from hub.collaboration.documents import public_ids_of
from hub.core.errors import HubError, TooManyError, UnavailableError
from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.interchange.atom import MEDIA_TYPE, Feed, FeedEntry, atom
from hub.interchange.atom_entries import innovation_entry, request_entry
from hub.search.documents import Collection, Sort
from hub.search.queries import find
from hub.web.access import public
from hub.web.catalogue.search import CATALOGUE
from hub.web.collaboration.directory import REQUESTS
from hub.web.finding import Directory, asked
from hub.web.i18n import language, only_of_browser, translate
from hub.web.limits import SEARCHES, network, spend
from hub.web.runtime import runtime
from hub.web.saved_searches import arguments_of, saved_query, search_address, words_of
from hub.web.sessions import only_as_visitor

feeds = Blueprint("feeds", __name__, url_prefix="/feeds")

ENTRIES = 50

FEEDS = {
    Collection.INNOVATIONS: ("feeds.innovations", N_("%(hub)s: new innovations")),
    Collection.REQUESTS: ("feeds.requests", N_("%(hub)s: new requests")),
}
"""The endpoint of each, and what it is called where nothing in particular is asked."""

WAIT = 60
"""Seconds after which a reader may try again while there is no index."""

Entries = Callable[[Sequence[str]], Sequence[FeedEntry]]
"""Gives the entries for documents that everybody may find, each asked again in SQL."""

TOO_FAST = N_("Too many searches came from your network. Wait a moment, then ask again.")


@feeds.get("/innovations.atom")
@public
def innovations() -> ResponseReturnValue:
    """Return a search of the catalogue as an Atom feed, or say in a line why not."""
    return _answer(CATALOGUE, _innovation_entries)


@feeds.get("/collaboration.atom")
@public
def requests() -> ResponseReturnValue:
    """Return a search of the requests as an Atom feed, or say in a line why not."""
    return _answer(REQUESTS, _request_entries)


def _innovation_entries(document_ids: Sequence[str]) -> Sequence[FeedEntry]:
    found = innovations_by_public_id(document_ids, VISITOR)
    return [innovation_entry(each, language().code) for each in found]


def _request_entries(document_ids: Sequence[str]) -> Sequence[FeedEntry]:
    return [request_entry(each) for each in shown_requests(public_ids_of(document_ids), VISITOR)]


def _answer(directory: Directory, entries: Entries) -> ResponseReturnValue:
    """Return the feed of a directory.

    Nothing depends on who asks: no account is looked up and no cookie read or set.
    """
    only_as_visitor()
    only_of_browser()
    try:
        spend(SEARCHES, TOO_FAST, key=network())
        return _feed(directory, entries)
    except TooManyError as error:
        return _refusal(error, error.retry_after)
    except UnavailableError as error:
        return _refusal(error, WAIT)


def _feed(directory: Directory, entries: Entries) -> Response:
    search = asked(directory)
    query = replace(
        search.query,
        labels=VISITOR.labels,
        sort=Sort.NEWEST,
        page=PageRequest(1, ENTRIES),
        has_counts=False,
    )
    results = find(runtime().search, query)
    # what holds only some of the words is near, for people who look; it is no news of this search
    found = [] if results.loose else entries(results.ids)
    saved = saved_query(search)
    body = atom(_described(saved), found)
    answer = Response(body, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    # no date of the last change: by one, a reader would keep what was taken out of the feed since
    answer.set_etag(hashlib.sha256(body).hexdigest(), weak=True)
    answer.vary.add("Accept-Language")
    answer.make_conditional(request)
    return answer


def _described(saved: SavedQuery) -> Feed:
    """Return what the feed says of itself; addresses begin with that of the hub, whatever the request names."""
    home = runtime().settings.base_url.rstrip("/")
    name = translate("Anti-Corruption Innovation Hub")
    words = words_of(saved)
    endpoint, new = FEEDS[saved.collection]
    return Feed(
        identity=json.dumps(saved.to_json(), sort_keys=True),
        title=translate("%(hub)s: new for %(search)s", hub=name, search=words)
        if saved.text or saved.filters or saved.works_in
        else translate(new, hub=name),
        language=language().code,
        author=name,
        home=home,
        address=home + url_for(endpoint, **arguments_of(saved)),
        page=home + search_address(saved, is_newest_first=True),
    )


def _refusal(error: HubError, retry_after: int) -> Response:
    """Return a line for programs that ask for feeds; a page would be of no use to them."""
    words = translate(error.message, **error.parameters)
    answer = Response(f"{words}\n", error.status, mimetype="text/plain")
    answer.headers["Retry-After"] = str(retry_after)
    answer.vary.add("Accept-Language")
    return answer
