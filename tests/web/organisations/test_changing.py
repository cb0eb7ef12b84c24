"""Changing what is said about an organisation."""

import pytest

from hub.core.database import session
from hub.organisations.models import OrganisationStatus
from tests.factories import make_member, make_organisation

EDIT = "/organisations/open-ledger/edit"


def test_texts_change_at_any_time(browser, ledger):
    answer = browser.submit(EDIT, {"description": "New words", "funding": "A foundation"})
    assert answer.location == "/organisations/open-ledger"
    session().refresh(ledger)
    assert (ledger.description, ledger.funding) == ("New words", "A foundation")
    assert ledger.status is OrganisationStatus.VERIFIED


def test_a_new_name_ends_the_verification_only_if_that_is_agreed_to(browser, ledger, text):
    assert "law-enforcement statuses that rest on it end for good" in text(browser.get(EDIT))
    page = browser.submit(EDIT, {"name": "Open Books"})
    assert page.status_code == 422
    assert "What you changed ends the verification" in text(page)
    session().refresh(ledger)
    assert (ledger.name, ledger.status) == ("Open Ledger", OrganisationStatus.VERIFIED)
    answer = browser.submit(page, {"name": "Open Books", "agreed": ["yes"]})
    assert answer.status_code == 303
    session().refresh(ledger)
    assert (ledger.name, ledger.status) == ("Open Books", OrganisationStatus.UNVERIFIED)
    assert "not decided yet" in text(browser.get("/organisations/open-ledger"))


def test_a_second_save_shows_both_texts(browser, new_client, ledger, speaker, text):
    other = new_client().become(make_member(represents=[ledger]))
    mine, theirs = browser.get(EDIT), other.get(EDIT)
    assert other.submit(theirs, {"description": "Theirs"}).status_code == 303
    page = browser.submit(mine, {"description": "Mine", "funding": "Mine too"})
    assert page.status_code == 409
    assert all(each in text(page) for each in ("Mine", "Theirs"))
    answer = browser.submit(page, {"choice-description": "theirs"})
    assert answer.status_code == 303
    session().refresh(ledger)
    assert (ledger.description, ledger.funding) == ("Theirs", "Mine too")


def test_what_is_wrong_is_said_and_all_is_kept(browser):
    page = browser.submit(EDIT, {"website": "nowhere", "funding": "Kept words"})
    assert page.status_code == 422
    assert "Kept words" in page.text
    assert 'value="nowhere"' in page.text


def test_becoming_another_organisation_is_refused(browser, ledger):
    make_organisation("Open Books", slug="books", country="GE")
    page = browser.submit(browser.submit(EDIT, {"name": "Open Books"}), {"agreed": ["yes"]})
    assert page.status_code == 409
    assert 'href="/organisations/books"' in page.text


@pytest.mark.parametrize("who", [{}, {"focal_country": "GE"}])
def test_nobody_else_changes_it(client, ledger, who):
    client.become(make_member(**who))
    assert client.get(EDIT).status_code == 404
    assert client.act(EDIT, {"name": "x"}).status_code == 404


def test_a_mere_member_does_not_change_it(client, ledger):
    client.become(make_member(belongs_to=[ledger]))
    assert client.get(EDIT).status_code == 404
