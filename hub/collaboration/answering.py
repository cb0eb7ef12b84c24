"""Notes when something was first answered, which service levels are measured by, and that both sides talk."""

from sqlalchemy import update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.documents import queue_request
from hub.collaboration.lifecycle import REQUESTS
from hub.collaboration.models import CollaborationRequest, RequestStatus, Response
from hub.core import clock
from hub.core.database import session


def mark_answered(thing: CollaborationRequest | Response) -> None:
    """Note the first answer, if this is it: a response to a request, what a requester lets a responder know."""
    table = type(thing)
    session().execute(
        update(table)
        .where(table.id == thing.id, table.first_answered_at.is_(None))
        .values(first_answered_at=clock.now()),
        execution_options={"synchronize_session": False},
    )
    session().refresh(thing)


def discuss(viewer: Viewer, request: CollaborationRequest) -> None:
    """Take an open request into discussion; one that is further already stays as it is. The request is held.

    Args:
        viewer: whose act led to this, for the audit log.
        request: the request that both sides begin to talk about.
    """
    if request.status is RequestStatus.OPEN:
        REQUESTS.move(request, "discuss")
        record(viewer, Event.REQUEST_DISCUSS, request.subject)
        queue_request(request)
