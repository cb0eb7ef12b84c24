"""What ends by the clock, and what becomes of requests whose people left."""

from datetime import timedelta

import pytest
import time_machine

from hub.access.audience import Tlp
from hub.audit.models import AuditEntry
from hub.collaboration.models import ReceiverStatus, RequestStatus, ResponseStatus
from hub.core.database import session
from hub.members.models import MemberStatus
from hub.organisations.models import MergedOrganisation
from tests.collaboration.levels.waiting import MONDAY, partnership
from tests.collaboration.requests import opened_request, submitted_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db

DAY = timedelta(days=1)


@pytest.fixture
def poster(database):
    return make_member(country="GE")


@pytest.fixture
def responder(database):
    return make_member()


def opened(poster, **columns):
    with time_machine.travel(MONDAY, tick=False):
        return opened_request(poster, **{"days": 20, "first_answered_at": MONDAY, **columns})


def left(member, status):
    member.status = status
    if status is MemberStatus.ERASED:
        member.email = member.password_hash = None


def answered(request, responder, **columns):
    with time_machine.travel(MONDAY, tick=False):
        return responded(request, responder, first_answered_at=MONDAY, **columns)


def test_a_request_expires_and_its_responses_wait_thirty_days(poster, responder, keep_at):
    request = opened(poster, days=3, expires_at=MONDAY + 4 * DAY)
    response = answered(request, responder)
    expiry = MONDAY + 4 * DAY
    assert ("request_expired", poster.id) in keep_at(expiry)
    assert (request.status, response.status) == (RequestStatus.EXPIRED, ResponseStatus.SUBMITTED)
    assert keep_at(expiry + 29 * DAY) == []
    assert keep_at(expiry + 30 * DAY) == [("request_closed", responder.id)]
    assert (request.status, response.status) == (RequestStatus.EXPIRED, ResponseStatus.DECLINED)
    assert keep_at(expiry + 31 * DAY) == []


def test_what_is_agreed_does_not_expire(poster, responder, keep_at):
    with time_machine.travel(MONDAY, tick=False):
        response = partnership(poster, responder, status=RequestStatus.AGREED, days=1)
    assert keep_at(MONDAY + 90 * DAY) == []
    assert response.request.status is RequestStatus.AGREED


@pytest.mark.parametrize("status", [MemberStatus.SUSPENDED, MemberStatus.ERASED])
def test_a_receiver_who_left_is_noted_and_the_requester_told(poster, status, keep_at):
    leaving, staying = make_member(), make_member()
    request = opened(poster, receivers=[leaving, staying])
    left(leaving, status)
    assert keep_at(MONDAY + DAY) == [("receiver_gone", poster.id)]
    assert [each.status for each in request.receivers] == [ReceiverStatus.GONE, ReceiverStatus.ASKED]
    assert request.status is RequestStatus.OPEN
    assert keep_at(MONDAY + DAY) == []
    assert session().query(AuditEntry).filter_by(tag="receiver:lapse", subject=request.subject).count() == 1


def test_a_request_whose_receivers_all_left_is_closed(poster, keep_at):
    leaving = make_member(), make_member()
    request = opened(poster, receivers=leaving)
    for each in leaving:
        each.status = MemberStatus.SUSPENDED
    told = [("receiver_gone", poster.id)] * 2 + [("request_lapsed", poster.id)]
    assert keep_at(MONDAY + DAY) == told
    assert request.status is RequestStatus.WITHDRAWN


def test_a_response_that_came_before_keeps_the_request_open(poster, keep_at):
    leaving = make_member()
    request = opened(poster, receivers=[leaving])
    answered(request, leaving)
    leaving.status = MemberStatus.SUSPENDED
    assert keep_at(MONDAY + DAY) == [("receiver_gone", poster.id)]
    assert request.status is RequestStatus.OPEN


def test_who_must_be_vetted_again_has_not_left(poster, keep_at):
    receiver = make_member()
    request = opened(poster, receivers=[receiver])
    receiver.status = poster.status = MemberStatus.LAPSED
    assert keep_at(MONDAY + DAY) == []
    assert request.status is RequestStatus.OPEN


def test_an_organisation_is_gone_when_nobody_belongs_to_it(poster, keep_at):
    organisation = make_organisation()
    people = make_member(represents=[organisation]), make_member(belongs_to=[organisation])
    request = opened(poster, receivers=[organisation, make_member()], tlp=Tlp.AMBER)
    people[0].status = MemberStatus.SUSPENDED
    assert keep_at(MONDAY + DAY) == []
    left(people[1], MemberStatus.ERASED)
    assert keep_at(MONDAY + DAY) == [("receiver_gone", poster.id)]
    assert request.receivers[1].status is ReceiverStatus.GONE


def test_an_organisation_that_was_merged_is_asked_as_what_it_became(poster, keep_at):
    former, present = make_organisation(), make_organisation()
    speaking = make_member(represents=[present])
    request = opened(poster, receivers=[former], expires_at=MONDAY + 60 * DAY)
    session().add(MergedOrganisation(organisation_id=former.id, into_id=present.id))
    assert keep_at(MONDAY + DAY) == []
    assert request.receivers[0].status is ReceiverStatus.ASKED
    assert keep_at(MONDAY + 13 * DAY) == [("own_request_due", poster.id), ("request_due", speaking.id)]


def test_a_request_for_which_nobody_acts_is_closed_and_who_responded_thanked(poster, responder, keep_at):
    request = opened(poster)
    response = answered(request, responder)
    poster.status = MemberStatus.SUSPENDED
    told = keep_at(MONDAY + DAY)
    assert ("request_closed", responder.id) in told
    assert (request.status, response.status) == (RequestStatus.WITHDRAWN, ResponseStatus.DECLINED)
    assert keep_at(MONDAY + DAY) == []


def test_a_partnership_for_which_nobody_acts_is_cancelled(poster, responder, keep_at):
    with time_machine.travel(MONDAY, tick=False):
        response = partnership(poster, responder)
    left(poster, MemberStatus.ERASED)
    assert ("request_lapsed", responder.id) in keep_at(MONDAY + DAY)
    assert response.request.status is RequestStatus.CANCELLED


def test_a_colleague_goes_on_with_a_request_of_the_organisation(poster, keep_at):
    organisation = make_organisation()
    colleague = make_member(represents=[organisation])
    request = opened(poster, organisation_id=organisation.id)
    left(poster, MemberStatus.ERASED)
    assert keep_at(MONDAY + DAY) == []
    assert keep_at(MONDAY + 13 * DAY) == [("own_request_due", colleague.id)]
    assert request.status is RequestStatus.OPEN


def test_a_request_in_review_is_closed_too(poster, keep_at):
    request = submitted_request(poster)
    poster.status = MemberStatus.SUSPENDED
    keep_at(MONDAY + DAY)
    assert request.status is RequestStatus.WITHDRAWN
