"""The board of needs without matches: what stands in a line, and what a coordinator can do from it."""

import pytest

from hub.access.viewer import Role
from hub.core.database import session
from hub.matching.models import Strength
from tests.collaboration.requests import GEORGIAN_POLICE, opened_request
from tests.factories import make_member, make_organisation, make_profile
from tests.matching.scenes import officer
from tests.web.client import parse, words

PAGE = "/coordinate/needs"


@pytest.fixture
def browser(database, new_client):
    return new_client().become(make_member(roles=[Role.COORDINATOR]))


def measured(subject, innovation=0, person=0):
    """Store how well a need is met."""
    session().add(Strength(subject=subject, innovation=innovation, person=person))
    session().commit()


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


def links(answer):
    """Return words and address of every link of the page's middle."""
    return {words(each): each.get("href") for each in parse(answer.text).iterfind(".//main//a")}


def test_an_empty_board_says_so(browser):
    assert "No need is without a match" in main_of(browser.get(PAGE))
    assert "Nothing like this is without a match" in main_of(browser.get(f"{PAGE}?kind=member"))


def test_a_request_stands_there_with_what_can_be_done(browser):
    poster = make_member(display_name="Ana")
    make_profile(poster)
    request = opened_request(poster, title="Reading tender notices in Georgian")
    measured(request.subject, 12, 0)
    answer = browser.get(PAGE)
    told = main_of(answer)
    for each in (
        "1 need has no match.",
        "Reading tender notices in Georgian",
        "Best innovation 12 of 100",
        "Best member or organisation None",
        "Something fits its subject, but hardly anything else of it.",
        "Since today",
    ):
        assert each in told
    found = links(answer)
    assert found["Reading tender notices in Georgian"] == f"/collaboration/{request.public_id}"
    assert found["Ask them to say more"] == f"/members/{poster.public_id}/write"
    assert found["Search innovations like it"] == "/innovations?q=Reading+tender+notices+in+Georgian"
    # nobody could invite them there
    assert "See who can invite people in Georgia" not in found
    make_member(focal_country="GE")
    found = links(browser.get(PAGE))
    assert found["See who can invite people in Georgia"] == "/countries/GE"
    assert "Invite somebody to the hub" not in found
    for address in found.values():
        if address and address.startswith("/"):
            assert browser.get(address).status_code in {200, 303}, address


def test_who_may_invite_people_is_led_there(database, new_client):
    measured(opened_request().subject)
    both = new_client().become(make_member(roles=[Role.COORDINATOR], represents=[make_organisation()]))
    assert links(both.get(PAGE))["Invite somebody to the hub"] == "/account/invitations"


def test_who_shows_no_profile_cannot_be_written_to(browser):
    request = opened_request()
    measured(request.subject)
    assert "Ask them to say more" not in links(browser.get(PAGE))


def test_what_a_member_looks_for_stands_there(browser):
    member = officer(profile={"needs": "A tool for seized drones.", "is_contactable": False})
    measured(f"member:{member.public_id}")
    answer = browser.get(PAGE)
    told = main_of(answer)
    assert "Nino" in told
    assert "A tool for seized drones." in told
    assert "It says little: 5 words." in told
    assert "Nothing that every member may see is about it." in told
    # their own profile says the words
    assert "Search members like it" not in links(answer)
    # they take no messages
    assert "Ask them to say more" not in links(answer)


def test_what_is_hidden_leaves_no_trace(browser):
    before = browser.get(PAGE).text
    request = opened_request(readership=GEORGIAN_POLICE, title="Only for the police of Georgia")
    measured(request.subject)
    assert main_of(browser.get(PAGE)) == words(parse(before).find(".//main"))


def test_a_long_board_has_pages_and_few_queries(browser, queries):
    for place in range(21):
        measured(opened_request().subject, place)
    browser.get(PAGE)
    with queries:
        first = browser.get(PAGE)
    many = len(queries.statements)
    queries.statements.clear()
    assert "21 needs have no match." in main_of(first)
    with queries:
        second = browser.get(f"{PAGE}?page=2")
    assert len(queries.statements) == many
    assert main_of(second).count("Best innovation") == 1
    assert "Go to the first page" in main_of(browser.get(f"{PAGE}?page=9"))


@pytest.mark.parametrize("roles", [[], [Role.INTEGRITY_OFFICER], [Role.ADMINISTRATOR]])
def test_nobody_but_coordinators_reads_it(roles, database, new_client):
    assert new_client().become(make_member(roles=roles)).get(PAGE).status_code == 403
