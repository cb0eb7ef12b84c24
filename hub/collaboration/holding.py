"""Lets those who change the same request wait for one another.

On PostgreSQL two who hold what the other wants are both stuck until one is refused. So everybody holds in one order:
the member whose acts are counted or who leaves (`hub.members.holding`), then the request, then what belongs to it
(responses, questions, conversations, plans), and the lock of commits last. Who needs several requests takes them in the
order of their ids (`hold_requests`).
"""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.sql.dml import ReturningUpdate

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
        _touch(request.id),
        execution_options={"synchronize_session": False},
    )
    if held.scalar() is None:
        raise NotFoundError
    session().refresh(request)


def hold_requests(numbers: Iterable[int]) -> None:
    """Hold several requests until the transaction ends, and forget what was read before; drafts may be gone by now.

    Args:
        numbers: ids of the requests.
    """
    # one statement each: what a single one changes comes in the order of the database
    for number in sorted(set(numbers)):
        session().execute(_touch(number), execution_options={"synchronize_session": False})
    session().expire_all()


def _touch(number: int) -> ReturningUpdate[tuple[int]]:
    return (
        update(CollaborationRequest)
        .where(CollaborationRequest.id == number)
        .values(version=CollaborationRequest.version)
        .returning(CollaborationRequest.id)
    )
