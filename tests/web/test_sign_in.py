"""Signing in and out, as a person does it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.core import passwords
from hub.core.clock import now
from hub.core.database import session
from hub.members.models import MemberStatus, SignInSession
from tests.factories import PASSWORD, make_member
from tests.web.client import sign_in

ADDRESS = "nino@test.example"


@pytest.fixture
def nino(database):
    return make_member(ADDRESS, display_name="Nino", focal_country="GE")


def test_a_member_signs_in_and_is_named_on_the_page(client, nino):
    assert sign_in(client, ADDRESS, PASSWORD).location == "/start"
    page = client.get("/account").text
    assert "Nino" in page
    assert "Focal point, Georgia" in page


def test_a_member_goes_on_to_where_they_wanted_to_be(client, nino):
    refused = client.get("/account?x=1")
    assert refused.status_code == 303
    assert refused.location == "/sign-in?next=/account?x%3D1"
    answer = client.submit(refused.location, {"email": ADDRESS, "password": PASSWORD})
    assert answer.location == "/account?x=1"


def test_who_waits_for_approval_is_led_to_how_it_stands(client, database):
    make_member(ADDRESS, status=MemberStatus.CONFIRMED)
    assert sign_in(client, ADDRESS, PASSWORD).location == "/start"
    refused = client.get("/account/roles")
    assert refused.status_code == 403
    assert "Your application must be approved first." in refused.text
    assert 'href="/account"' in refused.text


@pytest.mark.parametrize("email", [ADDRESS, "nobody@test.example"])
def test_a_wrong_pair_gets_the_same_words_for_known_and_unknown_addresses(client, nino, email):
    answer = sign_in(client, email, "not the password")
    assert answer.status_code == 422
    assert "The email address and the password do not belong to an account that can sign in." in answer.text
    assert f'value="{email}"' in answer.text
    assert "not the password" not in answer.text


@pytest.mark.parametrize(
    ("email", "password"),
    [(ADDRESS, PASSWORD), (ADDRESS, "not the password"), ("nobody@test.example", PASSWORD)],
)
def test_signing_in_costs_one_argon2_verification_for_known_and_unknown_addresses(
    client, nino, email, password, monkeypatch
):
    turns = []
    real = passwords._turn  # every hash and every verification takes one

    def counted():
        turns.append(email)
        return real()

    monkeypatch.setattr(passwords, "_turn", counted)
    sign_in(client, email, password)
    assert len(turns) == 1


def test_empty_fields_are_named_in_the_summary(client):
    answer = client.submit("/sign-in", {"email": "", "password": ""})
    assert answer.status_code == 422
    assert '<a href="#email">Enter your email address</a>' in answer.text
    assert '<a href="#password">Enter your password</a>' in answer.text


def test_many_tries_must_wait_and_are_told_how_long(client, nino):
    for _ in range(3):
        sign_in(client, ADDRESS, "wrong")
    answer = sign_in(client, ADDRESS, "wrong")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert "Wait 1 second, then try again." in answer.text


@pytest.mark.parametrize("length", [200, 100_000])
def test_a_long_password_is_only_wrong(client, nino, length):
    assert sign_in(client, ADDRESS, "x" * length).status_code == 422


def test_signing_out_ends_the_session_on_the_server_too(client, nino):
    sign_in(client, ADDRESS, PASSWORD)
    stolen = client.get_cookie("hub").value
    assert client.act("/sign-out").location == "/"
    assert client.get_cookie("hub") is None
    client.set_cookie("hub", stolen)
    assert client.get("/account").status_code == 303


def test_signing_in_again_ends_the_session_before(client, nino):
    sign_in(client, ADDRESS, PASSWORD)
    first = client.get_cookie("hub").value
    client.act("/sign-in", {"email": ADDRESS, "password": PASSWORD})
    assert client.get_cookie("hub").value != first
    live = select(func.count()).select_from(SignInSession).where(SignInSession.ended_at.is_(None))
    assert session().scalar(live) == 1


def test_the_form_secret_changes_at_sign_in_and_the_language_stays(client, nino):
    client.act("/language", {"language": "ar-XB"})
    before = client.token()
    client.submit("/sign-in", {"email": ADDRESS, "password": PASSWORD})
    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400
    assert 'lang="ar-XB"' in client.get("/account").text


def test_a_withdrawn_role_stops_at_once(client, database):
    member = make_member(roles=[Role.COORDINATOR])
    client.become(member)
    assert client.get("/trial/role").status_code == 200
    member.status = MemberStatus.SUSPENDED
    database.commit()
    assert client.get("/trial/role").status_code == 303


def test_a_session_ends_after_idle_hours(client, nino):
    client.become(nino)
    assert client.get("/account").status_code == 200
    with time_machine.travel(now() + timedelta(minutes=31), tick=False):
        assert client.get("/account").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "'; DROP TABLE members", "a" * 43, "é" * 30])
def test_a_made_up_token_signs_nobody_in(client, cookie):
    client.set_cookie("hub", cookie)
    assert client.get("/account").status_code == 303


def test_an_applicant_signs_in_and_is_told_how_things_stand(client, database):
    make_member("new@test.example", status=MemberStatus.CONFIRMED)
    sign_in(client, "new@test.example", PASSWORD)
    assert "Your account is not approved yet." in client.get("/account").text
    assert client.get("/coordinate").status_code == 403


def test_the_cookie_of_a_signed_in_person_is_for_the_server_only(client, nino):
    sent = sign_in(client, ADDRESS, PASSWORD).headers.getlist("Set-Cookie")
    token = next(each for each in sent if each.startswith("hub="))
    assert "HttpOnly" in token
    assert "SameSite=Lax" in token
    assert "Path=/" in token


def test_a_visitor_writes_nothing_to_the_database(client, database):
    connection = database.connection()
    client.get("/")
    client.get("/sign-in")
    client.act("/language", {"language": "en-GB"})
    tables = set(connection.dialect.get_table_names(connection)) - {"alembic_version"}
    counts = {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() for name in tables}
    assert not any(counts.values())
