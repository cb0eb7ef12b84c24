"""Leaving an organisation, also as the last one who speaks for it."""

from hub.core.database import session
from hub.organisations.models import OrganisationStatus
from hub.organisations.queries import memberships_of
from tests.factories import make_law_enforcement, make_member

LEAVE = "/organisations/open-ledger/leave"


def test_a_member_leaves_and_is_told_what_ends(client, ledger, speaker, text):
    member = make_member(belongs_to=[ledger])
    client.become(member)
    page = client.get(LEAVE)
    assert "no longer read what is for its members only" in text(page)
    assert "the last one" not in text(page)
    assert client.submit(LEAVE).location == "/account/organisations"
    assert memberships_of(member.id) == []
    assert client.get(LEAVE).status_code == 404
    assert ledger.status is OrganisationStatus.VERIFIED


def test_a_status_that_rests_on_the_membership_ends_with_it(client, ledger, database, text):
    member = make_member(belongs_to=[ledger], has_factor=True)
    make_law_enforcement(member, "GE", organisation_id=ledger.id)
    database.commit()
    client.become(member)
    assert "Your law-enforcement status ends with it." in text(client.get(LEAVE))
    client.submit(LEAVE)
    assert "Not verified" in client.get("/account").text


def test_the_last_one_reads_what_ends_and_may_leave(browser, ledger, speaker, text):
    page = browser.get(LEAVE)
    assert "its verification lapses at once" in text(page)
    assert "invite somebody as a representative first" in text(page)
    assert browser.submit(page).status_code == 303
    session().refresh(ledger)
    assert ledger.status is OrganisationStatus.LAPSED
    assert memberships_of(speaker.id) == []


def test_who_became_the_last_one_meanwhile_is_asked_again(browser, new_client, ledger, speaker, text):
    other = new_client().become(make_member(represents=[ledger]))
    mine, theirs = browser.get(LEAVE), other.get(LEAVE)
    assert other.submit(theirs).status_code == 303
    page = browser.submit(mine)
    assert page.status_code == 409
    assert "nobody has left yet" in text(page)
    assert len(memberships_of(speaker.id)) == 1
    assert browser.submit(page).status_code == 303
    assert memberships_of(speaker.id) == []


def test_nobody_leaves_for_somebody_else(client, ledger, speaker):
    client.become(make_member())
    assert client.act(LEAVE).status_code == 404
