"""A request of one's own side, to change it or to send it off."""

from hub.collaboration.models import CollaborationRequest
from hub.collaboration.permissions import is_requester
from hub.collaboration.queries import request_by_id
from hub.core.errors import NotFoundError
from hub.web.sessions import viewer


def own_request(public_id: str) -> CollaborationRequest:
    """Return the request with this id, if whoever is signed in acts for its requester.

    Raises:
        NotFoundError: there is none, or they do not.
    """
    somebody = viewer()
    found = request_by_id(public_id, somebody)
    if not is_requester(somebody, found):
        raise NotFoundError
    return found
