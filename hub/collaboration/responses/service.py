"""Responses of who answers a request: drafting, saving, submitting, withdrawing. Deciding about them is beside."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.answering import mark_request_answered
from hub.collaboration.holding import hold_request
from hub.collaboration.lifecycle import RESPONSES
from hub.collaboration.models import (
    CollaborationRequest,
    ReceiverStatus,
    RequirementsVersion,
    Response,
    ResponseAnswer,
    ResponseStatus,
)
from hub.collaboration.models.response import WAITS
from hub.collaboration.permissions import (
    is_receiver,
)
from hub.collaboration.queries import requirements_of
from hub.collaboration.responses.details import (
    NO_OFFER,
    AnswerDetails,
    OfferDetails,
    check_answers,
    check_offer,
    missing_in,
    organisation_for,
    snapshot,
)
from hub.collaboration.responses.guards import (
    TAKES_NONE,
    hold_response,
    require_open,
    require_own,
    require_responder,
)
from hub.collaboration.telling import requester_ids
from hub.core import clock
from hub.core.database import session
from hub.core.errors import (
    ConflictError,
    InvalidError,
    StaleVersionError,
    TooManyError,
)
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.notifications.service import notify

A_DAY = 20
"""Responses that one member may submit in 24 hours."""

TOO_LATE = N_(
    "The due date of this request has passed, so it takes no responses any more. Your draft is kept."
)
TOO_LATE_TO_CHANGE = N_(
    "The due date of this request has passed, so your response can no longer be changed. It stays as you submitted it."
)
DECIDED = N_("This response was decided or withdrawn meanwhile. It stays as it is.")
RESPONDED = N_("You have responded to this request already.")
REQUIREMENTS_CHANGED = N_(
    "The requirements have changed since you answered them. Look at your answers, save them, then submit."
)
TOO_MANY = N_("You have submitted %(number)s responses within a day, which is the most. Your draft is kept.")


class NewRequirementsError(ConflictError):
    """The requirements that were answered are no longer in force."""

    default = N_("The requirements changed while you were writing. What you typed is kept below.")


def draft_response(
    actor: Member, request: CollaborationRequest, details: OfferDetails, *, language: str
) -> Response:
    """Begin a response, which nobody but the responder's side sees until it is submitted.

    Args:
        actor: who responds.
        request: one that takes responses.
        details: what is offered.
        language: BCP 47 tag of what they write.

    Raises:
        NotFoundError: the request is not the actor's to see.
        ForbiddenError: the actor acts for the requester.
        ConflictError: the request takes no responses any more, or the actor has a response to it.
        InvalidError: something said cannot be stored.
    """
    viewer = viewer_of(actor)
    require_responder(viewer, request)
    hold_request(request)
    require_open(request, TAKES_NONE)
    if session().scalar(select(Response.id).where(_live_of(viewer, request))) is not None:
        raise ConflictError(RESPONDED)
    response = Response(
        request=request,
        responder_id=actor.id,
        requirements_number=request.requirements_number,
        language=language,
        tlp=request.tlp,
    )
    with session().no_autoflush:
        check_offer(viewer, response, details)
        _take_over(viewer, response, details)
    session().add(response)
    session().flush()
    return response


def save_offer(actor: Member, response: Response, details: OfferDetails, *, version: int) -> None:
    """Save what is offered, of a draft or of a submitted response until the due date.

    Args:
        actor: who acts for the responder.
        response: a draft, or one that waits for a decision.
        details: what is offered.
        version: that of the response which was opened.

    Raises:
        NotFoundError: the response is not the actor's.
        ConflictError: it was decided, or the due date has passed.
        InvalidError: something said cannot be stored, or is needed.
        StaleVersionError: it was saved from another window meanwhile.
    """
    viewer = _begin_change(actor, response)
    before = snapshot(response)
    check_offer(viewer, response, details)
    if response.status is not ResponseStatus.DRAFT and not details.offer.strip():
        raise InvalidError(NO_OFFER, field="offer")
    _count_save(response, version)
    _take_over(viewer, response, details)
    session().flush()
    _tell_change(viewer, response, before)


def save_answers(
    actor: Member,
    response: Response,
    answers: Collection[AnswerDetails],
    *,
    requirements: int,
    version: int,
) -> None:
    """Save the answers to the requirements in force; answers to an earlier version of them go.

    Args:
        actor: who acts for the responder.
        response: a draft, or one that waits for a decision.
        answers: what is said, for each requirement of the version in force at most once.
        requirements: number of the version of the requirements that was answered.
        version: that of the response which was opened.

    Raises:
        NotFoundError: the response is not the actor's.
        NewRequirementsError: another version of the requirements is in force by now.
        ConflictError: it was decided, or the due date has passed.
        InvalidError: something said cannot be stored, or is needed.
        StaleVersionError: it was saved from another window meanwhile.
    """
    viewer = _begin_change(actor, response)
    request = response.request
    if requirements != request.requirements_number:
        raise NewRequirementsError
    before = snapshot(response)
    in_force = requirements_of(request)
    check_answers(viewer, response, in_force, answers)
    _count_save(response, version, requirements_number=requirements)
    _replace_answers(response, answers)
    if response.status is not ResponseStatus.DRAFT:
        _require_complete(response, in_force)
    _tell_change(viewer, response, before)


def submit_response(actor: Member, response: Response, *, version: int) -> None:
    """Submit a draft: from now on the requester reads it.

    Args:
        actor: who acts for the responder.
        response: a draft that lacks nothing.
        version: that of the draft which was checked.

    Raises:
        NotFoundError: the response is not the actor's, or the request no longer theirs to see.
        ForbiddenError: the actor acts for the requester.
        ConflictError: it was submitted already, the request takes none any more, or has other requirements by now.
        InvalidError: something is missing.
        StaleVersionError: it was saved from another window meanwhile.
        TooManyError: the actor submitted too many within a day.
    """
    viewer = viewer_of(actor)
    require_own(viewer, response)
    require_responder(viewer, response.request)
    # whose count it is comes before what is counted, and before any other row
    hold_member(response.responder_id)
    hold_response(response)
    request = response.request
    if response.status is not ResponseStatus.DRAFT:
        raise ConflictError(RESPONDED)
    require_open(request, TOO_LATE)
    if response.version != version:
        raise StaleVersionError
    if response.requirements_number != request.requirements_number:
        raise ConflictError(REQUIREMENTS_CHANGED)
    _require_complete(response, requirements_of(request))
    _require_few(response.responder_id)
    RESPONSES.move(response, "submit", Response.version == version, submitted_at=clock.now())
    record(viewer, Event.RESPONSE_SUBMIT, response.subject, after=snapshot(response))
    _note_receivers(viewer, request)
    mark_request_answered(request)
    _tell_requester(viewer, "response_received", response)


def withdraw_response(actor: Member, response: Response) -> None:
    """Withdraw a response that waits for a decision; afterwards the responder may begin another one.

    Raises:
        NotFoundError: the response is not the actor's.
        ConflictError: it was decided meanwhile.
    """
    viewer = viewer_of(actor)
    require_own(viewer, response)
    hold_response(response)
    if response.status not in WAITS:
        raise ConflictError(DECIDED)
    before = snapshot(response)
    RESPONSES.move(response, "withdraw")
    record(viewer, Event.RESPONSE_WITHDRAW, response.subject, before=before, after=snapshot(response))
    _tell_requester(viewer, "response_withdrawn", response)


def discard_draft(actor: Member, response: Response) -> None:
    """Delete a draft, of which nobody but the responder's side knows.

    Raises:
        NotFoundError: it is not the actor's.
        ConflictError: it was submitted meanwhile.
    """
    viewer = viewer_of(actor)
    require_own(viewer, response)
    hold_response(response)
    if response.status is not ResponseStatus.DRAFT:
        raise ConflictError(RESPONDED)
    session().delete(response)
    session().flush()


def _begin_change(actor: Member, response: Response) -> Viewer:
    viewer = viewer_of(actor)
    require_own(viewer, response)
    hold_response(response)
    if response.status is ResponseStatus.DRAFT:
        return viewer
    if response.status not in WAITS:
        raise ConflictError(DECIDED)
    require_open(response.request, TOO_LATE_TO_CHANGE)
    return viewer


def _count_save(response: Response, version: int, **changes: object) -> None:
    saved = session().execute(
        update(Response)
        .where(Response.id == response.id, Response.version == version)
        .values(version=version + 1, saved_at=clock.now(), **changes)
        .returning(Response.id),
        execution_options={"synchronize_session": False},
    )
    if saved.scalar() is None:
        raise StaleVersionError
    session().refresh(response)


def _take_over(viewer: Viewer, response: Response, details: OfferDetails) -> None:
    response.offer = details.offer
    response.conditions = details.conditions
    response.tlp = details.tlp
    response.organisation_id = organisation_for(viewer, details.organisation_id)
    response.innovation_id = details.innovation_id


def _replace_answers(response: Response, answers: Collection[AnswerDetails]) -> None:
    response.answers = []
    session().flush()
    response.answers = [
        ResponseAnswer(
            requirement_id=each.requirement_id,
            fit=each.fit,
            evidence=each.evidence,
            innovation_id=each.innovation_id,
        )
        for each in answers
        if not each.is_empty
    ]
    session().flush()
    session().refresh(response)


def _require_complete(response: Response, version: RequirementsVersion) -> None:
    for missing in missing_in(response, version):
        raise InvalidError(missing.words, field=missing.part)


def _require_few(member_id: int) -> None:
    since = clock.now() - timedelta(days=1)
    sent = session().scalars(
        select(Response.submitted_at)
        .where(Response.responder_id == member_id, Response.submitted_at > since)
        .order_by(Response.submitted_at)
    )
    times = [each for each in sent if each is not None]
    if len(times) >= A_DAY:
        free_in = times[-A_DAY] - since
        raise TooManyError(TOO_MANY, retry_after=int(free_in.total_seconds()) + 1, number=A_DAY)


def _note_receivers(viewer: Viewer, request: CollaborationRequest) -> None:
    for receiver in request.receivers:
        if is_receiver(viewer, receiver) and receiver.status is not ReceiverStatus.ANSWERED:
            receiver.status = ReceiverStatus.ANSWERED
            receiver.answered_at = clock.now()
            receiver.answered_by_id = viewer.member_id
    session().flush()


def _tell_change(viewer: Viewer, response: Response, before: dict[str, object]) -> None:
    """Log and tell that a submitted response was changed; drafts are their writers' own matter."""
    after = snapshot(response)
    if response.status is not ResponseStatus.DRAFT and after != before:
        record(viewer, Event.RESPONSE_CHANGE, response.subject, before=before, after=after)
        _tell_requester(viewer, "response_changed", response)


def _tell_requester(viewer: Viewer, kind: str, response: Response) -> None:
    """Tell the requester's side, under the label of the response: never weaker than that of the request."""
    notify(
        requester_ids(response.request) - {viewer.member_id}, kind, response.request.subject, tlp=response.tlp
    )


def _live_of(viewer: Viewer, request: CollaborationRequest) -> ColumnElement[bool]:
    return (
        (Response.request_id == request.id)
        & (Response.responder_id == viewer.member_id)
        & (Response.status != ResponseStatus.WITHDRAWN)
    )
