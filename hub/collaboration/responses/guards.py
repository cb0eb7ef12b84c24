"""What every change of a response asks first: whose it is, whether the request takes responses, and that it is held."""

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.collaboration.holding import hold_request
from hub.collaboration.models import CollaborationRequest, Response
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import can_edit_response, can_respond, is_in_audience, is_requester
from hub.collaboration.queries import response_by_id
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.core.i18n import N_

OWN_REQUEST = N_("You act for who posted this request, so you cannot respond to it.")
TAKES_NONE = N_("This request takes no responses any more.")


def require_responder(viewer: Viewer, request: CollaborationRequest) -> None:
    """Make sure that somebody may respond, state and due date allowing.

    Raises:
        ForbiddenError: they act for the requester.
        NotFoundError: the request is not theirs to see.
    """
    if is_requester(viewer, request):
        raise ForbiddenError(OWN_REQUEST)
    if not can_respond(viewer, request):
        # whoever is party to a request that ended still knows of it
        if is_in_audience(viewer, request):
            raise ForbiddenError
        raise NotFoundError


def require_own(viewer: Viewer, response: Response) -> None:
    """Make sure that somebody acts for the responder, and may still know of the request.

    Raises:
        NotFoundError: they do not.
    """
    response_by_id(response.request, response.public_id, viewer)
    if not can_edit_response(viewer, response):
        raise NotFoundError


def require_open(request: CollaborationRequest, words_when_late: str) -> None:
    """Make sure that a request takes responses at this moment.

    Args:
        request: the request, held.
        words_when_late: message id for after the due date.

    Raises:
        ConflictError: it does not.
    """
    if request.status not in TAKES_RESPONSES:
        raise ConflictError(TAKES_NONE)
    if not request.takes_responses:
        raise ConflictError(words_when_late)


def hold_response(response: Response) -> None:
    """Hold the request of a response, and read the response anew.

    Raises:
        NotFoundError: it was discarded meanwhile.
    """
    hold_request(response.request)
    if session().scalar(select(Response.id).where(Response.id == response.id)) is None:
        raise NotFoundError
    session().refresh(response)
