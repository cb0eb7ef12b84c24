"""Who asks, for one reader: the organisation that a request was posted for, or the member where they may see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from hub.collaboration.models import CollaborationRequest
from hub.collaboration.permissions import is_requester
from hub.members.profiles.queries import visible_member_ids
from hub.organisations.models import Organisation, OrganisationStatus
from hub.web.sessions import viewer

LINKED = frozenset({OrganisationStatus.VERIFIED, OrganisationStatus.LAPSED})


@dataclass(frozen=True)
class RequestAsker:
    """Who asks, as one reader may know it.

    Args:
        organisation: for which organisation it was posted, if for one.
        is_linked: whether that organisation has a page that everybody may read.
        name: of who posted it; empty where the reader may not see their profile and was not asked by name.
        href: their page, where the reader may see it.
        country: ISO code of the requester's country.
        is_reader: whether the reader acts for who asks; that a request is in discussion is told to nobody else, as
            it tells responders of one another.
    """

    organisation: Organisation | None
    is_linked: bool
    name: str
    href: str
    country: str | None
    is_reader: bool


def asker_of(request: CollaborationRequest) -> RequestAsker:
    """Return who asks with a request, for this reader."""
    return askers_of([request])[request.id]


def askers_of(requests: Iterable[CollaborationRequest]) -> dict[int, RequestAsker]:
    """Return who asks with each of some requests, by the requests' ids, in one query for the names."""
    asked = list(requests)
    seen = visible_member_ids({each.posted_by_id for each in asked}, viewer())
    return {each.id: _asker(each, has_page=each.posted_by_id in seen) for each in asked}


def _asker(request: CollaborationRequest, *, has_page: bool) -> RequestAsker:
    organisation, poster = request.organisation, request.posted_by
    return RequestAsker(
        organisation=organisation,
        is_linked=organisation is not None and organisation.status in LINKED,
        # whoever is asked by name learns who asks
        name=poster.display_name if has_page or not request.is_open_call else "",
        href=url_for("members.show", public_id=poster.public_id) if has_page else "",
        country=request.country,
        is_reader=is_requester(viewer(), request),
    )
