"""What of requests and responses waits on who signed in, and everything that they posted or responded to."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from hub.collaboration.models import CollaborationRequest, RequestStatus
from hub.collaboration.own import Matter, matters, own_requests, own_responses
from hub.core.pagination import PageRequest
from hub.web.access import members_only
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.partners import READABLE
from hub.web.sessions import viewer
from hub.web.start.items import Item
from hub.web.start.partnering import PARTNERING, place_of

PER_PAGE = 20

DRAFTED = (RequestStatus.DRAFT, RequestStatus.CHANGES_REQUESTED)


@dataclass(frozen=True)
class WaitingLine:
    """One thing that waits, and the request that it is about."""

    item: Item
    request: CollaborationRequest


@collaboration.get("/mine")
@members_only
def mine() -> ResponseReturnValue:
    """Show one's requests and responses: first what waits on oneself."""
    somebody = viewer()
    number = request.args.get("page", 1, type=int)
    later = request.args.get("responses", 1, type=int)
    return render_template(
        "collaboration/mine.html",
        waiting=[_line(each) for each in matters(somebody)],
        requests=own_requests(somebody, PageRequest(number, PER_PAGE)),
        responses=own_responses(somebody, PageRequest(later, PER_PAGE)),
        drafted=DRAFTED,
        partnered=READABLE,
    )


def _line(matter: Matter) -> WaitingLine:
    desk = PARTNERING[matter.kind]
    since = matter.since + desk.after
    item = Item(
        title=desk.title(matter.number),
        why=str(desk.why),
        href=place_of(matter),
        action=str(desk.action),
        due=since if desk.ends else None,
        since=None if desk.ends else since,
    )
    return WaitingLine(item, matter.request)
