"""Where somebody is signed in: listed with device and last use, ended one by one or all at once."""

import pytest
from sqlalchemy import select

from hub.core.database import session
from hub.members.models import SignInSession
from hub.web.account.devices import device_words
from tests.factories import make_member

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def browser(client, nino):
    return client.become(nino)


@pytest.fixture
def other(new_client, browser, nino):
    """Nino's other browser, used after the first."""
    return new_client().become(nino)


def ids_of(member):
    found = select(SignInSession.public_id).where(SignInSession.member_id == member.id)
    return session().scalars(found.order_by(SignInSession.id)).all()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Mobile Safari on iOS"),
        ("curl/8.5.0", "curl"),
        ("", "Unknown browser"),
        ("x" * 200, "Unknown browser"),
        ("<script>", "Unknown browser"),
    ],
)
def test_devices_are_named_in_words(app, said, words):
    with app.test_request_context():
        assert device_words(said) == words


def test_sessions_are_listed_and_this_one_is_marked(browser, other):
    page = browser.get("/account/security").text
    assert page.count("Signed in on") == 2
    assert page.count("This one") == 1
    assert "End all others" in page


def test_one_alone_has_nothing_to_end(browser):
    page = browser.get("/account/security").text
    assert page.count("Signed in on") == 1
    assert "End all others" not in page


def test_one_other_is_ended(browser, other, nino):
    _, public_id = ids_of(nino)
    address = f"/account/security/sessions/{public_id}/end"
    assert browser.submit("/account/security", {}, action=address).location == "/account/security"
    assert other.get("/account").status_code == 303
    assert browser.get("/account").status_code == 200
    assert browser.act(address).status_code == 404


def test_all_others_are_ended_at_once(browser, other, new_client, nino):
    third = new_client().become(nino)
    browser.act("/account/security/sessions/end-others")
    assert "2 other sessions were ended." in browser.get("/account/security").text
    assert other.get("/account").status_code == third.get("/account").status_code == 303


def test_somebody_elses_session_is_nothing_here(browser, new_client):
    stranger = make_member()
    theirs = new_client().become(stranger)
    (public_id,) = ids_of(stranger)
    assert browser.act(f"/account/security/sessions/{public_id}/end").status_code == 404
    assert theirs.get("/account").status_code == 200


def test_what_a_browser_says_of_itself_is_shown_as_text(browser, nino):
    session().scalar(select(SignInSession)).user_agent = "Mozilla/5.0 <b>x</b> Firefox/1.0"
    session().commit()
    assert "<b>x" not in browser.get("/account/security").text
