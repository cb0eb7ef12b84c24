"""The ways between the pages of collaboration: where each thing is found, and what each page says of it."""

from datetime import UTC, timedelta

import pytest

from hub.access.audience import Tlp
from hub.collaboration.conversations.forgetting import forget_conversations
from hub.collaboration.models import RequestStatus, ResponseStatus
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import MemberStatus
from tests.catalogue.records import make_scene, published
from tests.collaboration.partners import added, partners
from tests.collaboration.requests import drafted_request, opened_request
from tests.collaboration.responses import responded
from tests.collaboration.talks import begun
from tests.factories import make_member
from tests.web.client import main_of, words
from tests.web.collaboration.pages import address
from tests.web.collaboration.talking import address as talk_at

MINE = 'href="/collaboration/mine"'
CASE = "Passport number C01X00T47"


def text_of(page):
    return words(main_of(page.text))


def test_ones_own_are_a_click_away_for_members_alone(database, client, new_client):
    member = new_client().become(make_member())
    for path in ("/", "/collaboration", "/start"):
        assert MINE in member.get(path).text
    assert MINE not in client.get("/collaboration").text


def test_the_directory_counts_ones_own(database, new_client):
    member = make_member()
    opened_request(member)
    responded(opened_request(), member)
    shown = words(main_of(new_client().become(member).get("/collaboration").text))
    assert "1 request · 1 response" in shown


def test_focal_points_find_the_board(database, new_client):
    focal_point = new_client().become(make_member(focal_country="GE"))
    for path in ("/start", "/collaboration"):
        assert 'href="/coordinate/collaboration"' in focal_point.get(path).text


def test_the_requester_finds_plan_and_conversation_and_lands_on_the_plan(database, new_client):
    found = partners(steps=1)
    own = new_client().become(found.poster)
    plan = address(found.request, "responses", found.response.public_id, "partnership")
    shown = own.get(address(found.request)).text
    assert f'href="{plan}"' in shown
    assert f'href="{plan.replace("partnership", "conversation")}"' in shown
    assert f'href="{plan}"' in own.get("/collaboration/mine").text
    answer = own.act(address(found.request, "start"))
    assert answer.location.endswith(plan)


def test_with_several_partners_each_plan_is_named(database, new_client):
    found = partners(steps=1)
    second = responded(found.request, status=ResponseStatus.ACCEPTED)
    added(second.responder, second)
    own = new_client().become(found.poster)
    shown = text_of(own.get(address(found.request)))
    for each in (found.responder, second.responder):
        assert f"Plan and outcome with {each.display_name}" in shown
    assert own.act(address(found.request, "start")).location.endswith(address(found.request))


def test_who_is_no_member_yet_is_offered_no_response(database, client, new_client):
    request = opened_request()
    assert address(request, "respond") in client.get(address(request)).text
    applicant = new_client().become(make_member(status=MemberStatus.CONFIRMED))
    assert address(request, "respond") not in applicant.get(address(request)).text


def test_a_preview_shows_no_label_before_one_is_chosen(database, new_client):
    poster = make_member()
    request = drafted_request(poster)
    own = new_client().become(poster)
    assert "TLP:CLEAR" in text_of(own.get(address(request)))
    request.label_rows.clear()
    session().commit()
    shown = text_of(own.get(address(request)))
    assert "TLP:CLEAR" not in shown
    assert "You have not chosen yet who may read it." in shown


def test_an_expiry_that_nobody_chose_follows_the_due_date(database, new_client):
    poster = make_member()
    request = drafted_request(poster, time_zone="UTC")
    own = new_client().become(poster)
    page = own.get(address(request, "draft", "dates"))
    day = (now() + timedelta(days=40)).date().isoformat()
    assert own.submit(page, {"due_on": day}).status_code == 303
    session().refresh(request)
    assert request.expires_at == request.due_at + timedelta(days=30)


@pytest.mark.parametrize("typed", ["lens", "TENDER LENS"])
def test_words_of_a_name_say_which_innovation_is_meant(database, new_client, typed):
    innovation = published(make_scene(), name="Tender Lens (fictional)")
    poster = make_member()
    request = drafted_request(poster)
    own = new_client().become(poster)
    assert own.submit(address(request, "draft", "about"), {"innovation": typed}).status_code == 303
    session().refresh(request)
    assert request.innovation_id == innovation.id


