"""Erasing the account of somebody who takes part in requests: what colleagues cannot go on with is closed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.collaboration.conversations.forgetting import forget_conversations
from hub.collaboration.conversations.service import send_message
from hub.collaboration.departing import open_collaboration
from hub.collaboration.models import (
    CollaborationRequest,
    ConversationMessage,
    RequestQuestion,
    RequestStatus,
    Response,
    ResponseStatus,
)
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import Member
from hub.notifications.models import Notification
from hub.privacy.erasure import erase_account
from tests.collaboration.requests import drafted_request, make_coordinator, opened_request, submitted_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture(autouse=True)
def _database(database):
    """Every test here needs one."""


def erase(member):
    with transaction():
        erase_account(member)


def told(member):
    return set(session().scalars(select(Notification.kind).where(Notification.member_id == member.id)))


def test_a_draft_goes_and_an_open_request_is_closed():
    poster, responder = make_member(), make_member()
    draft, request = drafted_request(poster), opened_request(poster)
    response = responded(request, responder)
    number = draft.id
    erase(poster)
    assert session().get(CollaborationRequest, number) is None
    session().refresh(request)
    session().refresh(response)
    assert request.status is RequestStatus.WITHDRAWN
    assert response.status is ResponseStatus.DECLINED
    assert "request_closed" in told(responder)


def test_what_a_colleague_can_go_on_with_stays():
    organisation = make_organisation()
    poster = make_member(represents=[organisation])
    make_member(represents=[organisation])
    request = opened_request(poster, organisation_id=organisation.id)
    assert open_collaboration(poster).requests == ()
    erase(poster)
    session().refresh(request)
    assert request.status is RequestStatus.OPEN


def test_a_response_that_waits_is_withdrawn_and_a_partnership_is_told():
    poster, responder = make_member(), make_member()
    waiting = responded(opened_request(poster), responder)
    draft = responded(opened_request(poster), responder, status=ResponseStatus.DRAFT)
    agreed = opened_request(poster, status=RequestStatus.AGREED)
    accepted = responded(agreed, responder, status=ResponseStatus.ACCEPTED)
    number = draft.id
    erase(responder)
    session().refresh(waiting)
    session().refresh(accepted)
    assert waiting.status is ResponseStatus.WITHDRAWN
    assert accepted.status is ResponseStatus.ACCEPTED
    assert session().get(Response, number) is None
    assert {"response_withdrawn", "partner_left"} <= told(poster)


def test_messages_stay_without_their_words():
    poster, responder = make_member(), make_member()
    request = opened_request(poster)
    response = responded(request, responder)
    with transaction():
        send_message(session().get(Member, poster.id), response, words="Can you start in May?")
    erase(poster)
    assert session().scalars(select(ConversationMessage.words)).all() == [""]


def test_conversations_are_emptied_two_years_after_the_end():
    poster, responder = make_member(), make_member()
    texts = {}
    for days in (740, 700):
        request = opened_request(poster)
        response = responded(request, responder)
        with transaction():
            message = send_message(session().get(Member, poster.id), response, words="Can you start in May?")
        request.status, request.completed_at = RequestStatus.COMPLETED, now() - timedelta(days=days)
        session().commit()
        texts[days] = message.id
    with transaction():
        assert forget_conversations() == 1
    session().expire_all()
    assert {days: session().get(ConversationMessage, each).words for days, each in texts.items()} == {
        740: "",
        700: "Can you start in May?",
    }


def test_questions_are_withdrawn_and_name_nobody():
    asker = make_member()
    request = opened_request()
    session().add(RequestQuestion(request_id=request.id, asked_by_id=asker.id, language="en", words="When?"))
    session().commit()
    erase(asker)
    question = session().scalars(select(RequestQuestion)).one()
    assert (question.status, question.asked_by_id) == ("withdrawn", None)


def test_what_a_coordinator_holds_goes_back():
    # three stay: the hub needs two
    coordinators = [make_coordinator() for _ in range(3)]
    request = submitted_request(taken_by=coordinators[0])
    erase(coordinators[0])
    session().refresh(request)
    assert (request.status, request.taken_by_id) == (RequestStatus.SUBMITTED, None)
