"""The start of the work on a request; `plan` changes plans, `outcomes` says what came of it."""

from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.acting import holding_as_requester
from hub.collaboration.closing.service import close_responses
from hub.collaboration.documents import queue_request
from hub.collaboration.lifecycle import REQUESTS
from hub.collaboration.models import CollaborationRequest, RequestStatus
from hub.collaboration.partnerships.queries import accepted_of, unplanned_of
from hub.collaboration.requirements.service import drop_proposals
from hub.collaboration.telling import requester_ids, responder_ids
from hub.core import clock
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.notifications.service import notify

UNPLANNED = N_("Put at least one step into the plan with each partner before you start.")


def start_partnership(actor: Member, request: CollaborationRequest) -> None:
    """Start the work: no further response is accepted, who still waits is declined kindly, the partners are told.

    Args:
        actor: somebody who acts for the requester.
        request: a request with at least one accepted response.

    Raises:
        NotFoundError: the request is not the actor's to see.
        ForbiddenError: the actor does not act for the requester.
        ConflictError: nothing was agreed, or the work has started already.
        InvalidError: the plan with a partner has no step yet.
    """
    viewer = holding_as_requester(actor, request)
    if request.status is not RequestStatus.AGREED:
        raise ConflictError
    if unplanned_of(request):
        raise InvalidError(UNPLANNED)
    REQUESTS.move(request, "start", started_at=clock.now())
    record(viewer, Event.REQUEST_START, request.subject)
    close_responses(viewer, request)
    drop_proposals(viewer, request)
    for response in accepted_of(request):
        notify(
            responder_ids(response) - requester_ids(request),
            "partnership_started",
            response.partnership_subject,
            tlp=response.tlp,
        )
    notify(requester_ids(request) - {actor.id}, "partnership_started", request.subject, tlp=request.tlp)
    queue_request(request)
