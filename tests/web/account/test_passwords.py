"""A forgotten password, and a new one in place of a known one."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from hub.core.clock import now
from hub.core.database import session
from hub.core.outbox import OutboxMessage
from hub.core.passwords import verify_password
from hub.mail.kinds import KINDS
from hub.mail.receivers import receiver_of
from hub.members.models import MemberStatus, SignInSession, TokenPurpose
from hub.web import limits
from tests.factories import PASSWORD, make_member
from tests.web.client import parse, sign_in, words
from tests.web.mailbox import latest, link_to, mails

ADDRESS = "nino@test.example"
GOOD = "kettle violin harbour 27"

OUTBOX = select(OutboxMessage).order_by(OutboxMessage.id)


@pytest.fixture
def nino(database):
    return make_member(ADDRESS, display_name="Nino")


def ask(client, email=ADDRESS):
    return client.submit("/reset", {"email": email})


def link(client):
    return link_to(client, TokenPurpose.RESET)


def grow_old(client):
    """Let the password of every session count as entered an hour ago."""
    for each in session().query(SignInSession):
        each.confirmed_at = now() - timedelta(hours=1)
    session().commit()


def test_the_way_stands_on_the_sign_in_page(client):
    assert 'href="/reset"' in client.get("/sign-in").text


def test_known_and_unknown_addresses_get_the_same_answer(client, nino):
    known, unknown = ask(client), ask(client, "nobody@test.example")
    assert (known.status_code, known.location, known.data) == (303, unknown.location, unknown.data)
    assert "If somebody signs in with this address" in client.get(known.location).text
    # both are written down, so that the time to answer tells nothing; only one is sent
    assert mails() == ["password_reset", "password_reset"]
    assert [receiver_of(each, KINDS[each.kind]) is not None for each in session().scalars(OUTBOX)] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("email", "said"), [("", "Enter your email address"), ("nino", "such as name@example.org")]
)
def test_what_is_no_address_is_said(client, email, said):
    answer = ask(client, email)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_new_password_opens_the_account_and_signs_out_everywhere(client, new_client, nino):
    elsewhere = new_client().become(nino)
    ask(client)
    assert client.get(link(client)).status_code == 200
    answer = client.submit(link(client), {"password": GOOD})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "Your password is changed" in client.get("/sign-in").text
    assert elsewhere.get("/account").status_code == 303
    assert sign_in(client, ADDRESS, PASSWORD).status_code == 422
    assert sign_in(new_client(), ADDRESS, GOOD).status_code in {303, 429}
    assert mails()[-1] == "password_changed"


def test_a_second_factor_is_still_asked_for(client, database):
    make_member(ADDRESS, has_factor=True)
    ask(client)
    client.submit(link(client), {"password": GOOD})
    assert sign_in(client, ADDRESS, GOOD).location.startswith("/sign-in/code")
    assert client.get("/account").status_code == 303


def test_a_link_works_once_and_for_an_hour(client, nino):
    ask(client)
    used = link(client)
    client.submit(used, {"password": GOOD})
    assert client.get(used).status_code == 410
    ask(client)
    with time_machine.travel(now() + timedelta(minutes=61)):
        answer = client.get(link(client))
    assert answer.status_code == 410
    assert 'href="/reset"' in answer.text
    assert verify_password(nino.password_hash, GOOD)


def test_a_weak_password_is_refused_and_the_link_stays(client, nino):
    ask(client)
    answer = client.submit(link(client), {"password": "password12345"})
    assert answer.status_code == 422
    assert "easy to guess" in answer.text
    assert client.get(link(client)).status_code == 200


def test_a_suspension_voids_the_link(client, nino):
    ask(client)
    nino.status = MemberStatus.SUSPENDED
    session().commit()
    assert client.get(link(client)).status_code == 410


@pytest.mark.parametrize("email", [ADDRESS, "nobody@test.example"])
def test_asking_again_and_again_is_limited_for_known_and_unknown_alike(client, nino, email):
    for _ in range(limits.RESETS_ADDRESS.amount):
        assert ask(client, email).status_code == 303
    answer = ask(client, email)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert f'value="{email}"' in answer.text


def test_changing_the_password_leaves_this_browser_signed_in(client, new_client, nino):
    sign_in(client, ADDRESS, PASSWORD)
    elsewhere = new_client().become(nino)
    before = client.get_cookie("hub").value
    answer = client.submit("/account/password", {"password": GOOD})
    assert (answer.status_code, answer.location) == (303, "/account/security")
    assert client.get_cookie("hub").value != before
    assert "Your password is changed." in client.get("/account/security").text
    assert elsewhere.get("/account").status_code == 303
    assert verify_password(nino.password_hash, GOOD)


def test_the_present_password_is_asked_for_in_the_same_form(client, nino):
    client.become(nino)
    grow_old(client)
    page = client.get("/account/password")
    assert "Present password" in words(parse(page.text))
    answer = client.submit(page, {"confirming_password": PASSWORD, "password": GOOD})
    assert answer.status_code == 303
    assert verify_password(nino.password_hash, GOOD)


def test_a_wrong_present_password_changes_nothing(client, nino):
    client.become(nino)
    grow_old(client)
    answer = client.submit("/account/password", {"confirming_password": "wrong", "password": GOOD})
    assert answer.status_code == 422
    assert GOOD not in answer.text
    assert verify_password(nino.password_hash, PASSWORD)


def test_without_the_present_password_nothing_changes(client, nino):
    client.become(nino)
    grow_old(client)
    assert client.act("/account/password", {"password": GOOD}).status_code == 403
    assert verify_password(nino.password_hash, PASSWORD)


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get("/account/password").location == "/sign-in?next=/account/password"


def test_nothing_of_a_link_or_a_password_comes_back(client, nino):
    ask(client)
    token = link(client).partition("token=")[2]
    client.submit(link(client), {"password": GOOD})
    again = client.act("/reset/choose", {"token": token, "password": GOOD})
    assert again.status_code == 410
    assert token not in again.text
    assert GOOD not in again.text
    assert latest(TokenPurpose.RESET).used_at is not None
