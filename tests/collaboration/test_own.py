"""What of requests, responses and partnerships waits on whom: everybody's own, and never a number for anybody else."""

from datetime import timedelta

import pytest
import time_machine

from hub.alerts.waiting import what_waits
from hub.collaboration.models import (
    OutcomeMoment,
    QuestionStatus,
    RequestQuestion,
    RequestStatus,
    ResponseStatus,
    Side,
)
from hub.collaboration.own import matters, own_requests, own_responses
from hub.collaboration.partnerships.outcomes import dispute_outcome, revise_outcome
from hub.collaboration.receiving.service import refuse_request
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from tests.collaboration.acts import did
from tests.collaboration.partners import an_outcome, partners, planned, recorded, signed
from tests.collaboration.requests import POLICE, drafted_request, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


def kinds(member):
    """Return what waits on somebody, and make sure that the start page counts the same."""
    found = matters(viewer_of(member))
    piles = what_waits(viewer_of(member))
    counted = {}
    for each in found:
        counted[each.kind] = counted.get(each.kind, 0) + each.number
        assert piles[each.kind].since <= each.since
    assert {kind: piles[kind].number for kind in counted} == counted
    return counted


def asked(request, member):
    session().add(
        RequestQuestion(request_id=request.id, asked_by_id=member.id, language="en-GB", words="By when?")
    )
    session().commit()


def test_a_stranger_has_nothing_to_do(database):
    partners(RequestStatus.ACTIVE)
    assert kinds(make_member()) == {}


def test_the_requester_writes_answers_and_decides(database):
    poster = make_member()
    drafted_request(poster)
    drafted_request(poster, status=RequestStatus.CHANGES_REQUESTED, decided_at=now())
    request = opened_request(poster)
    asked(request, make_member())
    asked(request, make_member())
    responded(request)
    responded(request, status=ResponseStatus.SHORTLISTED)
    responded(request, status=ResponseStatus.DRAFT)
    opened_request(poster, status=RequestStatus.EXPIRED, closed_at=now())
    opened_request(poster, status=RequestStatus.EXPIRED, closed_at=now() - timedelta(days=31))
    assert kinds(poster) == {
        "request_draft": 1,
        "request_changes": 1,
        "questions": 2,
        "responses": 2,
        "request_expired": 1,
    }


def test_representatives_have_the_same_to_do(database):
    office = make_organisation()
    request = opened_request(organisation_id=office.id)
    responded(request)
    assert kinds(make_member(represents=[office])) == {"responses": 1}
    assert kinds(make_member(belongs_to=[office])) == {}


def test_questions_that_were_answered_wait_no_more(database):
    request = opened_request()
    asked(request, make_member())
    question = session().query(RequestQuestion).one()
    question.status = QuestionStatus.SET_ASIDE
    question.answered_at = now()
    session().commit()
    assert kinds(request.posted_by) == {}


def test_named_receivers_are_asked_until_they_answer_or_it_is_due(database):
    receiver, office = make_member(), make_organisation()
    speaker = make_member(represents=[office])
    request = opened_request(receivers=[receiver, office])
    assert kinds(receiver) == kinds(speaker) == {"request_asked": 1}
    responded(request, receiver, status=ResponseStatus.DRAFT)
    assert kinds(receiver) == {"response_draft": 1}
    with time_machine.travel(request.due_at):
        assert kinds(receiver) == kinds(speaker) == {}


def test_what_ends_comes_first(database):
    member = make_member()
    drafted_request(member, saved_at=now() - timedelta(days=90))
    for title, days in (("Later", 9), ("Sooner", 4)):
        responded(opened_request(title=title, days=days), member, status=ResponseStatus.DRAFT)
    found = matters(viewer_of(member))
    assert [each.request.title for each in found[:2]] == ["Sooner", "Later"]
    assert [each.kind for each in found] == ["response_draft", "response_draft", "request_draft"]


def test_a_response_to_older_requirements_can_be_brought_up_to_date(database):
    request = opened_request()
    response = responded(request)
    request.requirements_number = 2
    session().commit()
    assert kinds(response.responder) == {"response_outdated": 1}


def test_who_no_longer_sees_a_request_has_nothing_to_do_there(database):
    officer = make_member(law_enforcement="GE")
    stranger = make_member()
    request = opened_request(readership=POLICE)
    responded(request, officer, status=ResponseStatus.DRAFT)
    responded(request, stranger, status=ResponseStatus.DRAFT)
    assert kinds(officer) == {"response_draft": 1}
    assert kinds(stranger) == {}
    assert own_responses(viewer_of(stranger), PageRequest()).total == 0


