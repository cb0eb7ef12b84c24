"""The second step of signing in, as a person takes it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from hub.access.viewer import Role, Viewer
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import Passkey, SignInAttempt, SignInSession
from hub.members.passkeys import add_passkey, registration_options, relying_party
from hub.members.queries import session_by_token
from hub.members.recovery_codes import make_recovery_codes
from hub.members.signing_in import start_session
from hub.vetting.models import FactorReset, FactorResetStatus
from hub.vetting.queries import open_reset_of
from tests.codes import SoftKey, code_of, give_totp
from tests.factories import PASSWORD, make_member
from tests.web.account.conftest import ADDRESS
from tests.web.client import sign_in

PARTY = relying_party("http://localhost:8000")

AT_HOME = {"base_url": "http://localhost:8000"}


def recovery_codes(member):
    with transaction():
        return make_recovery_codes(Viewer(public_id=member.public_id), member)


@pytest.fixture
def softkey(nino):
    """Nino's passkey."""
    key = SoftKey()
    with transaction():
        token = start_session(nino.id, "test")
    with transaction():
        current = session_by_token(token, now())
        options = registration_options(nino, current, PARTY)
        actor = Viewer(public_id=nino.public_id)
        add_passkey(actor, nino, name="Key", credential=key.make(options), current=current, party=PARTY)
    return key


def test_the_password_alone_signs_nobody_in(halfway):
    assert halfway.get("/account").status_code == 303
    assert "Sign out" not in halfway.get("/").text


def test_who_has_a_factor_is_asked_for_it_and_goes_on(client, secret):
    asked = client.submit("/sign-in?next=/account", {"email": ADDRESS, "password": PASSWORD})
    assert asked.location == "/sign-in/code?next=/account"
    answer = client.submit(asked.location, {"code": code_of(secret)})
    assert answer.status_code == 303
    assert answer.location == "/account"
    assert "Nino" in client.get("/account").text


def test_the_token_and_the_form_secret_change(halfway, secret):
    before, form_token = halfway.get_cookie("hub").value, halfway.token()
    halfway.submit("/sign-in/code", {"code": code_of(secret)})
    assert halfway.get_cookie("hub").value != before
    assert halfway.post("/sign-out", data={"csrf_token": form_token}).status_code == 400


