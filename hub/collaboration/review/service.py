"""What coordinators decide about a submitted request: publish it, ask for changes, decline it."""

from collections.abc import Iterator

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.documents import queue_request
from hub.collaboration.lifecycle import REQUESTS
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.posting.snapshots import snapshot
from hub.collaboration.queries import requirements_of
from hub.collaboration.review.taking import check_words, decider
from hub.collaboration.telling import tell_requester
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.vocabularies import vocabulary

REASONS = {"request_changes": "request_change_reasons", "decline": "request_decline_reasons"}
"""The vocabulary of reasons for each decision that needs one."""

EVENTS = {"request_changes": Event.REQUEST_REQUEST_CHANGES, "decline": Event.REQUEST_DECLINE}

TOLD = {"request_changes": "request_changes", "decline": "request_declined"}
"""What the requester's side is told of each."""

OVERDUE = N_(
    "The due date of this request passed while it waited. Request changes: the requester chooses a new one."
)


def is_overdue(request: CollaborationRequest) -> bool:
    """Whether the due date passed before the request was opened, so that it cannot be published."""
    return request.due_at is None or request.due_at <= clock.now()


def publish_request(actor: Member, request: CollaborationRequest) -> None:
    """Open a request to its audience.

    Raises:
        NotFoundError: the actor does not review.
        ForbiddenError: the actor has a conflict of interest.
        ConflictError: the actor did not take it, it was decided or withdrawn meanwhile, or its due date has passed.
    """
    viewer = decider(actor, request)
    if is_overdue(request):
        raise ConflictError(OVERDUE)
    now = clock.now()
    _decide(viewer, request, "publish", opened_at=now, decision_reason=None, decision_words="")
    requirements_of(request).in_force_at = now
    session().flush()
    record(viewer, Event.REQUEST_PUBLISH, request.subject, after=snapshot(request))
    tell_requester("request_opened", request, but=actor.id)
    queue_request(request)


def request_changes(actor: Member, request: CollaborationRequest, *, reason: str, words: str) -> None:
    """Send a request back to its requester.

    Args:
        actor: the coordinator who took it.
        request: what they read.
        reason: code of `request_change_reasons`.
        words: what must change; the requester reads it exactly.

    Raises:
        InvalidError: no such reason, or no words; NotFoundError, ForbiddenError, ConflictError: as for publishing.
    """
    _return(actor, request, "request_changes", reason, words)


def decline_request(actor: Member, request: CollaborationRequest, *, reason: str, words: str) -> None:
    """Refuse a request for good.

    Args:
        actor: the coordinator who took it.
        request: what they read.
        reason: code of `request_decline_reasons`.
        words: why; the requester reads it exactly.

    Raises:
        InvalidError: no such reason, or no words; NotFoundError, ForbiddenError, ConflictError: as for publishing.
    """
    _return(actor, request, "decline", reason, words)


def faults_of(action: str, reason: str, words: str) -> Iterator[InvalidError]:
    """Yield what keeps reason and words from standing behind the decision `action`, each with its field."""
    if reason not in vocabulary(REASONS[action]):
        yield InvalidError(N_("Choose the reason that fits best."), field="reason")
    try:
        check_words(words)
    except InvalidError as error:
        yield error


def _return(actor: Member, request: CollaborationRequest, action: str, reason: str, words: str) -> None:
    viewer = decider(actor, request)
    for fault in faults_of(action, reason, words):
        raise fault
    words, before = check_words(words), snapshot(request)
    _decide(viewer, request, action, decision_reason=reason, decision_words=words)
    record(viewer, EVENTS[action], request.subject, reason=words, before=before, after=snapshot(request))
    tell_requester(TOLD[action], request, but=actor.id)


def _decide(viewer: Viewer, request: CollaborationRequest, action: str, **changes: object) -> None:
    REQUESTS.move(
        request,
        action,
        CollaborationRequest.taken_by_id == viewer.member_id,
        taken_by_id=None,
        taken_at=None,
        decided_by_id=viewer.member_id,
        decided_at=clock.now(),
        **changes,
    )
