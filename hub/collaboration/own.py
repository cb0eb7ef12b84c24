"""What of requests, responses and partnerships waits on one person, and everything that they posted or responded to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.collaboration.closing.dates import REOPEN_WITHIN
from hub.collaboration.models import (
    CollaborationRequest,
    Outcome,
    OutcomeMoment,
    OutcomeStatus,
    PlanStep,
    QuestionStatus,
    ReceiverStatus,
    RequestQuestion,
    RequestReceiver,
    RequestStatus,
    Response,
    ResponseStatus,
    Side,
)
from hub.collaboration.models.request import ENDED, TAKES_RESPONSES
from hub.collaboration.models.response import WAITS
from hub.collaboration.partnerships.permissions import FOLLOW_UPS, is_asked_for
from hub.collaboration.permissions import requested_by, responses_visible_to, visible_to
from hub.core import clock
from hub.core.database import UtcDateTime, session
from hub.core.pagination import Page, PageRequest

MOST_MATTERS = 100
"""The most things that the page of what waits shows."""

Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Matter:
    """Something that waits on somebody.

    Args:
        kind: which kind; see `matters_of`.
        request: of which request.
        response: of which response, or None where it is about the request as a whole.
        number: how many things.
        since: when the oldest of them came in, or, where a date ends it, when that is.
    """

    kind: str
    request: CollaborationRequest
    response: Response | None
    number: int
    since: datetime


def matters_of(viewer: Viewer) -> Iterator[tuple[str, Rows]]:
    """Yield every kind of thing that waits on `viewer` with the select of request_id, response_id and since.

    What ends on a date (`ENDS`) has that date as its since.
    """
    if viewer.member_id is None:
        return
    yield from _of_own_requests(viewer)
    yield from _of_requests_of_others(viewer, viewer.member_id)
    yield from _of_partnerships(viewer, viewer.member_id)


ENDS = frozenset({"request_asked", "response_draft", "response_outdated"})
"""Kinds whose moment is when it ends."""


def _rows(since: object, *conditions: ColumnElement[bool], is_of_response: bool = False) -> Rows:
    response = Response.id if is_of_response else cast(null(), Integer)
    return select(
        CollaborationRequest.id.label("request_id"),
        response.label("response_id"),
        since.label("since"),  # type: ignore[attr-defined]
    ).where(*conditions)


def _of_own_requests(viewer: Viewer) -> Iterator[tuple[str, Rows]]:
    """Yield what waits on the requester of a request."""
    request, own = CollaborationRequest, requested_by(viewer)
    yield "request_draft", _rows(request.saved_at, own, request.status == RequestStatus.DRAFT)
    yield (
        "request_changes",
        _rows(request.decided_at, own, request.status == RequestStatus.CHANGES_REQUESTED),
    )
    yield (
        "questions",
        _rows(
            RequestQuestion.asked_at,
            own,
            RequestQuestion.request_id == request.id,
            RequestQuestion.status == QuestionStatus.ASKED,
            request.status.in_((*TAKES_RESPONSES, RequestStatus.EXPIRED)),
        ),
    )
    yield (
        "responses",
        _rows(
            Response.submitted_at,
            own,
            ~_as_responder(viewer),
            Response.request_id == request.id,
            Response.status.in_(WAITS),
            request.status.in_((*TAKES_RESPONSES, RequestStatus.AGREED)),
        ),
    )
    yield (
        "request_expired",
        _rows(
            request.closed_at,
            own,
            request.status == RequestStatus.EXPIRED,
            request.closed_at > clock.now() - REOPEN_WITHIN,
        ),
    )


def _of_requests_of_others(viewer: Viewer, member_id: int) -> Iterator[tuple[str, Rows]]:
    """Yield what waits on those who were asked by name, or who respond."""
    request = CollaborationRequest
    takes = (visible_to(viewer), request.status.in_(TAKES_RESPONSES), request.due_at > clock.now())
    # asked once, not for each request
    asked = select(RequestReceiver.request_id).where(
        RequestReceiver.status == ReceiverStatus.ASKED,
        or_(
            RequestReceiver.member_id == member_id,
            RequestReceiver.organisation_id.in_(sorted(viewer.represents)),
        ),
    )
    begun = select(Response.request_id).where(
        Response.responder_id == member_id, Response.status != ResponseStatus.WITHDRAWN
    )
    yield "request_asked", _rows(request.due_at, *takes, request.id.in_(asked), request.id.not_in(begun))
    yield (
        "response_draft",
        _rows(
            request.due_at,
            *takes,
            Response.request_id == request.id,
            _as_responder(viewer),
            Response.status == ResponseStatus.DRAFT,
            is_of_response=True,
        ),
    )
    yield (
        "response_outdated",
        _rows(
            request.due_at,
            *takes,
            Response.request_id == request.id,
            _as_responder(viewer),
            Response.status.in_(WAITS),
            Response.requirements_number < request.requirements_number,
            is_of_response=True,
        ),
    )


def _of_partnerships(viewer: Viewer, member_id: int) -> Iterator[tuple[str, Rows]]:
    """Yield what waits on either side of a partnership."""
    request = CollaborationRequest
    ours, theirs = requested_by(viewer), _as_responder(viewer)
    accepted = (
        Response.request_id == request.id,
        Response.status == ResponseStatus.ACCEPTED,
        visible_to(viewer),
    )
    either = or_(and_(ours, ~theirs), and_(theirs, ~ours))
    steps = exists().where(PlanStep.response_id == Response.id)
    undone = exists().where(PlanStep.response_id == Response.id, PlanStep.done_at.is_(None))
    recorded = exists().where(Outcome.response_id == Response.id, Outcome.moment == OutcomeMoment.COMPLETION)
    yield (
        "request_agreed",
        _rows(
            Response.decided_at,
            *accepted,
            and_(ours, ~theirs),
            request.status == RequestStatus.AGREED,
            is_of_response=True,
        ),
    )
    yield (
        "response_agreed",
        _rows(
            Response.decided_at,
            *accepted,
            and_(theirs, ~ours),
            request.status == RequestStatus.AGREED,
            ~steps,
            is_of_response=True,
        ),
    )
    yield (
        "outcome_missing",
        _rows(
            request.started_at,
            *accepted,
            either,
            request.status == RequestStatus.ACTIVE,
            ~undone,
            ~recorded,
            is_of_response=True,
        ),
    )
    of_outcome = (*accepted, Outcome.response_id == Response.id)
    yield (
        "outcome_to_sign",
        _rows(
            Outcome.recorded_at,
            *of_outcome,
            Outcome.status == OutcomeStatus.RECORDED,
            Outcome.recorded_by_id != member_id,
            or_(
                and_(Outcome.side == Side.REQUESTER, theirs, ~ours),
                and_(Outcome.side == Side.RESPONDER, ours, ~theirs),
            ),
            is_of_response=True,
        ),
    )
    yield (
        "outcome_disputed",
        _rows(
            Outcome.answered_at,
            *of_outcome,
            Outcome.status == OutcomeStatus.DISPUTED,
            or_(
                and_(Outcome.side == Side.REQUESTER, ours, ~theirs),
                and_(Outcome.side == Side.RESPONDER, theirs, ~ours),
            ),
            is_of_response=True,
        ),
    )
    for moment in FOLLOW_UPS:
        yield (
            moment.value,
            _rows(
                request.completed_at,
                *accepted,
                either,
                is_asked_for(moment, clock.now()),
                is_of_response=True,
            ),
        )


def _as_responder(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition for responses for which `viewer` acts; never unknown, so that it can be negated."""
    return or_(
        Response.responder_id == viewer.member_id,
        and_(Response.organisation_id.is_not(None), Response.organisation_id.in_(sorted(viewer.represents))),
    )


