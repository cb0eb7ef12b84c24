"""What somebody may do with a request beside reading it, and what they have done with it already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from hub.access.viewer import Viewer
from hub.collaboration.closing.dates import REOPEN_WITHIN
from hub.collaboration.closing.service import can_reopen
from hub.collaboration.lifecycle import REQUESTS
from hub.collaboration.models import (
    CollaborationRequest,
    ReceiverStatus,
    RequestReceiver,
    RequestStatus,
    Response,
    ResponseStatus,
)
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.partnerships.queries import accepted_of
from hub.collaboration.permissions import (
    can_respond,
    can_review_requests,
    is_receiver,
    is_requester,
)
from hub.collaboration.posting.service import EDITABLE
from hub.collaboration.receiving.service import refusable
from hub.collaboration.requirements.service import proposed_version
from hub.collaboration.responses.queries import Counts, counted, own_responses
from hub.web.collaboration.partners import READABLE
from hub.web.sessions import current_member


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
        reopen_by: until when an expired request can be opened again, or None.
        partners: the accepted responses whose plans they can open, for who acts for the requester.
        is_refused: for who acts for the requester, whether nobody of whom it was sent to by name will respond.
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
    reopen_by: datetime | None
    partners: Sequence[Response]
    is_refused: bool
    desk: str

    @property
    def live(self) -> Response | None:
        """The response of theirs that counts, or is being written."""
        return next((each for each in self.own if each.status is not ResponseStatus.WITHDRAWN), None)


def doings_of(request: CollaborationRequest, somebody: Viewer) -> Doings:
    """Return what `somebody` may do with a request that they may see."""
    asks = is_requester(somebody, request)
    is_open = request.status in TAKES_RESPONSES
    takes = request.takes_responses
    may = can_respond(somebody, request)
    actions = set(REQUESTS.actions(somebody, request, request.status))
    if not can_reopen(request):
        actions.discard("reopen")
    return Doings(
        is_requester=asks,
        may_edit=asks and request.status in EDITABLE,
        takes_responses=takes,
        may_respond=takes and (may or current_member() is None),
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
        reopen_by=request.closed_at + REOPEN_WITHIN if "reopen" in actions and request.closed_at else None,
        partners=accepted_of(request) if asks and request.status in READABLE else [],
        is_refused=asks and is_open and _is_refused(request),
        desk=_desk(request, somebody),
    )


def _is_refused(request: CollaborationRequest) -> bool:
    """Whether every named receiver who can still be reached said that they will not respond."""
    states = set() if request.is_open_call else {each.status for each in request.receivers}
    return ReceiverStatus.PASSED in states and states <= {ReceiverStatus.PASSED, ReceiverStatus.GONE}


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
