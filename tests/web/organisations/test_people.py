"""Who belongs to an organisation: invited, given roles, removed, named."""

import pytest
from sqlalchemy import select

from hub.core.database import session
from hub.organisations.models import MembershipRole
from hub.organisations.queries import memberships_of
from hub.vetting.models import Invitation
from tests.factories import make_member
from tests.web.mailbox import mails

PEOPLE = "/organisations/open-ledger/people"


@pytest.fixture
def colleague(ledger):
    return make_member(display_name="Goga", belongs_to=[ledger])


def role_of(member):
    return [each.role for each in memberships_of(member.id)]


def test_inviting_a_colleague(browser, text):
    answer = browser.submit(PEOPLE, {"email": "dana@ledger.example", "role": "representative"})
    assert answer.location == PEOPLE
    sent = session().scalar(select(Invitation))
    assert (sent.email, sent.organisation.slug, sent.membership_role) == (
        "dana@ledger.example",
        "open-ledger",
        MembershipRole.REPRESENTATIVE,
    )
    assert mails() == ["invitation"]
    assert "dana@ledger.example: open until" in text(browser.get(PEOPLE))


def test_nobody_invites_to_what_is_not_verified(client, newcomer, text):
    client.become(make_member(represents=[newcomer]))
    people = "/organisations/watchful-eye/people"
    page = client.get(people)
    assert "Once the organisation is verified, you can invite colleagues." in text(page)
    assert "Send the invitation" not in page.text
    assert client.act(people, {"email": "dana@ledger.example"}).status_code == 404
    assert "You cannot invite anybody at the moment" in text(client.get("/account/invitations"))
    asked = {"email": "dana@ledger.example", "purpose": "organisation:watchful-eye"}
    assert client.act("/account/invitations", asked).status_code == 403
    assert mails() == []


def test_an_address_that_is_none_is_kept(browser):
    page = browser.submit(PEOPLE, {"email": "dana"})
    assert page.status_code == 422
    assert 'value="dana"' in page.text


def test_roles_change(browser, colleague, text):
    address = f"{PEOPLE}/{colleague.public_id}/change-role"
    assert browser.submit(PEOPLE, action=address).location == PEOPLE
    assert role_of(colleague) == [MembershipRole.REPRESENTATIVE]
    browser.submit(PEOPLE, action=address)
    assert role_of(colleague) == [MembershipRole.MEMBER]
    assert browser.act(address, {"role": "king"}).status_code == 404


def test_ending_a_membership_is_asked_first(browser, colleague, text):
    address = f"{PEOPLE}/{colleague.public_id}/end"
    assert "They are told." in text(browser.get(address))
    assert browser.submit(address).location == PEOPLE
    assert memberships_of(colleague.id) == []
    assert browser.get(address).status_code == 404


def test_ones_own_membership_ends_by_leaving(browser, speaker):
    answer = browser.get(f"{PEOPLE}/{speaker.public_id}/end")
    assert answer.location == "/organisations/open-ledger/leave"


def test_everybody_decides_for_themselves_whether_they_are_named(client, colleague, speaker, text):
    client.become(colleague)
    assert client.submit(PEOPLE, {}, action="/organisations/open-ledger/show-me").status_code == 303
    assert "Goga" in text(client.get("/organisations/open-ledger"))
    client.submit(PEOPLE, {}, action="/organisations/open-ledger/show-me")
    assert "Goga" not in text(client.get("/organisations/open-ledger"))


def test_mere_members_read_the_list_and_change_nothing(client, colleague, speaker, text):
    client.become(colleague)
    page = client.get(PEOPLE)
    assert all(each in text(page) for each in ("Goga", "Tamar"))
    assert 'name="email"' not in page.text
    assert "change-role" not in page.text
    assert client.act(PEOPLE, {"email": "a@b.example"}).status_code == 404
    assert client.act(f"{PEOPLE}/{speaker.public_id}/end").status_code == 404


@pytest.mark.parametrize("who", [{}, {"focal_country": "MD"}])
def test_others_do_not_see_who_belongs_to_it(client, ledger, speaker, who):
    client.become(make_member(**who))
    assert client.get(PEOPLE).status_code == 404
    assert client.act("/organisations/open-ledger/show-me", {"shown": "yes"}).status_code == 404


def test_the_focal_point_sees_who_belongs_to_it(client, speaker, text):
    client.become(make_member(focal_country="GE"))
    assert "Tamar" in text(client.get(PEOPLE))
