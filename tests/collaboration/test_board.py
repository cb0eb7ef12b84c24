"""The board of what waits on whom: who sees it, what a line tells, and that nobody counts responses from it."""

from datetime import timedelta

import pytest

from hub.access.audience import Tlp
from hub.access.viewer import Role
from hub.collaboration.board.queries import ON_COORDINATORS, board, kinds_for
from hub.collaboration.levels.matters import Party, WaitingKind
from hub.collaboration.review.taking import take_item
from hub.core.clock import now
from hub.core.database import session
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from tests.collaboration.acts import did
from tests.collaboration.levels.waiting import asked, called, one_of_each
from tests.collaboration.requests import GEORGIAN_POLICE, make_coordinator, opened_request, submitted_request
from tests.collaboration.responses import responded
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def coordinator(database):
    return make_coordinator()


def lines_of(person, **named):
    return list(board(viewer_of(person), PageRequest(), **named).items)


def kinds_of(person, **named):
    return {line.kind for line in lines_of(person, **named)}


def test_coordinators_see_one_of_everything(coordinator):
    one_of_each(make_member(country="GE"), make_member(country="ES"))
    assert kinds_of(coordinator) == set(WaitingKind)


def test_focal_points_see_what_of_their_countries_waits_on_others(database):
    one_of_each(make_member(country="GE"), make_member(country="ES"))
    georgian, french = make_member(focal_country="GE"), make_member(focal_country="FR")
    assert kinds_of(georgian) & ON_COORDINATORS == set()
    assert {line.country for line in lines_of(georgian)} == {"GE"}
    assert lines_of(french) == []


@pytest.mark.parametrize("role", [None, Role.INTEGRITY_OFFICER, Role.ADMINISTRATOR])
def test_nobody_else_sees_anything(database, role):
    one_of_each(make_member(), make_member())
    person = make_member(roles=[role] if role else [])
    assert kinds_for(viewer_of(person)) == ()
    assert lines_of(person) == []


def test_many_responses_to_one_request_stand_in_one_line(coordinator):
    request = opened_request(first_answered_at=now())
    first = responded(request, submitted_at=now() - timedelta(days=9))
    responded(request, tlp=Tlp.AMBER)
    responded(request)
    (line,) = lines_of(coordinator)
    assert (line.kind, line.party) == (WaitingKind.RESPONSE, Party.REQUESTER)
    assert line.since == first.submitted_at
    assert line.tlp is Tlp.AMBER
    assert line.request is request


def test_who_takes_part_is_not_shown_what_waits_on_the_others(coordinator):
    request = opened_request(first_answered_at=now())
    responded(request)
    responded(request, coordinator, first_answered_at=now())
    assert lines_of(coordinator) == []
    assert lines_of(make_member(focal_country="GE", represents=[])) != []


def test_outside_the_audience_a_line_tells_label_and_age_alone(coordinator):
    request = opened_request(readership=GEORGIAN_POLICE, opened_at=now() - timedelta(days=30), days=60)
    (line,) = lines_of(coordinator)
    assert (line.kind, line.request, line.tlp) == (WaitingKind.REQUEST, None, Tlp.AMBER)
    assert line.working_days > 15
    officer = make_member(roles=[Role.COORDINATOR], law_enforcement="GE")
    (line,) = lines_of(officer)
    assert line.request is request


def test_a_call_never_names_the_conversation(coordinator):
    call = called(responded(opened_request(first_answered_at=now()), first_answered_at=now()))
    did(take_item, coordinator, call)
    (line,) = lines_of(coordinator)
    assert (line.kind, line.request, line.is_taken) == (WaitingKind.CALL, None, True)


def test_it_is_narrowed_by_kind_and_country(coordinator):
    submitted_request(country="ES")
    asked(opened_request(country="GE"))
    assert kinds_of(coordinator, kinds=[WaitingKind.QUESTION]) == {WaitingKind.QUESTION}
    assert kinds_of(coordinator, country="ES") == {WaitingKind.REVIEW}
    assert lines_of(coordinator, kinds=[WaitingKind.REVIEW], country="GE") == []


def test_the_longest_wait_comes_first_and_pages_hold_all(coordinator):
    for days in (1, 9, 5):
        request = submitted_request()
        request.submitted_at = now() - timedelta(days=days)
        session().commit()
    pages = [board(viewer_of(coordinator), PageRequest(number, 2)) for number in (1, 2)]
    since = [line.since for page in pages for line in page.items]
    assert since == sorted(since)
    assert [page.total for page in pages] == [3, 3]
