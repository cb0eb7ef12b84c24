"""Who may do what with requests and what belongs to them, and which somebody may see: pure functions, SQL conditions.

Two sides: the requester (who posted it, or the representatives of the organisation that it was posted for) and, of
each response, the responder (who responded, or the representatives of theirs). What somebody did for an organisation
is its own: who represents it no more acts for it no more, and reads nothing of it. Responders never see one another's.
"""

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.viewer import Role, Viewer
from hub.collaboration.hearing import is_not_of, may_hear_of
from hub.collaboration.models import (
    CallStatus,
    CollaborationRequest,
    Conversation,
    CoordinatorCall,
    Outcome,
    RequestLabel,
    RequestQuestion,
    RequestReceiver,
    RequestStatus,
    RequirementsVersion,
    Response,
    ResponseStatus,
    Side,
    VersionStatus,
)
from hub.collaboration.models.request import ENDED, SHOWN
from hub.integrity.permissions import Conflict, Involvement, conflict_of


def can_post(viewer: Viewer) -> bool:
    """Whether `viewer` may post requests: approved members."""
    return viewer.is_member


def can_review_requests(viewer: Viewer) -> bool:
    """Whether `viewer` reviews requests at all."""
    return viewer.has_role(Role.COORDINATOR)


def is_requester(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether `viewer` acts for the requester: represents the organisation it was posted for, or posted it for none."""
    return _acts(viewer, request.posted_by_id, request.organisation_id)


def is_call(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether `viewer` may have it reviewed: the requester of an open call."""
    return request.is_open_call and is_requester(viewer, request)


def is_sent_by_name(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether `viewer` may send it off: the requester of a request to named receivers, which nobody reviews."""
    return not request.is_open_call and is_requester(viewer, request)


def requested_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the requests for which `viewer` acts, as `is_requester` says."""
    return _acts_as(viewer, CollaborationRequest.posted_by_id, CollaborationRequest.organisation_id)


def responded_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the responses for which `viewer` acts, as `is_responder` says; never unknown."""
    return _acts_as(viewer, Response.responder_id, Response.organisation_id)


def involvement_in(request: CollaborationRequest) -> Involvement:
    """Return who takes part in a request, for the search for conflicts."""
    organisations = {request.organisation_id}
    if request.innovation is not None:
        organisations.add(request.innovation.owner_id)
    return Involvement(
        member_ids=frozenset({request.posted_by_id}),
        organisation_ids=frozenset(number for number in organisations if number is not None),
        subject=request.subject,
    )


def request_conflict(viewer: Viewer, request: CollaborationRequest) -> Conflict | None:
    """Return what keeps `viewer` from reviewing the request, or None."""
    return conflict_of(viewer, involvement_in(request))


def can_take_request(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether `viewer` may take the request for review: a coordinator free of conflict."""
    return can_review_requests(viewer) and request_conflict(viewer, request) is None


def can_decide_request(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether `viewer` may decide: the coordinator who took it, still free of conflict."""
    return request.taken_by_id == viewer.member_id and can_take_request(viewer, request)


def can_decide_version(viewer: Viewer, pair: tuple[RequirementsVersion, CollaborationRequest]) -> bool:
    """Whether `viewer` may decide about new requirements: the coordinator who took them, free of conflict."""
    version, request = pair
    return version.taken_by_id == viewer.member_id and can_take_request(viewer, request)


def can_decide_call(viewer: Viewer, call: CoordinatorCall) -> bool:
    """Whether `viewer` may answer a call: the coordinator who took it, while nobody finds a conflict of theirs."""
    return can_review_requests(viewer) and call.taken_by_id == viewer.member_id


def can_withdraw_call(viewer: Viewer, call: CoordinatorCall) -> bool:
    """Whether `viewer` may take a call back: who called."""
    return viewer.member_id is not None and call.called_by_id == viewer.member_id


def is_in_audience(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether `viewer` is inside the audience of a request that is shown."""
    return request.status in SHOWN and bool(request.labels & viewer.labels)


def in_audience_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for requests that are shown to `viewer` as part of their audience."""
    return and_(CollaborationRequest.status.in_(SHOWN), labelled_for(viewer))


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for requests that `viewer` may know of; it stands behind every list and count.

    They are inside the audience, or act for the requester, or are party to one that has ended and was shown to them, or
    took a task on it: the review, new requirements, a call from a conversation.
    """
    if viewer.member_id is None:
        return in_audience_of(viewer)
    party = or_(
        CollaborationRequest.id.in_(select(Response.request_id).where(responded_by(viewer))),
        CollaborationRequest.id.in_(select(RequestReceiver.request_id).where(_received_by(viewer))),
    )
    was_shown = and_(
        CollaborationRequest.status.in_(ENDED), CollaborationRequest.opened_at.is_not(None), party
    )
    ways = [
        and_(or_(CollaborationRequest.status.in_(SHOWN), was_shown), labelled_for(viewer)),
        requested_by(viewer),
    ]
    if can_review_requests(viewer):
        ways.append(_taken_by(viewer))
    return or_(*ways)


def labelled_for(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for requests whose audience `viewer` belongs to, shown already or not."""
    # asked of each request: a list of all that bear a label would be made for a single one too
    return CollaborationRequest.label_rows.any(RequestLabel.label.in_(sorted(viewer.labels)))


def _taken_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for what a coordinator sees because they took a task on it, until it is decided.

    A conflict of interest ends it at once, also before they give it back.
    """
    versions = select(RequirementsVersion.request_id).where(
        RequirementsVersion.taken_by_id == viewer.member_id,
        RequirementsVersion.status == VersionStatus.PROPOSED,
    )
    calls = (
        select(Response.request_id)
        .join(Conversation, Conversation.response_id == Response.id)
        .join(CoordinatorCall, CoordinatorCall.conversation_id == Conversation.id)
        .where(
            CoordinatorCall.taken_by_id == viewer.member_id,
            CoordinatorCall.status == CallStatus.ASKED,
            is_not_of(viewer),
        )
    )
    taken = or_(
        and_(
            CollaborationRequest.taken_by_id == viewer.member_id,
            CollaborationRequest.status == RequestStatus.SUBMITTED,
        ),
        CollaborationRequest.id.in_(versions),
        CollaborationRequest.id.in_(calls),
    )
    return and_(taken, may_hear_of(viewer))


def _acts_as(
    viewer: Viewer, member: InstrumentedAttribute[int], organisation: InstrumentedAttribute[int | None]
) -> ColumnElement[bool]:
    if viewer.member_id is None:
        return false()
    # never unknown, so that it can be negated
    return or_(
        and_(organisation.is_(None), member == viewer.member_id),
        and_(organisation.is_not(None), organisation.in_(sorted(viewer.represents))),
    )


def _acts(viewer: Viewer, member_id: int, organisation_id: int | None) -> bool:
    if organisation_id is None:
        return viewer.member_id is not None and viewer.member_id == member_id
    return organisation_id in viewer.represents


def _received_by(viewer: Viewer) -> ColumnElement[bool]:
    return or_(
        RequestReceiver.member_id == viewer.member_id,
        RequestReceiver.organisation_id.in_(sorted(viewer.organisations)),
    )


def is_receiver(viewer: Viewer, receiver: RequestReceiver) -> bool:
    """Whether a request was sent to `viewer`, or to an organisation whose people they are one of."""
    return viewer.member_id is not None and (
        receiver.member_id == viewer.member_id or receiver.organisation_id in viewer.organisations
    )


def speaks_for(viewer: Viewer, receiver: RequestReceiver) -> bool:
    """Whether `viewer` may refuse for a receiver: it is they, or an organisation that they represent."""
    return viewer.member_id is not None and (
        receiver.member_id == viewer.member_id or receiver.organisation_id in viewer.represents
    )


def can_respond(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether `viewer` may respond, state and due date allowing: a member in the audience, not on its own side."""
    return viewer.is_member and is_in_audience(viewer, request) and not is_requester(viewer, request)


def is_responder(viewer: Viewer, response: Response) -> bool:
    """Whether `viewer` acts for the responder: represents the organisation responded for, or responded for none."""
    return _acts(viewer, response.responder_id, response.organisation_id)


def can_edit_response(viewer: Viewer, response: Response) -> bool:
    """Whether `viewer` may change, submit and withdraw the response, its state allowing."""
    return is_responder(viewer, response)


def can_decide_response(viewer: Viewer, response: Response) -> bool:
    """Whether `viewer` may shortlist, accept and decline it: the requester, where they are not on both sides."""
    return is_requester(viewer, response.request) and not is_responder(viewer, response)


def responses_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for responses that `viewer` may see, among requests that they may know of.

    Responders see their own, requesters those that were submitted to them and not withdrawn.
    """
    if viewer.member_id is None:
        return false()
    asked_by_them = select(CollaborationRequest.id).where(requested_by(viewer))
    # one row of alternatives that each have an index; who acts for the requester may know of the request too
    return and_(
        or_(
            responded_by(viewer),
            and_(
                Response.request_id.in_(asked_by_them),
                Response.status.not_in((ResponseStatus.DRAFT, ResponseStatus.WITHDRAWN)),
            ),
        ),
        Response.request.has(visible_to(viewer)),
    )


def side_of(viewer: Viewer, response: Response) -> Side | None:
    """Return on which side of a response `viewer` acts, or None; who could act for both, for the requester."""
    if is_requester(viewer, response.request):
        return Side.REQUESTER
    return Side.RESPONDER if is_responder(viewer, response) else None


def can_ask(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether `viewer` may ask a question about it: who may respond."""
    return can_respond(viewer, request)


def can_answer_question(viewer: Viewer, question: RequestQuestion) -> bool:
    """Whether `viewer` may answer it or set it aside: the requester."""
    return is_requester(viewer, question.request) and question.asked_by_id != viewer.member_id


def can_withdraw_question(viewer: Viewer, question: RequestQuestion) -> bool:
    """Whether `viewer` may take it back: who asked."""
    return viewer.member_id is not None and question.asked_by_id == viewer.member_id


def can_record_outcome(viewer: Viewer, outcome: Outcome) -> bool:
    """Whether `viewer` may change what was recorded: the side that recorded it."""
    return side_of(viewer, outcome.response) is outcome.side


def can_answer_outcome(viewer: Viewer, outcome: Outcome) -> bool:
    """Whether `viewer` may agree to it or dispute it: the other side, and never the same person."""
    side = side_of(viewer, outcome.response)
    return side is not None and side is not outcome.side and outcome.recorded_by_id != viewer.member_id
