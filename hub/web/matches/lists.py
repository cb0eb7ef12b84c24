"""The lists of suggestions: a few of each kind on one page, and each kind on pages of ten."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.alerts.own import own_records
from hub.collaboration.inviting.queries import takes_invitations
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.own import own_requests
from hub.collaboration.queries import request_by_id
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest
from hub.matching.facts import Kind
from hub.matching.parts import Emphasis
from hub.matching.suggesting.purposes import suggestions_for
from hub.matching.suggesting.suggestion import Suggestion
from hub.matching.weights import weights_of
from hub.members.introductions.queries import asked_lately
from hub.members.profiles.completeness import Completeness, completeness_of
from hub.members.profiles.queries import profile_of
from hub.web.access import members_only
from hub.web.i18n import country_name, translate
from hub.web.matches.blueprint import matches
from hub.web.matches.cards import Card, cards_of
from hub.web.matches.purposes import COUNTRY, Purpose, own_country, purpose_asked
from hub.web.runtime import runtime
from hub.web.sessions import actor, viewer

FIRST, PER_PAGE = 2, 10
"""Suggestions of each kind on the page of all kinds, and on a page of one."""

MOST_OWN = 6
"""Own requests and records for which that page offers suggestions."""


@dataclass(frozen=True)
class Group:
    """The first suggestions of one kind.

    Args:
        kind: of what is suggested.
        title: what the list is called.
        cards: the first few.
        total: how many there are in all.
        href: where the others are.
    """

    kind: Kind
    title: str
    cards: Sequence[Card]
    total: int
    href: str


@matches.get("")
@members_only
def show() -> ResponseReturnValue:
    """Show the first suggestions of each kind for the reader, and what else there are suggestions for."""
    purposes = [Purpose()]
    country = own_country()
    if country:
        purposes.append(Purpose(f"{COUNTRY}:{country}", country_name(country)))
    return render_template(
        "matches/show.html",
        groups=[group for purpose in purposes for group in groups_of(purpose)],
        completeness=own_completeness(),
        country=country,
        own=own_lines(),
        has_own_weights=has_own_weights(),
    )


@matches.get("/innovations")
@members_only
def innovations() -> ResponseReturnValue:
    """Show innovations for the reader, or for what the address names."""
    return list_page(purpose_asked(), Kind.INNOVATION)


@matches.get("/requests")
@members_only
def requests() -> ResponseReturnValue:
    """Show requests for the reader, or for what the address names."""
    return list_page(purpose_asked(), Kind.REQUEST)


@matches.get("/people")
@members_only
def people() -> ResponseReturnValue:
    """Show members for the reader, or for what the address names."""
    return list_page(purpose_asked(), Kind.MEMBER)


@matches.get("/organisations")
@members_only
def organisations() -> ResponseReturnValue:
    """Show organisations for the request that the address names."""
    return list_page(purpose_asked(), Kind.ORGANISATION)


@matches.get("/country")
@members_only
def country() -> ResponseReturnValue:
    """Show innovations for the reader's own country, or ask for it."""
    code = own_country()
    purpose = (
        Purpose(f"{COUNTRY}:{code}", country_name(code), url_for("countries.show", code=code))
        if code
        else None
    )
    if purpose is None:
        return render_template("matches/no_country.html")
    return list_page(purpose, Kind.INNOVATION)


def list_page(purpose: Purpose, kind: Kind) -> str:
    """Return one page of suggestions of one kind.

    Raises:
        NotFoundError: there is no such list for this purpose, or not for this reader.
        UnavailableError: suggestions are being prepared.
    """
    if kind not in purpose.lists:
        raise NotFoundError
    asked = PageRequest(request.args.get("page", 1, type=int), PER_PAGE)
    found = suggestions_for(runtime().matching, viewer(), purpose.text, kind, asked)
    is_person = kind is Kind.MEMBER
    return render_template(
        "matches/list.html",
        purpose=purpose,
        kind=kind,
        title=translate(purpose.lists[kind][1]),
        page=found,
        cards=cards_of(found.items, purpose.text),
        completeness=own_completeness() if not purpose.text else None,
        has_own_weights=has_own_weights(),
        invites=invites_for(purpose, kind),
        acquainted=asked_lately(viewer()) if is_person else frozenset(),
    )


def invites_for(purpose: Purpose, kind: Kind) -> str:
    """Return the public id of the request to which the reader may invite whom a list names; empty where to none."""
    if purpose.kind != Kind.REQUEST or kind not in {Kind.MEMBER, Kind.ORGANISATION}:
        return ""
    sought = request_by_id(purpose.text.partition(":")[2], viewer())
    return sought.public_id if takes_invitations(viewer(), sought) else ""


def has_own_weights() -> bool:
    """Whether the reader changed how much some part counts."""
    return any(each is not Emphasis.USUAL for each in weights_of(viewer()).values())


def groups_of(purpose: Purpose) -> list[Group]:
    """Return the first suggestions of each kind for a purpose."""
    found = {
        kind: suggestions_for(runtime().matching, viewer(), purpose.text, kind, PageRequest(1, FIRST))
        for kind in purpose.lists
    }
    return [_group(purpose, kind, page) for kind, page in found.items()]


def _group(purpose: Purpose, kind: Kind, page: Page[Suggestion]) -> Group:
    endpoint, title = purpose.lists[kind]
    is_own_country = purpose.kind == COUNTRY
    return Group(
        kind=kind,
        title=translate(title),
        cards=cards_of(page.items, purpose.text),
        total=page.total,
        href=url_for("matches.country") if is_own_country else url_for(endpoint, **purpose.arguments),
    )


def own_completeness() -> Completeness:
    """Return what the reader's own profile says and lacks."""
    member = actor()
    return completeness_of(profile_of(member.id), member)


def own_lines() -> list[Purpose]:
    """Return own requests that take responses and own shown records, each a purpose of further suggestions."""
    somebody = viewer()
    posted = own_requests(somebody, PageRequest(1, MOST_OWN)).items
    found = [
        Purpose(
            each.subject, each.title, url_for("collaboration.show", public_id=each.public_id), each.language
        )
        for each in posted
        if each.status in TAKES_RESPONSES
    ]
    found += [
        Purpose(
            each.innovation.subject,
            each.name,
            url_for("catalogue.show", slug=each.innovation.slug),
            each.language,
        )
        for each in own_records(somebody, MOST_OWN)
        if each.innovation.is_shown
    ]
    return found
