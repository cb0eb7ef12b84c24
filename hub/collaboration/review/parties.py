"""Who takes part in a request and the responses to it, and which coordinators have no conflict with them.

That somebody responded is nobody else's to know: so who has a conflict only through a response, their own or that of
an organisation they are tied to, does not even hear of a matter. A conflict with the requester may be said.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Select, and_, or_, select

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.collaboration.models import (
    CollaborationRequest,
    CoordinatorCall,
    RequirementsVersion,
    Response,
    ResponseStatus,
)
from hub.collaboration.permissions import involvement_in, request_conflict
from hub.collaboration.review.items import Item, request_of
from hub.core.database import session
from hub.integrity.permissions import Conflict, Involvement, conflict_of
from hub.integrity.queries import deciders


def parties_of(request: CollaborationRequest) -> Involvement:
    """Return who takes part in a request that was open: the requester, and everybody who responds or drafts to."""
    return _with_responders(request, _responding([request.id])[request.id])


def involvement_with(item: Item) -> Involvement:
    """Return who takes part in a matter; responders only where there can be any."""
    return involvements_with([item])[0]


def involvements_with(items: Sequence[Item]) -> list[Involvement]:
    """Return who takes part in each of some matters, in a fixed number of queries."""
    requests = [request_of(each) for each in items]
    responding = _responding([each.id for each in requests])
    return [
        _sent_by(each, _with_responders(request, responding[request.id]))
        for each, request in zip(items, requests, strict=True)
    ]


def _sent_by(item: Item, found: Involvement) -> Involvement:
    if isinstance(item, RequirementsVersion):
        return replace(found, member_ids=found.member_ids | {item.proposed_by_id})
    if isinstance(item, CoordinatorCall):
        # the two sides of a conversation stay parties to it even where the response was withdrawn
        response = item.conversation.response
        organisations = frozenset(number for number in (response.organisation_id,) if number is not None)
        return replace(
            found,
            member_ids=found.member_ids | {item.called_by_id, response.responder_id},
            organisation_ids=found.organisation_ids | organisations,
        )
    return found


Parties = tuple[frozenset[int], frozenset[int]]
"""Ids of members and of organisations."""


def _with_responders(request: CollaborationRequest, parties: Parties) -> Involvement:
    asked = involvement_in(request)
    members, organisations = parties
    return Involvement(asked.member_ids | members, asked.organisation_ids | organisations, asked.subject)


def _responding(request_ids: Collection[int]) -> Mapping[int, Parties]:
    """Return who responds to each request: who they are, for which organisation, and whose innovation they offer."""
    rows = session().execute(
        select(Response.request_id, Response.responder_id, Response.organisation_id, Innovation.owner_id)
        .join(Innovation, Innovation.id == Response.innovation_id, isouter=True)
        .where(Response.request_id.in_(request_ids), Response.status != ResponseStatus.WITHDRAWN)
    )
    found: dict[int, Parties] = dict.fromkeys(request_ids, (frozenset(), frozenset()))
    for request_id, member_id, *organisation_ids in rows:
        members, organisations = found[request_id]
        known = frozenset(number for number in organisation_ids if number is not None)
        found[request_id] = (members | {member_id}, organisations | known)
    return found


def conflict_with(viewer: Viewer, item: Item) -> Conflict | None:
    """Return what keeps `viewer` from deciding a matter, or None."""
    return conflict_of(viewer, involvement_with(item))


def told_conflict(viewer: Viewer, item: Item) -> Conflict | None:
    """Return the conflict of `viewer` that may be said: one with the requester, never with a responder.

    Of a call nothing is said: even that there is one tells that somebody responded.
    """
    return None if isinstance(item, CoordinatorCall) else request_conflict(viewer, request_of(item))


def free_coordinators(involvement: Involvement) -> frozenset[int]:
    """Return the ids of the coordinators who have no conflict with a matter, to tell them that it came in."""
    free = (each.member_id for each in deciders() if conflict_of(each, involvement) is None)
    return frozenset(number for number in free if number is not None)


def may_hear_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for requests with whose parties `viewer` has no conflict, as `parties_of` names them."""
    tied = _tied_to(viewer)
    recused = [subject.removeprefix("request:") for subject in sorted(viewer.recusals)]
    conflicted = select(CollaborationRequest.id).where(
        or_(
            CollaborationRequest.posted_by_id == viewer.member_id,
            CollaborationRequest.organisation_id.in_(tied),
            CollaborationRequest.innovation_id.in_(_owned_by(tied)),
            CollaborationRequest.public_id.in_(recused),
        )
    )
    return and_(CollaborationRequest.id.not_in(conflicted), has_no_response_of(viewer))


def has_no_response_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for requests to which neither `viewer` nor an organisation they are tied to responds."""
    tied = _tied_to(viewer)
    responded = select(Response.request_id).where(
        Response.status != ResponseStatus.WITHDRAWN,
        or_(
            Response.responder_id == viewer.member_id,
            Response.organisation_id.in_(tied),
            Response.innovation_id.in_(_owned_by(tied)),
        ),
    )
    return CollaborationRequest.id.not_in(responded)


def is_not_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for responses that are neither `viewer`'s nor of an organisation they are tied to."""
    organisation = Response.organisation_id
    return and_(
        Response.responder_id != viewer.member_id,
        or_(organisation.is_(None), organisation.not_in(_tied_to(viewer))),
    )


def _tied_to(viewer: Viewer) -> list[int]:
    return sorted(viewer.organisations | {each.organisation_id for each in viewer.interests})


def _owned_by(organisation_ids: list[int]) -> Select[int]:
    return select(Innovation.id).where(Innovation.owner_id.in_(organisation_ids))