def test_where_several_could_be_meant_their_names_are_said(database, new_client):
    for name in ("Tender Lens", "Tender Watch"):
        published(make_scene(), name=name)
    poster = make_member()
    request = drafted_request(poster)
    answer = new_client().become(poster).submit(address(request, "draft", "about"), {"innovation": "tender"})
    assert answer.status_code == 422
    assert "Tender Lens and Tender Watch" in text_of(answer)


def test_an_unread_message_waits_with_a_way_to_it(database, new_client):
    scene = begun()
    shown = new_client().become(scene.responder).get("/collaboration/mine")
    assert "Read a message" in text_of(shown)
    assert f'href="{talk_at(scene)}"' in shown.text


def test_the_last_day_in_ones_list_is_that_of_the_page(database, new_client):
    receiver = make_member(time_zone="UTC")
    due = (now() + timedelta(days=10)).replace(hour=0, minute=0, second=0, microsecond=0)
    opened_request(receivers=[receiver], due_at=due, expires_at=due, time_zone="UTC")
    shown = new_client().become(receiver).get("/collaboration/mine").text
    assert f'datetime="{(due - timedelta(minutes=1)).astimezone(UTC).date().isoformat()}"' in shown


def test_the_plan_is_headed_by_the_label_that_counts(database, new_client):
    found = partners()
    found.response.tlp = Tlp.GREEN
    session().commit()
    path = address(found.request, "responses", found.response.public_id, "partnership")
    shown = text_of(new_client().become(found.poster).get(path))
    assert "TLP:CLEAR" not in shown
    assert shown.index("TLP:GREEN") < shown.index("Plan and outcome")


def test_markdown_is_drawn_wherever_texts_are_read(database, new_client):
    poster = make_member()
    request = opened_request(poster)
    response = responded(request, offer="We give **12 flags**.")
    own = new_client().become(poster)
    assert "<strong>12 flags</strong>" in own.get(address(request, "responses", response.public_id)).text
    assert "We give 12 flags." in text_of(own.get(address(request, "responses")))


def test_who_is_asked_by_name_reads_who_asks(database, new_client):
    poster, receiver = make_member(display_name="Nino Kapanadze"), make_member()
    request = opened_request(poster, receivers=[receiver])
    call = opened_request(poster)
    browser = new_client().become(receiver)
    assert "Nino Kapanadze" in text_of(browser.get(address(request)))
    assert "Nino Kapanadze" not in text_of(browser.get(address(call)))


def test_words_to_a_coordinator_are_looked_through_too(database, new_client):
    scene = begun()
    own = new_client().become(scene.poster)
    answer = own.submit(talk_at(scene, "call"), {"words": CASE})
    assert answer.status_code == 422
    assert "passport" in text_of(answer)


def test_the_row_in_which_a_trace_stands_is_said(database, new_client):
    poster = make_member()
    request = drafted_request(poster)
    answer = (
        new_client()
        .become(poster)
        .submit(address(request, "draft", "requirements"), {"essential-1-words": CASE})
    )
    assert "Essential, number 2" in text_of(answer)


def test_what_is_said_after_moving_and_withdrawing_is_what_happened(database, new_client):
    poster = make_member()
    request = opened_request(poster, due_at=_at(20), expires_at=_at(50), time_zone="UTC")
    own = new_client().become(poster)
    own.submit(address(request, "extend"), {})
    assert "Nothing was changed" in own.get("/").text
    own.submit(address(request, "withdraw"), {})
    assert "Nobody had responded." in own.get("/").text


def _at(days):
    return (now() + timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)


def test_emptied_words_are_not_said_to_be_of_somebody_who_left(database, new_client):
    scene = begun()
    with transaction():
        scene.request.status = RequestStatus.WITHDRAWN
        scene.request.closed_at = now() - timedelta(days=800)
    with transaction():
        forget_conversations()
    shown = text_of(new_client().become(scene.poster).get(talk_at(scene)))
    assert "left the hub" not in shown
    assert "deleted two years after its end" in shown


def test_a_cancelled_partnership_is_told_on_the_page_of_its_response(database, new_client):
    found = partners(RequestStatus.CANCELLED, closing_words="Our office closes.")
    path = address(found.request, "responses", found.response.public_id)
    shown = text_of(new_client().become(found.responder).get(path))
    assert "Our office closes." in shown
    assert "Next: agree on the steps" not in shown
