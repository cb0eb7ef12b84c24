"""Who of each side is told that something happened, always under the label of what it is about."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta

from sqlalchemy import select

from hub.access.audience import Tlp, stricter
from hub.collaboration.models import (
    CollaborationRequest,
    ReceiverStatus,
    RequestReceiver,
    Response,
    ResponseStatus,
)
from hub.collaboration.models.response import WAITS
from hub.core import clock
from hub.core.database import session
from hub.members.models import Block
from hub.notifications.models import Notification
from hub.notifications.service import notify
from hub.organisations.people import speakers_of
from hub.organisations.queries import present_ids

TOLD_EVERY = timedelta(hours=1)
"""How often one person is told at most of what can be done again and again."""

HEARD = (*WAITS, ResponseStatus.ACCEPTED)
"""States of a response of which the responder hears what becomes of the request."""


NOBODY: frozenset[int] = frozenset()


def requester_ids(request: CollaborationRequest) -> frozenset[int]:
    """Return the ids of who acts for the requester: the representatives of their organisation, or who posted it."""
    return _acting([(request.posted_by_id, request.organisation_id)])


def responder_ids(response: Response) -> frozenset[int]:
    """Return the ids of who acts for the responder."""
    return _acting([(response.responder_id, response.organisation_id)])


def receiver_ids(request: CollaborationRequest) -> frozenset[int]:
    """Return the ids of the members whom a request was sent to, and the representatives of the organisations."""
    return reached_by(request.receivers)


def reached_by(receivers: Iterable[RequestReceiver]) -> frozenset[int]:
    """Return the ids of some receivers: the members themselves, and the representatives of organisations."""
    return _acting([(each.member_id, each.organisation_id) for each in receivers])


def tell_requester(kind: str, request: CollaborationRequest, *, but: int | None = None) -> None:
    """Tell the requester's side.

    Args:
        kind: name of the notification.
        request: what it is about.
        but: id of a member who knows already.
    """
    notify(requester_ids(request) - {but}, kind, request.subject, tlp=request.tlp)


def tell_responder(kind: str, response: Response, *, but: int | None = None) -> None:
    """Tell the responder's side what became of their response, under its label.

    Args:
        kind: name of the notification.
        response: whose side is told.
        but: id of a member who knows already.
    """
    notify(responder_ids(response) - {but}, kind, response.subject, tlp=response.tlp)


def tell_responders(
    kind: str, request: CollaborationRequest, *, drafts: bool = False, others: frozenset[int] = NOBODY
) -> None:
    """Tell everybody whose response waits or was accepted, each under the label of their response.

    Args:
        kind: name of the notification.
        request: to which they responded.
        drafts: whether to tell those who draft a response too.
        others: ids of further people, who are told under the label of the request.
    """
    statuses = (*HEARD, ResponseStatus.DRAFT) if drafts else HEARD
    for tlp, told in _by_label(request, statuses, others):
        notify(told, kind, request.subject, tlp=tlp)


def tell_awaited(kind: str, request: CollaborationRequest) -> None:
    """Tell who may still respond: receivers who were not heard of, and everybody who drafts a response."""
    for tlp, told in _by_label(request, (ResponseStatus.DRAFT,), _asked(request)):
        notify(told, kind, request.subject, tlp=tlp)


def tell_asked(kind: str, request: CollaborationRequest) -> None:
    """Tell the named receivers who have neither responded nor said that they will not."""
    notify(_asked(request), kind, request.subject, tlp=request.tlp)


def tell_concerned(kind: str, request: CollaborationRequest, *, by: int | None) -> None:
    """Tell everybody who responded or may still be about to that something moved, as `tell_at_times` does.

    Args:
        kind: name of the notification.
        request: what moved.
        by: id of who moved it.
    """
    for tlp, told in _by_label(request, (*HEARD, ResponseStatus.DRAFT), _asked(request)):
        tell_at_times(told, kind, request.subject, tlp=tlp, by=by)


def tell_at_times(member_ids: Collection[int], kind: str, subject: str, *, tlp: Tlp, by: int | None) -> None:
    """Tell of what can be done again and again: each person once an hour at most, and none who blocked who did it.

    What is decided once, such as that a response is accepted, is told to everybody by the others here.

    Args:
        member_ids: who is told.
        kind: name of the notification.
        subject: what it is about.
        tlp: its label.
        by: id of who did it.
    """
    lately = session().scalars(
        select(Notification.member_id).where(
            Notification.kind == kind,
            Notification.subject == subject,
            Notification.created_at > clock.now() - TOLD_EVERY,
        )
    )
    blocking = session().scalars(select(Block.member_id).where(Block.blocked_id == by))
    notify(frozenset(member_ids) - {*lately, *blocking, by}, kind, subject, tlp=tlp)


def _asked(request: CollaborationRequest) -> frozenset[int]:
    return reached_by(each for each in request.receivers if each.status is ReceiverStatus.ASKED)


def _by_label(
    request: CollaborationRequest, statuses: Collection[ResponseStatus], others: frozenset[int]
) -> Iterator[tuple[Tlp, frozenset[int]]]:
    """Yield who is told under which label: that of their response, the strictest of several, else the request's."""
    rows = session().execute(
        select(Response.responder_id, Response.organisation_id, Response.tlp).where(
            Response.request_id == request.id, Response.status.in_(statuses)
        )
    )
    sides: dict[Tlp, list[tuple[int, int | None]]] = {}
    for member_id, organisation_id, tlp in rows:
        sides.setdefault(stricter(tlp, request.tlp), []).append((member_id, organisation_id))
    seen = NOBODY
    for tlp in reversed(Tlp):
        told = _acting(sides.get(tlp, [])) | (others if tlp is request.tlp else NOBODY)
        if told - seen:
            yield tlp, told - seen
        seen |= told


def _acting(sides: Sequence[tuple[int | None, int | None]]) -> frozenset[int]:
    """Return the ids of who acts for some sides, each a member or, where there is one, an organisation of today."""
    members = {member for member, organisation in sides if organisation is None and member is not None}
    organisations = {organisation for _member, organisation in sides if organisation is not None}
    if not organisations:
        return frozenset(members)
    return frozenset(members) | speakers_of(set(present_ids(organisations).values()))
