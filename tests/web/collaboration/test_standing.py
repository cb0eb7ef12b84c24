"""What pages say where nobody will respond, nobody can act for a response, or a partnership is over."""

import pytest
from sqlalchemy import select

from hub.collaboration.closing.service import cancel_request
from hub.collaboration.models import CollaborationRequest, RequestStatus
from hub.collaboration.receiving.service import refuse_request
from hub.core.database import session
from hub.members.models import MemberStatus
from tests.collaboration.acts import did
from tests.collaboration.partners import partners
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words
from tests.web.collaboration.pages import address

ABSENT = "Cannot act on the hub at present"


def main(answer):
    return words(parse(answer.text).find(".//main"))


def test_where_nobody_who_was_asked_will_respond_the_next_steps_are_offered(database, new_client):
    receivers = [make_member(), make_member()]
    request = opened_request(receivers=receivers)
    client = new_client().become(request.posted_by)
    did(refuse_request, receivers[0], request, reason="no_time")
    assert "Nobody you asked will respond" not in main(client.get(address(request)))
    did(refuse_request, receivers[1], request, reason="no_time")
    shown = client.get(address(request))
    assert "Nobody you asked will respond" in main(shown)
    assert "Nobody you asked will respond" in main(client.get("/collaboration/mine"))
    answer = client.submit(shown, action=address(request, "copy"))
    drafts = select(CollaborationRequest).where(CollaborationRequest.status == RequestStatus.DRAFT)
    assert answer.location == address(session().scalars(drafts).one(), "draft")


@pytest.mark.parametrize("is_for_organisation", [True, False])
def test_a_response_for_which_nobody_can_act_is_marked(database, new_client, is_for_organisation):
    office = make_organisation() if is_for_organisation else None
    responder = make_member(represents=[office] if office else [])
    response = responded(opened_request(), responder, organisation=office)
    own = address(response.request, "responses", response.public_id)
    pages = (own, address(response.request, "responses"))
    client = new_client().become(response.request.posted_by)
    assert [ABSENT in main(client.get(page)) for page in pages] == [False, False]
    responder.status = MemberStatus.SUSPENDED
    session().commit()
    assert [ABSENT in main(client.get(page)) for page in pages] == [True, True]
    assert "Nobody can act for this side at present" in main(client.get(f"{own}/accept"))


def test_the_page_of_a_response_says_how_the_partnership_stands(database, new_client):
    over = partners(RequestStatus.COMPLETED)
    page = address(over.request, "responses", over.response.public_id)
    said = main(new_client().become(over.responder).get(page))
    assert "The work was completed on" in said
    assert "Next:" not in said
    found = partners(RequestStatus.ACTIVE)
    did(cancel_request, found.poster, found.request, words="Our budget was cut.")
    page = address(found.request, "responses", found.response.public_id)
    said = main(new_client().become(found.responder).get(page))
    assert "The partnership was cancelled on" in said
    assert "Our budget was cut." in said
    assert "Next:" not in said
