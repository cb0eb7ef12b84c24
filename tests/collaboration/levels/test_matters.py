"""Everything that waits is found once, on whom and since when, and nothing that does not wait any more."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from hub.collaboration.levels.matters import Party, WaitingKind, matters
from hub.collaboration.models import (
    CollaborationRequest,
    OutcomeMoment,
    ReceiverStatus,
    RequestStatus,
    ResponseStatus,
    Side,
)
from hub.core.clock import now
from hub.core.database import session
from tests.collaboration.levels.waiting import (
    MONDAY,
    completed,
    one_of_each,
    partnership,
    planned,
    recorded,
)
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db

DAY = timedelta(days=1)


@pytest.fixture
def poster(database):
    return make_member(country="GE")


@pytest.fixture
def responder(database):
    return make_member(country="ES")


def waiting(*conditions, kinds=tuple(WaitingKind)):
    """Return what waits now, the rows by kind."""
    session().flush()
    found = matters(kinds, *conditions).subquery()
    return {row.kind: row for row in session().execute(select(found))}


def test_each_kind_of_matter_is_found_with_its_party(poster, responder):
    stored = one_of_each(poster, responder)
    found = waiting()
    assert {kind: row.subject for kind, row in found.items()} == stored
    assert {kind: row.party for kind, row in found.items()} == {
        "review": Party.COORDINATORS,
        "requirements": Party.COORDINATORS,
        "call": Party.COORDINATORS,
        "request": Party.EVERYBODY,
        "receiver": Party.RECEIVER,
        "response": Party.REQUESTER,
        "decision": Party.REQUESTER,
        "question": Party.REQUESTER,
        "step": Party.RESPONDER,
        "outcome": Party.RESPONDER,
        "dispute": Party.REQUESTER,
        "follow_up": Party.BOTH,
    }


def test_the_country_is_that_of_whom_it_waits_on(poster, responder):
    one_of_each(poster, responder)
    found = waiting()
    assert {kind for kind, row in found.items() if row.country == "ES"} == {"receiver", "step", "outcome"}
    assert {row.country for row in found.values()} == {"GE", "ES"}


def test_the_country_of_an_organisation_comes_before_that_of_its_people(poster, responder):
    organisation = make_organisation(country="KE")
    opened_request(poster, receivers=[organisation])
    response = partnership(poster, responder)
    response.organisation_id = organisation.id
    planned(response, due_on=now().date() - 3 * DAY)
    found = waiting(kinds=[WaitingKind.RECEIVER, WaitingKind.STEP])
    assert {row.country for row in found.values()} == {"KE"}


def test_moments_of_steps_and_follow_ups_are_exact(poster, responder):
    planned(partnership(poster, responder), due_on=MONDAY.date())
    completed(poster, responder)
    with time_machine.travel(MONDAY + 200 * DAY, tick=False):
        found = waiting()
    assert found["step"].since == MONDAY.replace(hour=12) + DAY
    assert found["follow_up"].since == MONDAY + 182 * DAY


def test_conditions_and_kinds_narrow_what_is_found(poster, responder):
    one_of_each(poster, responder)
    assert waiting(kinds=[WaitingKind.CALL, WaitingKind.STEP]).keys() == {"call", "step"}
    assert waiting(CollaborationRequest.posted_by_id == responder.id) == {}


@pytest.mark.parametrize("status", [RequestStatus.OPEN, RequestStatus.IN_DISCUSSION, RequestStatus.EXPIRED])
def test_a_response_waits_as_long_as_nobody_closed_it(poster, status):
    response = responded(opened_request(poster, status=status, first_answered_at=now()))
    assert waiting().keys() == {"response"}
    response.status, response.decided_at = ResponseStatus.DECLINED, now()
    assert waiting() == {}


def test_a_receiver_waits_until_the_due_date_or_their_answer(poster):
    request = opened_request(poster, receivers=[make_member()], days=3)
    assert waiting().keys() == {"receiver"}
    with time_machine.travel(MONDAY + 3 * DAY, tick=False):
        assert waiting() == {}
    request.receivers[0].status, request.receivers[0].answered_at = ReceiverStatus.PASSED, now()
    assert waiting() == {}


@pytest.mark.parametrize("side", list(Side))
def test_an_outcome_waits_on_the_other_side(poster, responder, side):
    recorded(partnership(poster, responder), side=side)
    (row,) = waiting().values()
    assert row.party == ({*Side} - {side}).pop()


def test_what_is_over_waits_no_more(poster, responder):
    one_of_each(poster, responder)
    session().query(CollaborationRequest).filter(
        CollaborationRequest.status.in_((RequestStatus.OPEN, RequestStatus.ACTIVE))
    ).update({"status": RequestStatus.CANCELLED})
    left = {"review", "call", "response", "decision", "follow_up"}
    assert waiting().keys() == left


def test_a_recorded_follow_up_waits_for_the_signature(poster, responder):
    response = completed(poster, responder)
    with time_machine.travel(MONDAY + 190 * DAY, tick=False):
        recorded(response, moment=OutcomeMoment.SIX_MONTHS)
        assert waiting().keys() == {"outcome"}
