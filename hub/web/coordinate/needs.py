"""Needs without matches, for coordinators: what nothing on the hub fits well, why that may be, and what to do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext as _l, ngettext

from hub.access.viewer import Role
from hub.core import clock
from hub.core.pagination import PageRequest
from hub.matching.facts import Kind
from hub.matching.needs import MET_FROM, Hint, UnmetNeed, unmet_needs
from hub.vetting.permissions import can_invite
from hub.vetting.queries import countries_with_focal_points
from hub.web.access import role
from hub.web.collaboration.asker import RequestAsker, askers_of
from hub.web.coordinate.blueprint import coordinate
from hub.web.i18n import translate
from hub.web.sessions import viewer

PER_PAGE = 20

KINDS = {Kind.REQUEST: _l("Open requests"), Kind.MEMBER: _l("What members look for")}

SEARCHED = 8
"""Words of a need with which something like it is searched."""

MOST_SHOWN = 280
"""Characters that are shown of what a member looks for."""


@dataclass(frozen=True)
class ShownNeed:
    """One line of the board in words.

    Args:
        need: the need.
        title: of the request, or what the member looks for.
        href: its page.
        asker: who asks, of a request.
        age: since when, in words.
        hints: why nothing fits, in words.
        write: where to ask for more words; empty where the reader cannot write to who asks.
        searches: where to look for something like it: pairs of words and address.
        country: ISO code of the country whose focal point may invite somebody; empty where there is none.
    """

    need: UnmetNeed
    title: str
    href: str
    asker: RequestAsker | None
    age: str
    hints: Sequence[str]
    write: str
    searches: Sequence[tuple[LazyString, str]]
    country: str


@coordinate.get("/coordinate/needs")
@role(Role.COORDINATOR)
def needs() -> ResponseReturnValue:
    """List the needs that nothing fits well, the least met first."""
    somebody = viewer()
    asked = request.args.get("kind", "")
    kind = next((each for each in KINDS if each == asked), None)
    page = unmet_needs(somebody, PageRequest(request.args.get("page", 1, type=int), PER_PAGE), kind)
    wanted = [each.request for each in page.items if each.request is not None]
    askers, reached = askers_of(wanted), countries_with_focal_points()
    return render_template(
        "coordinate/needs.html",
        page=page,
        lines=[shown(each, askers, reached) for each in page.items],
        kinds=[(each.value, words) for each, words in KINDS.items()],
        kind=kind or "",
        met_from=MET_FROM,
        can_invite=can_invite(somebody),
    )


def shown(need: UnmetNeed, askers: Mapping[int, RequestAsker], reached: Collection[str]) -> ShownNeed:
    """Return a need in words.

    Args:
        need: the need.
        askers: who asks, by the row ids of requests.
        reached: ISO codes of countries that have a focal point.
    """
    if need.request is not None:
        asker = askers[need.request.id]
        title, href = need.request.title, url_for("collaboration.show", public_id=need.request.public_id)
        writable = need.request.posted_by.public_id if asker.href else ""
        country = need.request.country
    else:
        asker = None
        profile = need.profile
        key = profile.public_id if profile else ""
        title = profile.needs if profile else ""
        href = url_for("members.show", public_id=key)
        writable = key if profile and profile.is_contactable else ""
        country = profile.country if profile else None
    own = viewer().public_id
    return ShownNeed(
        need=need,
        title=_short(title),
        href=href,
        asker=asker,
        age=_age(need),
        hints=[_hint(each, need) for each in need.hints],
        write=url_for("members.write", public_id=writable) if writable and writable != own else "",
        searches=_searches(title, need.kind),
        country=country if country and country in reached else "",
    )


def _searches(title: str, kind: Kind) -> list[tuple[LazyString, str]]:
    words = " ".join(title.split()[:SEARCHED])
    innovations = (_l("Search innovations like it"), url_for("catalogue.search", q=words))
    if kind is Kind.MEMBER:
        # what a member looks for stands in their profile: the search would find them
        return [innovations]
    return [innovations, (_l("Search members like it"), url_for("members.search", q=words))]


def _short(words: str) -> str:
    if len(words) <= MOST_SHOWN:
        return words
    return f"{words[:MOST_SHOWN].rpartition(' ')[0]} …"


def _age(need: UnmetNeed) -> str:
    days = (clock.now() - need.since).days
    if not days:
        return translate("Since today")
    return str(ngettext("For %(num)s day", "For %(num)s days", days))


def _hint(hint: Hint, need: UnmetNeed) -> str:
    if hint is Hint.SHORT:
        return str(ngettext("It says little: %(num)s word.", "It says little: %(num)s words.", need.words))
    return {
        Hint.NOTHING: translate("Nothing that every member may see is about it."),
        Hint.FAR: translate("Something fits its subject, but hardly anything else of it."),
        Hint.NO_TOPICS: translate("It names no function, offence or sector."),
        Hint.ENDS_SOON: translate("It takes responses for less than two weeks more."),
    }[hint]
