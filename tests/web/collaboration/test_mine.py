"""One's own requests and responses, and what of them stands on the start page."""

import re
from datetime import timedelta

from babel.dates import format_date

from hub.collaboration.conversations.service import send_message
from hub.collaboration.models import RequestStatus, ResponseStatus
from hub.core.clock import now
from hub.core.database import transaction
from tests.collaboration.partners import partners, recorded
from tests.collaboration.requests import drafted_request, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member
from tests.web.client import parse, words

MINE = "/collaboration/mine"


def main(answer):
    assert answer.status_code == 200
    return words(parse(answer.text).find(".//main"))


def test_it_begins_with_ways_on(client, new_client):
    assert client.get(MINE).location.startswith("/sign-in")
    shown = main(new_client().become(make_member()).get(MINE))
    assert "You have posted no request yet" in shown
    assert "You have responded to no request yet" in shown


def test_what_waits_comes_first_with_a_way_to_it(database, new_client):
    member = make_member()
    draft = drafted_request(member, title="My draft")
    request = opened_request(member, title="My call")
    responded(request)
    responded(request)
    other = opened_request(title="Their call")
    own = responded(other, member, status=ResponseStatus.DRAFT)
    shown = new_client().become(member).get(MINE)
    said = main(shown)
    for title in ("Finish your response", "Read 2 responses and decide", "Finish your request for a partner"):
        assert title in said
    for address in (
        f"/collaboration/{draft.public_id}/draft",
        f"/collaboration/{request.public_id}/responses",
        f"/collaboration/{other.public_id}/responses/{own.public_id}",
    ):
        assert f'href="{address}"' in shown.text


def test_every_kind_leads_where_it_is_done(database, new_client):
    member = make_member()
    drafted_request(member, status=RequestStatus.CHANGES_REQUESTED, decided_at=now())
    opened_request(member, status=RequestStatus.EXPIRED, closed_at=now())
    opened_request(receivers=[member])
    partners(poster=member)
    partners(responder=member)
    partners(RequestStatus.ACTIVE, poster=member)
    found = partners(RequestStatus.ACTIVE, responder=member)
    recorded(found.poster, found.response)
    said = main(new_client().become(member).get(MINE))
    for title in (
        "Change your request",
        "Open your request again, or let it go",
        "Respond to the request sent to you",
        "Plan and start with your partner",
        "Plan the first steps with your partner",
        "Record what came of the work",
        "Agree to an outcome or dispute it",
    ):
        assert title in said


def test_the_last_day_is_that_of_the_page_of_the_request(database, new_client):
    receiver = make_member()
    tomorrow = now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=10)
    request = opened_request(receivers=[receiver], due_at=tomorrow, expires_at=tomorrow)
    client = new_client().become(receiver)
    left = re.compile(r"\b\d+ days? left")
    listed, shown = (main(client.get(page)) for page in (MINE, f"/collaboration/{request.public_id}"))
    assert left.findall(listed)[0] == left.findall(shown)[0]
    day = format_date((tomorrow - timedelta(minutes=1)).date(), "d MMMM yyyy", locale="en_GB")
    assert day in listed
    assert day in shown


def test_messages_that_were_not_read_wait_with_a_way_to_them(database, new_client):
    request = opened_request()
    response = responded(request)
    with transaction():
        send_message(request.posted_by, response, words="When could you start?")
    client = new_client().become(response.responder)
    talk = f"/collaboration/{request.public_id}/responses/{response.public_id}/conversation"
    shown = client.get(MINE)
    assert "Read a message" in main(shown)
    assert f'href="{talk}"' in shown.text
    client.get(talk)
    assert "Read a message" not in main(client.get(MINE))


def test_the_start_page_counts_the_same(database, new_client):
    member = make_member()
    request = opened_request(member)
    responded(request)
    responded(request)
    client = new_client().become(member)
    shown = client.get("/start")
    assert "Read 2 responses and decide" in main(shown)
    assert f'href="{MINE}"' in shown.text


def test_each_list_has_pages_of_its_own(database, new_client):
    member = make_member()
    for number in range(21):
        drafted_request(member, title=f"Draft {number}")
        responded(opened_request(title=f"Call {number}"), member)
    shown = new_client().become(member).get(f"{MINE}?page=2")
    said = main(shown)
    assert "Draft 0" in said
    assert "Call 20" in said
    assert "?page=2&amp;responses=2" in shown.text or "?responses=2&amp;page=2" in shown.text


def test_its_queries_do_not_grow(database, new_client, queries):
    member = make_member()
    client = new_client().become(member)
    counts = []
    for _round in range(2):
        for _number in range(4):
            responded(opened_request(member))
            responded(opened_request(), member)
            drafted_request(member)
        client.get(MINE)
        with queries:
            client.get(MINE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
