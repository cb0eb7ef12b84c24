"""Reminders come once, in time, and to those who can still do something."""

from datetime import timedelta

import pytest
import time_machine

from hub.access.audience import Tlp
from hub.collaboration.models import OutcomeMoment, ReceiverStatus, RequestStatus, ResponseStatus, Side
from hub.core.database import session
from hub.notifications.models import Notification
from tests.collaboration.levels.waiting import MONDAY, completed, partnership, planned, recorded
from tests.collaboration.requests import drafted_request, opened_request, submitted_request
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


@pytest.fixture
def opened(poster):
    """A request that is due in twenty days, opened on a Monday; nobody needs to answer it."""

    def make(**columns):
        with time_machine.travel(MONDAY, tick=False):
            return opened_request(poster, days=20, **{"first_answered_at": MONDAY, **columns})

    return make


def test_who_can_still_respond_and_the_requester_are_reminded_twice(poster, opened, keep_at):
    asked, passed = make_member(), make_member()
    organisation = make_organisation()
    speaking, drafting = make_member(represents=[organisation]), make_member()
    request = opened(receivers=[asked, passed, organisation])
    request.receivers[1].status, request.receivers[1].answered_at = ReceiverStatus.PASSED, MONDAY
    responded(request, drafting, status=ResponseStatus.DRAFT)
    responded(request, make_member())
    due = MONDAY + 20 * DAY
    people = sorted(each.id for each in (asked, speaking, drafting))
    session().query(type(request)).update({"first_answered_at": MONDAY})
    responses_aside = {"unanswered_long", "unanswered_in_country"}
    for moment, expected in (
        (due - 8 * DAY, []),
        (due - 7 * DAY, [("own_request_due", poster.id), *(("request_due", each) for each in people)]),
        (due - 6 * DAY, []),
        (
            due - 2 * DAY,
            [("own_request_due_soon", poster.id), *(("request_due_soon", each) for each in people)],
        ),
        (due - DAY, []),
        (due, []),
    ):
        assert [each for each in keep_at(moment) if each[0] not in responses_aside] == expected, moment


def test_a_reminder_that_is_late_falls_away(poster, opened, keep_at):
    opened()
    assert keep_at(MONDAY + 19 * DAY) == [("own_request_due_soon", poster.id)]
    assert keep_at(MONDAY + 19 * DAY) == []


def test_nobody_is_reminded_of_what_they_have_just_been_asked(poster, keep_at):
    with time_machine.travel(MONDAY, tick=False):
        opened_request(poster, days=3, first_answered_at=MONDAY)
    assert keep_at(MONDAY + timedelta(hours=1)) == []
    assert keep_at(MONDAY + DAY) == [("own_request_due_soon", poster.id)]


def test_a_date_that_was_moved_is_reminded_of_anew(poster, opened, keep_at):
    request = opened()
    assert keep_at(MONDAY + 13 * DAY) == [("own_request_due", poster.id)]
    request.due_at = MONDAY + 25 * DAY
    assert keep_at(MONDAY + 14 * DAY) == []
    assert keep_at(MONDAY + 18 * DAY) == [("own_request_due", poster.id)]


@pytest.mark.parametrize("make", [drafted_request, submitted_request])
def test_what_is_not_open_reminds_nobody(poster, make, keep_at):
    with time_machine.travel(MONDAY, tick=False):
        make(poster, days=20)
    assert keep_at(MONDAY + 14 * DAY) == []


def test_a_red_request_rings_the_bell_only(poster, opened, keep_at):
    asked = make_member()
    opened(receivers=[asked], tlp=Tlp.RED)
    assert ("request_due", asked.id) in keep_at(MONDAY + 13 * DAY)
    labels = {each.tlp for each in session().query(Notification).filter_by(kind="request_due")}
    assert labels == {Tlp.RED}


def test_the_requester_is_told_a_week_before_expiry(poster, opened, keep_at):
    opened(due_at=MONDAY + DAY, expires_at=MONDAY + 20 * DAY)
    assert keep_at(MONDAY + 12 * DAY) == []
    assert keep_at(MONDAY + 13 * DAY) == [("request_expiring", poster.id)]
    assert keep_at(MONDAY + 14 * DAY) == []


def test_the_owner_of_an_overdue_step_is_told_once(poster, responder, keep_at):
    with time_machine.travel(MONDAY, tick=False):
        response = partnership(poster, responder)
        steps = [planned(response, due_on=MONDAY.date(), owner=side) for side in Side]
        planned(response, due_on=MONDAY.date(), done_at=MONDAY)
    over = MONDAY.replace(hour=12) + DAY
    assert keep_at(over - timedelta(minutes=1)) == []
    assert keep_at(over) == sorted([("step_due", poster.id), ("step_due", responder.id)])
    assert keep_at(over + DAY) == []
    told = {each.subject for each in session().query(Notification)}
    assert told == {f"step:{each.public_id}" for each in steps}


def test_a_step_with_a_new_date_is_told_of_anew(poster, responder, keep_at):
    with time_machine.travel(MONDAY, tick=False):
        step = planned(partnership(poster, responder), due_on=MONDAY.date())
    assert keep_at(MONDAY + 3 * DAY) == [("step_due", responder.id)]
    step.due_on = (MONDAY + 5 * DAY).date()
    assert keep_at(MONDAY + 5 * DAY) == []
    assert keep_at(MONDAY + 8 * DAY) == [("step_due", responder.id)]


def test_both_sides_are_asked_after_six_and_twelve_months(poster, responder, keep_at):
    with time_machine.travel(MONDAY, tick=False):
        completed(poster, responder)
    both = sorted(("follow_up_due", each.id) for each in (poster, responder))
    for days, expected in ((181, []), (182, both), (183, []), (364, []), (365, both), (366, []), (800, [])):
        assert keep_at(MONDAY + days * DAY) == expected, days


def test_who_was_recorded_already_is_not_asked(poster, responder, keep_at):
    with time_machine.travel(MONDAY, tick=False):
        response = completed(poster, responder)
        recorded(response, moment=OutcomeMoment.SIX_MONTHS)
    assert keep_at(MONDAY + 183 * DAY) == []


def test_the_label_of_the_response_counts_where_it_is_stricter(poster, keep_at):
    with time_machine.travel(MONDAY, tick=False):
        responded(
            opened_request(poster, status=RequestStatus.COMPLETED, completed_at=MONDAY),
            status=ResponseStatus.ACCEPTED,
            tlp=Tlp.AMBER,
        )
    keep_at(MONDAY + 183 * DAY)
    assert {each.tlp for each in session().query(Notification)} == {Tlp.AMBER}
