"""Whoever does several things at once around one request is never refused for the order in which rows are held.

PostgreSQL ends one of two who each hold what the other wants; SQLite lets one writer in at a time.
"""

import pytest
from sqlalchemy import select

from hub.collaboration.closing.service import withdraw_request
from hub.collaboration.conversations.service import send_message
from hub.collaboration.merging import requests_merged
from hub.collaboration.models import (
    CollaborationRequest,
    QuestionStatus,
    RequestQuestion,
    RequestStatus,
    Response,
    ResponseStatus,
)
from hub.collaboration.questions.service import answer_question, ask_question
from hub.collaboration.responses.deciding import shortlist_response
from hub.collaboration.responses.service import submit_response
from hub.core.database import make_engine
from hub.members.models import Member, MemberStatus
from hub.privacy.erasure import erase_account
from tests.collaboration.levels.waiting import asked
from tests.collaboration.requests import drafted_request, opened_request
from tests.collaboration.responses import responded
from tests.collaboration.test_races_of_responses import WAS_FASTER, at_once, get, one, stored
from tests.factories import make_member, make_organisation
from tests.journeys.live import database_address
from tests.journeys.test_races_of_requests import doing
from tests.postgres import POSTGRES_URL

pytestmark = pytest.mark.db

ROUNDS = 8
"""Of so many, two or more ended in a deadlock before the order was kept."""


@pytest.fixture
def hub_engine(tmp_path):
    if not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, "postgres", prepared=True) as address:
        made = make_engine(address)
        yield made
        made.dispose()


def leaving(number):
    """Prepare that a member erases their account."""
    return lambda: erase_account(get(Member, number))


def test_a_member_responds_asks_and_writes_in_three_windows(hub_engine):
    def make():
        responder = make_member()
        request = opened_request(make_member())
        talked = responded(request, responder, status=ResponseStatus.SHORTLISTED)
        draft = responded(opened_request(make_member()), responder, status=ResponseStatus.DRAFT)
        return [responder, request, talked, draft.request, draft]

    for _ in range(ROUNDS):
        responder, request, talked, other, draft = stored(hub_engine, make)
        came = at_once(
            hub_engine,
            doing(submit_response, responder, Response, draft, version=1),
            doing(ask_question, responder, CollaborationRequest, other, words="Since when?", language="en"),
            doing(ask_question, responder, CollaborationRequest, request, words="Until when?", language="en"),
            doing(send_message, responder, Response, talked, words="Good morning."),
        )
        assert came == [None] * 4


def test_a_question_is_answered_while_who_asked_it_leaves(hub_engine):
    def make():
        poster, asker = make_member(), make_member()
        request = opened_request(poster)
        return [poster, asker, asked(request, asker), responded(request, asker)]

    for _ in range(ROUNDS):
        poster, asker, question, response = stored(hub_engine, make)
        came = at_once(
            hub_engine,
            leaving(asker),
            doing(answer_question, poster, RequestQuestion, question, answer="Since 2015."),
            doing(shortlist_response, poster, Response, response),
        )
        assert came[0] is None
        assert set(came[1:]) <= {None, WAS_FASTER}
        status = one(hub_engine, select(RequestQuestion.status).where(RequestQuestion.id == question))
        assert status is (QuestionStatus.ANSWERED if came[1] is None else QuestionStatus.WITHDRAWN)
        assert one(hub_engine, select(Response.status).where(Response.id == response)) is (
            ResponseStatus.WITHDRAWN
        )


def test_both_sides_leave_while_one_goes_on(hub_engine):
    def make():
        poster, responder = make_member(), make_member()
        one_, two = opened_request(poster), opened_request(poster)
        # in the other order of ids
        later, sooner = responded(two, responder), responded(one_, responder)
        draft = responded(opened_request(poster), responder, status=ResponseStatus.DRAFT)
        drafted_request(poster)
        return [poster, responder, one_, two, later, sooner, draft]

    for _ in range(ROUNDS):
        poster, responder, first, second, later, _sooner, draft = stored(hub_engine, make)
        came = at_once(
            hub_engine,
            leaving(poster),
            leaving(responder),
            doing(submit_response, responder, Response, draft, version=1),
            doing(send_message, poster, Response, later, words="Good morning."),
        )
        assert came[:2] == [None, None]
        for number in (first, second):
            status = select(CollaborationRequest.status).where(CollaborationRequest.id == number)
            assert one(hub_engine, status) is RequestStatus.WITHDRAWN
        for number in (poster, responder):
            status = select(Member.status).where(Member.id == number)
            assert one(hub_engine, status) is MemberStatus.ERASED


def test_requests_are_withdrawn_while_their_organisation_is_merged(hub_engine):
    def make():
        former, present = make_organisation(), make_organisation()
        poster = make_member(represents=[former])
        requests = [opened_request(poster, organisation_id=former.id) for _ in range(2)]
        responses = [responded(each, make_member()) for each in requests]
        return [former, present, poster, *requests, *responses]

    for _ in range(ROUNDS):
        former, present, poster, _first, second, *responses = stored(hub_engine, make)
        came = at_once(
            hub_engine,
            lambda former=former, present=present: requests_merged(former, present),
            doing(withdraw_request, poster, CollaborationRequest, second),
            doing(shortlist_response, poster, Response, responses[0]),
        )
        assert came[0] is None
