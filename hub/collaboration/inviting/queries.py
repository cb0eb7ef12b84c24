"""Whom the requester of an open call invited, and whether they may invite now."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.access.telling import Told, told_of
from hub.access.viewer import Viewer
from hub.collaboration.models import CollaborationRequest, RequestInvitation, Response, ResponseStatus
from hub.collaboration.permissions import is_requester
from hub.core.database import session

UNKNOWN = (ResponseStatus.DRAFT, ResponseStatus.WITHDRAWN)
"""States of a response that its requester does not know of."""


@dataclass(frozen=True)
class Invited:
    """Who was invited to respond to one request, by id."""

    member_ids: frozenset[int]
    organisation_ids: frozenset[int]


@dataclass(frozen=True)
class Answered:
    """Who responded to one request, as its requester knows, by id."""

    member_ids: frozenset[int]
    organisation_ids: frozenset[int]

    def by(self, invitation: RequestInvitation) -> bool:
        """Whether who was invited has responded."""
        return invitation.member_id in self.member_ids or invitation.organisation_id in self.organisation_ids


def readers_told(viewer: Viewer, request: CollaborationRequest) -> Told:
    """Return the labels by which `viewer`, who acts for the requester, may be told who reads a request."""
    return told_of(request.labels, viewer, is_chosen=True)


def may_learn_readers(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether `viewer`, who acts for the requester, may learn of some who read a request that they do.

    Anybody may post a call to verified law enforcement; who is verified, no page tells them.
    """
    return bool(readers_told(viewer, request))


def takes_invitations(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether `viewer` may invite others now: who asks, is inside the audience, and takes responses to an open call."""
    return (
        request.is_open_call
        and request.takes_responses
        and is_requester(viewer, request)
        and may_learn_readers(viewer, request)
    )


def invited(request: CollaborationRequest) -> Invited:
    """Return who was invited to respond to a request."""
    rows = session().execute(
        select(RequestInvitation.member_id, RequestInvitation.organisation_id).where(
            RequestInvitation.request_id == request.id
        )
    )
    found = rows.all()
    return Invited(
        frozenset(member for member, _ in found if member is not None),
        frozenset(organisation for _, organisation in found if organisation is not None),
    )


def invitations_of(request: CollaborationRequest, viewer: Viewer) -> Sequence[RequestInvitation]:
    """Return the invitations to a request, the latest first, with whom they name; nothing but for its requester."""
    if not is_requester(viewer, request):
        return ()
    found = session().scalars(
        select(RequestInvitation)
        .options(joinedload(RequestInvitation.member), joinedload(RequestInvitation.organisation))
        .where(RequestInvitation.request_id == request.id)
        .order_by(RequestInvitation.invited_at.desc(), RequestInvitation.id.desc())
    )
    return found.all()


def answered(request: CollaborationRequest) -> Answered:
    """Return who responded to a request; of drafts and of what was withdrawn its requester does not know."""
    rows = session().execute(
        select(Response.responder_id, Response.organisation_id).where(
            Response.request_id == request.id, Response.status.not_in(UNKNOWN)
        )
    )
    found = rows.all()
    return Answered(
        frozenset(member for member, _ in found),
        frozenset(organisation for _, organisation in found if organisation is not None),
    )
