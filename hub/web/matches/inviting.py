"""Who may be invited to respond to a request, what may answer it already, and inviting with one click."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, request as http, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.collaboration.inviting.queries import (
    answered,
    invitations_of,
    may_learn_readers,
    takes_invitations,
)
from hub.collaboration.inviting.service import invite_to_respond
from hub.collaboration.models import CollaborationRequest, RequestStatus
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.posting.service import EDITABLE
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError, TooManyError, UnavailableError
from hub.core.pagination import Page, PageRequest
from hub.matching.index.index import MatchIndex
from hub.matching.suggesting.posting import (
    innovations_for_request,
    organisations_for_request,
    people_for_request,
)
from hub.matching.suggesting.suggestion import Suggestion
from hub.members.models import Member
from hub.members.profiles.queries import profile_by_public_id, visible_member_ids
from hub.organisations.directory import organisation_by_slug
from hub.organisations.models import Organisation
from hub.web.access import members_only
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.own import own_request
from hub.web.i18n import translate
from hub.web.matches.blueprint import matches
from hub.web.matches.cards import Card, cards_of
from hub.web.redirects import safe_next
from hub.web.runtime import runtime
from hub.web.sessions import actor, viewer

FIRST = PageRequest(1, 4)
FEW = PageRequest(1, 2)
"""How many are shown on the request, in rows of two; the page of suggestions has the rest."""

ANSWERABLE = (*EDITABLE, *TAKES_RESPONSES, RequestStatus.SUBMITTED)
"""States in which an innovation that answers the request is still of use to its requester."""

Suggest = Callable[[MatchIndex, Viewer, CollaborationRequest, PageRequest], Page[Suggestion]]


@dataclass(frozen=True)
class Few:
    """The first of some suggestions.

    Args:
        cards: what is shown.
        has_more: whether there are others.
    """

    cards: Sequence[Card] = ()
    has_more: bool = False


@dataclass(frozen=True)
class InvitedLine:
    """Somebody who was invited.

    Args:
        name: of the member or organisation.
        href: their page, where the reader may open it; else empty.
        invited_at: when.
        has_responded: whether they did.
    """

    name: str
    href: str
    invited_at: datetime
    has_responded: bool


@dataclass(frozen=True)
class Inviting:
    """What the requester's side sees of suggestions for a request.

    Args:
        takes: whether others can be invited now.
        people: members who could respond.
        organisations: organisations that could.
        innovations: what may answer it already.
        invited: who was invited, the latest first.
        is_outside: whether the reader is outside the audience, and so may not learn who is inside.
        is_preparing: whether suggestions are not there yet.
    """

    takes: bool
    people: Few
    organisations: Few
    innovations: Few
    invited: Sequence[InvitedLine]
    is_outside: bool
    is_preparing: bool = False


@matches.app_context_processor
def inviting() -> dict[str, Callable[..., Any]]:
    """Give templates what is suggested for a request; asked only by its page."""
    return {"inviting_of": inviting_of}


def inviting_of(request: CollaborationRequest) -> Inviting | None:
    """Return the suggestions for a request to its requester's side; None where they are of no use any more.

    Args:
        request: which the reader acts for.
    """
    somebody = viewer()
    invited = _invited(request, somebody)
    takes = takes_invitations(somebody, request)
    if not invited and request.status not in ANSWERABLE:
        return None
    is_outside = not may_learn_readers(somebody, request)
    none = Few()
    try:
        innovations = (
            _few(innovations_for_request, somebody, request, FEW) if request.status in ANSWERABLE else none
        )
        people = _few(people_for_request, somebody, request, FIRST) if takes else none
        organisations = _few(organisations_for_request, somebody, request, FEW) if takes else none
    except UnavailableError:
        return Inviting(takes, none, none, none, invited, is_outside, is_preparing=True)
    return Inviting(takes, people, organisations, innovations, invited, is_outside)


def _few(suggest: Suggest, somebody: Viewer, request: CollaborationRequest, page: PageRequest) -> Few:
    found = suggest(runtime().matching, somebody, request, page)
    return Few(cards_of(found.items, request.subject), found.total > len(found.items))


def _invited(request: CollaborationRequest, somebody: Viewer) -> list[InvitedLine]:
    rows = invitations_of(request, somebody)
    if not rows:
        return []
    known = visible_member_ids({each.member_id for each in rows if each.member_id is not None}, somebody)
    responded = answered(request)
    return [
        InvitedLine(
            each.member.display_name if each.member else each.organisation.name if each.organisation else "",
            _href(each.member, each.organisation, known),
            each.invited_at,
            responded.by(each),
        )
        for each in rows
    ]


def _href(member: Member | None, organisation: Organisation | None, known: frozenset[int]) -> str:
    if member is not None:
        return url_for("members.show", public_id=member.public_id) if member.id in known else ""
    return url_for("organisations.show", slug=organisation.slug) if organisation is not None else ""


@collaboration.post("/<public_id>/invite")
@members_only
def invite(public_id: str) -> ResponseReturnValue:
    """Invite a member or an organisation to respond; they are told at once."""
    request = own_request(public_id)
    invitee = _invitee()
    name = invitee.display_name if isinstance(invitee, Member) else invitee.name
    try:
        with transaction():
            invite_to_respond(actor(), request, invitee)
    except (ConflictError, TooManyError) as error:
        flash(translate(error.message, **error.parameters), "error")
    else:
        flash(translate("%(name)s is invited.", name=name))
    target = http.form.get("next", "")
    here = url_for("collaboration.show", public_id=public_id, _anchor="invite")
    return redirect(safe_next(target) if target else here, code=303)


def _invitee() -> Member | Organisation:
    """Return whom the form names, if the reader may know of them.

    Raises:
        NotFoundError: there is nobody of that name, or not for this reader.
    """
    key = http.form.get("key", "")
    if http.form.get("kind") == "member":
        return profile_by_public_id(key, viewer()).member
    if http.form.get("kind") == "organisation":
        return organisation_by_slug(key, viewer())
    raise NotFoundError
