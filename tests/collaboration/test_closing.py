"""How requests end, expire, move their dates and are opened again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.collaboration.closing.service import (
    cancel_request,
    close_responses,
    expire_request,
    extend_due_date,
    lapse_request,
    reopen_request,
    withdraw_request,
)
from hub.collaboration.models import RequestStatus, RequirementsVersion, ResponseStatus, VersionStatus
from hub.collaboration.queries import request_by_id, response_by_id
from hub.core import clock
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from tests.collaboration.acts import did, later, told
from tests.collaboration.requests import MEMBERS, POLICE, opened_request, submitted_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db

DAY = timedelta(days=1)


@pytest.fixture
def poster(database):
    return make_member()


def test_withdrawing_thanks_whoever_waits_and_leaves_drafts_alone(poster):
    request = opened_request(poster)
    waiting, draft = responded(request), responded(request, status=ResponseStatus.DRAFT)
    did(withdraw_request, poster, request, words="The money went elsewhere.")
    assert (request.status, request.closing_words) == (RequestStatus.WITHDRAWN, "The money went elsewhere.")
    assert request.closed_at is not None
    assert (waiting.status, waiting.decided_by_id) == (ResponseStatus.DECLINED, None)
    assert waiting.decided_at is not None
    assert waiting.first_answered_at is not None
    assert draft.status is ResponseStatus.DRAFT
    assert told(waiting.responder) == ["request_closed"]
    assert told(draft.responder) == ["request_withdrawn"]
    viewer = viewer_of(draft.responder)
    assert response_by_id(request_by_id(request.public_id, viewer), draft.public_id, viewer) is draft
    tags = set(session().scalars(select(AuditEntry.tag)))
    assert {"request:withdraw", "response:close"} <= tags


def test_a_withdrawn_request_is_read_by_its_parties_alone(poster):
    request = opened_request(poster)
    response, stranger = responded(request), make_member()
    did(withdraw_request, poster, request)
    assert request_by_id(request.public_id, viewer_of(poster)) is request
    assert request_by_id(request.public_id, viewer_of(response.responder)) is request
    with pytest.raises(NotFoundError):
        request_by_id(request.public_id, viewer_of(stranger))


def test_receivers_who_have_not_answered_hear_that_none_is_needed(poster):
    asked, organisation = make_member(), make_organisation()
    speaker = make_member(represents=[organisation])
    request = opened_request(poster, receivers=[asked, organisation])
    did(withdraw_request, poster, request)
    assert told(asked) == told(speaker) == ["request_withdrawn"]


def test_only_the_requester_may_end_it(poster):
    request = opened_request(poster)
    with pytest.raises(ForbiddenError):
        did(withdraw_request, make_member(), request)
    with pytest.raises(NotFoundError):
        did(withdraw_request, make_member(), opened_request(poster, readership=POLICE))


def test_representatives_of_the_organisation_may_end_it(poster):
    organisation = make_organisation()
    request = opened_request(poster, organisation_id=organisation.id)
    did(withdraw_request, make_member(represents=[organisation]), request)
    assert request.status is RequestStatus.WITHDRAWN


def test_a_request_under_review_is_withdrawn_from_the_desk(poster):
    request = submitted_request(poster, taken_by=make_member())
    did(withdraw_request, poster, request)
    assert request.taken_by_id is None


@pytest.mark.parametrize("status", [RequestStatus.AGREED, RequestStatus.COMPLETED, RequestStatus.WITHDRAWN])
def test_what_has_a_partner_or_has_ended_is_not_withdrawn(poster, status):
    with pytest.raises(ConflictError):
        did(withdraw_request, poster, opened_request(poster, status=status))


def test_cancelling_tells_partners_and_declines_the_rest(poster):
    request = opened_request(poster, status=RequestStatus.AGREED)
    partner = responded(request, status=ResponseStatus.ACCEPTED)
    waiting = responded(request)
    with pytest.raises(InvalidError):
        did(cancel_request, poster, request, words=" ")
    did(cancel_request, poster, request, words="Our office closes.")
    assert request.status is RequestStatus.CANCELLED
    assert partner.status is ResponseStatus.ACCEPTED
    assert told(partner.responder) == ["partnership_cancelled"]
    assert told(waiting.responder) == ["request_closed"]


def test_ending_takes_proposed_requirements_off_the_desk(poster):
    request = opened_request(poster)
    version = RequirementsVersion(request_id=request.id, number=2, status=VersionStatus.PROPOSED, why="x")
    version.proposed_by_id = poster.id
    session().add(version)
    session().commit()
    did(withdraw_request, poster, request)
    assert version.status is VersionStatus.WITHDRAWN


def test_expiring_lets_responses_wait(poster, monkeypatch):
    request = opened_request(poster)
    response = responded(request)
    assert did(expire_request, request) is False
    later(monkeypatch, timedelta(days=45))
    assert did(expire_request, request) is True
    assert did(expire_request, request) is False
    assert (request.status, response.status) == (RequestStatus.EXPIRED, ResponseStatus.SUBMITTED)
    assert told(poster) == ["request_expired"]
    assert told(response.responder) == ["response_waits"]


def test_opening_again_needs_new_dates_and_counts_the_responses(poster, monkeypatch):
    request = opened_request(poster)
    response = responded(request)
    later(monkeypatch, timedelta(days=45))
    did(expire_request, request)
    with pytest.raises(InvalidError) as fault:
        did(reopen_request, poster, request, due_at=clock.now())
    assert fault.value.field == "due_on"
    due = clock.now() + 10 * DAY
    did(reopen_request, poster, request, due_at=due)
    assert (request.status, request.closed_at) == (RequestStatus.OPEN, None)
    assert (request.due_at, request.expires_at) == (due, due + 30 * DAY)
    assert told(response.responder)[-1] == "response_returned"


def test_after_thirty_days_it_stays_expired(poster, monkeypatch):
    request = opened_request(poster)
    later(monkeypatch, timedelta(days=45))
    did(expire_request, request)
    later(monkeypatch, timedelta(days=30))
    with pytest.raises(ConflictError):
        did(reopen_request, poster, request, due_at=clock.now() + DAY)


def test_responses_that_waited_are_closed_by_the_clock_without_an_actor(poster):
    request = opened_request(poster, status=RequestStatus.EXPIRED)
    response = responded(request)
    from_clock = viewer_of(None)
    with transaction():
        assert close_responses(from_clock, request) == 1
        assert close_responses(from_clock, request) == 0
    assert response.status is ResponseStatus.DECLINED


def test_the_due_date_moves_later_and_everybody_concerned_is_told(poster):
    asked = make_member()
    request = opened_request(poster, receivers=[asked, make_member()])
    response = responded(request, status=ResponseStatus.DRAFT)
    due = request.due_at + 7 * DAY
    did(extend_due_date, poster, request, due_at=due)
    assert (request.due_at, request.expires_at) == (due, due + 30 * DAY)
    assert told(asked) == told(response.responder) == ["due_date_moved"]


def test_it_moves_earlier_only_while_nobody_has_responded(poster):
    request = opened_request(poster)
    responded(request, status=ResponseStatus.DRAFT)
    earlier = request.due_at - 2 * DAY
    did(extend_due_date, poster, request, due_at=earlier)
    assert request.due_at == earlier
    responded(request)
    with pytest.raises(InvalidError) as fault:
        did(extend_due_date, poster, request, due_at=earlier - DAY)
    assert fault.value.field == "due_on"


@pytest.mark.parametrize(
    ("due", "expires", "field"),
    [(-1, None, "due_on"), (400, None, "due_on"), (5, 4, "expires_on"), (5, 400, "expires_on")],
)
def test_impossible_dates_name_their_field(poster, due, expires, field):
    request = opened_request(poster)
    with pytest.raises(InvalidError) as fault:
        did(
            extend_due_date,
            poster,
            request,
            due_at=clock.now() + due * DAY,
            expires_at=None if expires is None else clock.now() + expires * DAY,
        )
    assert fault.value.field == field


def test_what_takes_no_responses_keeps_its_date(poster):
    with pytest.raises(ConflictError):
        did(
            extend_due_date,
            poster,
            opened_request(poster, status=RequestStatus.AGREED),
            due_at=clock.now() + 60 * DAY,
        )


@pytest.mark.parametrize(
    ("status", "target"),
    [
        (RequestStatus.OPEN, RequestStatus.WITHDRAWN),
        (RequestStatus.ACTIVE, RequestStatus.CANCELLED),
        (RequestStatus.EXPIRED, RequestStatus.WITHDRAWN),
    ],
)
def test_a_request_for_which_nobody_acts_is_closed(poster, status, target):
    request = opened_request(poster, status=status, readership=MEMBERS)
    partner = responded(request, status=ResponseStatus.ACCEPTED)
    assert did(lapse_request, request) is True
    assert did(lapse_request, request) is False
    assert request.status is target
    assert told(partner.responder) == ["request_lapsed"]
