"""What somebody may do with a request beside reading it, and what they have done with it already."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from hub.access.viewer import Viewer
from hub.collaboration.closing.service import can_reopen
from hub.collaboration.lifecycle import REQUESTS
from hub.collaboration.models import (
    CollaborationRequest,
    RequestReceiver,
    RequestStatus,
    Response,
    ResponseStatus,
)
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import (
    can_respond,
    can_review_requests,
    is_receiver,
    is_requester,
)
from hub.collaboration.receiving.service import refusable
from hub.collaboration.requirements.service import proposed_version
from hub.collaboration.responses.queries import Counts, counted, own_responses
from hub.core import clock

EDITED = (RequestStatus.DRAFT, RequestStatus.CHANGES_REQUESTED)
"""States in which the requester writes it."""


@dataclass(frozen=True)
class Doings:
    """What one reader may do with a request.

    Args:
        is_requester: they act for who asks.
        may_edit: they write it still.
        takes_responses: responses are taken at this moment, from whoever may respond.
        may_respond: they may, now; also a visitor of a public one, who is asked to sign in first.
        may_ask: they may ask a question.
        own: the responses for which they act, drafts too.
        counts: how many responses there are, for the requester.
        asked: the receivers that they are, where it was sent by name.
        may_refuse: they may say that they will not respond.
        actions: what the table of states allows them: withdraw, cancel, reopen.
        may_extend: they may move the due date.
        may_change: they may propose other requirements.
        desk: address of the page on which they decide about it, for the coordinator who took it; else empty.
    """

    is_requester: bool
    may_edit: bool
    takes_responses: bool
    may_respond: bool
    may_ask: bool
    own: Sequence[Response]
    counts: Counts
    asked: Sequence[RequestReceiver]
    may_refuse: bool
    actions: frozenset[str]
    may_extend: bool
    may_change: bool
    desk: str

    @property
    def live(self) -> Response | None:
        """The response of theirs that counts, or is being written."""
        return next((each for each in self.own if each.status is not ResponseStatus.WITHDRAWN), None)


def doings_of(request: CollaborationRequest, somebody: Viewer) -> Doings:
    """Return what `somebody` may do with a request that they may see."""
    asks = is_requester(somebody, request)
    is_open = request.status in TAKES_RESPONSES
    takes = is_open and request.due_at is not None and request.due_at > clock.now()
    may = can_respond(somebody, request)
    actions = set(REQUESTS.actions(somebody, request, request.status))
    if not can_reopen(request):
        actions.discard("reopen")
    return Doings(
        is_requester=asks,
        may_edit=asks and request.status in EDITED,
        takes_responses=takes,
        may_respond=takes and (may or not somebody.is_member),
        may_ask=takes and may,
        own=own_responses(request, somebody),
        counts=counted(request, somebody) if request.opened_at else Counts(),
        asked=[]
        if request.is_open_call
        else [each for each in request.receivers if is_receiver(somebody, each)],
        may_refuse=bool(not request.is_open_call and refusable(somebody, request)),
        actions=frozenset(actions),
        may_extend=asks and is_open,
        may_change=asks and takes,
        desk=_desk(request, somebody),
    )


def _desk(request: CollaborationRequest, somebody: Viewer) -> str:
    """Return the page on which a coordinator decides about what they took: the request, or other requirements of it."""
    if not can_review_requests(somebody):
        return ""
    if request.status is RequestStatus.SUBMITTED:
        took = request.taken_by_id == somebody.member_id
        return url_for("coordinate.request", public_id=request.public_id) if took else ""
    version = proposed_version(request)
    if version is not None and version.taken_by_id == somebody.member_id:
        return url_for("coordinate.requirements", public_id=version.public_id)
    return ""
