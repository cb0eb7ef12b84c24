"""Who of each side is told that something happened, always under the label of what it is about."""

from collections.abc import Iterable

from sqlalchemy import select

from hub.access.audience import Tlp
from hub.collaboration.models import (
    CollaborationRequest,
    ReceiverStatus,
    RequestReceiver,
    Response,
    ResponseStatus,
)
from hub.core.database import session
from hub.notifications.service import notify
from hub.organisations.models import MergedOrganisation, Organisation
from hub.organisations.people import speakers


def requester_ids(request: CollaborationRequest) -> frozenset[int]:
    """Return the ids of who acts for the requester: who posted it, and the representatives of their organisation."""
    return frozenset({request.posted_by_id}) | _representatives(request.organisation)


def responder_ids(response: Response) -> frozenset[int]:
    """Return the ids of who acts for the responder."""
    return frozenset({response.responder_id}) | _representatives(response.organisation)


def receiver_ids(request: CollaborationRequest) -> frozenset[int]:
    """Return the ids of the members whom a request was sent to, and the representatives of the organisations."""
    return reached_by(request.receivers)


def tell_asked(kind: str, request: CollaborationRequest) -> None:
    """Tell the named receivers who have neither responded nor said that they will not."""
    asked = [each for each in request.receivers if each.status is ReceiverStatus.ASKED]
    notify(reached_by(asked), kind, request.subject, tlp=request.tlp)


def tell_requester(kind: str, request: CollaborationRequest, *, but: int | None = None) -> None:
    """Tell the requester's side.

    Args:
        kind: name of the notification.
        request: what it is about.
        but: id of a member who knows already.
    """
    notify(requester_ids(request) - {but}, kind, request.subject, tlp=request.tlp)


def tell_responder(kind: str, response: Response, *, but: int | None = None, tlp: Tlp | None = None) -> None:
    """Tell the responder's side about the request that they responded to.

    Args:
        kind: name of the notification.
        response: whose side is told.
        but: id of a member who knows already.
        tlp: a stricter label than that of the request, if what happened has one.
    """
    request = response.request
    notify(responder_ids(response) - {but}, kind, request.subject, tlp=tlp or request.tlp)


def tell_responders(kind: str, request: CollaborationRequest, *, drafts: bool = False) -> None:
    """Tell everybody whose response was submitted and not withdrawn or declined; those who draft one too, if wanted."""
    notify(responders_ids(request, drafts=drafts), kind, request.subject, tlp=request.tlp)


def responders_ids(request: CollaborationRequest, *, drafts: bool = False) -> frozenset[int]:
    """Return the ids of everybody who acts for a response that waits or was accepted; of drafts too, if wanted."""
    wanted = [ResponseStatus.SUBMITTED, ResponseStatus.SHORTLISTED, ResponseStatus.ACCEPTED]
    if drafts:
        wanted.append(ResponseStatus.DRAFT)
    responses = session().scalars(
        select(Response).where(Response.request_id == request.id, Response.status.in_(wanted))
    )
    return frozenset[int]().union(*(responder_ids(each) for each in responses))


def reached_by(receivers: Iterable[RequestReceiver]) -> frozenset[int]:
    """Return the ids of some receivers: the members themselves, and the representatives of organisations."""
    found: set[int] = set()
    for receiver in receivers:
        found |= _representatives(receiver.organisation)
        if receiver.member_id is not None:
            found.add(receiver.member_id)
    return frozenset(found)


def _representatives(organisation: Organisation | None) -> frozenset[int]:
    """Return who represents an organisation, or what it was merged into."""
    if organisation is None:
        return frozenset()
    merged = session().get(MergedOrganisation, organisation.id)
    return speakers(merged.into if merged is not None else organisation)
