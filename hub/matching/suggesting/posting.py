"""What is suggested for a request to its requester: people and organisations to invite, innovations that may answer."""

from hub.access.telling import NOBODY, Told, is_narrow
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.collaboration.inviting.queries import readers_told
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import is_requester
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest
from hub.matching.facts import Kind
from hub.matching.index.index import MatchIndex
from hub.matching.parts import Pairing
from hub.matching.subjects.requests import request_facts
from hub.matching.suggesting.leaving_out import (
    blocked_members,
    dismissed,
    innovations_offered,
    members_asked,
    members_of_side,
    organisations_among,
    organisations_asked,
    own_innovations,
)
from hub.matching.suggesting.membership import member_id_of
from hub.matching.suggesting.ordering import Emphases, suggested
from hub.matching.suggesting.suggestion import FIRST_TEN, Aim, LeftOut, Suggestion
from hub.organisations.models import Organisation


def _require_requester(viewer: Viewer, request: CollaborationRequest) -> None:
    member_id_of(viewer)
    if not is_requester(viewer, request):
        raise NotFoundError


def _readers(viewer: Viewer, request: CollaborationRequest) -> Told:
    """Return by which labels the requester may be told who reads a request.

    Of a narrow audience they are told nothing before a coordinator agreed to it, nor after: else everybody could ask
    with drafts who is verified.
    """
    if is_narrow(request.labels) and request.status not in TAKES_RESPONSES:
        return NOBODY
    return readers_told(viewer, request)


def aim_for_people(viewer: Viewer, request: CollaborationRequest) -> Aim:
    """Return for what people are suggested to the requester: those inside the audience who had no part in it yet.

    Raises:
        ForbiddenError: the viewer is no member.
        NotFoundError: the viewer does not act for the requester.
    """
    _require_requester(viewer, request)
    side = members_of_side(viewer, frozenset({request.organisation_id}), frozenset({request.posted_by_id}))
    return Aim(
        Pairing.REQUEST_MEMBER,
        request_facts(request),
        request.subject,
        {
            LeftOut.OWN: side,
            **members_asked(request),
            LeftOut.BLOCKED: blocked_members(viewer),
            LeftOut.DISMISSED: dismissed(viewer, request.subject, Kind.MEMBER),
        },
        (_readers(viewer, request),),
    )


def aim_for_organisations(viewer: Viewer, request: CollaborationRequest) -> Aim:
    """Return for what organisations are suggested to the requester: those with a representative inside the audience.

    Raises:
        ForbiddenError: the viewer is no member.
        NotFoundError: the viewer does not act for the requester.
    """
    _require_requester(viewer, request)
    own = sorted({*viewer.represents, *filter(None, [request.organisation_id])})
    return Aim(
        Pairing.REQUEST_ORGANISATION,
        request_facts(request),
        request.subject,
        {
            LeftOut.OWN: organisations_among(Organisation.id.in_(own)),
            **organisations_asked(request),
            LeftOut.DISMISSED: dismissed(viewer, request.subject, Kind.ORGANISATION),
        },
        (_readers(viewer, request),),
    )


def aim_for_innovations(viewer: Viewer, request: CollaborationRequest) -> Aim:
    """Return for what innovations are suggested to the requester: those that they may see and nobody offered yet.

    Raises:
        ForbiddenError: the viewer is no member.
        NotFoundError: the viewer does not act for the requester.
    """
    _require_requester(viewer, request)
    also = [Innovation.id == request.innovation_id] if request.innovation_id else []
    if request.organisation_id:
        also.append(Innovation.owner_id == request.organisation_id)
    return Aim(
        Pairing.REQUEST_INNOVATION,
        request_facts(request),
        request.subject,
        {
            LeftOut.OWN: own_innovations(viewer, *also),
            LeftOut.ANSWERED: innovations_offered(request),
            LeftOut.DISMISSED: dismissed(viewer, request.subject, Kind.INNOVATION),
        },
    )


def people_for_request(
    index: MatchIndex,
    viewer: Viewer,
    request: CollaborationRequest,
    page: PageRequest = FIRST_TEN,
    *,
    emphases: Emphases | None = None,
) -> Page[Suggestion]:
    """Return a page of the people whom the requester may invite to respond.

    Raises:
        ForbiddenError: the viewer is no member.
        NotFoundError: the viewer does not act for the requester.
        UnavailableError: the index is being prepared.
    """
    return suggested(index, viewer, aim_for_people(viewer, request), page, emphases)


def organisations_for_request(
    index: MatchIndex,
    viewer: Viewer,
    request: CollaborationRequest,
    page: PageRequest = FIRST_TEN,
    *,
    emphases: Emphases | None = None,
) -> Page[Suggestion]:
    """Return a page of the organisations that the requester may invite to respond; errors as of people."""
    return suggested(index, viewer, aim_for_organisations(viewer, request), page, emphases)


def innovations_for_request(
    index: MatchIndex,
    viewer: Viewer,
    request: CollaborationRequest,
    page: PageRequest = FIRST_TEN,
    *,
    emphases: Emphases | None = None,
) -> Page[Suggestion]:
    """Return a page of the innovations that may answer a request; errors as of people."""
    return suggested(index, viewer, aim_for_innovations(viewer, request), page, emphases)
