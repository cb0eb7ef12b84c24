"""The three kinds of matters that a coordinator takes, and what they have in common."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.collaboration.models import (
    CallStatus,
    CollaborationRequest,
    CoordinatorCall,
    RequestStatus,
    RequirementsVersion,
    VersionStatus,
)
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.core.database import session

Item = CollaborationRequest | RequirementsVersion | CoordinatorCall

KINDS: tuple[type[Item], ...] = (CollaborationRequest, RequirementsVersion, CoordinatorCall)


def request_of(item: Item) -> CollaborationRequest:
    """Return the request that a matter is about, which may be the matter itself."""
    if isinstance(item, CollaborationRequest):
        return item
    if isinstance(item, CoordinatorCall):
        return item.conversation.response.request
    return session().get_one(CollaborationRequest, item.request_id)


def is_waiting(item: Item) -> bool:
    """Whether a coordinator can still decide it; new requirements wait while their request takes responses."""
    if isinstance(item, CollaborationRequest):
        return item.status is RequestStatus.SUBMITTED
    if isinstance(item, CoordinatorCall):
        return item.status is CallStatus.ASKED
    return item.status is VersionStatus.PROPOSED and request_of(item).status in TAKES_RESPONSES


def waiting_among(kind: type[Item]) -> ColumnElement[bool]:
    """Return the SQL condition for the matters of one kind that can still be decided, as `is_waiting` says."""
    if kind is CollaborationRequest:
        return CollaborationRequest.status == RequestStatus.SUBMITTED
    if kind is CoordinatorCall:
        return CoordinatorCall.status == CallStatus.ASKED
    open_requests = select(CollaborationRequest.id).where(CollaborationRequest.status.in_(TAKES_RESPONSES))
    return and_(
        RequirementsVersion.status == VersionStatus.PROPOSED,
        RequirementsVersion.request_id.in_(open_requests),
    )


SINCE: dict[type[Item], InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]] = {
    CollaborationRequest: CollaborationRequest.submitted_at,
    RequirementsVersion: RequirementsVersion.proposed_at,
    CoordinatorCall: CoordinatorCall.called_at,
}
"""Since when a matter of each kind waits."""


def waiting_since(item: Item) -> datetime:
    """Return when a matter came in."""
    if isinstance(item, CollaborationRequest):
        return item.submitted_at or item.created_at
    return item.called_at if isinstance(item, CoordinatorCall) else item.proposed_at
