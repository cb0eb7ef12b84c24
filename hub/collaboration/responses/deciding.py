"""What the requester decides about responses: shortlisting, accepting one or several, declining with reasons."""

from sqlalchemy import exists, func, select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_code, check_text
from hub.collaboration.answering import discuss, mark_answered
from hub.collaboration.documents import queue_request
from hub.collaboration.holding import hold_request
from hub.collaboration.lifecycle import REQUESTS, RESPONSES
from hub.collaboration.models import CollaborationRequest, RequestStatus, Response, ResponseStatus
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.models.response import WAITS
from hub.collaboration.permissions import can_decide_response, is_requester, is_responder, responded_by
from hub.collaboration.queries import response_by_id
from hub.collaboration.requirements.service import drop_proposals
from hub.collaboration.responses.details import snapshot
from hub.collaboration.telling import responder_ids, tell_at_times, tell_responder
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.notifications.service import TOLD, notify

REASONS = "response_decline_reasons"
OTHER = "other"
"""The reason that needs words."""

WORDS_LENGTH = 2_000

DECIDABLE = (RequestStatus.OPEN, RequestStatus.IN_DISCUSSION, RequestStatus.AGREED)
"""States of a request in which its responses are shortlisted and accepted."""

ON_BOTH_SIDES = N_("You act for who responded, too. So somebody else of the requester must decide.")
RESPONDS_TOO = N_(
    "You act for another response to this request. So somebody else of the requester must decide."
)
NOBODY_THERE = N_("Nobody who acts for this response is on the hub at present, so it cannot be accepted.")
WAS_WITHDRAWN = N_("This response was withdrawn meanwhile, so it can no longer be decided.")
WAS_ACCEPTED = N_("This response was accepted already.")
WAS_DECLINED = N_("This response was declined already.")
HAS_EXPIRED = N_("This request has expired. Open it again first.")
NO_LONGER = N_("This request is no longer at the point where responses are chosen.")
OTHERS_ACCEPTED = N_(
    "Another response was accepted since you opened this page. Look at it, then decide again about this one."
)
WAS_CHANGED = N_("This response was changed since you opened this page. Read it again, then decide.")
SAY_WHICH = N_("Choose a reason.")
SAY_WHAT = N_("Say in a sentence or two what the reason is.")


def shortlist_response(actor: Member, response: Response) -> None:
    """Shortlist a response; the first one takes the request into discussion.

    Args:
        actor: who acts for the requester.
        response: one that was submitted.

    Raises:
        NotFoundError: the response is not the actor's to see.
        ForbiddenError: the actor does not act for the requester, or acts for the responder too.
        ConflictError: it is shortlisted, was decided or withdrawn, or the request does not stand open.
    """
    viewer = _begin_decision(actor, response)
    _require_waiting(response)
    _require_choosing(response.request)
    before = snapshot(response)
    RESPONSES.move(response, "shortlist")
    record(viewer, Event.RESPONSE_SHORTLIST, response.subject, before=before, after=snapshot(response))
    mark_answered(response)
    discuss(viewer, response.request)
    told = responder_ids(response)
    tell_at_times(told, "response_shortlisted", response.subject, tlp=response.tlp, by=viewer.member_id)


def unshortlist_response(actor: Member, response: Response) -> None:
    """Take a response off the shortlist; nobody is told, since nothing is decided by it.

    Raises:
        As `shortlist_response`.
    """
    viewer = _begin_decision(actor, response)
    _require_waiting(response)
    before = snapshot(response)
    RESPONSES.move(response, "unshortlist")
    record(viewer, Event.RESPONSE_UNSHORTLIST, response.subject, before=before, after=snapshot(response))


def accept_response(actor: Member, response: Response, *, version: int, beside: int = 0) -> None:
    """Accept a response; with the first one the request is agreed and takes no further responses.

    Args:
        actor: who acts for the requester.
        response: one that waits for a decision.
        version: that of the response which the actor read.
        beside: how many accepted responses of this request the actor knew of: two colleagues who choose at the same
            moment shall not each choose somebody without knowing of the other's choice.

    Raises:
        NotFoundError: the response is not the actor's to see.
        ForbiddenError: the actor does not act for the requester, or acts for the responder too.
        ConflictError: it was decided or withdrawn, another one was accepted meanwhile, the request is not open, or
            nobody of the responder's side is there.
        StaleVersionError: it was changed since the actor read it.
    """
    viewer = _begin_decision(actor, response)
    request = response.request
    _require_waiting(response)
    _require_choosing(request)
    _require_somebody(response)
    if accepted_count(request) != beside:
        raise ConflictError(OTHERS_ACCEPTED)
    if response.version != version:
        raise StaleVersionError(WAS_CHANGED)
    before = snapshot(response)
    moment = clock.now()
    RESPONSES.move(
        response, "accept", Response.version == version, decided_by_id=viewer.member_id, decided_at=moment
    )
    record(viewer, Event.RESPONSE_ACCEPT, response.subject, before=before, after=snapshot(response))
    mark_answered(response)
    if request.status in TAKES_RESPONSES:
        REQUESTS.move(request, "agree", agreed_at=moment)
        record(viewer, Event.REQUEST_AGREE, request.subject)
        drop_proposals(viewer, request)
        queue_request(request)
    told = responder_ids(response) - {viewer.member_id}
    notify(told, "response_accepted", response.partnership_subject, tlp=response.tlp)


