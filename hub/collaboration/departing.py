"""What becomes of somebody's open part in requests when they leave the hub: found for their page, then closed."""

from dataclasses import dataclass

from sqlalchemy import select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.closing.service import lapse_request
from hub.collaboration.conversations.forgetting import forget_words_of
from hub.collaboration.holding import hold_requests
from hub.collaboration.lifecycle import CALLS, QUESTIONS, RESPONSES
from hub.collaboration.models import (
    CallStatus,
    CollaborationRequest,
    CoordinatorCall,
    Participation,
    QuestionStatus,
    RequestQuestion,
    RequestStatus,
    Response,
    ResponseStatus,
)
from hub.collaboration.models.response import WAITS
from hub.collaboration.review.conflicts import held_by
from hub.collaboration.review.items import Item, request_of
from hub.collaboration.review.taking import give_back
from hub.collaboration.telling import requester_ids
from hub.core import clock
from hub.core.database import Base, session
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.notifications.service import notify
from hub.organisations.models import Organisation
from hub.organisations.people import speakers

LEFT = "Who took part in this left the hub."
"""The reason that the audit log keeps."""

OVER = (
    RequestStatus.COMPLETED,
    RequestStatus.DECLINED,
    RequestStatus.WITHDRAWN,
    RequestStatus.CANCELLED,
)


@dataclass(frozen=True)
class OpenCollaboration:
    """What of requests somebody began and nobody else can go on with, or holds for a decision.

    Args:
        drafts: requests that nobody was sent; they are deleted.
        requests: requests that were sent; they are closed, and who responded is thanked.
        response_drafts: responses that nobody was sent; they are deleted.
        responses: responses that wait; they are withdrawn.
        partnerships: accepted responses; they stay, and the other side is told.
        questions: questions that nobody answered; they are withdrawn.
        calls: calls for a coordinator; they are withdrawn.
        held: matters held for a decision; they go back to the others.
    """

    drafts: tuple[CollaborationRequest, ...]
    requests: tuple[CollaborationRequest, ...]
    response_drafts: tuple[Response, ...]
    responses: tuple[Response, ...]
    partnerships: tuple[Response, ...]
    questions: tuple[RequestQuestion, ...]
    calls: tuple[CoordinatorCall, ...]
    held: tuple[Item, ...]


def open_collaboration(member: Member) -> OpenCollaboration:
    """Return what of `member` is open in collaboration; what their colleagues can go on with is left out."""
    requests = [
        each
        for each in session().scalars(
            select(CollaborationRequest)
            .where(CollaborationRequest.posted_by_id == member.id, CollaborationRequest.status.not_in(OVER))
            .order_by(CollaborationRequest.id)
        )
        if not _others(each.organisation, member)
    ]
    responses = [
        each
        for each in session().scalars(
            select(Response).where(Response.responder_id == member.id).order_by(Response.id)
        )
        if not _others(each.organisation, member) and each.request not in requests
    ]
    drafts = tuple(each for each in requests if each.status is RequestStatus.DRAFT)
    return OpenCollaboration(
        drafts=drafts,
        requests=tuple(each for each in requests if each not in drafts),
        response_drafts=tuple(each for each in responses if each.status is ResponseStatus.DRAFT),
        responses=tuple(each for each in responses if each.status in WAITS),
        partnerships=tuple(
            each
            for each in responses
            if each.status is ResponseStatus.ACCEPTED and each.request.status not in OVER
        ),
        questions=tuple(
            session().scalars(
                select(RequestQuestion).where(
                    RequestQuestion.asked_by_id == member.id, RequestQuestion.status == QuestionStatus.ASKED
                )
            )
        ),
        calls=tuple(
            session().scalars(
                select(CoordinatorCall).where(
                    CoordinatorCall.called_by_id == member.id, CoordinatorCall.status == CallStatus.ASKED
                )
            )
        ),
        held=tuple(held_by(member.id)),
    )


def close_collaboration(viewer: Viewer, member: Member) -> None:
    """Close all that `open_collaboration` returns, and empty what `member` wrote in conversations.

    Args:
        viewer: who does it, for the audit log.
        member: who leaves.
    """
    _hold(member)
    work = open_collaboration(member)
    for item in work.held:
        give_back(viewer, item, member, reason=LEFT)
    for question in work.questions:
        QUESTIONS.move(question, "withdraw")
        record(viewer, Event.QUESTION_WITHDRAW, question.subject, reason=LEFT)
    for call in work.calls:
        CALLS.move(call, "withdraw", taken_by_id=None, taken_at=None)
        record(viewer, Event.CALL_WITHDRAW, call.subject, reason=LEFT)
    for response in work.responses:
        RESPONSES.move(response, "withdraw")
        record(viewer, Event.RESPONSE_WITHDRAW, response.subject, reason=LEFT)
        request = response.request
        notify(requester_ids(request), "response_withdrawn", request.subject, tlp=response.tlp)
    for response in work.partnerships:
        told = requester_ids(response.request)
        notify(told, "partner_left", response.partnership_subject, tlp=response.tlp)
    for request in work.requests:
        lapse_request(request)
    for draft in work.drafts:
        record(viewer, Event.REQUEST_DISCARD, draft.subject, reason=LEFT)
    unsent: tuple[Base, ...] = (*work.response_drafts, *work.drafts)
    for each in unsent:
        session().delete(each)
    session().flush()
    session().execute(
        update(Participation)
        .where(Participation.member_id == member.id, Participation.left_at.is_(None))
        .values(left_at=clock.now()),
        execution_options={"synchronize_session": False},
    )
    forget_words_of(member)


def _hold(member: Member) -> None:
    """Hold who leaves, then every request of which something is closed, so that nobody answers it meanwhile."""
    hold_member(member.id)
    session().flush()
    work = open_collaboration(member)
    responses = (*work.response_drafts, *work.responses, *work.partnerships)
    hold_requests(
        [
            *(each.id for each in (*work.drafts, *work.requests)),
            *(each.request_id for each in responses),
            *(each.request_id for each in work.questions),
            *(request_of(each).id for each in (*work.calls, *work.held)),
        ]
    )


def _others(organisation: Organisation | None, member: Member) -> frozenset[int]:
    """Return who else acts for the side of `member`."""
    return speakers(organisation) - {member.id} if organisation is not None else frozenset()
