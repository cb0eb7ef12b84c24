"""What one follows: the list, following a search, and ending each."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.alerts.models import Follow, FollowedKind
from hub.alerts.queries import Followed, follow_by_id, follows_of
from hub.alerts.service import follow_search, unfollow
from hub.alerts.things import Thing
from hub.core.database import transaction
from hub.core.errors import InvalidError
from hub.mail.places import path_of
from hub.search.analysis import MAX_QUERY_LENGTH
from hub.web.access import members_only, signed_in
from hub.web.account.blueprint import account
from hub.web.catalogue.search import CATALOGUE
from hub.web.finding import MOST_TICKED
from hub.web.i18n import country_name, language, listed, translate
from hub.web.sessions import actor, viewer


@dataclass(frozen=True)
class Line:
    """One line of the list; without name and address where the thing is hidden from who follows it."""

    follow: Follow
    name: str
    href: str
    language: str | None = None


@account.get("/account/following")
@signed_in
def following() -> ResponseReturnValue:
    """List what this person follows."""
    found = follows_of(actor().id, viewer(), language().code)
    lines = [line_of(each) for each in found]
    groups = [(kind, [each for each in lines if each.follow.kind is kind]) for kind in FollowedKind]
    return render_template("account/following.html", groups=groups, number=len(lines))


def line_of(followed: Followed) -> Line:
    """Return one line in words."""
    follow, thing = followed.follow, followed.thing
    if follow.kind is FollowedKind.SEARCH:
        query = follow.query or {}
        filters = {name: codes for name, codes in query.get("filters", {}).items() if codes}
        return Line(follow, search_name(query.get("q", ""), filters), _search_address(follow))
    if thing is None:
        return Line(follow, "", "")
    return Line(follow, name_of(thing), path_of(thing.kind, thing.key), thing.language)


def name_of(thing: Thing) -> str:
    """Return what a thing is called; countries in the reader's language."""
    return country_name(thing.key) if thing.kind == "country" else thing.title


def _search_address(follow: Follow) -> str:
    query: dict[str, Any] = follow.query or {}
    return url_for("catalogue.search", q=query.get("q") or None, **query.get("filters", {}))


def search_name(text: str, filters: dict[str, list[str]]) -> str:
    """Return what a search is called, in the reader's language: its words and the labels of its filters."""
    labels = [
        label for facet in CATALOGUE.facets for label in facet.labels(filters.get(facet.name, [])).values()
    ]
    words = [translate("“%(words)s”", words=text)] if text else []
    return listed([*words, *labels])


@account.post("/account/following", endpoint="follow_search")
@members_only
def follow_a_search() -> ResponseReturnValue:
    """Follow what a search of the catalogue finds."""
    text = request.form.get("q", "")[:MAX_QUERY_LENGTH]
    filters = {}
    for facet in CATALOGUE.facets:
        codes = list(dict.fromkeys(request.form.getlist(facet.name)))[:MOST_TICKED]
        if known := facet.labels(codes):
            filters[facet.name] = list(known)
    try:
        with transaction():
            follow_search(actor(), text=text, filters=filters)
    except InvalidError as error:
        flash(translate(error.message, **error.parameters), "error")
    else:
        flash(
            translate("You follow this search now: new innovations that it finds come to your notifications.")
        )
    back: dict[str, Any] = {"q": text or None, **filters}
    return redirect(url_for("catalogue.search", **back), code=303)


@account.post("/account/following/<public_id>/unfollow")
@signed_in
def unfollow_one(public_id: str) -> ResponseReturnValue:
    """Follow something no longer, also what one may no longer see."""
    follow = follow_by_id(actor().id, public_id)
    with transaction():
        unfollow(actor(), follow.kind, follow.key)
    flash(translate("You no longer follow this."))
    return redirect(url_for("account.following"), code=303)
