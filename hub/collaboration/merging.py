"""Requests and responses of an organisation that is merged into another one, and what it was asked, follow it."""

from sqlalchemy import Select, delete, select, union, update

from hub.collaboration.documents import queue_request
from hub.collaboration.holding import hold_requests
from hub.collaboration.models import CollaborationRequest, RequestInvitation, RequestReceiver, Response
from hub.core.database import session


def requests_merged(former_id: int, present_id: int) -> None:
    """Let what an organisation asked for, offered and was asked for be that of what it became.

    Belongs into the merge. Labels that name the former one stay: its people read under them from then on as those of
    the other one.

    Args:
        former_id: the organisation that was merged.
        present_id: the one that it was merged into; a request that was sent to both keeps both receivers, as each may
            have answered already, and one to which both were invited keeps one invitation.
    """
    posted = select(CollaborationRequest.id).where(CollaborationRequest.organisation_id == former_id)
    offered = select(Response.request_id).where(Response.organisation_id == former_id)
    asked = select(RequestReceiver.request_id).where(RequestReceiver.organisation_id == former_id)
    hold_requests(session().scalars(union(posted, offered, asked, _invited(former_id))))
    numbers = list(session().scalars(posted.order_by(CollaborationRequest.id)))
    also_asked = select(RequestReceiver.request_id).where(RequestReceiver.organisation_id == present_id)
    for statement in (
        update(CollaborationRequest)
        .where(CollaborationRequest.organisation_id == former_id)
        .values(organisation_id=present_id),
        update(Response).where(Response.organisation_id == former_id).values(organisation_id=present_id),
        update(RequestReceiver)
        .where(
            RequestReceiver.organisation_id == former_id,
            RequestReceiver.request_id.not_in(also_asked),
        )
        .values(organisation_id=present_id),
        delete(RequestInvitation).where(
            RequestInvitation.organisation_id == former_id,
            RequestInvitation.request_id.in_(_invited(present_id)),
        ),
        update(RequestInvitation)
        .where(RequestInvitation.organisation_id == former_id)
        .values(organisation_id=present_id),
    ):
        session().execute(statement, execution_options={"synchronize_session": False})
    session().expire_all()
    for number in numbers:
        # search finds requests by the name of who asks
        queue_request(session().get_one(CollaborationRequest, number))


def _invited(organisation_id: int) -> Select[int]:
    return select(RequestInvitation.request_id).where(RequestInvitation.organisation_id == organisation_id)
