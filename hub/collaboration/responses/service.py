"""Responses of who answers a request: drafting, saving, submitting, withdrawing. Deciding about them is beside."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, select, update

from hub.access.audience import stricter
from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.answering import mark_answered
from hub.collaboration.holding import hold_request
from hub.collaboration.lifecycle import RECEIVERS, RESPONSES
from hub.collaboration.models import (
    CollaborationRequest,
    Conversation,
    ReceiverStatus,
    RequestReceiver,
    RequirementsVersion,
    Response,
    ResponseAnswer,
    ResponseStatus,
)
from hub.collaboration.models.response import WAITS
from hub.collaboration.permissions import is_requester, speaks_for
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
    OWN_REQUEST,
    TAKES_NONE,
    hold_response,
    require_open,
    require_own,
    require_responder,
)
from hub.collaboration.telling import requester_ids, tell_at_times
from hub.core import clock
from hub.core.database import session
from hub.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    StaleVersionError,
)
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.members.quotas import require_quota
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
        ForbiddenError: the actor acts for the requester too.
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
        ForbiddenError: the actor acts for the requester too.
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
    require_quota(
        (Response.submitted_at, Response.responder_id == response.responder_id),
        most=A_DAY,
        period=timedelta(days=1),
        words=TOO_MANY,
    )
    RESPONSES.move(response, "submit", Response.version == version, submitted_at=clock.now())
    record(viewer, Event.RESPONSE_SUBMIT, response.subject, after=snapshot(response))
    _note_receivers(viewer, response)
    mark_answered(request)
    _tell_requester(viewer, "response_received", response)


def withdraw_response(actor: Member, response: Response) -> None:
    """Withdraw a response that waits for a decision; afterwards the responder may begin another one.

    Raises:
        NotFoundError: the response is not the actor's.
        ForbiddenError: the actor acts for the requester too.
        ConflictError: it was decided meanwhile.
    """
    viewer = _holding(actor, response)
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
        ForbiddenError: the actor acts for the requester too.
        ConflictError: it was submitted meanwhile.
    """
    _holding(actor, response)
    if response.status is not ResponseStatus.DRAFT:
        raise ConflictError(RESPONDED)
    session().delete(response)
    session().flush()


def _holding(actor: Member, response: Response) -> Viewer:
    """Hold a response, and return the viewer of somebody who acts for the responder, and not for the requester too."""
    viewer = viewer_of(actor)
    require_own(viewer, response)
    if is_requester(viewer, response.request):
        # they have read what others offer
        raise ForbiddenError(OWN_REQUEST)
    hold_response(response)
    return viewer


def _begin_change(actor: Member, response: Response) -> Viewer:
    viewer = _holding(actor, response)
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
    _raise_label(response)
    response.organisation_id = organisation_for(viewer, details.organisation_id)
    response.innovation_id = details.innovation_id


def _raise_label(response: Response) -> None:
    """Let what was begun to be said about a response become as strict as it."""
    for talk in session().scalars(select(Conversation).where(Conversation.response_id == response.id)):
        talk.tlp = stricter(talk.tlp, response.tlp)


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


def _note_receivers(viewer: Viewer, response: Response) -> None:
    """Note who of the receivers responded; a mere member of an organisation does so for themselves alone."""
    for receiver in response.request.receivers:
        if (
            speaks_for(viewer, receiver)
            and _is_of(response, receiver)
            and receiver.status is not ReceiverStatus.ANSWERED
        ):
            RECEIVERS.move(receiver, "answer", answered_at=clock.now(), answered_by_id=viewer.member_id)


def _is_of(response: Response, receiver: RequestReceiver) -> bool:
    """Whether a receiver is who responds: not one organisation where the response is another's."""
    asked, responding = receiver.organisation, response.organisation
    return asked is None or responding is None or asked.present is responding.present


def _tell_change(viewer: Viewer, response: Response, before: dict[str, object]) -> None:
    """Log and tell that a submitted response was changed; drafts are their writers' own matter."""
    after = snapshot(response)
    if response.status is not ResponseStatus.DRAFT and after != before:
        record(viewer, Event.RESPONSE_CHANGE, response.subject, before=before, after=after)
        told = requester_ids(response.request)
        tell_at_times(told, "response_changed", response.subject, tlp=response.tlp, by=viewer.member_id)


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
