"""Who takes part in a request and the responses to it, and which coordinators have no conflict with them.

That somebody responded, or was asked by name, is nobody else's to know: so who has a conflict only through that, their
own or that of an organisation they are tied to, does not even hear of a matter. A conflict with the requester may be
said.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import CompoundSelect, null, select, union_all

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.collaboration.models import (
    CollaborationRequest,
    CoordinatorCall,
    RequestReceiver,
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
    """Return who takes part in a request that was open: the requester, receivers, and who responds or drafts to."""
    return _with_others(request, _others_in([request.id])[request.id])


def involvement_with(item: Item) -> Involvement:
    """Return who takes part in a matter; receivers and responders only where there can be any."""
    return involvements_with([item])[0]


def involvements_with(items: Sequence[Item]) -> list[Involvement]:
    """Return who takes part in each of some matters, in a fixed number of queries."""
    requests = [request_of(each) for each in items]
    others = _others_in([each.id for each in requests])
    return [
        _sent_by(each, _with_others(request, others[request.id]))
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


def _with_others(request: CollaborationRequest, parties: Parties) -> Involvement:
    asked = involvement_in(request)
    members, organisations = parties
    return Involvement(asked.member_ids | members, asked.organisation_ids | organisations, asked.subject)


def _others_in(request_ids: Collection[int]) -> Mapping[int, Parties]:
    """Return who was asked by name and who responds to each request: members, organisations, whose innovation it is."""
    responding = (
        select(Response.request_id, Response.responder_id, Response.organisation_id, Innovation.owner_id)
        .join(Innovation, Innovation.id == Response.innovation_id, isouter=True)
        .where(Response.request_id.in_(request_ids), Response.status != ResponseStatus.WITHDRAWN)
    )
    asked = select(
        RequestReceiver.request_id, RequestReceiver.member_id, RequestReceiver.organisation_id, null()
    ).where(RequestReceiver.request_id.in_(request_ids))
    both: CompoundSelect[*tuple[Any, ...]] = union_all(responding, asked)
    found: dict[int, Parties] = dict.fromkeys(request_ids, (frozenset(), frozenset()))
    for request_id, member_id, *organisation_ids in session().execute(both):
        members, organisations = found[request_id]
        found[request_id] = (members | _known(member_id), organisations | _known(*organisation_ids))
    return found


def _known(*numbers: int | None) -> frozenset[int]:
    return frozenset(number for number in numbers if number is not None)


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
