"""Requests and responses by their ids, for a viewer."""

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.collaboration.models import CollaborationRequest, RequirementsVersion, Response
from hub.collaboration.permissions import responses_visible_to, visible_to
from hub.core.database import session
from hub.core.errors import NotFoundError


def request_by_id(public_id: str, viewer: Viewer) -> CollaborationRequest:
    """Return a request that `viewer` may know of.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    found = session().scalar(
        select(CollaborationRequest).where(CollaborationRequest.public_id == public_id, visible_to(viewer))
    )
    if found is None:
        raise NotFoundError
    return found


def response_by_id(request: CollaborationRequest, public_id: str, viewer: Viewer) -> Response:
    """Return a response to a request that `viewer` may read.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    found = session().scalar(
        select(Response).where(
            Response.request_id == request.id, Response.public_id == public_id, responses_visible_to(viewer)
        )
    )
    if found is None:
        raise NotFoundError
    return found


def requirements_of(request: CollaborationRequest, number: int | None = None) -> RequirementsVersion:
    """Return the requirements of a request: those in force, or those of one version.

    Raises:
        NotFoundError: there is no such version.
    """
    found = session().scalar(
        select(RequirementsVersion).where(
            RequirementsVersion.request_id == request.id,
            RequirementsVersion.number == (request.requirements_number if number is None else number),
        )
    )
    if found is None:
        raise NotFoundError
    return found
