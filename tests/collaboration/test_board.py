"""The board of what waits on whom: who sees it, what a line tells, and that nobody counts responses from it."""

from datetime import timedelta

import pytest

from hub.access.audience import Tlp
from hub.access.viewer import Role
from hub.collaboration.board import queries
from hub.collaboration.board.queries import ON_COORDINATORS, LineDetails, board, kinds_for
from hub.collaboration.levels.matters import Party, WaitingKind
from hub.collaboration.requirements.service import propose_requirements
from hub.collaboration.responses.deciding import accept_response
from hub.collaboration.review.parties import free_coordinators, parties_of
from hub.collaboration.review.queries import desk_queue
from hub.collaboration.review.taking import take_item
from hub.core.clock import now
from hub.core.database import session
from hub.core.pagination import PageRequest
from hub.integrity.permissions import conflict_of
from hub.integrity.viewers import viewer_of
from tests.collaboration.acts import did, later
from tests.collaboration.levels.waiting import asked, called, one_of_each
from tests.collaboration.requests import GEORGIAN_POLICE, make_coordinator, opened_request, submitted_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def coordinator(database):
    return make_coordinator()


def lines_of(person, **named):
    return list(board(viewer_of(person), PageRequest(), **named).items)


def kinds_of(person, **named):
    return {line.details.kind for line in lines_of(person, **named) if line.details}


def test_coordinators_see_one_of_everything(coordinator):
    one_of_each(make_member(country="GE"), make_member(country="ES"))
    # a request by name is between its requester and its receivers
    assert kinds_of(coordinator) == set(WaitingKind) - {WaitingKind.RECEIVER}
    assert len(lines_of(coordinator)) == len(WaitingKind)


def test_focal_points_see_what_of_their_countries_waits_on_others(database):
    one_of_each(make_member(country="GE"), make_member(country="ES"))
    georgian, french = make_member(focal_country="GE"), make_member(focal_country="FR")
    assert kinds_of(georgian) & ON_COORDINATORS == set()
    assert {line.details.country for line in lines_of(georgian)} == {"GE"}
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
    assert (line.details.kind, line.details.party) == (WaitingKind.RESPONSE, Party.REQUESTER)
    assert line.since == first.submitted_at
    assert line.tlp is Tlp.AMBER
    assert line.details.request is request


def test_who_takes_part_is_not_shown_what_waits_on_the_others(coordinator):
    request = opened_request(first_answered_at=now())
    responded(request)
    responded(request, coordinator, first_answered_at=now())
    assert lines_of(coordinator) == []
    assert lines_of(make_member(focal_country="GE", represents=[])) != []


def test_named_receivers_are_not_shown_one_another(coordinator):
    office, named = make_organisation(), make_member(roles=[Role.COORDINATOR])
    of_office = make_member(roles=[Role.COORDINATOR], belongs_to=[office])
    request = opened_request(receivers=[named, office, make_member(country="FR")])
    responded(request)
    assert len(lines_of(coordinator)) > 1
    assert free_coordinators(parties_of(request)) == {coordinator.id}
    for person in (named, of_office):
        assert lines_of(person) == []
        assert conflict_of(viewer_of(person), parties_of(request)) is not None


def restricted(**columns):
    """A request for Georgian police, to which one response waits and about which one question does."""
    request = opened_request(readership=GEORGIAN_POLICE, country="GE", days=60, **columns)
    responded(request, submitted_at=now() - timedelta(days=30))
    asked(request)
    return request


def test_outside_the_audience_a_line_tells_label_and_age_alone(coordinator):
    request = restricted(first_answered_at=now())
    focal_point = make_member(focal_country="GE")
    for person in (coordinator, focal_point):
        first, second = lines_of(person)
        assert (first.details, second.details) == (None, None)
        assert {first.tlp, second.tlp} == {Tlp.AMBER}
        assert first.working_days > 15
    officer = make_member(roles=[Role.COORDINATOR], law_enforcement="GE")
    assert {line.details.request for line in lines_of(officer)} == {request}


def test_holidays_of_a_country_that_is_not_told_do_not_count(coordinator, monkeypatch):
    restricted(first_answered_at=now())
    asked_of = set()
    monkeypatch.setattr(
        queries, "working_days_between", lambda _start, _end, country: asked_of.add(country) or 1
    )
    lines_of(coordinator)
    assert asked_of == {None}


def test_no_choice_tells_what_is_hidden(coordinator):
    restricted(first_answered_at=now())
    shown = opened_request(country="GE", first_answered_at=now())
    responded(shown)
    assert len(lines_of(coordinator)) == 3
    for chosen in ({"kinds": [WaitingKind.RESPONSE]}, {"country": "GE"}):
        page = board(viewer_of(coordinator), PageRequest(), **chosen)
        assert [line.details.request for line in page.items] == [shown]
        assert page.total == 1
    assert lines_of(coordinator, kinds=[WaitingKind.QUESTION]) == []


def test_what_a_coordinator_can_take_is_told_as_on_the_desk(coordinator):
    request = submitted_request(readership=GEORGIAN_POLICE, country="GE")
    (line,) = lines_of(coordinator, kinds=[WaitingKind.REVIEW])
    assert line.details == LineDetails(WaitingKind.REVIEW, Party.COORDINATORS, None, False, None)
    assert lines_of(coordinator, country="GE") == []
    did(take_item, make_coordinator(), request)
    (line,) = lines_of(coordinator)
    assert line.details is None
    assert lines_of(coordinator, kinds=[WaitingKind.REVIEW]) == []


def test_a_call_never_names_the_conversation(coordinator):
    call = called(responded(opened_request(first_answered_at=now()), first_answered_at=now()))
    did(take_item, coordinator, call)
    for chosen in ({}, {"kinds": [WaitingKind.CALL]}):
        (line,) = lines_of(coordinator, **chosen)
        assert line.details == LineDetails(WaitingKind.CALL, Party.COORDINATORS, None, True, None)
    assert lines_of(coordinator, country="GE") == []


@pytest.mark.parametrize("is_agreed", [False, True])
def test_new_requirements_wait_here_as_long_as_on_the_desk(coordinator, is_agreed):
    poster = make_member()
    request = opened_request(poster, first_answered_at=now())
    did(propose_requirements, poster, request, essential=["Runs offline."], nice_to_have=[], why="Asked for.")
    if is_agreed:
        response = responded(request, first_answered_at=now())
        did(accept_response, poster, response, version=response.version)
    on_desk = desk_queue(viewer_of(coordinator))
    assert len(lines_of(coordinator, kinds=[WaitingKind.REQUIREMENTS])) == len(on_desk) == (not is_agreed)


def test_nothing_waits_on_whoever_can_respond_after_the_due_date(coordinator, monkeypatch):
    request = opened_request(days=14)
    assert kinds_of(coordinator) == {WaitingKind.REQUEST}
    later(monkeypatch, request.due_at - now())
    assert lines_of(coordinator) == []


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
