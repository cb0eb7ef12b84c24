"""What of requests and responses waits on who signed in, and everything that they posted or responded to."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.collaboration.conversations.queries import News, conversations_with_news
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.own import Matter, matters, own_requests, own_responses
from hub.collaboration.partnerships.queries import partners_of
from hub.collaboration.posting.service import EDITABLE
from hub.core.pagination import PageRequest
from hub.web.access import members_only
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.partners import READABLE
from hub.web.i18n import translate
from hub.web.sessions import viewer
from hub.web.start.items import Item
from hub.web.start.partnering import PARTNERING, place_of

PER_PAGE = 20


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
    requests = own_requests(somebody, PageRequest(number, PER_PAGE))
    under_way = [each for each in requests.items if each.status in READABLE]
    news = [_news(each) for each in conversations_with_news(somebody)]
    return render_template(
        "collaboration/mine.html",
        waiting=news + [_line(each) for each in matters(somebody)],
        requests=requests,
        partners=partners_of(under_way),
        responses=own_responses(somebody, PageRequest(later, PER_PAGE)),
        drafted=EDITABLE,
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


def _news(news: News) -> WaitingLine:
    """Return the line of a conversation in which somebody did not read everything."""
    response = news.conversation.response
    item = Item(
        title=ngettext("Read a message", "Read %(num)s messages", news.number),
        why=translate("The other side wrote to you."),
        href=url_for(
            "collaboration.conversation",
            public_id=response.request.public_id,
            response_id=response.public_id,
        ),
        action=translate("Read"),
        since=news.since,
    )
    return WaitingLine(item, response.request)
