"""Inviting people from one's own account."""

import re

import pytest
from sqlalchemy import select

from hub.core.database import session, transaction
from hub.members.models import TokenPurpose
from hub.organisations.queries import memberships_of
from hub.vetting.invitations import A_DAY, invite
from hub.vetting.models import Invitation
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words
from tests.web.mailbox import link_to, mails

ADDRESS = "dana@ngo.example"


@pytest.fixture
def organisation(database):
    return make_organisation("Open Ledger", slug="open-ledger")


@pytest.fixture
def browser(client, organisation):
    return client.become(make_member(represents=[organisation], focal_country="GE"))


def text_of(answer):
    return words(parse(answer.text).find(".//main"))


def send(browser, email=ADDRESS, **typed):
    return browser.submit(
        "/account/invitations",
        {"email": email, "purpose": "organisation:open-ledger", **typed},
        action="/account/invitations",
    )


def invitation():
    return session().scalar(select(Invitation).order_by(Invitation.id.desc()).limit(1))


def test_inviting_for_an_organisation(browser, organisation):
    answer = send(browser)
    assert (answer.status_code, answer.location) == (303, "/account/invitations")
    assert (invitation().organisation, invitation().membership_role) == (organisation, "member")
    text = text_of(browser.get("/account/invitations"))
    assert all(each in text for each in (ADDRESS, "Open Ledger", "Open until", "Revoke"))
    assert mails() == ["invitation"]


def test_inviting_a_representative(browser):
    send(browser, role="representative")
    assert invitation().membership_role == "representative"
    assert "Open Ledger, as a representative" in text_of(browser.get("/account/invitations"))


def test_inviting_for_a_country(browser):
    send(browser, purpose="country:GE")
    assert (invitation().country, invitation().organisation) == ("GE", None)


@pytest.mark.parametrize("purpose", ["", "country:MD", "organisation:other", "GE"])
def test_nobody_invites_for_what_they_do_not_speak_for(browser, purpose):
    make_organisation(slug="other")
    answer = send(browser, purpose=purpose)
    assert answer.status_code == 422
    assert f'value="{ADDRESS}"' in answer.text
    assert invitation() is None


def test_with_one_choice_it_is_made(client, database):
    client.become(make_member(focal_country="GE"))
    page = client.get("/account/invitations")
    assert 'name="role"' not in page.text
    client.submit(page, {"email": ADDRESS}, action="/account/invitations")
    assert invitation().country == "GE"


def test_who_may_not_invite_is_told_who_may(client, database):
    client.become(make_member())
    page = client.get("/account/invitations")
    assert "You cannot invite anybody at the moment" in text_of(page)
    assert 'name="email"' not in page.text
    assert client.act("/account/invitations", {"email": ADDRESS, "purpose": "country:GE"}).status_code == 403
    assert invitation() is None


@pytest.mark.parametrize("email", ["", "dana"])
def test_what_is_no_address_is_said(browser, email):
    assert send(browser, email).status_code == 422


def test_revoking(browser, client):
    send(browser)
    link = link_to(client, TokenPurpose.INVITATION)
    address = f"/account/invitations/{invitation().public_id}/revoke"
    assert browser.act(address).location == "/account/invitations"
    text = text_of(browser.get("/account/invitations"))
    assert "Revoked" in text
    assert "Open until" not in text
    assert browser.get(link).status_code == 410
    browser.act(address)
    assert "Nothing changed." in browser.get("/account/invitations").text


def test_nobody_revokes_what_another_sent(browser, new_client):
    send(browser)
    other = new_client().become(make_member(focal_country="GE"))
    assert other.act(f"/account/invitations/{invitation().public_id}/revoke").status_code == 404
    assert ADDRESS not in other.get("/account/invitations").text


def test_the_twenty_first_of_a_day_is_refused_in_words_and_kept(browser):
    for number in range(A_DAY):
        browser.act("/account/invitations", {"email": f"guest{number}@ngo.example", "purpose": "country:GE"})
    answer = send(browser)
    assert answer.status_code == 429
    assert "You have sent 20 invitations within a day, which is the most." in answer.text
    assert f'value="{ADDRESS}"' in answer.text
    assert int(answer.headers["Retry-After"]) > 80_000
    assert invitation().email == "guest19@ngo.example"


def test_an_invitation_is_accepted_from_the_account(database, new_client):
    organisation = make_organisation("Open Ledger")
    representative = make_member(represents=[organisation])
    somebody = make_member("known@test.example")
    with transaction():
        invite(representative, "known@test.example", organisation=organisation)
    browser = new_client().become(somebody)
    assert "Accept the invitation of 1 organisation" in browser.get("/start").text
    for page in ("/account", "/account/organisations"):
        assert "Open Ledger" in browser.get(page).text
    shown = browser.get("/account")
    token = re.search(r'name="token" value="([^"]+)"', shown.text).group(1)
    answer = browser.act("/join/invitation", {"token": token})
    assert answer.status_code == 303
    assert [each.organisation for each in memberships_of(somebody.id)] == [organisation]
    assert 'name="token"' not in browser.get("/account/organisations").text
