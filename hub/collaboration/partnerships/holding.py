"""The first steps of what a side does to a partnership: hold its request, see who acts and whether it stands."""

from dataclasses import dataclass

from hub.access.viewer import Viewer
from hub.collaboration.holding import hold_request
from hub.collaboration.models import Response, Side
from hub.collaboration.partnerships.permissions import acts_for_one_side, is_partnership
from hub.collaboration.permissions import side_of
from hub.collaboration.queries import request_by_id, response_by_id
from hub.collaboration.telling import requester_ids, responder_ids
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.notifications.service import notify

BOTH_SIDES = N_("You act for both sides. Somebody who acts for one of them only must do this.")
ENDED = N_("This partnership has ended or was never agreed. Nothing changes here any more.")


@dataclass(frozen=True)
class Acting:
    """Who acts in a partnership that is held, and for which side."""

    viewer: Viewer
    side: Side


def holding_partnership(actor: Member, response: Response) -> Acting:
    """Hold the request of an accepted response until the transaction ends, and return who acts for which side.

    Raises:
        NotFoundError: the response is not the actor's to see.
        ForbiddenError: the actor acts for both sides.
        ConflictError: it is not accepted, or its request was cancelled.
    """
    request = response.request
    hold_request(request)
    session().refresh(response)
    viewer = viewer_of(actor)
    response_by_id(request_by_id(request.public_id, viewer), response.public_id, viewer)
    side = side_of(viewer, response)
    if side is None:
        raise NotFoundError
    if not acts_for_one_side(viewer, response):
        raise ForbiddenError(BOTH_SIDES)
    if not is_partnership(response):
        raise ConflictError(ENDED)
    return Acting(viewer, side)


def other_side_ids(response: Response, side: Side) -> frozenset[int]:
    """Return the ids of who acts for the other side of a response than `side`."""
    ours, theirs = requester_ids(response.request), responder_ids(response)
    return theirs - ours if side is Side.REQUESTER else ours - theirs


def tell_other_side(kind: str, response: Response, side: Side) -> None:
    """Tell the side opposite to `side`, under the label of the response: never less strict than the request's."""
    notify(other_side_ids(response, side), kind, response.partnership_subject, tlp=response.tlp)
