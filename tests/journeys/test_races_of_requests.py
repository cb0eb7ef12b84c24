"""Two at the same moment at a request: one clear outcome each, nothing lost or doubled, and the log stays whole.

Races between responses have tests of their own in tests/collaboration/.
"""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.collaboration.closing.service import expire_request, extend_due_date, withdraw_request
from hub.collaboration.models import (
    CollaborationRequest,
    CoordinatorCall,
    ReceiverStatus,
    RequestQuestion,
    RequestReceiver,
    RequestStatus,
    Response,
    ResponseStatus,
)
from hub.collaboration.partnerships.service import start_partnership
from hub.collaboration.posting import limits
from hub.collaboration.posting.service import submit_request
from hub.collaboration.questions.service import answer_question, withdraw_question
from hub.collaboration.receiving.service import refuse_request
from hub.collaboration.responses.deciding import accept_response
from hub.collaboration.responses.service import submit_response
from hub.collaboration.review.service import decline_request, publish_request
from hub.collaboration.review.taking import take_item
from hub.core import clock
from hub.core.database import make_engine, session, session_scope
from hub.jobs.collaboration import keep_service_levels
from hub.members.models import Member
from hub.notifications.models import Notification
from tests.collaboration.levels.waiting import asked
from tests.collaboration.partners import planned
from tests.collaboration.requests import drafted_request, make_coordinator, opened_request, submitted_request
from tests.collaboration.responses import responded
from tests.collaboration.talks import begun, called
from tests.collaboration.test_races_of_responses import (
    ROUNDS,
    WAS_FASTER,
    at_once,
    entries,
    get,
    one,
    stored,
)
from tests.factories import make_member, make_organisation
from tests.journeys.live import at_once as side_by_side, database_address
from tests.postgres import POSTGRES_URL

pytestmark = pytest.mark.db


@pytest.fixture(params=["sqlite", "postgres"])
def hub_engine(request, tmp_path):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, request.param, prepared=True) as address:
        made = make_engine(address)
        yield made
        with session_scope(made):
            assert verify_stored(stored_entries(), first_loose_number()).is_whole
        made.dispose()


def doing(service, actor, thing, number, **named):
    """Prepare a call of a service; who acts, and on what, is loaded by their ids."""
    return lambda: service(get(Member, actor), get(thing, number), **named)


def status_of(hub_engine, thing, number):
    return one(hub_engine, select(thing.status).where(thing.id == number))


def in_turn(came):
    """Whether one was done and the other told that somebody was faster."""
    return sorted(came, key=str) == [None, WAS_FASTER]


def colleagues():
    """Two who speak for the same organisation."""
    organisation = make_organisation()
    return organisation, *(make_member(represents=[organisation]) for _ in range(2))


def test_two_coordinators_take_one_request(hub_engine):
    first, second = stored(hub_engine, lambda: [make_coordinator(), make_coordinator()])
    for number in range(1, ROUNDS + 1):
        (request,) = stored(hub_engine, lambda: [submitted_request()])
        came = at_once(
            hub_engine, *(doing(take_item, each, CollaborationRequest, request) for each in (first, second))
        )
        assert in_turn(came)
        taken_by = one(
            hub_engine,
            select(CollaborationRequest.taken_by_id).where(CollaborationRequest.id == request),
        )
        assert taken_by == (first if came[0] is None else second)
        assert entries(hub_engine, "request:take") == number


def test_two_coordinators_take_one_call(hub_engine):
    def make():
        return [make_coordinator(), make_coordinator(), called(begun())]

    for number in range(1, ROUNDS + 1):
        first, second, call = stored(hub_engine, make)
        assert in_turn(
            at_once(hub_engine, *(doing(take_item, each, CoordinatorCall, call) for each in (first, second)))
        )
        assert entries(hub_engine, "call:take") == number


def test_publishing_and_declining_in_two_windows(hub_engine):
    def make():
        coordinator = make_coordinator()
        return [coordinator, submitted_request(taken_by=coordinator)]

    for number in range(1, ROUNDS + 1):
        coordinator, request = stored(hub_engine, make)
        came = at_once(
            hub_engine,
            doing(publish_request, coordinator, CollaborationRequest, request),
            doing(decline_request, coordinator, CollaborationRequest, request, reason="other", words="No."),
        )
        assert in_turn(came)
        expected = RequestStatus.OPEN if came[0] is None else RequestStatus.DECLINED
        assert status_of(hub_engine, CollaborationRequest, request) is expected
        decided = entries(hub_engine, "request:publish") + entries(hub_engine, "request:decline")
        assert decided == number


