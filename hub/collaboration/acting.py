"""The first steps of what the requester's side does to a request: hold it, then see who acts."""

from hub.access.viewer import Viewer
from hub.collaboration.holding import hold_request
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.permissions import is_requester
from hub.collaboration.queries import request_by_id
from hub.core.errors import ForbiddenError
from hub.integrity.viewers import viewer_of
from hub.members.models import Member


def holding_as_reader(actor: Member, request: CollaborationRequest) -> Viewer:
    """Hold a request and return the viewer that `actor` is, if they may know of it.

    Raises:
        NotFoundError: it is not the actor's to see.
    """
    hold_request(request)
    viewer = viewer_of(actor)
    request_by_id(request.public_id, viewer)
    return viewer


def holding_as_requester(actor: Member, request: CollaborationRequest) -> Viewer:
    """Hold a request and return the viewer that `actor` is, if they act for its requester.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not act for the requester.
    """
    viewer = holding_as_reader(actor, request)
    if not is_requester(viewer, request):
        raise ForbiddenError
    return viewer
