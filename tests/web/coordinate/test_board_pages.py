"""The board of what waits on whom, how long answers take, and where an organisation's page says it."""

from datetime import timedelta

import pytest

from hub.collaboration.models import RequestStatus, ResponseStatus
from hub.core.clock import now
from hub.core.database import session
from tests.collaboration.levels.waiting import asked, one_of_each
from tests.collaboration.requests import (
    GEORGIAN_POLICE,
    SAID,
    make_coordinator,
    opened_request,
    submitted_request,
)
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation
from tests.web.client import main_of, words

BOARD = "/coordinate/collaboration"


@pytest.fixture
def browser(new_client, database):
    return new_client().become(make_coordinator())


def said_on(answer):
    return words(main_of(answer.text))


def answered(organisation, *days):
    moment = now() - timedelta(days=20)
    for each in days:
        request = opened_request(organisation_id=organisation.id, status=RequestStatus.EXPIRED)
        responded(
            request,
            submitted_at=moment,
            first_answered_at=moment + timedelta(days=each),
            status=ResponseStatus.SHORTLISTED,
        )


def test_it_says_what_waits_on_whom_and_since_when(browser):
    organisation = make_organisation("Tenders Watch")
    request = opened_request(organisation_id=organisation.id, first_answered_at=now())
    responded(request, submitted_at=now() - timedelta(days=40))
    page = said_on(browser.get(BOARD))
    for told in (SAID["title"], "Responses without a first answer", "The requester", "Tenders Watch"):
        assert told in page
    assert "Coordinators were told" in page


@pytest.mark.parametrize("path", [BOARD, f"{BOARD}/answers"])
def test_it_asks_a_fixed_number_of_times(browser, queries, path):
    counts = []
    for _round in range(2):
        for _number in range(3):
            one_of_each(make_member(), make_member())
            answered(make_organisation(), 1, 2, 3)
        browser.get(path)
        session().expire_all()
        with queries as asked_for:
            assert browser.get(path).status_code == 200
        counts.append(len(asked_for.statements))
    assert counts[0] == counts[1]


def test_outside_the_audience_it_names_nothing(browser):
    request = opened_request(readership=GEORGIAN_POLICE, country="GE", first_answered_at=now())
    responded(request, submitted_at=now() - timedelta(days=40))
    page = said_on(browser.get(BOARD))
    lines = page[page.index("1 matter waits.") :]
    for told in ("Restricted request", "AMBER", "You are outside its audience."):
        assert told in lines
    for untold in (SAID["title"], "Responses without", "The requester", "Georgia", "Taken", "were told"):
        assert untold not in lines
    chosen = said_on(browser.get(f"{BOARD}?kind=response"))
    assert "Nothing like this waits" in chosen


def test_what_can_be_taken_leads_to_the_desk(browser):
    submitted_request(readership=GEORGIAN_POLICE, country="GE")
    page = browser.get(BOARD)
    assert "A request, on the desk" in said_on(page)
    assert "/coordinate#requests" in page.text


def test_it_is_narrowed_by_kind_and_country(browser):
    asked(opened_request(first_answered_at=now(), country="GE"))
    submitted_request(country="ES")
    page = said_on(browser.get(f"{BOARD}?kind=question&country=GE"))
    assert "1 matter waits." in page
    assert "Nothing like this waits" in said_on(browser.get(f"{BOARD}?kind=question&country=ES"))
    assert "2 matters wait." in said_on(browser.get(f"{BOARD}?kind=nothing&country=nowhere"))


def test_a_focal_point_sees_their_country_and_has_no_desk(new_client, database):
    opened_request(country="GE")
    browser = new_client().become(make_member(focal_country="GE"))
    page = browser.get(BOARD)
    assert "Nobody has responded" in said_on(page)
    assert '/coordinate"' not in page.text
    other = new_client().become(make_member(focal_country="FR"))
    assert "Nothing waits" in said_on(other.get(BOARD))


def test_members_and_visitors_see_no_board(new_client, database):
    member = new_client().become(make_member())
    for path in (BOARD, f"{BOARD}/answers"):
        assert member.get(path).status_code == 403


def test_it_asks_no_more_queries_for_more(browser, queries):
    def fill():
        responded(opened_request(make_member(), organisation_id=make_organisation().id))
        asked(opened_request())

    fill()
    browser.get(BOARD)
    with queries:
        browser.get(BOARD)
    few = len(queries.statements)
    for _ in range(4):
        fill()
    session().expire_all()
    queries.statements.clear()
    with queries:
        browser.get(BOARD)
    assert len(queries.statements) == few


def test_the_slowest_organisation_comes_first(browser):
    answered(make_organisation("Swift Office"), 1, 1, 1)
    answered(make_organisation("Slow Office"), 9, 9, 9)
    answered(make_organisation("Rare Office"), 2, 2)
    page = said_on(browser.get(f"{BOARD}/answers"))
    assert page.index("Slow Office") < page.index("Swift Office")
    assert "9 days" in page
    assert "3 to 9 answers" in page
    assert "Rare Office" not in page


def test_it_says_so_where_nobody_answered_thrice(browser):
    assert "Too few answers to say." in said_on(browser.get(f"{BOARD}/answers"))


def test_the_page_of_an_organisation_says_how_long_its_answers_take(new_client, database):
    known, unknown = make_organisation("Swift Office"), make_organisation("Quiet Office")
    answered(known, 2, 2, 2)
    visitor = new_client()
    assert "2 days (median of 3 to 9 answers)" in said_on(visitor.get(f"/organisations/{known.slug}"))
    assert "Too few answers to say" in said_on(visitor.get(f"/organisations/{unknown.slug}"))
