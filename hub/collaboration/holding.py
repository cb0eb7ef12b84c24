"""Lets those who change the same request wait for one another: the request is held before what belongs to it."""

from sqlalchemy import update

from hub.collaboration.models import CollaborationRequest
from hub.core.database import session
from hub.core.errors import NotFoundError


def hold_request(request: CollaborationRequest) -> None:
    """Hold a request until the transaction ends, and read it anew.

    Args:
        request: what somebody is about to change, or to respond to.

    Raises:
        NotFoundError: its draft was discarded meanwhile.
    """
    held = session().execute(
        update(CollaborationRequest)
        .where(CollaborationRequest.id == request.id)
        .values(version=CollaborationRequest.version)
        .returning(CollaborationRequest.id),
        execution_options={"synchronize_session": False},
    )
    if held.scalar() is None:
        raise NotFoundError
    session().refresh(request)
