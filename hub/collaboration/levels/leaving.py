"""What becomes of requests whose people left: named receivers who are gone, and nobody who asks any more."""

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.closing.service import lapse_request
from hub.collaboration.levels.taking import AT_A_TIME, held
from hub.collaboration.lifecycle import RECEIVERS
from hub.collaboration.models import (
    CollaborationRequest,
    ReceiverStatus,
    RequestReceiver,
    RequestStatus,
    Response,
    ResponseStatus,
)
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.telling import tell_requester
from hub.core import clock
from hub.core.database import session
from hub.members.models import Member, MemberStatus
from hub.organisations.models import (
    MembershipRole,
    MembershipStatus,
    MergedOrganisation,
    OrganisationMembership,
)

OUT = (MemberStatus.SUSPENDED, MemberStatus.ERASED)
"""Who does not act on the hub any more; whose vetting lapsed may be back tomorrow."""

LIVE = (
    RequestStatus.SUBMITTED,
    RequestStatus.CHANGES_REQUESTED,
    *TAKES_RESPONSES,
    RequestStatus.AGREED,
    RequestStatus.ACTIVE,
    RequestStatus.EXPIRED,
)
"""States in which a request needs somebody who acts for it."""


def gone_receivers() -> list[int]:
    """Return the ids of named receivers, asked and not heard of, who cannot respond any more."""
    found = session().scalars(
        select(RequestReceiver.id)
        .join(RequestReceiver.request)
        .where(
            CollaborationRequest.status.in_(TAKES_RESPONSES),
            RequestReceiver.status == ReceiverStatus.ASKED,
            _is_gone(),
        )
        .order_by(RequestReceiver.id)
        .limit(AT_A_TIME)
    )
    return list(found)


def part_with(number: int) -> bool:
    """Note that a receiver is gone, and tell the requester. A request that nobody is left to answer is closed.

    Belongs into a transaction.

    Returns:
        Whether anything changed.
    """
    receiver = _held(number)
    request = receiver.request
    is_gone = session().scalar(select(exists().where(RequestReceiver.id == number, _is_gone())))
    if receiver.status is not ReceiverStatus.ASKED or not is_gone:
        return False
    RECEIVERS.move(receiver, "go", answered_at=clock.now())
    after = {"receiver": receiver.public_id, "status": receiver.status.value}
    record(VISITOR, Event.RECEIVER_LAPSE, request.subject, after=after)
    tell_requester("receiver_gone", request)
    if all(each.status is ReceiverStatus.GONE for each in request.receivers) and not _is_answered(request):
        lapse_request(request)
    return True


def orphaned_requests() -> list[int]:
    """Return the ids of requests for which nobody acts any more."""
    found = session().scalars(
        select(CollaborationRequest.id)
        .where(CollaborationRequest.status.in_(LIVE), _is_orphaned())
        .order_by(CollaborationRequest.id)
        .limit(AT_A_TIME)
    )
    return list(found)


def close_orphan(number: int) -> bool:
    """Close a request for which nobody acts; return whether it was closed. Belongs into a transaction."""
    request = held(number)
    if not session().scalar(select(exists().where(CollaborationRequest.id == number, _is_orphaned()))):
        return False
    return lapse_request(request)


def _held(number: int) -> RequestReceiver:
    receiver = session().get_one(RequestReceiver, number)
    held(receiver.request_id)
    session().refresh(receiver)
    return receiver


def _is_gone() -> ColumnElement[bool]:
    """Return the condition for receivers who are out, and for organisations to which nobody else belongs."""
    return or_(
        RequestReceiver.member_id.in_(_out()),
        and_(
            RequestReceiver.organisation_id.is_not(None),
            ~_people_of(RequestReceiver.organisation_id).exists(),
        ),
    )


def _is_orphaned() -> ColumnElement[bool]:
    """Return the condition for requests of an organisation for which nobody speaks, or else whose poster is out."""
    speaking = _people_of(CollaborationRequest.organisation_id).where(
        OrganisationMembership.role == MembershipRole.REPRESENTATIVE
    )
    organisation = CollaborationRequest.organisation_id
    return or_(
        and_(organisation.is_(None), CollaborationRequest.posted_by_id.in_(_out())),
        and_(organisation.is_not(None), ~speaking.exists()),
    )


def _out() -> Select[int]:
    return select(Member.id).where(Member.status.in_(OUT))


def _people_of(organisation_id: InstrumentedAttribute[int | None]) -> Select[int]:
    """Return a select of who belongs to an organisation, or to what it was merged into, and is not out."""
    merged = select(MergedOrganisation.into_id).where(MergedOrganisation.organisation_id == organisation_id)
    return (
        select(OrganisationMembership.id)
        .join(Member, Member.id == OrganisationMembership.member_id)
        .where(
            OrganisationMembership.organisation_id
            == func.coalesce(merged.scalar_subquery(), organisation_id),
            OrganisationMembership.status == MembershipStatus.ACTIVE,
            Member.status.not_in(OUT),
        )
    )


def _is_answered(request: CollaborationRequest) -> bool:
    return bool(
        session().scalar(
            select(
                exists().where(
                    Response.request_id == request.id,
                    Response.status.not_in((ResponseStatus.DRAFT, ResponseStatus.WITHDRAWN)),
                )
            )
        )
    )
