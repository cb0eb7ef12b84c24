"""Changing one's e-mail address: only who reads the new mailbox and is signed in makes the change."""

from datetime import timedelta

import pytest
import time_machine

from hub.core.clock import now
from hub.core.database import session
from hub.members.models import SignInSession, TokenPurpose
from hub.web import limits
from tests.factories import PASSWORD, make_member
from tests.web.client import parse, words
from tests.web.mailbox import latest, link_to, mails

ADDRESS, NEW = "nino@test.example", "new@test.example"


@pytest.fixture
def nino(database):
    return make_member(ADDRESS, display_name="Nino")


@pytest.fixture
def browser(client, nino):
    return client.become(nino)


def ask(browser, email=NEW):
    return browser.submit("/account/email", {"email": email})


def link(browser):
    return link_to(browser, TokenPurpose.ADDRESS)


def test_the_address_changes_by_the_link_and_the_button(browser, nino):
    answer = ask(browser)
    assert answer.location == "/account/email"
    assert "A link is on its way to new@test.example." in words(parse(browser.get("/account/email").text))
    page = browser.get(link(browser))
    assert all(each in page.text for each in (ADDRESS, NEW))
    assert nino.email == ADDRESS
    assert browser.submit(page, {}, action="/account/email/confirm").location == "/account"
    assert nino.email == NEW
    assert mails() == ["address_change", "address_changed"]


def test_whether_an_address_has_an_account_is_not_told(browser):
    make_member("taken@test.example")
    answers = [ask(browser, email) for email in ("taken@test.example", "other@test.example")]
    assert answers[0].data == answers[1].data
    assert mails() == ["address_change"]


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Enter your new email address."),
        ("nino", "such as name@example.org"),
        (ADDRESS, "your address already"),
    ],
)
def test_what_cannot_be_the_new_address_is_said(browser, email, said):
    answer = ask(browser, email)
    assert answer.status_code == 422
    assert said in answer.text


def test_the_password_is_asked_for_again_and_the_address_is_kept(browser):
    session().query(SignInSession).one().confirmed_at = now() - timedelta(hours=1)
    session().commit()
    page = ask(browser)
    assert page.status_code == 403
    assert NEW in page.text
    assert browser.submit(page, {"confirming_password": PASSWORD}).status_code == 303
    assert mails() == ["address_change"]


def test_the_link_opens_for_its_member_only(browser, new_client):
    ask(browser)
    other = new_client().become(make_member())
    assert other.get(link(browser)).status_code == 410
    visitor = new_client().get(link(browser))
    assert visitor.status_code == 303
    assert visitor.location.startswith("/sign-in?next=/account/email/confirm?token")
    assert browser.get(link(browser)).status_code == 200


def test_a_link_works_once_and_for_a_day(browser, nino):
    ask(browser)
    used = link(browser)
    browser.submit(used, {}, action="/account/email/confirm")
    assert browser.get(used).status_code == 410
    ask(browser, "third@test.example")
    with time_machine.travel(now() + timedelta(hours=25)):
        assert browser.become(nino).get(link(browser)).status_code == 410
    assert nino.email == NEW


def test_an_address_taken_meanwhile_stays_with_who_took_it(browser, nino):
    ask(browser)
    page = browser.get(link(browser))
    make_member(NEW)
    answer = browser.submit(page, {}, action="/account/email/confirm")
    assert answer.status_code == 410
    assert nino.email == ADDRESS
    assert latest(TokenPurpose.ADDRESS).used_at is None


def test_one_address_gets_three_links_an_hour(browser):
    for _ in range(limits.RESETS_ADDRESS.amount):
        assert ask(browser).status_code == 303
    answer = ask(browser)
    assert answer.status_code == 429
    assert f'value="{NEW}"' in answer.text
