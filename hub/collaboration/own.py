"""What of requests, responses and partnerships waits on one person, and everything that they posted or responded to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
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
from sqlalchemy.orm import InstrumentedAttribute, joinedload

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
from hub.collaboration.permissions import requested_by, responded_by, responses_visible_to, visible_to
from hub.core import clock
from hub.core.database import UtcDateTime, session
from hub.core.pagination import Page, PageRequest

MOST_MATTERS = 100
"""The most things that the page of what waits shows."""

Rows = Select[*tuple[Any, ...]]
Column = ColumnElement[Any] | InstrumentedAttribute[Any]


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

    What ends on a date (`ENDS`) has that date as its since. What is theirs is gathered once, in a few common tables,
    from which each kind takes its own.
    """
    if viewer.member_id is None:
        return
    own = _own_requests(viewer)
    yield from _of_own_requests(viewer, own)
    yield from _of_requests_of_others(viewer, viewer.member_id)
    yield from _of_partnerships(viewer, viewer.member_id, own)


ENDS = frozenset({"request_asked", "response_draft", "response_outdated"})
"""Kinds whose moment is when it ends."""

OWN_TIME = frozenset({"request_draft"})
"""Kinds for which nobody else waits; they stand after everything else."""


def _rows(
    request_id: Column, since: Column, *conditions: ColumnElement[bool], response_id: Column | None = None
) -> Rows:
    of_response = cast(null(), Integer) if response_id is None else response_id
    return select(
        request_id.label("request_id"), of_response.label("response_id"), since.label("since")
    ).where(*conditions)


def _own_requests(viewer: Viewer) -> CTE:
    request = CollaborationRequest
    return (
        select(request.id, request.status, request.saved_at, request.decided_at, request.closed_at)
        .where(requested_by(viewer))
        .cte("own_requests")
    )


def _of_own_requests(viewer: Viewer, own: CTE) -> Iterator[tuple[str, Rows]]:
    """Yield what waits on the requester of a request."""
    of = own.c
    yield "request_draft", _rows(of.id, of.saved_at, of.status == RequestStatus.DRAFT)
    yield "request_changes", _rows(of.id, of.decided_at, of.status == RequestStatus.CHANGES_REQUESTED)
    yield (
        "questions",
        _rows(
            of.id,
            RequestQuestion.asked_at,
            RequestQuestion.request_id == of.id,
            RequestQuestion.status == QuestionStatus.ASKED,
            of.status.in_((*TAKES_RESPONSES, RequestStatus.EXPIRED)),
        ),
    )
    yield (
        "responses",
        _rows(
            of.id,
            Response.submitted_at,
            ~responded_by(viewer),
            Response.request_id == of.id,
            Response.status.in_(WAITS),
            of.status.in_((*TAKES_RESPONSES, RequestStatus.AGREED)),
        ),
    )
    yield (
        "receivers_refused",
        _rows(of.id, _refused_at(of.id), of.status.in_(TAKES_RESPONSES), _is_refused(of.id)),
    )
    is_recent = of.closed_at > clock.now() - REOPEN_WITHIN
    yield "request_expired", _rows(of.id, of.closed_at, of.status == RequestStatus.EXPIRED, is_recent)


def _refused_at(request_id: Column) -> Column:
    return (
        select(func.max(RequestReceiver.answered_at, type_=UtcDateTime()))
        .where(RequestReceiver.request_id == request_id)
        .scalar_subquery()
    )


def _is_refused(request_id: Column) -> ColumnElement[bool]:
    """Return the condition that nobody of whom a request was sent to by name answered or can still be waited for."""
    receiver = exists().where(RequestReceiver.request_id == request_id)
    return and_(
        receiver.where(RequestReceiver.status == ReceiverStatus.PASSED),
        ~receiver.where(RequestReceiver.status.in_((ReceiverStatus.ASKED, ReceiverStatus.ANSWERED))),
    )