def test_publishing_what_is_withdrawn(hub_engine):
    def make():
        coordinator, poster = make_coordinator(), make_member()
        return [coordinator, poster, submitted_request(poster, taken_by=coordinator)]

    for _ in range(ROUNDS):
        coordinator, poster, request = stored(hub_engine, make)
        published, withdrawn = at_once(
            hub_engine,
            doing(publish_request, coordinator, CollaborationRequest, request),
            doing(withdraw_request, poster, CollaborationRequest, request),
        )
        assert withdrawn is None
        assert published in (None, WAS_FASTER)
        assert status_of(hub_engine, CollaborationRequest, request) is RequestStatus.WITHDRAWN


def test_two_answers_to_one_question_leave_one(hub_engine):
    def make():
        organisation, first, second = colleagues()
        request = opened_request(first, organisation_id=organisation.id)
        return [first, second, asked(request, make_member())]

    for number in range(1, ROUNDS + 1):
        first, second, question = stored(hub_engine, make)
        came = at_once(
            hub_engine,
            doing(answer_question, first, RequestQuestion, question, answer="2015 to 2025."),
            doing(answer_question, second, RequestQuestion, question, answer="Since 2019."),
        )
        assert in_turn(came)
        answer = one(hub_engine, select(RequestQuestion.answer).where(RequestQuestion.id == question))
        assert answer == ("2015 to 2025." if came[0] is None else "Since 2019.")
        assert entries(hub_engine, "question:answer") == number


def test_a_question_is_answered_or_taken_back(hub_engine):
    def make():
        poster, asker = make_member(), make_member()
        return [poster, asker, asked(opened_request(poster), asker)]

    for _ in range(ROUNDS):
        poster, asker, question = stored(hub_engine, make)
        assert in_turn(
            at_once(
                hub_engine,
                doing(answer_question, poster, RequestQuestion, question, answer="2015 to 2025."),
                doing(withdraw_question, asker, RequestQuestion, question),
            )
        )


def two_to_choose_from():
    """A request of two colleagues with a planned partner, and a second response that waits."""
    organisation, first, second = colleagues()
    request = opened_request(
        first, status=RequestStatus.AGREED, organisation_id=organisation.id, agreed_at=clock.now()
    )
    accepted = responded(request, status=ResponseStatus.ACCEPTED)
    session().add(planned(accepted))
    session().commit()
    return [request, first, second, responded(request)]


def test_no_partner_is_added_to_work_that_starts_unplanned(hub_engine):
    for _ in range(ROUNDS):
        request, first, second, waiting = stored(hub_engine, two_to_choose_from)
        started, accepted = at_once(
            hub_engine,
            doing(start_partnership, first, CollaborationRequest, request),
            doing(accept_response, second, Response, waiting, version=1, beside=1),
        )
        assert [started, accepted].count(None) == 1
        assert status_of(hub_engine, CollaborationRequest, request) is (
            RequestStatus.ACTIVE if started is None else RequestStatus.AGREED
        )
        # who waits has an answer in either case
        assert status_of(hub_engine, Response, waiting) is (
            ResponseStatus.DECLINED if started is None else ResponseStatus.ACCEPTED
        )


def test_work_starts_once(hub_engine):
    for number in range(1, ROUNDS + 1):
        request, first, second, _waiting = stored(hub_engine, two_to_choose_from)
        acts = (doing(start_partnership, each, CollaborationRequest, request) for each in (first, second))
        assert in_turn(at_once(hub_engine, *acts))
        assert entries(hub_engine, "request:start") == entries(hub_engine, "response:close") == number


def test_no_response_waits_at_a_request_that_was_withdrawn(hub_engine):
    def make():
        poster, responder = make_member(), make_member()
        request = opened_request(poster)
        return [poster, request, responder, responded(request, responder, status=ResponseStatus.DRAFT)]

    for _ in range(ROUNDS):
        poster, request, responder, response = stored(hub_engine, make)
        withdrawn, submitted = at_once(
            hub_engine,
            doing(withdraw_request, poster, CollaborationRequest, request),
            doing(submit_response, responder, Response, response, version=1),
        )
        assert withdrawn is None
        # it came in and was answered, or its writer was told and keeps the draft
        expected = ResponseStatus.DECLINED if submitted is None else ResponseStatus.DRAFT
        assert status_of(hub_engine, Response, response) is expected


