"""A new draft with the words of an earlier request, such as one that nobody who was asked by name will respond to."""

from hub.catalogue.permissions import can_view
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.permissions import is_requester
from hub.collaboration.posting.details import RequestDetails, Requirements
from hub.collaboration.posting.service import begin_request
from hub.collaboration.queries import request_by_id, requirements_of
from hub.core.errors import ForbiddenError
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.showcases.permissions import is_in_audience


def copy_request(actor: Member, request: CollaborationRequest) -> CollaborationRequest:
    """Begin a draft that says what an earlier request says; who may read it, and until when, is chosen anew.

    Args:
        actor: somebody of the requester's side.
        request: what was posted before.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not act for the requester.
        ConflictError: they have as many drafts as they may have.
    """
    viewer = viewer_of(actor)
    request_by_id(request.public_id, viewer)
    if not is_requester(viewer, request):
        raise ForbiddenError
    version, innovation = requirements_of(request), request.innovation
    is_about = innovation is not None and innovation.is_shown and can_view(viewer, innovation)
    own = request.organisation_id in viewer.represents
    is_shown = request.showcase is not None and is_in_audience(viewer, request.showcase)
    said = RequestDetails(
        type=request.type,
        language=request.language,
        title=request.title,
        summary=request.summary,
        background=request.background,
        outcome_wanted=request.outcome_wanted,
        brings=request.brings,
        requirements=Requirements(
            essential=tuple(each.words for each in version.essential),
            nice_to_have=tuple(each.words for each in version.nice_to_have),
        ),
        innovation_id=request.innovation_id if is_about else None,
        showcase_id=request.showcase_id if is_shown else None,
        organisation_id=request.organisation_id if own else None,
        traces_checked=request.traces_checked_at is not None,
        functions=request.codes("functions"),
        offences=request.codes("offences"),
        sectors=request.codes("sectors"),
        countries=request.codes("countries"),
        languages=request.codes("languages"),
        member_types=request.codes("member_types"),
    )
    return begin_request(actor, said, time_zone=request.time_zone)
