"""Merging organisations: proposed by one coordinator, decided by another."""

import pytest
from sqlalchemy import select

from hub.access.viewer import Role
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.organisations.models import OrganisationStatus
from hub.organisations.queries import memberships_of
from hub.vetting.models import OrganisationMerge
from tests.factories import make_member, make_organisation

PROPOSE = "/organisations/ledgers/merge"


@pytest.fixture
def double(database):
    return make_organisation("Open Ledgers", slug="ledgers", type="civil_society")


@pytest.fixture
def other(new_client, database):
    """The browser of another coordinator."""
    return new_client().become(make_member(roles=[Role.COORDINATOR]))


@pytest.fixture
def proposed(client, coordinator, ledger, double):
    client.become(coordinator)
    page = client.get(PROPOSE)
    assert "Open Ledger" in page.text
    assert "/organisations/ledgers/merge?into=open-ledger" in page.text
    answer = client.submit(f"{PROPOSE}?into=open-ledger", {"reason": "One letter"})
    found = session().scalar(select(OrganisationMerge))
    assert answer.location == desk(found)
    return found


def desk(merge):
    return f"/coordinate/merges/{merge.public_id}"


def test_two_coordinators_merge(client, proposed, other, double, ledger, text):
    person = make_member(represents=[double])
    assert "You proposed this." in text(client.get(desk(proposed)))
    assert "Open Ledgers into Open Ledger" in text(other.get("/coordinate/merges"))
    page = other.get(desk(proposed))
    assert "One letter" in text(page)
    assert other.submit(page, action=f"{desk(proposed)}/approve").location == desk(proposed)
    assert other.get("/organisations/ledgers").location == "/organisations/open-ledger"
    assert [each.organisation_id for each in memberships_of(person.id)] == [ledger.id]
    assert "There is nothing to decide" in text(other.get(desk(proposed)))


def test_who_proposed_it_does_not_decide_but_withdraws(client, proposed, text):
    assert client.act(f"{desk(proposed)}/approve").status_code == 403
    assert client.submit(desk(proposed), action=f"{desk(proposed)}/withdraw").status_code == 303
    session().refresh(proposed)
    assert proposed.status is ProposalStatus.WITHDRAWN


def test_declining_needs_words(client, proposed, other, text):
    address = f"{desk(proposed)}/decline"
    assert other.submit(desk(proposed), {"words": ""}, action=address).status_code == 422
    assert other.submit(desk(proposed), {"words": "Two towns"}, action=address).status_code == 303
    assert "Two towns" in text(client.get(desk(proposed)))
    again = other.act(f"{desk(proposed)}/approve")
    assert again.status_code == 409


def test_who_belongs_to_either_gets_the_stop_page(new_client, proposed, ledger, text):
    decider = new_client().become(make_member(roles=[Role.COORDINATOR], belongs_to=[ledger]))
    page = decider.get(desk(proposed))
    assert "You have a conflict of interest here" in text(page)
    assert "One letter" not in page.text
    assert decider.act(f"{desk(proposed)}/approve").status_code == 403


def test_who_belongs_to_either_proposes_nothing(new_client, ledger, double, text):
    decider = new_client().become(make_member(roles=[Role.COORDINATOR], belongs_to=[ledger]))
    answer = decider.act(PROPOSE, {"into": "open-ledger", "reason": "x"})
    assert answer.status_code == 403
    assert "You have a conflict of interest here" in text(answer)


def test_what_is_wrong_is_said(client, coordinator, ledger, double):
    client.become(coordinator)
    assert client.submit(PROPOSE, {"reason": "Kept words"}).status_code == 422
    page = client.submit(PROPOSE, {"into": "ledgers", "reason": "Kept words"})
    assert page.status_code == 422
    assert "Kept words" in page.text


def test_a_second_proposal_leads_to_the_first(other, proposed):
    assert other.get(PROPOSE).location == desk(proposed)


@pytest.mark.parametrize("who", [{}, {"focal_country": "GE"}])
def test_nobody_else_merges(new_client, proposed, who):
    browser = new_client().become(make_member(**who))
    assert browser.get(PROPOSE).status_code == 404
    assert browser.get(desk(proposed)).status_code == 404
    assert browser.get("/coordinate/merges").status_code == 403


def test_the_page_says_who_loses_a_membership(client, proposed, other, double, ledger, text):
    make_member(represents=[double])
    assert "lose" not in text(other.get(desk(proposed)))
    double.status = OrganisationStatus.LAPSED
    session().commit()
    assert "1 person loses their membership." in text(other.get(desk(proposed)))
