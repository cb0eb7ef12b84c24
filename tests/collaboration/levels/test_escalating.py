"""Who can help hears after five and ten working days that something is unanswered; its name only who may know it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hub.access.audience import Tlp
from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.collaboration.models import QuestionStatus, ServiceLevelStep
from hub.core.database import session
from hub.notifications.models import Notification
from tests.collaboration.levels.waiting import MONDAY, asked
from tests.collaboration.requests import POLICE, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db

DAY = timedelta(days=1)
FIVE, TEN = MONDAY + 7 * DAY, MONDAY + 14 * DAY
"""Five and ten working days after Monday."""


@pytest.fixture
def poster(database):
    return make_member(country="GE")


@pytest.fixture
def georgian(database):
    return make_member(focal_country="GE")


@pytest.fixture
def spanish(database):
    return make_member(focal_country="ES")


@pytest.fixture
def coordinator(database):
    return make_member(roles=[Role.COORDINATOR])


def open_call(poster, **columns):
    with time_machine.travel(MONDAY, tick=False):
        return opened_request(poster, days=60, **columns)


def escalations(told):
    return [each for each in told if each[0].startswith("unanswered")]


def test_an_open_call_without_answer_goes_to_the_focal_point_then_to_coordinators(
    poster, georgian, spanish, coordinator, keep_at
):
    open_call(poster)
    assert keep_at(FIVE - timedelta(minutes=1)) == []
    assert keep_at(FIVE) == [("unanswered_in_country", georgian.id)]
    assert keep_at(FIVE + DAY) == []
    assert keep_at(TEN) == [("unanswered_long", coordinator.id)]
    assert keep_at(TEN + 7 * DAY) == []
    assert spanish.id not in {each.member_id for each in session().query(Notification)}


def test_public_holidays_of_the_country_give_more_time(poster, georgian, keep_at):
    friday = datetime(2026, 11, 20, 9, tzinfo=UTC)
    with time_machine.travel(friday, tick=False):
        opened_request(poster, days=60)
    assert keep_at(friday + 7 * DAY) == []  # Monday was Saint George's Day
    assert keep_at(friday + 10 * DAY) == [("unanswered_in_country", georgian.id)]


def test_who_may_not_know_of_a_request_is_told_its_label_alone(poster, georgian, keep_at):
    request = open_call(poster, readership=POLICE)
    keep_at(FIVE)
    (told,) = session().query(Notification)
    assert (told.subject, told.tlp, told.member_id) == ("", Tlp.AMBER, georgian.id)
    entries = session().query(AuditEntry).filter_by(tag="request:escalate").all()
    assert [(each.subject, each.reason, each.actor) for each in entries] == [
        (request.subject, "focal_point", "system")
    ]


def test_a_named_receiver_is_escalated_in_their_own_country(poster, georgian, spanish, coordinator, keep_at):
    organisation = make_organisation(country="ES")
    make_member(represents=[organisation])
    open_call(poster, receivers=[make_member(country="ES"), organisation, make_member()])
    # the same is told once while it waits unread, however many there are
    assert keep_at(FIVE) == [("unanswered_in_country", spanish.id)]
    assert keep_at(TEN) == [("unanswered_long", coordinator.id)]
    assert georgian.id not in {each.member_id for each in session().query(Notification)}


def test_responses_and_questions_wait_on_the_requester(poster, georgian, keep_at):
    request = open_call(poster, first_answered_at=MONDAY)
    with time_machine.travel(MONDAY, tick=False):
        responded(request, make_member(country="ES"))
        asked(request)
    assert keep_at(FIVE) == [("unanswered_in_country", georgian.id)]
    (told,) = session().query(Notification).filter_by(kind="unanswered_in_country")
    assert told.subject == request.subject


def test_what_was_answered_meanwhile_is_not_escalated(poster, georgian, coordinator, keep_at):
    request = open_call(poster)
    keep_at(FIVE)
    request.first_answered_at = FIVE + DAY
    assert keep_at(TEN) == []
    with time_machine.travel(MONDAY, tick=False):
        asked(request, status=QuestionStatus.SET_ASIDE, answered_at=MONDAY)
    assert keep_at(TEN) == []


def test_a_side_of_the_request_is_not_told_what_it_knows(georgian, coordinator, keep_at):
    open_call(georgian)
    open_call(make_member(country="GE"), receivers=[coordinator])
    assert escalations(keep_at(FIVE)) == []
    assert escalations(keep_at(TEN)) == [("unanswered_long", coordinator.id)]
    assert session().query(ServiceLevelStep).count() == 4


def test_without_focal_point_coordinators_hear_after_ten_days(poster, coordinator, keep_at):
    open_call(poster, country=None)
    assert keep_at(FIVE) == []
    assert keep_at(TEN) == [("unanswered_long", coordinator.id)]


def test_a_clock_that_stood_still_takes_both_steps(poster, georgian, coordinator, keep_at):
    open_call(poster)
    assert keep_at(TEN + DAY) == [("unanswered_in_country", georgian.id), ("unanswered_long", coordinator.id)]
