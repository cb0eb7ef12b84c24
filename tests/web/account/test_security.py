"""Second factors as their owner sets them up, looks at them and takes them away."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import MemberStatus, Passkey, RecoveryCode, SignInSession, TotpDevice
from hub.members.queries import has_factor
from hub.members.recovery_codes import codes_left
from hub.vetting.factor_resets import request_reset
from hub.vetting.queries import open_reset_of
from tests.codes import SoftKey, code_of
from tests.factories import PASSWORD, make_member

SECRET = re.compile(r'<code class="secret">([A-Z2-7 ]+)</code>')

CODES = re.compile(r"<li><code>([a-z0-9-]+)</code></li>")

RESTS = "Your roles and your status rest"

AT_HOME = {"base_url": "http://localhost:8000"}


@pytest.fixture
def browser(client, nino):
    return client.become(nino)


def secret_on(page):
    return SECRET.search(page.text).group(1).replace(" ", "")


def set_up_totp(browser):
    page = browser.get("/account/security/totp")
    secret = secret_on(page)
    return secret, browser.submit(page, {"code": code_of(secret)})


def add_passkey(browser, key=None, name="Laptop"):
    key = key or SoftKey()
    options = browser.act("/account/security/passkeys/challenge").text
    credential = key.make(options)
    return browser.act("/account/security/passkeys/new", {"name": name, "credential": credential})


def age_password(minutes=11):
    """Let the last password be entered longer ago."""
    for each in session().scalars(select(SignInSession)):
        each.confirmed_at -= timedelta(minutes=minutes)
    session().commit()


def test_setting_up_shows_qr_code_and_secret_and_stores_nothing(browser, nino):
    page = browser.get("/account/security/totp")
    assert "<svg" in page.text
    assert 'role="img"' in page.text
    assert len(secret_on(page)) == 32
    assert not session().scalars(select(TotpDevice.id)).all()
    assert secret_on(browser.get("/account/security/totp")) != secret_on(page)


def test_the_secret_travels_sealed(browser):
    page = browser.get("/account/security/totp")
    sealed = re.search(r'name="sealed" value="([^"]+)"', page.text).group(1)
    assert secret_on(page) not in sealed


def test_the_first_factor_brings_ten_recovery_codes_once(browser, nino):
    _, answer = set_up_totp(browser)
    assert answer.status_code == 200
    assert len(CODES.findall(answer.text)) == 10
    assert codes_left(nino.id) == 10
    page = browser.get("/account/security").text
    assert "10 of ten are left." in page
    assert not CODES.findall(page)


def test_a_second_factor_brings_no_further_codes(browser, nino):
    set_up_totp(browser)
    first = session().scalars(select(RecoveryCode.code_hash)).all()
    answer = add_passkey(browser)
    assert answer.location == "/account/security"
    assert session().scalars(select(RecoveryCode.code_hash)).all() == first


def test_a_wrong_code_keeps_the_secret(browser, nino):
    page = browser.get("/account/security/totp")
    answer = browser.submit(page, {"code": "000000"})
    assert answer.status_code == 422
    assert secret_on(answer) == secret_on(page)
    assert not has_factor(nino.id)


@pytest.mark.parametrize("sealed", ["", "x", "é"])
def test_a_damaged_secret_is_replaced(browser, nino, sealed):
    page = browser.get("/account/security/totp")
    data = {"code": code_of(secret_on(page)), "sealed": sealed}
    answer = browser.act("/account/security/totp", data)
    assert answer.status_code == 422
    assert "Here is a new one" in answer.text
    assert not has_factor(nino.id)


def test_a_secret_sealed_for_somebody_else_is_refused(browser, nino, new_client):
    other = new_client().become(make_member())
    page = other.get("/account/security/totp")
    sealed = re.search(r'name="sealed" value="([^"]+)"', page.text).group(1)
    browser.act("/account/security/totp", {"code": code_of(secret_on(page)), "sealed": sealed})
    assert not has_factor(nino.id)


def test_the_app_can_be_replaced(browser, nino):
    first, _ = set_up_totp(browser)
    second, answer = set_up_totp(browser)
    assert answer.location == "/account/security"
    assert first != second
    assert "Replace your authenticator app" in browser.get("/account/security/totp").text


def test_other_sessions_end_when_a_factor_is_added(browser, new_client, nino):
    other = new_client().become(nino)
    set_up_totp(browser)
    assert other.get("/account").status_code == 303
    assert browser.get("/account").status_code == 200


def test_the_app_can_be_removed(browser, nino):
    set_up_totp(browser)
    page = browser.get("/account/security")
    assert "It is your only second factor." in page.text
    assert browser.submit(page, {}, action="/account/security/totp/remove").location == "/account/security"
    assert not has_factor(nino.id)
    assert codes_left(nino.id) == 0
    assert browser.act("/account/security/totp/remove").status_code == 404


def test_a_passkey_is_added_listed_and_removed(browser, nino):
    page = browser.get("/account/security/passkeys/new", **AT_HOME)
    assert "Make the passkey" in page.text
    assert len(CODES.findall(add_passkey(browser, name="<b>Grey key").text)) == 10
    listed = browser.get("/account/security").text
    assert "&lt;b&gt;Grey key" in listed
    public_id = session().scalar(select(Passkey.public_id))
    assert browser.act(f"/account/security/passkeys/{public_id}/remove").location == "/account/security"
    assert not has_factor(nino.id)


def test_somebody_elses_passkey_is_nothing_here(browser, new_client):
    add_passkey(new_client().become(make_member()))
    public_id = session().scalar(select(Passkey.public_id))
    assert browser.act(f"/account/security/passkeys/{public_id}/remove").status_code == 404
    assert session().scalar(select(Passkey.public_id)) == public_id


def test_without_the_devices_answer_the_page_says_so_and_keeps_the_name(browser):
    answer = browser.act("/account/security/passkeys/new", {"name": "Laptop", "credential": ""}, **AT_HOME)
    assert answer.status_code == 422
    assert "Your device has not been asked yet." in answer.text
    assert 'value="Laptop"' in answer.text


def test_an_answer_that_does_not_fit_is_named(browser):
    browser.act("/account/security/passkeys/challenge")
    answer = browser.act("/account/security/passkeys/new", {"name": "Laptop", "credential": "{}"})
    assert answer.status_code == 422
    assert "This passkey could not be checked." in answer.text


def test_a_known_passkey_is_named(browser):
    key = SoftKey()
    add_passkey(browser, key)
    answer = add_passkey(browser, key)
    assert answer.status_code == 409
    assert "This passkey is known already." in answer.text


def test_at_another_address_the_page_says_why_there_are_no_passkeys(browser):
    page = browser.get("/account/security/passkeys/new").text
    assert "Passkeys work only at http://localhost:8000." in page
    assert "data-passkey" not in page


def test_new_recovery_codes_replace_the_old(browser, nino):
    _, first = set_up_totp(browser)
    second = browser.act("/account/security/recovery-codes")
    assert second.status_code == 200
    assert not set(CODES.findall(first.text)) & set(CODES.findall(second.text))
    assert "Earlier codes no longer work." not in first.text
    assert "Earlier codes no longer work." in second.text
    assert second.headers["Cache-Control"] == "no-store"


def test_recovery_codes_need_a_factor(browser, nino):
    assert browser.act("/account/security/recovery-codes").status_code == 409
    assert codes_left(nino.id) == 0


@pytest.mark.parametrize(
    "address",
    [
        "/account/security/totp",
        "/account/security/totp/remove",
        "/account/security/passkeys/new",
        "/account/security/passkeys/challenge",
        "/account/security/recovery-codes",
    ],
)
def test_factors_change_only_with_a_password_entered_lately(browser, nino, address):
    set_up_totp(browser)
    before = session().scalars(select(RecoveryCode.code_hash)).all()
    age_password()
    answer = browser.act(address)
    assert answer.status_code == 403
    assert "Enter your password to go on" in answer.text
    assert "Go back without doing it" in answer.text
    assert session().scalars(select(RecoveryCode.code_hash)).all() == before


def test_the_code_waits_while_the_password_is_asked_for(browser, nino):
    age_password()
    page = browser.get("/account/security/totp")
    asked = browser.submit(page, {"code": code_of(secret_on(page))})
    assert asked.status_code == 403
    done = browser.submit(asked, {"confirming_password": PASSWORD})
    assert len(CODES.findall(done.text)) == 10


def test_privileges_are_withheld_without_a_factor_and_every_page_says_so(client, database):
    member = make_member(roles=[Role.COORDINATOR], has_factor=False)
    client.become(member)
    assert RESTS in client.get("/").text
    assert client.get("/coordinate").location == "/account/security"
    assert RESTS in client.get("/account/security").text
    _, answer = set_up_totp(client)
    assert RESTS not in answer.text
    assert RESTS not in client.get("/").text
    assert client.get("/coordinate").status_code == 200


def test_who_has_no_privileges_reads_no_such_note(browser):
    assert RESTS not in browser.get("/").text
    assert RESTS not in browser.get("/account/security").text


def test_an_applicant_may_set_up_a_factor(client, database):
    member = make_member(status=MemberStatus.CONFIRMED)
    client.become(member)
    set_up_totp(client)
    assert has_factor(member.id)


def test_a_report_of_loss_stands_on_every_page_until_it_is_stopped(browser, nino):
    set_up_totp(browser)
    with transaction():
        request_reset(nino, "Call me.")
    assert "It was reported that your second factors are lost." in browser.get("/").text
    page = browser.get("/account/security")
    assert "It is reported that your second factors are lost" in page.text
    age_password()  # stopping asks for no password: it only protects
    stopped = browser.submit(page, {}, action="/account/security/reset/stop")
    assert stopped.location == "/account/security"
    assert open_reset_of(nino.id) is None
    assert "second factors are lost" not in browser.get("/").text
    assert browser.act("/account/security/reset/stop").status_code == 404


def test_the_pages_of_the_account_need_somebody_signed_in(client):
    for address in ("security", "security/totp", "security/passkeys/new"):
        assert client.get(f"/account/{address}").location.startswith("/sign-in?next=")


def test_a_session_of_half_an_hour_without_a_click_ends_for_the_privileged(client, database):
    client.become(make_member(roles=[Role.COORDINATOR]))
    with time_machine.travel(now() + timedelta(minutes=31), tick=False):
        assert client.get("/account/security").status_code == 303
