"""Withdrawing, cancelling, expiring and opening requests again, moving their due date, and what that closes."""

from datetime import datetime

from sqlalchemy import exists, select, update

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text
from hub.collaboration.acting import holding_as_requester
from hub.collaboration.answering import mark_answered
from hub.collaboration.closing.dates import LONGEST, REOPEN_WITHIN, checked_expiry, latest_expiry
from hub.collaboration.documents import queue_request
from hub.collaboration.holding import hold_request
from hub.collaboration.lifecycle import REQUESTS, RESPONSES
from hub.collaboration.models import CollaborationRequest, RequestStatus, Response, ResponseStatus
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.models.response import WAITS
from hub.collaboration.requirements.service import drop_proposals
from hub.collaboration.telling import (
    tell_asked,
    tell_awaited,
    tell_concerned,
    tell_requester,
    tell_responder,
    tell_responders,
)
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member

CLOSING_LENGTH = 2_000
"""The most characters of the words with which a request is closed."""


def withdraw_request(actor: Member, request: CollaborationRequest, *, words: str = "") -> None:
    """End a request that has no partner yet. Responses that wait are declined, and their responders thanked.

    Whoever was asked, or drafts a response, hears that none is needed; drafts stay their writers' own.

    Args:
        actor: somebody of the requester's side.
        request: what is withdrawn.
        words: why, which responders and receivers read; may be empty.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not act for the requester.
        ConflictError: it is a draft, has a partner or has ended.
        InvalidError: the words cannot be stored.
    """
    viewer = holding_as_requester(actor, request)
    _end(viewer, request, "withdraw", words)
    tell_awaited("request_withdrawn", request)


def cancel_request(actor: Member, request: CollaborationRequest, *, words: str) -> None:
    """End a partnership before its outcome. Partners are told, and responses that wait are declined.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not act for the requester.
        ConflictError: nothing is agreed, or it has ended.
        InvalidError: no words for the partners, or words that cannot be stored.
    """
    viewer = holding_as_requester(actor, request)
    if not words.strip():
        raise InvalidError(N_("Tell your partners why."), field="words")
    _end(viewer, request, "cancel", words)
    tell_responders("partnership_cancelled", request)


def lapse_request(request: CollaborationRequest) -> bool:
    """Close a request for which nobody acts any more, or whose receivers are all gone; without actor.

    Returns:
        Whether it was closed; False where it has ended, or is a draft.
    """
    hold_request(request)
    for action in ("withdraw", "cancel"):
        if REQUESTS.row(action, request.status) is not None:
            _end(VISITOR, request, action, "")
            tell_requester("request_lapsed", request)
            tell_responders("request_lapsed", request)
            tell_awaited("request_withdrawn", request)
            return True
    return False


def _end(viewer: Viewer, request: CollaborationRequest, action: str, words: str) -> None:
    words = words.strip()
    check_text("words", words, CLOSING_LENGTH)
    before = _snapshot(request)
    REQUESTS.move(
        request, action, closed_at=clock.now(), closing_words=words, taken_by_id=None, taken_at=None
    )
    event = Event.REQUEST_CANCEL if action == "cancel" else Event.REQUEST_WITHDRAW
    record(viewer, event, request.subject, before=before, after=_snapshot(request))
    drop_proposals(viewer, request)
    close_responses(viewer, request)
    queue_request(request)


def close_responses(viewer: Viewer, request: CollaborationRequest) -> int:
    """Decline every response that still waits, since its request takes none any more; each responder is told.

    Nobody decided about them, so no reason is stored: the page of such a response thanks for it in words of its own.

    Args:
        viewer: whose act led to this; `VISITOR` where it was the clock's.
        request: whose responses; held by the caller.

    Returns:
        How many there were.
    """
    waiting = session().scalars(
        select(Response)
        .where(Response.request_id == request.id, Response.status.in_(WAITS))
        .order_by(Response.id)
        .execution_options(populate_existing=True)
    )
    closed = waiting.all()
    for response in closed:
        before = {"status": response.status.value}
        RESPONSES.move(response, "close", decided_at=clock.now())
        mark_answered(response)
        after = {"status": response.status.value}
        record(viewer, Event.RESPONSE_CLOSE, response.subject, before=before, after=after)
        tell_responder("request_closed", response, but=viewer.member_id)
    return len(closed)


