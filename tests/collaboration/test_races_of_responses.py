"""Two who decide, submit, withdraw or begin at the same moment: one clear outcome each, one entry in the log."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from hub.access.audience import Tlp
from hub.audit.models import AuditEntry
from hub.collaboration.models import (
    CollaborationRequest,
    Fit,
    RequestStatus,
    Response,
    ResponseAnswer,
    ResponseStatus,
)
from hub.collaboration.queries import requirements_of
from hub.collaboration.requirements.service import propose_requirements
from hub.collaboration.responses.deciding import accept_response, decline_response
from hub.collaboration.responses.details import AnswerDetails, OfferDetails
from hub.collaboration.responses.service import (
    draft_response,
    save_answers,
    submit_response,
    withdraw_response,
)
from hub.core import clock
from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.errors import ConflictError, HubError
from hub.members.models import Member
from tests.collaboration.requests import REQUIREMENTS, opened_request
from tests.collaboration.responses import EVIDENCE, OFFER, responded
from tests.factories import make_member, make_organisation
from tests.journeys.live import database_address
from tests.postgres import POSTGRES_URL

ROUNDS = 3
WAS_FASTER = "somebody was faster"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.db)])
def hub_engine(request, tmp_path):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, request.param, prepared=True) as address:
        made = make_engine(address)
        yield made
        made.dispose()


def at_once(hub_engine, *acts):
    """Do `act()` of each at the same moment, with a session of its own; return what came of each."""
    begin = Barrier(len(acts))

    def work(act):
        with session_scope(hub_engine):
            begin.wait()
            try:
                with transaction():
                    act()
            except ConflictError:
                return WAS_FASTER
            except HubError as error:
                return error.message
            return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(work, acts))


def stored(hub_engine, make):
    """Store something and return the ids of what `make` returned."""
    with session_scope(hub_engine):
        return [each.id for each in make()]


def get(kind, number):
    return session().get(kind, number)


def one(hub_engine, query):
    with session_scope(hub_engine):
        return session().scalar(query)


def entries(hub_engine, tag):
    return one(hub_engine, select(func.count()).where(AuditEntry.tag == tag))


def two_colleagues():
    """A request of an organisation with two representatives, and two responses to it."""
    organisation = make_organisation()
    first, second = (make_member(represents=[organisation]) for _ in range(2))
    request = opened_request(first, organisation_id=organisation.id)
    return [request, first, second, responded(request), responded(request)]


def accepting(member, response):
    return lambda: accept_response(get(Member, member), get(Response, response), version=1)


def test_two_accept_the_same_response(hub_engine):
    for _ in range(ROUNDS):
        request, first, second, response, _other = stored(hub_engine, two_colleagues)
        came = at_once(hub_engine, accepting(first, response), accepting(second, response))
        assert sorted(came, key=str) == [None, WAS_FASTER]
        assert one(hub_engine, select(CollaborationRequest.status).where(CollaborationRequest.id == request))
    assert entries(hub_engine, "response:accept") == ROUNDS
    assert entries(hub_engine, "request:agree") == ROUNDS


def test_two_accept_different_responses_without_knowing_of_each_other(hub_engine):
    for _ in range(ROUNDS):
        _request, first, second, response, other = stored(hub_engine, two_colleagues)
        came = at_once(hub_engine, accepting(first, response), accepting(second, other))
        assert sorted(came, key=str) == [None, WAS_FASTER]
    assert entries(hub_engine, "response:accept") == ROUNDS


def test_one_accepts_while_the_other_withdraws(hub_engine):
    accepted = 0
    for _ in range(ROUNDS):
        _request, first, _second, response, _other = stored(hub_engine, two_colleagues)

        def withdrawing(number=response):
            found = get(Response, number)
            withdraw_response(found.responder, found)

        came = at_once(hub_engine, accepting(first, response), withdrawing)
        assert sorted(came, key=str) == [None, WAS_FASTER]
        status = one(hub_engine, select(Response.status).where(Response.id == response))
        assert status is (ResponseStatus.ACCEPTED if came[0] is None else ResponseStatus.WITHDRAWN)
        accepted += came[0] is None
    assert entries(hub_engine, "response:accept") == accepted
    assert entries(hub_engine, "response:withdraw") == ROUNDS - accepted


def test_one_accepts_while_the_other_declines(hub_engine):
    _request, first, second, response, _other = stored(hub_engine, two_colleagues)

    def declining():
        decline_response(get(Member, second), get(Response, response), reason="timing")

    assert sorted(at_once(hub_engine, accepting(first, response), declining), key=str) == [None, WAS_FASTER]


def test_a_draft_sent_from_two_windows_is_submitted_once(hub_engine):
    def make():
        request = opened_request()
        return [responded(request, status=ResponseStatus.DRAFT)]

    for _ in range(ROUNDS):
        (response,) = stored(hub_engine, make)

        def submitting(number=response):
            found = get(Response, number)
            submit_response(found.responder, found, version=1)

        assert sorted(at_once(hub_engine, submitting, submitting), key=str) == [None, WAS_FASTER]
    assert entries(hub_engine, "response:submit") == ROUNDS


def test_a_response_begun_in_two_windows_is_one(hub_engine):
    def make():
        return [opened_request(), make_member()]

    request, member = stored(hub_engine, make)

    def beginning():
        draft_response(
            get(Member, member),
            get(CollaborationRequest, request),
            OfferDetails(offer=OFFER, tlp=Tlp.CLEAR),
            language="en-GB",
        )

    assert sorted(at_once(hub_engine, beginning, beginning), key=str) == [None, WAS_FASTER]
    assert one(hub_engine, select(func.count(Response.id))) == 1


def test_many_respond_at_once_and_none_is_lost_or_doubled(hub_engine):
    many = 6

    def make():
        request = opened_request()
        return [request, *(responded(request, status=ResponseStatus.DRAFT) for _ in range(many))]

    request, *responses = stored(hub_engine, make)

    def submitting(number):
        def act():
            found = get(Response, number)
            submit_response(found.responder, found, version=1)

        return act

    assert at_once(hub_engine, *(submitting(each) for each in responses)) == [None] * many
    waiting = select(func.count(Response.id)).where(
        Response.request_id == request, Response.status == ResponseStatus.SUBMITTED
    )
    assert one(hub_engine, waiting) == many


def test_no_response_comes_in_once_one_was_accepted(hub_engine):
    def make():
        request = opened_request()
        return [
            request.posted_by,
            responded(request),
            responded(request, status=ResponseStatus.DRAFT),
            request,
        ]

    for _ in range(ROUNDS):
        poster, response, late, request = stored(hub_engine, make)

        def submitting(number=late):
            found = get(Response, number)
            submit_response(found.responder, found, version=1)

        came = at_once(hub_engine, accepting(poster, response), submitting)
        assert came[0] is None
        with session_scope(hub_engine):
            assert get(CollaborationRequest, request).status is RequestStatus.AGREED
            expected = ResponseStatus.DRAFT if came[1] else ResponseStatus.SUBMITTED
            assert get(Response, late).status is expected


def test_new_requirements_and_answers_to_the_old_ones_do_not_mix(hub_engine):
    def make():
        responder = make_member()
        request = opened_request(make_member(), receivers=[responder])
        return [request, responded(request, responder, status=ResponseStatus.DRAFT)]

    for _ in range(ROUNDS):
        request, response = stored(hub_engine, make)
        with session_scope(hub_engine):
            asked = [each.id for each in requirements_of(get(CollaborationRequest, request)).requirements]

        def renewing(number=request):
            found = get(CollaborationRequest, number)
            propose_requirements(
                found.posted_by, found, essential=[REQUIREMENTS[0]], nice_to_have=[], why="One is enough."
            )

        def answering(number=response, asked=asked):
            found = get(Response, number)
            answers = [
                AnswerDetails(requirement_id=each, fit=Fit.PARTLY, evidence=EVIDENCE) for each in asked
            ]
            save_answers(found.responder, found, answers, requirements=1, version=1)

        came = at_once(hub_engine, renewing, answering)
        assert came[0] is None
        with session_scope(hub_engine):
            fits = session().scalars(select(ResponseAnswer.fit).where(ResponseAnswer.response_id == response))
            assert set(fits) == ({Fit.MET} if came[1] else {Fit.PARTLY})
            assert get(Response, response).requirements_number == 1


def test_at_the_stroke_of_the_due_date_it_is_either_in_or_late(hub_engine, monkeypatch):
    def make():
        request = opened_request()
        return [request, responded(request, status=ResponseStatus.DRAFT)]

    request, response = stored(hub_engine, make)
    due = one(hub_engine, select(CollaborationRequest.due_at).where(CollaborationRequest.id == request))

    def submitting():
        found = get(Response, response)
        submit_response(found.responder, found, version=1)

    monkeypatch.setattr(clock, "now", lambda: due)
    assert at_once(hub_engine, submitting, submitting) == [WAS_FASTER, WAS_FASTER]
    monkeypatch.setattr(clock, "now", lambda: due - timedelta(microseconds=1))
    assert sorted(at_once(hub_engine, submitting, submitting), key=str) == [None, WAS_FASTER]