def _of_requests_of_others(viewer: Viewer, member_id: int) -> Iterator[tuple[str, Rows]]:
    """Yield what waits on those who were asked by name, or who respond."""
    request = CollaborationRequest
    takes = (request.status.in_(TAKES_RESPONSES), request.due_at > clock.now())
    asked = (
        select(RequestReceiver.request_id)
        .where(
            RequestReceiver.status == ReceiverStatus.ASKED,
            or_(
                RequestReceiver.member_id == member_id,
                RequestReceiver.organisation_id.in_(sorted(viewer.represents)),
            ),
            RequestReceiver.request.has(visible_to(viewer)),
        )
        .distinct()
        .cte("asked_by_name")
    )
    begun = select(Response.request_id).where(
        Response.responder_id == member_id, Response.status != ResponseStatus.WITHDRAWN
    )
    yield (
        "request_asked",
        _rows(
            request.id,
            request.due_at,
            request.id == asked.c.request_id,
            *takes,
            request.id.not_in(begun),
        ),
    )
    given = (
        select(Response.id, Response.request_id, Response.status, Response.requirements_number)
        .where(
            responded_by(viewer),
            Response.status.in_((ResponseStatus.DRAFT, *WAITS)),
            Response.request.has(visible_to(viewer)),
        )
        .cte("own_responses")
    )
    of_given = (request.id == given.c.request_id, *takes)
    yield (
        "response_draft",
        _rows(
            request.id,
            request.due_at,
            *of_given,
            given.c.status == ResponseStatus.DRAFT,
            response_id=given.c.id,
        ),
    )
    yield (
        "response_outdated",
        _rows(
            request.id,
            request.due_at,
            *of_given,
            given.c.status.in_(WAITS),
            given.c.requirements_number < request.requirements_number,
            response_id=given.c.id,
        ),
    )


def _partnerships(viewer: Viewer, own: CTE) -> CTE:
    """Return the accepted responses of either side with the state of their requests, and which side is the viewer's."""
    request = CollaborationRequest
    ours = Response.request_id.in_(select(own.c.id))
    theirs = responded_by(viewer)
    return (
        select(
            Response.id,
            Response.request_id,
            Response.decided_at,
            request.status,
            request.started_at,
            request.completed_at,
            and_(ours, ~theirs).label("is_ours"),
            and_(theirs, ~ours).label("is_theirs"),
        )
        .join(Response.request)
        .where(Response.status == ResponseStatus.ACCEPTED, or_(ours, theirs), visible_to(viewer))
        .cte("partnerships")
    )


def _of_partnerships(viewer: Viewer, member_id: int, own: CTE) -> Iterator[tuple[str, Rows]]:
    """Yield what waits on either side of a partnership; who acts for both sides is asked nothing."""
    of = _partnerships(viewer, own).c
    either = or_(of.is_ours, of.is_theirs)

    def rows(since: Column, *conditions: ColumnElement[bool]) -> Rows:
        return _rows(of.request_id, since, *conditions, response_id=of.id)

    steps = exists().where(PlanStep.response_id == of.id)
    undone = exists().where(PlanStep.response_id == of.id, PlanStep.done_at.is_(None))
    recorded = exists().where(Outcome.response_id == of.id, Outcome.moment == OutcomeMoment.COMPLETION)
    is_agreed = of.status == RequestStatus.AGREED
    yield "request_agreed", rows(of.decided_at, of.is_ours, is_agreed)
    yield "response_agreed", rows(of.decided_at, of.is_theirs, is_agreed, ~steps)
    is_active = of.status == RequestStatus.ACTIVE
    yield "outcome_missing", rows(of.started_at, either, is_active, ~undone, ~recorded)
    by_us, by_them = Outcome.side == Side.REQUESTER, Outcome.side == Side.RESPONDER
    yield (
        "outcome_to_sign",
        rows(
            Outcome.recorded_at,
            Outcome.response_id == of.id,
            Outcome.status == OutcomeStatus.RECORDED,
            Outcome.recorded_by_id != member_id,
            or_(and_(by_us, of.is_theirs), and_(by_them, of.is_ours)),
        ),
    )
    yield (
        "outcome_disputed",
        rows(
            Outcome.answered_at,
            Outcome.response_id == of.id,
            Outcome.status == OutcomeStatus.DISPUTED,
            or_(and_(by_us, of.is_ours), and_(by_them, of.is_theirs)),
        ),
    )
    now = clock.now()
    for moment in FOLLOW_UPS:
        yield (
            moment.value,
            rows(
                of.completed_at,
                either,
                Response.id == of.id,
                CollaborationRequest.id == of.request_id,
                is_asked_for(moment, now),
            ),
        )


def matters(viewer: Viewer) -> list[Matter]:
    """Return what waits on `viewer`: first what ends on a date, the nearest first, what waits longest, drafts."""
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
            .order_by(
                case((every.c.kind.in_(sorted(ENDS)), 0), (every.c.kind.in_(sorted(OWN_TIME)), 2), else_=1),
                every.c.since,
            )
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
    own = and_(responded_by(viewer), responses_visible_to(viewer))
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