def expire_request(request: CollaborationRequest) -> bool:
    """Let a request expire whose time has come; without actor. Its responses wait in case it is opened again.

    Returns:
        Whether it expired now; False where that is not due, or where it is in another state meanwhile.
    """
    hold_request(request)
    now = clock.now()
    if request.status not in TAKES_RESPONSES or request.expires_at is None or request.expires_at > now:
        return False
    before = _snapshot(request)
    REQUESTS.move(request, "expire", CollaborationRequest.expires_at <= now, closed_at=now)
    record(VISITOR, Event.REQUEST_EXPIRE, request.subject, before=before, after=_snapshot(request))
    drop_proposals(VISITOR, request)
    queue_request(request)
    tell_requester("request_expired", request)
    tell_responders("response_waits", request)
    return True


def reopen_request(
    actor: Member, request: CollaborationRequest, *, due_at: datetime, expires_at: datetime | None = None
) -> None:
    """Open an expired request again, with new dates; the responses that waited count.

    Args:
        actor: somebody of the requester's side.
        request: what expired at most 30 days ago.
        due_at: the first moment at which no response is taken.
        expires_at: when it expires again; None for 30 days after the due date.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not act for the requester.
        ConflictError: it has not expired, or too long ago.
        InvalidError: the dates cannot be.
    """
    viewer = holding_as_requester(actor, request)
    now = clock.now()
    if not can_reopen(request):
        raise ConflictError(
            N_(
                "A request can be opened again within %(days)s days of its expiry."
                " This one has not expired, or longer ago. Post a new one."
            ),
            days=REOPEN_WITHIN.days,
        )
    expires_at = checked_expiry(due_at, expires_at, now + LONGEST)
    before = _snapshot(request)
    REQUESTS.move(
        request,
        "reopen",
        due_at=due_at,
        expires_at=expires_at,
        closed_at=None,
        version=CollaborationRequest.version + 1,
    )
    record(viewer, Event.REQUEST_REOPEN, request.subject, before=before, after=_snapshot(request))
    queue_request(request)
    tell_responders("response_returned", request)
    tell_asked("request_received", request)


def can_reopen(request: CollaborationRequest) -> bool:
    """Whether a request has expired so lately that it can be opened again."""
    return (
        request.status is RequestStatus.EXPIRED
        and request.closed_at is not None
        and clock.now() < request.closed_at + REOPEN_WITHIN
    )


def extend_due_date(
    actor: Member, request: CollaborationRequest, *, due_at: datetime, expires_at: datetime | None = None
) -> None:
    """Move the due date of a request that takes responses: earlier only while nobody has responded.

    Those who responded, who prepare a response and who were asked by name are told.

    Args:
        actor: somebody of the requester's side.
        request: an open request, or one in discussion.
        due_at: the new first moment at which no response is taken.
        expires_at: when it expires; None keeps 30 days after the due date, or later where it was later.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not act for the requester.
        ConflictError: it takes no responses.
        InvalidError: the dates cannot be.
    """
    viewer = holding_as_requester(actor, request)
    if request.status not in TAKES_RESPONSES or request.due_at is None or request.expires_at is None:
        raise ConflictError(N_("This request takes no responses any more, so its due date stays."))
    if due_at < request.due_at and has_responses(request):
        raise InvalidError(
            N_("Somebody has responded already, so the due date can only be moved to a later one."),
            field="due_on",
        )
    latest = latest_expiry(request)
    wanted = checked_expiry(due_at, expires_at, latest)
    expires_at = max(wanted, request.expires_at) if expires_at is None else wanted
    if (due_at, expires_at) == (request.due_at, request.expires_at):
        return
    before, was_due = _snapshot(request), request.due_at
    session().execute(
        update(CollaborationRequest)
        .where(CollaborationRequest.id == request.id)
        .values(due_at=due_at, expires_at=expires_at, version=CollaborationRequest.version + 1),
        execution_options={"synchronize_session": False},
    )
    session().refresh(request)
    record(viewer, Event.REQUEST_EXTEND, request.subject, before=before, after=_snapshot(request))
    queue_request(request)
    if due_at != was_due:
        tell_concerned("due_date_moved", request, by=viewer.member_id)


def has_responses(request: CollaborationRequest) -> bool:
    """Whether anybody ever submitted a response; drafts are nobody else's business, not even through this."""
    return bool(
        session().scalar(
            select(exists().where(Response.request_id == request.id, Response.status != ResponseStatus.DRAFT))
        )
    )


def _snapshot(request: CollaborationRequest) -> dict[str, object]:
    return {
        "status": request.status.value,
        "due_at": request.due_at.isoformat() if request.due_at else None,
        "expires_at": request.expires_at.isoformat() if request.expires_at else None,
        "closing_words": request.closing_words,
    }
