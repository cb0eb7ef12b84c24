"""Leaving an organisation through one's account."""

import pytest

from hub.organisations.queries import memberships_of
from tests.factories import make_law_enforcement, make_member, make_organisation

pytestmark = pytest.mark.db


def test_a_member_leaves_and_is_told_what_ends(client):
    organisation = make_organisation()
    member = make_member(represents=[organisation])
    client.become(member)
    path = f"/account/organisations/{organisation.slug}/leave"
    assert "no longer speak for it" in client.get(path).text
    assert client.submit(path).location == "/account"
    assert memberships_of(member.id) == []
    assert client.get(path).status_code == 404


def test_a_status_that_rests_on_the_membership_ends_with_it(client, database):
    police = make_organisation()
    member = make_member(belongs_to=[police], has_factor=True)
    make_law_enforcement(member, "GE", organisation_id=police.id)
    database.commit()
    client.become(member)
    path = f"/account/organisations/{police.slug}/leave"
    assert "Your law-enforcement status ends with it." in client.get(path).text
    assert "Verified for Georgia" in client.get("/account").text
    client.submit(path)
    assert "Not verified" in client.get("/account").text


def test_nobody_leaves_for_somebody_else(client):
    organisation = make_organisation()
    make_member(belongs_to=[organisation])
    client.become(make_member())
    assert client.act(f"/account/organisations/{organisation.slug}/leave").status_code == 404
