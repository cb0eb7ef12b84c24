"""What can be done again and again is told once an hour at most, and to nobody who blocked who does it."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from hub.access.audience import Tlp
from hub.collaboration.closing.service import extend_due_date, lapse_request, withdraw_request
from hub.collaboration.conversations.service import leave_conversation, return_to_conversation
from hub.collaboration.models import ResponseStatus
from hub.collaboration.responses.deciding import shortlist_response, unshortlist_response
from hub.collaboration.responses.details import OfferDetails
from hub.collaboration.responses.service import save_offer
from hub.core.database import session
from hub.notifications.models import Notification
from tests.collaboration.acts import did, later, told
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import renewed, responded
from tests.collaboration.talks import begun, block
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db

TWICE = timedelta(hours=1, minutes=1)


@pytest.fixture
def poster(database):
    return make_member()


def moved(request, days):
    did(extend_due_date, request.posted_by, request, due_at=request.due_at + timedelta(days=days))


def went(scene):
    did(leave_conversation, scene.responder, scene.conversation)
    did(return_to_conversation, scene.responder, scene.conversation)


def test_leaving_a_conversation_again_and_again_is_told_once_an_hour(database, monkeypatch):
    scene = begun()
    block(scene.colleague, scene.responder)
    for _ in range(3):
        went(scene)
    assert told(scene.poster).count("participant_left") == 1
    assert "participant_left" not in told(scene.colleague)
    later(monkeypatch, TWICE)
    went(scene)
    assert told(scene.poster).count("participant_left") == 2


def test_shortlisting_again_and_again_is_told_once_an_hour(poster):
    response = responded(opened_request(poster))
    for _ in range(3):
        did(shortlist_response, poster, response)
        did(unshortlist_response, poster, response)
    assert told(response.responder) == ["response_shortlisted"]
    (found,) = session().query(Notification).filter_by(member_id=response.responder_id)
    assert found.subject == response.subject


def test_changing_a_response_again_and_again_is_told_once_an_hour_for_each(poster):
    request = opened_request(poster)
    for response in (responded(request), responded(request)):
        for number in range(3):
            details = OfferDetails(offer=f"Offer {number}", tlp=Tlp.CLEAR)
            did(save_offer, response.responder, response, details, version=response.version)
    assert told(poster) == ["response_changed"] * 2


def test_other_requirements_and_dates_are_told_once_an_hour(poster):
    receiver, blocking, drafting = make_member(), make_member(), make_member()
    request = opened_request(poster, receivers=[receiver, blocking, drafting], tlp=Tlp.AMBER)
    responded(request, drafting, status=ResponseStatus.DRAFT)
    block(blocking, poster)
    for number in range(3):
        renewed(request, f"Need {number}")
        moved(request, 1)
    assert told(receiver) == told(drafting) == ["requirements_changed", "due_date_moved"]
    assert told(blocking) == []


def test_moving_a_date_asks_as_much_for_many_as_for_one(poster):
    counts = []
    for number in (1, 6):
        request = opened_request(poster)
        for _ in range(number):
            organisation = make_organisation()
            responded(request, make_member(represents=[organisation]), organisation=organisation)
        asked = []
        event.listen(
            session().get_bind(), "before_cursor_execute", lambda *call, to=asked: to.append(call[2])
        )
        moved(request, 1)
        counts.append(len([each for each in asked if each.startswith("SELECT")]))
    assert counts[0] == counts[1]


def test_receivers_hear_that_nobody_asks_any_more(poster):
    receiver, drafting = make_member(), make_member()
    request = opened_request(poster, receivers=[receiver, drafting], tlp=Tlp.AMBER)
    responded(request, drafting, status=ResponseStatus.DRAFT)
    assert did(lapse_request, request)
    assert told(receiver) == told(drafting) == ["request_withdrawn"]


def test_each_responder_is_told_under_the_label_of_their_response(poster):
    request = opened_request(poster)
    strict, plain = responded(request, tlp=Tlp.RED), responded(request)
    drafting = responded(request, status=ResponseStatus.DRAFT, tlp=Tlp.AMBER)
    moved(request, 1)
    did(withdraw_request, poster, request)
    labels = {
        (each.member_id, each.kind): each.tlp
        for each in session().query(Notification)
        if each.member_id != poster.id
    }
    assert labels == {
        (strict.responder_id, "due_date_moved"): Tlp.RED,
        (strict.responder_id, "request_closed"): Tlp.RED,
        (plain.responder_id, "due_date_moved"): Tlp.CLEAR,
        (plain.responder_id, "request_closed"): Tlp.CLEAR,
        (drafting.responder_id, "due_date_moved"): Tlp.AMBER,
        (drafting.responder_id, "request_withdrawn"): Tlp.AMBER,
    }


def test_who_responds_twice_is_told_once_under_the_strictest_label(poster):
    organisation = make_organisation()
    member = make_member(represents=[organisation])
    request = opened_request(poster)
    responded(request, member)
    responded(request, make_member(represents=[organisation]), organisation=organisation, tlp=Tlp.AMBER)
    moved(request, 1)
    (found,) = session().query(Notification).filter_by(member_id=member.id)
    assert found.tlp is Tlp.AMBER
