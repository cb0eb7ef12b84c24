"""The queue of what waits for coordinators in collaboration, and one matter of it by its id."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.audience import Tlp
from hub.access.viewer import Role, Viewer
from hub.audit.queries import history_of
from hub.collaboration.hearing import has_no_part_in, is_not_of, may_hear_of
from hub.collaboration.models import (
    CollaborationRequest,
    Conversation,
    CoordinatorCall,
    RequirementsVersion,
    Response,
)
from hub.collaboration.permissions import (
    can_review_requests,
    involvement_in,
    is_in_audience,
    is_requester,
)
from hub.collaboration.review.items import (
    Item,
    is_waiting,
    request_of,
    waiting_among,
    waiting_since,
)
from hub.collaboration.review.parties import (
    conflict_with,
    told_conflict,
)
from hub.collaboration.review.taking import TAKE
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.escalation import Bench
from hub.integrity.permissions import Conflict
from hub.members.models import Member
from hub.members.queries import members_with_role


@dataclass(frozen=True)
class DeskLine:
    """One line of the queue; what it is about stays empty where the coordinator may not know.

    Args:
        kind: the table's name, such as `requirements_versions`.
        public_id: the matter's random id, under which actions are posted.
        title: the request's title, or None.
        language: BCP 47 code of the title, or None.
        type: code of what the request looks for, or None.
        country: ISO code of where the requester is, or None.
        tlp: the label of the request, or of the conversation.
        waiting_since: when it came in.
        is_mine: whether the viewer took it.
        is_taken: whether a coordinator holds it.
        conflict: what keeps the viewer from taking it, or None.
        is_escalated: whether no coordinator is free of conflict.
    """

    kind: str
    public_id: str
    title: str | None
    language: str | None
    type: str | None
    country: str | None
    tlp: Tlp
    waiting_since: datetime
    is_mine: bool
    is_taken: bool
    conflict: Conflict | None
    is_escalated: bool


def desk_queue(viewer: Viewer) -> list[DeskLine]:
    """Return what waits, the oldest first; empty for anybody but coordinators.

    What others hold is listed only where the viewer may know what it is about; a matter with which they have a
    conflict that may not be said, not at all.
    """
    if not can_review_requests(viewer):
        return []
    coordinators, bench = members_with_role(Role.COORDINATOR, clock.now()), Bench()
    lines = (_line(viewer, item, coordinators, bench) for item in waiting(heard_of_by(viewer)))
    return sorted((line for line in lines if line is not None), key=lambda line: line.waiting_since)


def heard_of_by(viewer: Viewer) -> dict[type[Item], tuple[ColumnElement[bool], ...]]:
    """Return by kind the SQL conditions for what the queue of `viewer` holds; selects join request and response."""
    mine = RequirementsVersion.taken_by_id == viewer.member_id
    called = CoordinatorCall.taken_by_id == viewer.member_id
    return {
        CollaborationRequest: (),
        RequirementsVersion: (or_(mine, has_no_part_in(viewer)),),
        CoordinatorCall: (or_(called, and_(may_hear_of(viewer), is_not_of(viewer))),),
    }


def waiting(conditions: Mapping[type[Item], tuple[ColumnElement[bool], ...]] | None = None) -> Iterator[Item]:
    """Yield what waits with what its line needs, in a fixed number of queries.

    Args:
        conditions: what must hold besides, by kind; None for everything.
    """
    for kind, statement in _selects().items():
        also = () if conditions is None else conditions[kind]
        for row in session().execute(statement.where(waiting_among(kind), *also)).unique():
            # the row keeps the request in the session, where `request_of` finds it
            yield row[0]


def _selects() -> dict[type[Item], Any]:
    """Return by kind how it is read together with its request."""
    beside = (
        joinedload(CollaborationRequest.innovation, innerjoin=False),
        selectinload(CollaborationRequest.label_rows),
    )
    conversation = joinedload(CoordinatorCall.conversation, innerjoin=True)
    to_request = conversation.joinedload(Conversation.response, innerjoin=True).joinedload(
        Response.request, innerjoin=True
    )
    return {
        CollaborationRequest: select(CollaborationRequest).options(*beside),
        RequirementsVersion: select(RequirementsVersion, CollaborationRequest)
        .join(CollaborationRequest, CollaborationRequest.id == RequirementsVersion.request_id)
        .options(*beside),
        CoordinatorCall: select(CoordinatorCall)
        .join(Conversation, Conversation.id == CoordinatorCall.conversation_id)
        .join(Response, Response.id == Conversation.response_id)
        .join(CollaborationRequest, CollaborationRequest.id == Response.request_id)
        .options(
            to_request.joinedload(CollaborationRequest.innovation, innerjoin=False),
            to_request.selectinload(CollaborationRequest.label_rows),
        ),
    }


def _line(viewer: Viewer, item: Item, coordinators: frozenset[int], bench: Bench) -> DeskLine | None:
    request = request_of(item)
    is_mine, is_taken = item.taken_by_id == viewer.member_id, item.taken_by_id in coordinators
    is_shown = is_mine or can_see_title(viewer, item)
    if is_taken and not is_shown:
        return None
    conflict = told_conflict(viewer, item)
    return DeskLine(
        kind=item.__tablename__,
        public_id=item.public_id,
        title=request.title if is_shown else None,
        language=request.language if is_shown else None,
        type=request.type if is_shown else None,
        country=request.country if is_shown else None,
        tlp=item.conversation.tlp if isinstance(item, CoordinatorCall) else request.tlp,
        waiting_since=waiting_since(item),
        is_mine=is_mine,
        is_taken=is_taken,
        conflict=conflict,
        is_escalated=conflict is not None and bench.shortage(involvement_in(request)) is not None,
    )


def can_see_title(viewer: Viewer, item: Item) -> bool:
    """Whether the queue may say what an untaken matter is about; of a call it never does, whatever its request is."""
    if isinstance(item, CoordinatorCall):
        return False
    request = request_of(item)
    return bool(request.labels & viewer.labels) or is_requester(viewer, request)


Kind = TypeVar("Kind", bound=Item)


def item_by_id(kind: type[Kind], public_id: str, viewer: Viewer) -> Kind:
    """Return one matter that a coordinator acts on, named by its random id.

    What is decided is found by who may know of it and by who held it last, so that whoever came second is told so.

    Raises:
        NotFoundError: the viewer decides nothing, there is none, or they may not hear of it.
    """
    if not can_review_requests(viewer):
        raise NotFoundError
    item = session().scalar(select(kind).where(kind.public_id == public_id))
    if item is None or not _may_hear(viewer, item):
        raise NotFoundError
    return item


def _may_hear(viewer: Viewer, item: Item) -> bool:
    if item.taken_by_id == viewer.member_id:
        return True
    if is_waiting(item):
        return told_conflict(viewer, item) is not None or conflict_with(viewer, item) is None
    if not isinstance(item, CoordinatorCall) and is_in_audience(viewer, request_of(item)):
        return True
    takers = [each.actor for each in history_of(item.subject, events=(TAKE[type(item)],))]
    return bool(takers) and takers[-1] == viewer.public_id


def can_decide_item(viewer: Viewer, item: Item) -> bool:
    """Whether `viewer` may decide a matter now: a coordinator who took it, still free of conflict."""
    return (
        can_review_requests(viewer)
        and item.taken_by_id == viewer.member_id
        and is_waiting(item)
        and conflict_with(viewer, item) is None
    )


def holder_of(item: Item) -> Member | None:
    """Return the coordinator who holds a matter; who lost the role holds nothing."""
    if item.taken_by_id not in members_with_role(Role.COORDINATOR, clock.now()):
        return None
    return session().get(Member, item.taken_by_id)
