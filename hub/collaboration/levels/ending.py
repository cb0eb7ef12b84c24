"""What ends by the clock: requests expire, and responses to those that nobody opened again are declined with thanks."""

from sqlalchemy import ColumnElement, and_, exists, select

from hub.access.viewer import VISITOR
from hub.collaboration.closing.dates import REOPEN_WITHIN
from hub.collaboration.closing.service import close_responses, expire_request
from hub.collaboration.levels.taking import AT_A_TIME, held
from hub.collaboration.models import CollaborationRequest, RequestStatus, Response
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.models.response import WAITS
from hub.core import clock
from hub.core.database import session


def due_to_expire() -> list[int]:
    """Return the ids of requests whose time to expire has come."""
    found = session().scalars(
        select(CollaborationRequest.id)
        .where(
            CollaborationRequest.status.in_(TAKES_RESPONSES), CollaborationRequest.expires_at <= clock.now()
        )
        .order_by(CollaborationRequest.expires_at, CollaborationRequest.id)
        .limit(AT_A_TIME)
    )
    return list(found)


def expire(number: int) -> bool:
    """Let a request expire; return whether it did. Belongs into a transaction."""
    return expire_request(session().get_one(CollaborationRequest, number))


def due_to_close() -> list[int]:
    """Return the ids of requests that can be opened again no more, and of which responses still wait."""
    found = session().scalars(
        select(CollaborationRequest.id)
        .where(
            _is_past(),
            exists().where(Response.request_id == CollaborationRequest.id, Response.status.in_(WAITS)),
        )
        .order_by(CollaborationRequest.closed_at, CollaborationRequest.id)
        .limit(AT_A_TIME)
    )
    return list(found)


def close(number: int) -> bool:
    """Decline with thanks what waits of an expired request; return whether any did. Belongs into a transaction."""
    request = held(number)
    if not session().scalar(select(_is_past()).where(CollaborationRequest.id == number)):
        return False
    return close_responses(VISITOR, request) > 0


def _is_past() -> ColumnElement[bool]:
    return and_(
        CollaborationRequest.status == RequestStatus.EXPIRED,
        CollaborationRequest.closed_at <= clock.now() - REOPEN_WITHIN,
    )
