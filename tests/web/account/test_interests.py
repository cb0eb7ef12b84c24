"""Declaring interests and saying when they ended, on one's own account page."""

import pytest
from sqlalchemy import select

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.models import DeclaredInterest
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from tests.catalogue.records import make_scene, taken
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words

PLACE = "/account/interests"


@pytest.fixture
def coordinator(database):
    return make_member(roles=[Role.COORDINATOR])


@pytest.fixture
def browser(coordinator, new_client):
    return new_client().become(coordinator)


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


def stored():
    return session().scalar(select(DeclaredInterest))


def declared(browser, **typed):
    return browser.submit(PLACE, {"kind": "employer", "organisation_name": "Open Ledger", **typed})


def test_the_page_says_what_counts_and_for_how_long(browser):
    told = main_of(browser.get(PLACE))
    assert "Employment and funding count for 24 months after their end" in told
    assert "You own a part of it, or lend it money." in told


def test_a_declared_interest_is_listed_with_until_when_it_binds(browser, coordinator):
    organisation = make_organisation("open ledger")
    answer = declared(
        browser,
        kind="past_employment",
        started_on="2020-01-01",
        ended_on="2026-03-31",
        words="Two days a week.",
    )
    assert answer.location == PLACE
    told = main_of(browser.get(PLACE))
    assert "Past employment: Open Ledger" in told
    assert "It makes a conflict until 31 March 2028." in told
    assert "Two days a week." in told
    assert {each.organisation_id for each in viewer_of(coordinator).interests} == {organisation.id}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kind": ""}, "Choose what it is."),
        ({"organisation_name": ""}, "Enter the name of the organisation."),
        ({"organisation_name": "x" * 201}, "Shorten this"),
        ({"started_on": "last year"}, "Enter the date as year-month-day"),
        ({"kind": "past_employment"}, "Say when this employment ended."),
        ({"started_on": "2026-01-02", "ended_on": "2026-01-01"}, "This day lies before the beginning."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_kept(browser, typed, told):
    answer = declared(browser, words="Kept.", **typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert "Kept." in answer.text
    assert stored() is None


def test_saying_the_end(browser):
    declared(browser, kind="shareholding", started_on="2020-01-01")
    place = f"{PLACE}/{stored().public_id}/end"
    assert place in browser.get(PLACE).text
    assert browser.submit(place, {"ended_on": "2999-01-01"}).status_code == 422
    assert browser.submit(place, {"ended_on": ""}).status_code == 422
    # it lasted when it was declared: no earlier end makes the conflict go away
    assert browser.submit(place, {"ended_on": "2026-01-01"}).status_code == 422
    assert browser.submit(place, {"ended_on": now().date().isoformat()}).status_code == 303
    page = browser.get(PLACE)
    assert "It makes no conflict any more." in main_of(page)
    assert place not in page.text
    assert browser.submit(place, {"ended_on": "2025-01-01"}).status_code == 409


def test_somebody_elses_interest_is_not_there(browser, new_client):
    declared(browser)
    other = new_client().become(make_member())
    assert other.get(f"{PLACE}/{stored().public_id}/end").status_code == 404
    assert "Open Ledger" not in other.get(PLACE).text


def test_who_is_not_approved_declares_nothing(new_client, database):
    applicant = new_client().become(make_member(status=MemberStatus.CONFIRMED))
    assert applicant.get(PLACE).status_code == 403


def test_declaring_gives_back_what_one_may_not_decide_any_more(database, new_client):
    scene = make_scene()
    revision = taken(scene)
    browser = new_client().become(scene.coordinator)
    browser.submit(PLACE, {"kind": "funding", "organisation_name": scene.owner.name})
    assert "went back to the others" in browser.get(PLACE).text
    assert revision.status == "submitted"