def matters(viewer: Viewer) -> list[Matter]:
    """Return what waits on `viewer`: first what ends on a date, the nearest first, then what waits longest."""
    counted = []
    for kind, rows in matters_of(viewer):
        of = rows.subquery()
        since = func.min(of.c.since, type_=UtcDateTime())
        counted.append(
            select(
                literal(kind, String).label("kind"),
                of.c.request_id,
                of.c.response_id,
                func.count().label("number"),
                since.label("since"),
            ).group_by(of.c.request_id, of.c.response_id)
        )
    if not counted:
        return []
    every = union_all(*counted).subquery()
    found = (
        session()
        .execute(
            select(every)
            .order_by(case((every.c.kind.in_(sorted(ENDS)), 0), else_=1), every.c.since)
            .limit(MOST_MATTERS)
        )
        .all()
    )
    requests = _by_id(CollaborationRequest, {row.request_id for row in found})
    responses = _by_id(Response, {row.response_id for row in found if row.response_id is not None})
    return [
        Matter(row.kind, requests[row.request_id], responses.get(row.response_id), row.number, row.since)
        for row in found
    ]


def _by_id(table: Any, ids: set[int]) -> dict[int, Any]:  # noqa: ANN401 - one of two tables
    if not ids:
        return {}
    return {each.id: each for each in session().scalars(select(table).where(table.id.in_(sorted(ids))))}


LAST = (*ENDED, RequestStatus.DECLINED, RequestStatus.COMPLETED)
"""States that stand at the end of a list of one's own."""


def own_requests(viewer: Viewer, page: PageRequest) -> Page[CollaborationRequest]:
    """Return a page of the requests for which `viewer` acts: first those under way, the one saved last at the top."""
    own = requested_by(viewer)
    is_past = case((CollaborationRequest.status.in_(LAST), 1), else_=0)
    rows = session().scalars(
        select(CollaborationRequest)
        .where(own)
        .order_by(is_past, CollaborationRequest.saved_at.desc(), CollaborationRequest.id.desc())
        .offset(page.offset)
        .limit(page.per_page)
    )
    total = session().scalar(select(func.count(CollaborationRequest.id)).where(own)) or 0
    return Page(list(rows), total, page)


def own_responses(viewer: Viewer, page: PageRequest) -> Page[Response]:
    """Return a page of the responses for which `viewer` acts, of requests that they may know of, the newest first."""
    own = and_(_as_responder(viewer), responses_visible_to(viewer))
    is_past = case((Response.status.in_((ResponseStatus.WITHDRAWN, ResponseStatus.DECLINED)), 1), else_=0)
    rows = session().scalars(
        select(Response)
        .where(own)
        .order_by(is_past, Response.saved_at.desc(), Response.id.desc())
        .offset(page.offset)
        .limit(page.per_page)
        .options(joinedload(Response.request))
    )
    total = session().scalar(select(func.count(Response.id)).where(own)) or 0
    return Page(list(rows), total, page)
