"""The door in front of every view."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hub.access.viewer import Role
from hub.members.models import MemberStatus
from tests.factories import PASSWORD, make_member
from tests.web.client import TOKEN

pytestmark = pytest.mark.db


def test_a_view_that_nobody_marked_is_refused(client):
    assert client.get("/trial/unmarked").status_code == 404


@pytest.mark.parametrize("path", ["/trial/account", "/trial/members", "/trial/role", "/trial/role/thing"])
def test_a_visitor_is_sent_to_sign_in(client, path):
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.location == f"/sign-in?next={path}"


@pytest.mark.parametrize(
    ("person", "path", "status"),
    [
        ({"status": MemberStatus.APPLIED}, "/trial/account", 200),
        ({"status": MemberStatus.APPLIED}, "/trial/members", 403),
        ({}, "/trial/members", 200),
        ({}, "/trial/role", 403),
        ({}, "/trial/role/thing", 404),
        ({"roles": [Role.INTEGRITY_OFFICER]}, "/trial/role", 403),
        ({"roles": [Role.COORDINATOR]}, "/trial/role", 200),
        ({"roles": [Role.ADMINISTRATOR]}, "/trial/role", 200),
        ({"roles": [Role.COORDINATOR], "status": MemberStatus.APPLIED}, "/trial/role", 403),
        ({"roles": [Role.COORDINATOR], "status": MemberStatus.SUSPENDED}, "/trial/role", 303),
    ],
)
def test_who_comes_in(client, person, path, status):
    assert client.become(make_member(**person)).get(path).status_code == status


def test_not_allowed_and_not_there_look_alike(client):
    client.become(make_member())
    refused = client.get("/trial/role/thing")
    missing = client.get("/trial/fail/missing")
    assert refused.status_code == missing.status_code == 404
    # the token of a form holds the second in which it was made
    assert TOKEN.sub("", refused.text) == TOKEN.sub("", missing.text)


def test_words_of_somebody_signed_out_meanwhile_come_back(client):
    answer = client.act(
        "/trial/members",
        {"description": "An hour of work"},
        headers={"Referer": "http://localhost/trial/page"},
    )
    assert answer.status_code == 403
    assert "You have been signed out" in answer.text
    assert "\nAn hour of work</textarea>" in answer.text
    assert 'href="/sign-in?next=/trial/page"' in answer.text


def test_a_button_of_somebody_signed_out_meanwhile_leads_to_sign_in(client):
    answer = client.act(
        "/trial/members", {"version": "3"}, headers={"Referer": "http://localhost/trial/page"}
    )
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/trial/page"


def test_roles_are_read_again_on_every_request(client, database):
    member = make_member(roles=[Role.COORDINATOR])
    client.become(member)
    assert client.get("/trial/role").status_code == 200
    member.status = MemberStatus.SUSPENDED
    database.commit()
    assert client.get("/trial/role").status_code == 303


def test_a_privileged_session_left_alone_for_half_an_hour_is_over(client):
    privileged = {"roles": [Role.COORDINATOR]}, {"law_enforcement": "GE"}, {"focal_country": "GE"}
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        for kind in privileged:
            client.become(make_member(**kind))
            clock.shift(timedelta(minutes=29, seconds=59))
            assert client.get("/account").status_code == 200
            clock.shift(timedelta(minutes=30))
            assert client.get("/account").status_code == 303


def test_others_may_be_idle_for_eight_hours(client):
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        client.become(make_member())
        clock.shift(timedelta(hours=7, minutes=59))
        assert client.get("/account").status_code == 200
        clock.shift(timedelta(hours=4))
        assert client.get("/account").status_code == 200


def test_who_needs_a_second_factor_first_is_led_to_it(client):
    client.become(make_member(roles=[Role.COORDINATOR], has_factor=False))
    answer = client.get("/trial/role")
    assert (answer.status_code, answer.location) == (303, "/account/security")


def test_a_decision_asks_for_the_password_after_ten_minutes_and_loses_nothing(client):
    member = make_member()
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        client.become(member)
        assert client.act("/trial/decide", {"words": "because"}).text == "because"
        clock.shift(timedelta(minutes=10))
        asked = client.act("/trial/decide", {"words": "because"})
        assert asked.status_code == 403
        wrong = client.submit(asked, {"confirming_password": "not mine at all"})
        assert wrong.status_code == 422
        assert "This is not your password." in wrong.text
        clock.shift(timedelta(seconds=2))
        assert client.submit(wrong, {"confirming_password": PASSWORD}).text == "because"
        assert client.act("/trial/decide", {"words": "again"}).text == "again"