def test_a_request_expires_or_comes_to_an_agreement(hub_engine, monkeypatch):
    def make():
        poster = make_member()
        request = opened_request(poster)
        return [poster, request, responded(request)]

    made = [stored(hub_engine, make) for _ in range(ROUNDS)]
    late = clock.now() + timedelta(days=45)
    monkeypatch.setattr(clock, "now", lambda: late)
    for poster, request, response in made:
        has_expired = []

        def expiring(number=request, said=has_expired):
            said.append(expire_request(get(CollaborationRequest, number)))

        expired, accepted = at_once(
            hub_engine, expiring, doing(accept_response, poster, Response, response, version=1)
        )
        assert expired is None
        assert has_expired == [accepted is not None]
        assert status_of(hub_engine, CollaborationRequest, request) is (
            RequestStatus.AGREED if accepted is None else RequestStatus.EXPIRED
        )
        assert accepted in (None, WAS_FASTER)


def test_a_due_date_moves_or_the_request_expires(hub_engine, monkeypatch):
    (poster,) = stored(hub_engine, lambda: [make_member()])
    made = [
        stored(hub_engine, lambda: [opened_request(get(Member, poster), days=14)])[0] for _ in range(ROUNDS)
    ]
    late = clock.now() + timedelta(days=45)
    monkeypatch.setattr(clock, "now", lambda: late)
    for request in made:

        def expiring(number=request):
            expire_request(get(CollaborationRequest, number))

        moved = doing(extend_due_date, poster, CollaborationRequest, request, due_at=late + timedelta(days=7))
        _expired, extended = at_once(hub_engine, expiring, moved)
        assert status_of(hub_engine, CollaborationRequest, request) is (
            RequestStatus.OPEN if extended is None else RequestStatus.EXPIRED
        )


def test_a_receiver_refuses_or_responds(hub_engine):
    def make():
        receiver = make_member()
        request = opened_request(receivers=[receiver])
        response = responded(request, receiver, status=ResponseStatus.DRAFT)
        return [request, receiver, response]

    for _ in range(ROUNDS):
        request, receiver, response = stored(hub_engine, make)
        at_once(
            hub_engine,
            doing(refuse_request, receiver, CollaborationRequest, request, reason="no_time"),
            doing(submit_response, receiver, Response, response, version=1),
        )
        answer = one(hub_engine, select(RequestReceiver.status).where(RequestReceiver.request_id == request))
        is_in = status_of(hub_engine, Response, response) is ResponseStatus.SUBMITTED
        assert answer is (ReceiverStatus.ANSWERED if is_in else ReceiverStatus.PASSED)


def test_a_draft_submitted_from_two_windows_is_sent_once(hub_engine):
    def make():
        poster = make_member()
        return [poster, drafted_request(poster)]

    for number in range(1, ROUNDS + 1):
        poster, request = stored(hub_engine, make)
        submitting = doing(submit_request, poster, CollaborationRequest, request, version=1)
        came = at_once(hub_engine, submitting, submitting)
        assert came.count(None) == 1
        assert entries(hub_engine, "request:submit") == number


def test_a_day_holds_no_more_requests_however_they_are_sent(hub_engine, monkeypatch):
    monkeypatch.setattr(limits, "MOST_A_DAY", 2)

    def make():
        poster = make_member()
        return [poster, *(drafted_request(poster) for _ in range(4))]

    poster, *requests = stored(hub_engine, make)
    came = at_once(
        hub_engine,
        *(doing(submit_request, poster, CollaborationRequest, each, version=1) for each in requests),
    )
    assert came.count(None) == 2
    kept = select(func.count()).where(CollaborationRequest.status == RequestStatus.DRAFT)
    assert one(hub_engine, kept) == 2


def test_two_workers_remind_escalate_and_expire_once(hub_engine, monkeypatch):
    def make():
        poster = make_member(country="GE")
        members = [make_member(focal_country="GE"), make_coordinator(), make_member()]
        drafting = members[-1]
        for days in (12, 40):
            responded(opened_request(poster, days=days), drafting, status=ResponseStatus.DRAFT)
        return [poster, *members]

    people = stored(hub_engine, make)
    begin = clock.now()
    for days, kinds in (
        (9, {"request_due": 1, "own_request_due": 1, "unanswered_in_country": 2}),
        (10, {"request_due_soon": 1, "own_request_due_soon": 1, "unanswered_in_country": 2}),
        (43, {"request_expired": 1}),
    ):
        monkeypatch.setattr(clock, "now", lambda days=days: begin + timedelta(days=days, minutes=1))
        came = side_by_side(*[lambda: keep_service_levels(hub_engine)] * 2)
        assert all(isinstance(each, dict) for each in came)
        for kind, number in kinds.items():
            told = select(func.count()).where(Notification.kind == kind, Notification.member_id.in_(people))
            assert one(hub_engine, told) == number, kind