def test_both_sides_of_an_agreement_plan(database):
    found = partners()
    assert kinds(found.poster) == {"request_agreed": 1}
    assert kinds(found.responder) == {"response_agreed": 1}
    session().add(planned(found.response))
    session().commit()
    assert kinds(found.responder) == {}


def test_who_responds_for_an_organisation_plans_with_a_person_too(database):
    office = make_organisation()
    found = partners(organisation=office)
    assert found.request.organisation_id is None
    assert kinds(make_member(represents=[office])) == {"response_agreed": 1}


def test_an_outcome_is_asked_for_when_no_step_is_left(database):
    found = partners(RequestStatus.ACTIVE)
    step = planned(found.response)
    session().add(step)
    session().commit()
    assert kinds(found.poster) == kinds(found.responder) == {}
    step.done_at = now()
    session().commit()
    assert kinds(found.poster) == kinds(found.responder) == {"outcome_missing": 1}


@pytest.mark.parametrize("side", list(Side))
def test_the_other_side_signs_and_the_first_answers_a_dispute(database, side):
    found = partners(RequestStatus.ACTIVE)
    ours, theirs = found.poster, found.responder
    if side is Side.RESPONDER:
        ours, theirs = theirs, ours
    outcome = recorded(ours, found.response)
    assert (kinds(ours), kinds(theirs)) == ({}, {"outcome_to_sign": 1})
    with transaction():
        dispute_outcome(theirs, outcome, words="No.", version=1)
    assert (kinds(ours), kinds(theirs)) == ({"outcome_disputed": 1}, {})


def test_who_responded_for_an_organisation_signs_what_a_person_recorded(database):
    office = make_organisation()
    responder, colleague = (make_member(represents=[office]) for _each in range(2))
    found = partners(RequestStatus.ACTIVE, responder=responder, organisation=office)
    outcome = recorded(found.poster, found.response)
    assert kinds(responder) == kinds(colleague) == {"outcome_to_sign": 1}
    with transaction():
        dispute_outcome(responder, outcome, words="No.", version=1)
    assert kinds(responder) == {}
    with transaction():
        revise_outcome(found.poster, outcome, an_outcome(words="Put differently."), version=1)
    assert kinds(responder) == kinds(colleague) == {"outcome_to_sign": 1}


def test_the_requester_decides_once_nobody_who_was_asked_will_respond(database):
    first, second = make_member(), make_member()
    request = opened_request(receivers=[first, second])
    did(refuse_request, first, request, reason="no_time")
    assert kinds(request.posted_by) == {}
    did(refuse_request, second, request, reason="no_time")
    assert kinds(request.posted_by) == {"receivers_refused": 1}


def test_drafts_stand_after_what_others_wait_for(database):
    poster = make_member()
    drafted_request(poster, saved_at=now() - timedelta(days=90))
    responded(opened_request(poster))
    assert [each.kind for each in matters(viewer_of(poster))] == ["responses", "request_draft"]


def test_both_sides_are_asked_again(database):
    found = partners(RequestStatus.ACTIVE)
    signed(found)
    for days, expected in (
        (100, {}),
        (190, {OutcomeMoment.SIX_MONTHS: 1}),
        (400, {OutcomeMoment.TWELVE_MONTHS: 1}),
    ):
        with time_machine.travel(found.request.completed_at + timedelta(days=days)):
            assert kinds(found.poster) == kinds(found.responder) == expected


def test_one_acting_for_both_sides_signs_and_records_nothing(database):
    office, lab = make_organisation(), make_organisation()
    both = make_member(represents=[office, lab])
    poster = make_member(represents=[office])
    found = partners(RequestStatus.ACTIVE, poster=poster, organisation_id=office.id, organisation=lab)
    assert kinds(both) == {}
    recorded(found.poster, found.response)
    assert kinds(both) == {}


def test_ones_own_lists_begin_with_what_is_under_way(database):
    poster = make_member()
    opened_request(poster, title="Over", status=RequestStatus.COMPLETED)
    drafted_request(poster, title="Draft")
    opened_request(title="Of somebody else")
    page = own_requests(viewer_of(poster), PageRequest())
    assert ([each.title for each in page.items], page.total) == (["Draft", "Over"], 2)
    for title in ("First", "Second"):
        responded(opened_request(title=title), poster)
    answered = own_responses(viewer_of(poster), PageRequest(1, 1))
    assert ([each.request.title for each in answered.items], answered.total) == (["Second"], 2)
