"""How much waits for a coordinator in collaboration, as parts of the one query that counts everything that waits."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.viewer import Viewer
from hub.collaboration.models import (
    CollaborationRequest,
    Conversation,
    CoordinatorCall,
    RequirementsVersion,
    Response,
)
from hub.collaboration.review.items import KINDS, SINCE, Item, waiting_among
from hub.collaboration.review.queries import heard_of_by

Counted = tuple[str, InstrumentedAttribute[Any], tuple[ColumnElement[bool], ...]]
"""Name of a pile, since when one of it waits, and the conditions."""

JOINS: dict[type[Item], tuple[ColumnElement[bool], ...]] = {
    CollaborationRequest: (),
    RequirementsVersion: (CollaborationRequest.id == RequirementsVersion.request_id,),
    CoordinatorCall: (
        Conversation.id == CoordinatorCall.conversation_id,
        Response.id == Conversation.response_id,
        CollaborationRequest.id == Response.request_id,
    ),
}
SENDERS: dict[type[Item], InstrumentedAttribute[int]] = {
    CollaborationRequest: CollaborationRequest.posted_by_id,
    RequirementsVersion: RequirementsVersion.proposed_by_id,
    CoordinatorCall: CoordinatorCall.called_by_id,
}


def review_piles(viewer: Viewer) -> Iterator[Counted]:
    """Yield, of each kind, what `viewer` holds and what nobody does; never what they sent themselves."""
    heard = heard_of_by(viewer)
    for kind in KINDS:
        there = (waiting_among(kind), *JOINS[kind])
        since: InstrumentedAttribute[Any] = SINCE[kind]
        yield f"held_{kind.__tablename__}", since, (kind.taken_by_id == viewer.member_id, *there)
        free = (kind.taken_by_id.is_(None), SENDERS[kind] != viewer.member_id)
        yield kind.__tablename__, since, (*free, *heard[kind], *there)