def decline_response(actor: Member, response: Response, *, reason: str, words: str = "") -> None:
    """Decline a response with a reason, which the responder reads.

    Args:
        actor: who acts for the requester.
        response: one that waits for a decision; also while its request has expired.
        reason: a code of `response_decline_reasons`.
        words: what the actor adds; needed where the reason is another one.

    Raises:
        NotFoundError: the response is not the actor's to see.
        ForbiddenError: the actor does not act for the requester, or acts for the responder too.
        ConflictError: it was decided or withdrawn.
        InvalidError: no reason, or words that are missing or too long.
    """
    viewer = _begin_decision(actor, response)
    _require_waiting(response)
    words = words.strip()
    if not reason:
        raise InvalidError(SAY_WHICH, field="reason")
    check_code("reason", reason, REASONS)
    check_text("words", words, WORDS_LENGTH)
    if reason == OTHER and not words:
        raise InvalidError(SAY_WHAT, field="words")
    before = snapshot(response)
    RESPONSES.move(
        response,
        "decline",
        decided_by_id=viewer.member_id,
        decided_at=clock.now(),
        decision_reason=reason,
        decision_words=words,
    )
    record(
        viewer,
        Event.RESPONSE_DECLINE,
        response.subject,
        reason=reason,
        before=before,
        after=snapshot(response),
    )
    mark_answered(response)
    tell_responder("response_declined", response, but=viewer.member_id)


def accepted_count(request: CollaborationRequest) -> int:
    """Return how many responses to a request are accepted."""
    accepted = select(func.count(Response.id)).where(
        Response.request_id == request.id, Response.status == ResponseStatus.ACCEPTED
    )
    return session().scalar(accepted) or 0


def _begin_decision(actor: Member, response: Response) -> Viewer:
    """Return who decides, with the request held and the response read anew."""
    viewer = viewer_of(actor)
    if not is_requester(viewer, response.request):
        # who responded may know that it is there, but not decide about it
        response_by_id(response.request, response.public_id, viewer)
        raise ForbiddenError
    if is_responder(viewer, response):
        raise ForbiddenError(ON_BOTH_SIDES)
    if response.status is ResponseStatus.DRAFT:
        raise NotFoundError
    hold_request(response.request)
    session().refresh(response)
    if not can_decide_response(viewer, response):
        raise ForbiddenError
    if _responds_too(viewer, response.request):
        raise ForbiddenError(RESPONDS_TOO)
    return viewer


def _responds_too(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether who decides acts for a response to the same request, which competes with every other one."""
    own = exists().where(
        Response.request_id == request.id,
        Response.status.in_((*WAITS, ResponseStatus.ACCEPTED)),
        responded_by(viewer),
    )
    return bool(session().scalar(select(own)))


def _require_somebody(response: Response) -> None:
    """Refuse a partner of whose side nobody can act: suspended, erased, or an organisation without a voice."""
    acting = exists().where(Member.id.in_(sorted(responder_ids(response))), Member.status.in_(TOLD))
    if not session().scalar(select(acting)):
        raise ConflictError(NOBODY_THERE)


def _require_waiting(response: Response) -> None:
    if response.status not in WAITS:
        raise ConflictError(
            {
                ResponseStatus.WITHDRAWN: WAS_WITHDRAWN,
                ResponseStatus.ACCEPTED: WAS_ACCEPTED,
                ResponseStatus.DECLINED: WAS_DECLINED,
            }.get(response.status, "")
        )


def _require_choosing(request: CollaborationRequest) -> None:
    if request.status is RequestStatus.EXPIRED:
        raise ConflictError(HAS_EXPIRED)
    if request.status not in DECIDABLE:
        raise ConflictError(NO_LONGER)
