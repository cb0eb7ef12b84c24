"""Who reads a conversation, writes in it and helps with it: pure functions, and SQL that agrees with them."""

from sqlalchemy import ColumnElement, and_, false, or_, select

from hub.access.audience import Tlp, stricter
from hub.access.viewer import Viewer
from hub.collaboration.hearing import is_not_of, may_hear_of
from hub.collaboration.models import (
    CallStatus,
    CollaborationRequest,
    Conversation,
    ConversationMessage,
    CoordinatorCall,
    Participation,
    Response,
    ResponseStatus,
    Side,
)
from hub.collaboration.models.request import ENDED, SHOWN
from hub.collaboration.models.response import WAITS
from hub.collaboration.permissions import (
    can_review_requests,
    is_in_audience,
    is_requester,
    is_responder,
    requested_by,
    responded_by,
    side_of,
    visible_to,
)
from hub.collaboration.review.parties import conflict_with

PROMISING = (ResponseStatus.SHORTLISTED, ResponseStatus.ACCEPTED)
"""States of a response in which the responder may write first."""


def is_party(viewer: Viewer, response: Response) -> bool:
    """Whether `viewer` is on one side of a response that was submitted, and may know of its request."""
    if viewer.member_id is None or response.status is ResponseStatus.DRAFT:
        return False
    request = response.request
    return is_requester(viewer, request) or (
        is_responder(viewer, response) and (is_in_audience(viewer, request) or _was_shown(viewer, request))
    )


def has_left(viewer: Viewer, conversation: Conversation) -> bool:
    """Whether `viewer` left the conversation and did not come back."""
    return any(
        each.member_id == viewer.member_id and each.left_at is not None
        for each in conversation.participations
    )


def is_called(viewer: Viewer, conversation: Conversation) -> bool:
    """Whether `viewer` is a coordinator who took a call for help in it that is not answered, free of conflict still."""
    return can_review_requests(viewer) and any(
        each.taken_by_id == viewer.member_id
        and each.status is CallStatus.ASKED
        and conflict_with(viewer, each) is None
        for each in conversation.calls
    )


def can_read(viewer: Viewer, conversation: Conversation) -> bool:
    """Whether `viewer` may read it: who is on a side and did not leave, or a coordinator who helps at present."""
    is_present = is_party(viewer, conversation.response) and not has_left(viewer, conversation)
    return is_present or is_called(viewer, conversation)


def can_return(viewer: Viewer, conversation: Conversation) -> bool:
    """Whether `viewer` may come back: who is on a side and left."""
    return is_party(viewer, conversation.response) and has_left(viewer, conversation)


def can_leave(viewer: Viewer, conversation: Conversation) -> bool:
    """Whether `viewer` may leave: who is on a side and is there."""
    return is_party(viewer, conversation.response) and not has_left(viewer, conversation)


def can_begin(viewer: Viewer, response: Response) -> bool:
    """Whether `viewer` may write the first message: the requester; the responder once chosen for a closer look.

    Until then a responder asks in public, where all who respond read the answer.
    """
    side = side_of(viewer, response) if is_party(viewer, response) else None
    return side is Side.REQUESTER or (side is Side.RESPONDER and response.status in PROMISING)


def is_closed(response: Response) -> bool:
    """Whether nothing more can be written: the response was declined or withdrawn, or the request is over."""
    is_live = response.status in WAITS or response.status is ResponseStatus.ACCEPTED
    return not is_live or response.request.status not in SHOWN


def can_report(viewer: Viewer, message: ConversationMessage) -> bool:
    """Whether `viewer` may report a message: who reads it and did not write it."""
    return can_read(viewer, message.conversation) and message.author_id != viewer.member_id


def can_call(viewer: Viewer, conversation: Conversation) -> bool:
    """Whether `viewer` may call a coordinator: who is on a side and is there."""
    return can_leave(viewer, conversation)


def label_of(conversation: Conversation) -> Tlp:
    """Return the label of a conversation now: its own, or a stricter one of the response or the request."""
    response = conversation.response
    return stricter(conversation.tlp, stricter(response.tlp, response.request.tlp))


def responses_party_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the responses of which `is_party` is true."""
    if viewer.member_id is None:
        return false()
    asked_by_them = select(CollaborationRequest.id).where(requested_by(viewer))
    # one row of alternatives that each have an index; who acts for the requester may know of the request too
    return and_(
        Response.status != ResponseStatus.DRAFT,
        or_(
            Response.request_id.in_(asked_by_them),
            responded_by(viewer),
        ),
        Response.request.has(visible_to(viewer)),
    )


def responses_talked_about_with(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for responses about which `viewer` may open the conversation, begun or not.

    The requester opens that about a response that was withdrawn only where somebody wrote.
    """
    if viewer.member_id is None:
        return false()
    begun = select(Conversation.response_id)
    is_open = or_(Response.status != ResponseStatus.WITHDRAWN, responded_by(viewer), Response.id.in_(begun))
    ways = [and_(responses_party_to(viewer), is_open)]
    return or_(*ways, *(Response.id.in_(begun.where(called)) for called in _called(viewer)))


def conversations_attended_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the conversations on a side of which `viewer` is and did not leave."""
    left = select(Participation.conversation_id).where(
        Participation.member_id == viewer.member_id, Participation.left_at.is_not(None)
    )
    return and_(
        Conversation.response_id.in_(select(Response.id).where(responses_party_to(viewer))),
        Conversation.id.not_in(left),
    )


def conversations_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the conversations of which `can_read` is true."""
    if viewer.member_id is None:
        return false()
    return or_(conversations_attended_by(viewer), *_called(viewer))


def _called(viewer: Viewer) -> list[ColumnElement[bool]]:
    """Return the condition for the conversations that a coordinator helps with at present."""
    if not can_review_requests(viewer):
        return []
    calls = (
        select(CoordinatorCall.conversation_id)
        .join(CoordinatorCall.conversation)
        .join(Conversation.response)
        .join(Response.request)
        .where(
            CoordinatorCall.taken_by_id == viewer.member_id,
            CoordinatorCall.status == CallStatus.ASKED,
            may_hear_of(viewer),
            is_not_of(viewer),
        )
    )
    return [Conversation.id.in_(calls)]


def _was_shown(viewer: Viewer, request: CollaborationRequest) -> bool:
    """Whether a request that has ended was open to `viewer`."""
    is_ended = request.status in ENDED and request.opened_at is not None
    return is_ended and bool(request.labels & viewer.labels)