def test_the_pending_token_is_worth_nothing_after(halfway, new_client, secret):
    before = halfway.get_cookie("hub").value
    halfway.submit("/sign-in/code", {"code": code_of(secret)})
    thief = new_client()
    thief.set_cookie("hub", before)
    assert thief.get("/account").status_code == 303
    assert thief.get("/sign-in/code").status_code == 303


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("000000", "This code is not right."),
        ("", "Enter the six digits"),
        ("x" * 5_000, "This code is not right."),
    ],
)
def test_a_wrong_code_is_named(halfway, typed, words):
    answer = halfway.submit("/sign-in/code", {"code": typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert "<title>Error:" in answer.text


def test_a_code_that_was_used_is_named(halfway, new_client, secret):
    code = code_of(secret)
    halfway.submit("/sign-in/code", {"code": code})
    other = new_client()
    sign_in(other, ADDRESS, PASSWORD)
    answer = other.submit("/sign-in/code", {"code": code})
    assert answer.status_code == 422
    assert "This code was used before. Wait for the next one." in answer.text


def test_the_wish_is_kept_through_a_wrong_code(halfway, secret):
    wrong = halfway.submit("/sign-in/code?next=/account", {"code": "000000"})
    assert halfway.submit(wrong, {"code": code_of(secret)}).location == "/account"


@pytest.mark.parametrize("target", ["//evil.test", "https://evil.test/", "/%09/evil.test", "/sign-out"])
def test_an_unsafe_wish_leads_home(halfway, secret, target):
    answer = halfway.act("/sign-in/code", {"code": code_of(secret), "next": target})
    assert answer.location == "/"


def test_after_ten_minutes_one_begins_anew(halfway, secret):
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        answer = halfway.act("/sign-in/code", {"code": code_of(secret), "next": "/account"})
        assert answer.location == "/sign-in?next=/account"
        assert "You then have ten minutes for the second step." in halfway.get(answer.location).text


@pytest.mark.parametrize("address", ["/sign-in/code", "/sign-in/lost"])
def test_nobody_begins_with_the_second_step(client, address):
    assert client.get(f"{address}?next=/account").location == "/sign-in?next=/account"


@pytest.mark.parametrize(
    "address", ["/sign-in/code", "/sign-in/lost", "/sign-in/lost/stop", "/sign-in/passkey"]
)
def test_nobody_sends_the_second_step_first(client, address):
    assert client.act(address).location == "/sign-in?next=/"


def test_who_is_signed_in_goes_on(client, nino):
    client.become(nino)
    assert client.get("/sign-in/code?next=/account").location == "/account"


def test_five_wrong_tries_must_wait_and_the_right_code_too(halfway, secret):
    for _ in range(5):
        halfway.submit("/sign-in/code", {"code": "000000"})
    answer = halfway.submit("/sign-in/code", {"code": code_of(secret)})
    assert answer.status_code == 429
    assert 290 <= int(answer.headers["Retry-After"]) <= 300
    assert "Too many wrong tries. Wait 5 minutes, then try again." in answer.text


def test_tries_count_even_if_they_fail(halfway):
    halfway.submit("/sign-in/code", {"code": "000000"})
    failed = select(func.count()).where(SignInAttempt.succeeded.is_(False))
    assert session().scalar(failed) == 1


def test_a_factor_without_privileges_is_asked_for_too(client, secret):
    assert sign_in(client, ADDRESS, PASSWORD).location.startswith("/sign-in/code")


def test_a_code_gives_a_coordinator_their_role(client, database, key):
    member = make_member("amal@test.example", roles=[Role.COORDINATOR])
    secret = give_totp(member, key)
    sign_in(client, "amal@test.example", PASSWORD)
    assert client.get("/coordinate").status_code == 303
    client.submit("/sign-in/code", {"code": code_of(secret)})
    assert client.get("/coordinate").status_code == 200


def test_a_recovery_code_signs_in_once_and_says_how_many_are_left(halfway, new_client, nino):
    codes = recovery_codes(nino)
    answer = halfway.submit("/sign-in/code?next=/account", {"recovery_code": codes[0].upper()})
    assert answer.location == "/account"
    assert "You have 9 recovery codes left." in halfway.get("/account").text
    other = new_client()
    sign_in(other, ADDRESS, PASSWORD)
    again = other.submit("/sign-in/code", {"recovery_code": codes[0]})
    assert again.status_code == 422
    assert "not one of yours, or it was used before" in again.text
    assert '<a href="#recovery_code">' in again.text


def test_without_recovery_codes_none_is_asked_for(halfway):
    assert "recovery_code" not in halfway.get("/sign-in/code").text


def test_a_passkey_signs_in(client, nino, softkey):
    sign_in(client, ADDRESS, PASSWORD)
    page = client.get("/sign-in/code?next=/account", **AT_HOME).text
    assert "Use a passkey" in page
    assert "Security code" not in page
    options = client.act("/sign-in/passkey/challenge")
    assert options.mimetype == "application/json"
    credential = softkey.sign(options.text)
    answer = client.act("/sign-in/passkey", {"credential": credential, "next": "/account"})
    assert answer.location == "/account"
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize("credential", ["", "{}", "nonsense"])
def test_a_passkey_that_does_not_fit_is_named(client, softkey, credential):
    sign_in(client, ADDRESS, PASSWORD)
    client.act("/sign-in/passkey/challenge")
    answer = client.act("/sign-in/passkey", {"credential": credential})
    assert answer.status_code == 422
    assert "This passkey could not be checked. Try again, or use another way." in answer.text


def test_tries_with_passkeys_and_codes_count_together(halfway, softkey, secret):
    sign_in(halfway, ADDRESS, PASSWORD)
    for _ in range(3):
        halfway.act("/sign-in/passkey", {"credential": "{}"})
    for _ in range(2):
        halfway.submit("/sign-in/code", {"code": "000000"})
    assert halfway.act("/sign-in/passkey", {"credential": "{}"}).status_code == 429


def test_there_is_no_challenge_without_a_passkey_or_a_password(client, halfway, new_client):
    assert halfway.act("/sign-in/passkey/challenge").status_code == 404
    assert new_client().act("/sign-in/passkey/challenge").status_code == 404


def test_at_another_address_the_page_says_why_passkeys_do_not_work(client, softkey):
    sign_in(client, ADDRESS, PASSWORD)
    page = client.get("/sign-in/code").text  # at localhost without a port, where this hub is not
    assert "Passkeys work only at http://localhost:8000." in page
    assert "passkeys.js" not in page


def test_a_loss_is_reported_shown_and_stopped(halfway, nino, secret):
    answer = halfway.submit("/sign-in/lost?next=/account", {"words": "Call my office."})
    assert answer.location == "/sign-in/lost?next=/account"
    page = halfway.get(answer.location)
    assert "It is reported that your second factors are lost" in page.text
    assert session().scalar(select(FactorReset.words)) == "Call my office."
    stopped = halfway.submit(page, {"next": "/account"}, action="/sign-in/lost/stop")
    assert stopped.location == "/sign-in/code?next=/account"
    assert open_reset_of(nino.id) is None
    assert session().scalar(select(FactorReset.status)) is FactorResetStatus.STOPPED


@pytest.mark.parametrize("typed", ["", "  ", "x" * 2_001])
def test_a_loss_needs_words(halfway, nino, typed):
    answer = halfway.submit("/sign-in/lost", {"words": typed})
    assert answer.status_code == 422
    assert typed.strip() in answer.text
    assert open_reset_of(nino.id) is None


def test_a_loss_is_reported_once(halfway):
    token = halfway.token()
    halfway.post("/sign-in/lost", data={"words": "Call me.", "csrf_token": token})
    answer = halfway.post("/sign-in/lost", data={"words": "Call me.", "csrf_token": token})
    assert answer.status_code == 409
    assert "You reported this already." in answer.text


def test_three_reports_a_day_are_the_most(halfway, nino):
    for _ in range(3):
        halfway.submit("/sign-in/lost", {"words": "Call me."})
        halfway.act("/sign-in/lost/stop")
    answer = halfway.submit("/sign-in/lost", {"words": "Call me."})
    assert answer.status_code == 429
    assert "Call me." in answer.text
    assert open_reset_of(nino.id) is None


def test_nothing_to_stop_is_nothing_here(halfway):
    assert halfway.act("/sign-in/lost/stop").status_code == 404


def test_when_the_48_hours_are_over_the_password_is_enough(client, nino, secret):
    first, second = make_member(roles=[Role.COORDINATOR]), make_member(roles=[Role.COORDINATOR])
    session().add(
        FactorReset(
            member_id=nino.id,
            words="Call me.",
            status=FactorResetStatus.APPROVED,
            requested_at=now(),
            first_approved_by_id=first.id,
            second_approved_by_id=second.id,
            approved_at=now(),
            takes_effect_at=now() + timedelta(hours=48),
        )
    )
    session().commit()
    assert sign_in(client, ADDRESS, PASSWORD).location.startswith("/sign-in/code")
    with time_machine.travel(now() + timedelta(hours=48, minutes=1), tick=False):
        assert sign_in(client, ADDRESS, PASSWORD).location == "/start"
        assert client.get("/account").status_code == 200


def test_a_passkey_is_stored_with_its_last_use(client, softkey):
    sign_in(client, ADDRESS, PASSWORD)
    options = client.act("/sign-in/passkey/challenge").text
    client.act("/sign-in/passkey", {"credential": softkey.sign(options)})
    assert session().scalar(select(Passkey.last_used_at)) is not None


def test_a_session_used_after_signing_out_is_refused(halfway, secret):
    halfway.submit("/sign-in/code", {"code": code_of(secret)})
    token = halfway.get_cookie("hub").value
    halfway.act("/sign-out")
    halfway.set_cookie("hub", token)
    assert halfway.get("/account").status_code == 303
    live = select(func.count()).select_from(SignInSession).where(SignInSession.ended_at.is_(None))
    assert session().scalar(live) == 0


def test_signing_in_with_a_factor_stops_the_report(halfway, nino, secret):
    page = halfway.submit("/sign-in/lost", {"words": "Call me."})
    assert page.status_code == 303
    assert halfway.submit("/sign-in/code", {"code": code_of(secret)}).status_code == 303
    assert open_reset_of(nino.id) is None
    assert session().scalar(select(FactorReset.status)) is FactorResetStatus.STOPPED
