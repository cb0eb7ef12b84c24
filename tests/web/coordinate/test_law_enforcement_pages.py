"""Law-enforcement status and lost factors on the coordinators' pages: two different people, each told the state."""

import pytest
import time_machine

from hub.audit.models import AuditEntry
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.queries import has_factor
from hub.vetting.factor_resets import WAIT, complete_due_resets
from tests.vetting.cast import WORDS, Cast, agreed, asked, half, reported


@pytest.fixture
def cast(database):
    return Cast()


@pytest.fixture
def as_(cast, new_client):
    """Open the browser of one of the cast, by name."""
    return lambda name: new_client().become(cast[name])


def status_page(status):
    return f"/coordinate/law-enforcement/{status.public_id}"


def reset_page(reset):
    return f"/coordinate/factor-resets/{reset.public_id}"


def approve(browser, address):
    return browser.submit(address, {}, action=f"{address}/approve")


def logged(tag):
    return session().query(AuditEntry).filter_by(tag=tag).count()


def test_the_page_says_who_would_be_first_and_who_second(cast, as_):
    status = asked(cast)
    address = status_page(status)
    first, second = as_("first"), as_("second")
    assert "You would be the first" in first.get(address).text
    assert approve(first, address).status_code == 303
    page = first.get(address).text
    assert "Another coordinator must agree too." in page
    assert f"{address}/approve" not in page
    assert "You agreed; somebody else must too" in first.get("/coordinate/members").text
    assert "You would be the second" in second.get(address).text
    assert approve(second, address).status_code == 303
    page = second.get(address).text
    assert "Verified by two" in page
    assert f"{address}/revoke" in page


def test_one_person_cannot_be_both(cast, as_):
    status = asked(cast)
    first = as_("first")
    approve(first, status_page(status))
    answer = first.act(f"{status_page(status)}/approve")
    assert answer.status_code == 403
    assert "Another coordinator must agree too." in answer.text
    assert logged("member:verify") == 0


def test_an_agreement_that_would_have_been_the_first_is_not_taken_for_the_second(cast, as_):
    status = asked(cast)
    second = as_("second")
    shown = second.get(status_page(status))
    approve(as_("first"), status_page(status))
    answer = second.submit(shown, {}, action=f"{status_page(status)}/approve")
    assert answer.status_code == 409
    assert "You would be the second" in answer.text
    assert status.status == "supported"


def test_declining_needs_words_and_a_stale_one_keeps_them(cast, as_):
    status = asked(cast)
    address = status_page(status)
    free, second = as_("free"), as_("second")
    shown = free.get(address)
    decline = f"{address}/decline"
    assert free.submit(address, {"words": " "}, action=decline).status_code == 422
    second.submit(address, {"words": "Not known there."}, action=decline)
    answer = free.submit(shown, {"words": "Kept words."}, action=decline)
    assert answer.status_code == 409
    assert "Kept words." in answer.text
    assert "Not known there." in answer.text


@pytest.mark.parametrize("name", ["conflicted", "interested", "recused"])
@pytest.mark.parametrize(("way", "page"), [(asked, status_page), (reported, reset_page)])
def test_a_conflict_stops_before_anything_is_read(cast, as_, name, way, page):
    thing = way(cast)
    browser = as_(name)
    for _ in range(2):
        shown = browser.get(page(thing)).text
        assert "You have a conflict of interest here" in shown
        assert WORDS not in shown
    refused = browser.act(f"{page(thing)}/approve")
    assert refused.status_code == 403
    assert WORDS not in refused.text
    assert logged("recusal:record") == (0 if name == "recused" else 1)
    assert "So somebody else must decide." in browser.get("/coordinate/members").text


@pytest.mark.parametrize("name", ["member", "colleague", "officer", "admin", "police", "self"])
@pytest.mark.parametrize(("way", "page"), [(asked, status_page), (reported, reset_page)])
def test_nobody_else_reaches_the_pages(cast, as_, name, way, page):
    thing = way(cast)
    browser = as_(name)
    assert browser.get(page(thing)).status_code == 404
    assert browser.act(f"{page(thing)}/approve").status_code == 404


def test_what_is_not_there_is_nothing(as_):
    free = as_("free")
    for address in ("/coordinate/law-enforcement/never-was", "/coordinate/factor-resets/never-was"):
        assert free.get(address).status_code == 404
        assert free.act(f"{address}/approve").status_code == 404


def test_unknown_decisions_are_nothing(cast, as_):
    free = as_("free")
    assert free.act(f"{status_page(asked(cast))}/bless").status_code == 404
    assert free.act(f"{reset_page(reported(cast))}/complete").status_code == 404


def test_lost_factors_need_two_and_48_hours(cast, as_):
    reset = reported(cast)
    address = reset_page(reset)
    first, second = as_("first"), as_("second")
    page = first.get(address).text
    assert "Call back by a way that you knew before" in page
    assert "You would be the first" in page
    approve(first, address)
    assert first.act(f"{address}/approve").status_code == 403
    approve(second, address)
    page = second.get(address).text
    assert "Agreed, 48 hours run" in page
    assert has_factor(reset.member_id)
    with time_machine.travel(now() + WAIT, tick=False), transaction():
        complete_due_resets()
    assert not has_factor(reset.member_id)


def test_lost_factors_can_be_declined(cast, as_):
    reset = half(cast)
    address = reset_page(reset)
    first = as_("first")
    assert first.submit(address, {"words": ""}, action=f"{address}/decline").status_code == 422
    assert (
        first.submit(address, {"words": "She is not there."}, action=f"{address}/decline").status_code == 303
    )
    assert "She is not there." in first.get(address).text
    assert as_("second").act(f"{address}/approve").status_code == 409


def test_a_decided_report_is_still_readable(cast, as_):
    page = as_("free").get(reset_page(agreed(cast))).text
    assert "unless the person stops it" in page
