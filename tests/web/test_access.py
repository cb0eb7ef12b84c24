"""The door in front of every view."""

import pytest

from hub.access.viewer import Role
from hub.members.models import MemberStatus
from tests.factories import make_member

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
    assert refused.text.replace(client.token(), "") == missing.text.replace(client.token(), "")


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
    member.status = MemberStatus.LAPSED
    database.commit()
    assert client.get("/trial/role").status_code == 303
