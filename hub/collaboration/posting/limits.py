"""How much of requests one member may begin and send: counted from what is stored, one by one."""

from datetime import timedelta

from sqlalchemy import func, select

from hub.collaboration.models import CollaborationRequest, RequestStatus
from hub.core.database import session
from hub.core.errors import ConflictError
from hub.core.i18n import N_
from hub.members.holding import hold_member
from hub.members.quotas import require_quota

DAY = timedelta(days=1)

MOST_A_DAY = 5
"""Requests that one member may submit or send within `DAY`."""

MOST_DRAFTS = 20
"""Drafts that one member may have at once."""

SENT_TOO_MANY = N_(
    "You have sent %(number)s requests within a day, which is the most. Your draft is kept; send it tomorrow."
)
TOO_MANY_DRAFTS = N_("You have %(number)s drafts, which is the most. Send or discard one first.")


def require_room_to_begin(member_id: int) -> None:
    """Refuse a draft too many.

    Raises:
        ConflictError: the member has as many as they may have.
    """
    hold_member(member_id)
    drafts = select(func.count(CollaborationRequest.id)).where(
        CollaborationRequest.posted_by_id == member_id, CollaborationRequest.status == RequestStatus.DRAFT
    )
    if (session().scalar(drafts) or 0) >= MOST_DRAFTS:
        raise ConflictError(TOO_MANY_DRAFTS, number=MOST_DRAFTS)


def require_room_to_send(request: CollaborationRequest) -> None:
    """Refuse a request too many of one day; sending the same one again after changes is no further one.

    Raises:
        TooManyError: whoever posted it sent as many as a day allows.
    """
    require_quota(
        (
            CollaborationRequest.submitted_at,
            (CollaborationRequest.posted_by_id == request.posted_by_id)
            & (CollaborationRequest.id != request.id),
        ),
        most=MOST_A_DAY,
        period=DAY,
        words=SENT_TOO_MANY,
    )
