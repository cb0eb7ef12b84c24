"""What all pages of a partnership begin with: the accepted response, its address, and what both sides are called."""

from flask import url_for

from hub.collaboration.models import RequestStatus, Response, ResponseStatus, Side
from hub.collaboration.partnerships.permissions import UNDER_WAY
from hub.collaboration.permissions import side_of
from hub.collaboration.queries import request_by_id, response_by_id
from hub.core.errors import NotFoundError
from hub.web.collaboration.asker import asker_of
from hub.web.i18n import translate
from hub.web.sessions import viewer

READABLE = (*UNDER_WAY, RequestStatus.CANCELLED)
"""States of a request in which the pages of its partnerships can be read."""


def partnership_of(public_id: str, response_id: str) -> Response:
    """Return an accepted response that the viewer is party to.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    somebody = viewer()
    response = response_by_id(request_by_id(public_id, somebody), response_id, somebody)
    is_there = response.status is ResponseStatus.ACCEPTED and response.request.status in READABLE
    if not is_there or side_of(somebody, response) is None:
        raise NotFoundError
    return response


def partnership_address(response: Response, anchor: str | None = None) -> str:
    """Return where a partnership is read."""
    return url_for(
        "collaboration.partnership",
        public_id=response.request.public_id,
        response_id=response.public_id,
        _anchor=anchor,
    )


def side_names(response: Response) -> dict[Side, str]:
    """Return what both sides are called on the pages of their partnership; one's own is marked."""
    somebody, request = viewer(), response.request
    asker = asker_of(request)
    names = {
        Side.REQUESTER: asker.organisation.name if asker.organisation else asker.name,
        Side.RESPONDER: (
            response.organisation.name if response.organisation else response.responder.display_name
        ),
    }
    names[Side.REQUESTER] = names[Side.REQUESTER] or translate("The member who asks")
    own = side_of(somebody, response)
    return {
        side: translate("%(name)s (your side)", name=name) if side is own else name
        for side, name in names.items()
    }
