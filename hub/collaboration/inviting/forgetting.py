"""When it is forgotten whom a request invited."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from hub.collaboration.models import CollaborationRequest, RequestInvitation
from hub.core.clock import now
from hub.core.database import session

KEPT = timedelta(days=730)
"""How long invitations are kept after the request was closed or completed."""


def forget_invitations() -> int:
    """Delete the invitations to what ended two years ago; return how many. Belongs into a transaction."""
    ended = func.coalesce(CollaborationRequest.completed_at, CollaborationRequest.closed_at)
    over = select(CollaborationRequest.id).where(ended <= now() - KEPT)
    gone = session().execute(
        delete(RequestInvitation).where(RequestInvitation.request_id.in_(over)),
        execution_options={"synchronize_session": False},
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
