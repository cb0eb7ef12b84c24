"""The directory and the page of an organisation."""

from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.organisations.models import MergedOrganisation, OrganisationStatus
from hub.organisations.people import own_membership
from tests.factories import make_member, make_organisation

PAGE = "/organisations/open-ledger"


def name_speaker(ledger, speaker):
    membership = own_membership(ledger, viewer_of(speaker))
    membership.is_shown = True
    session().commit()


def test_everybody_reads_a_verified_one(client, ledger, text):
    page = text(client.get(PAGE))
    assert all(each in page for each in ("Open Ledger", "Verified", "Civil society", "Georgia"))
    assert "Follows public money." in page
    assert "It has not disclosed this." in page


def test_nobody_is_named_who_did_not_choose_it(client, ledger, speaker, text):
    assert "Tamar" not in text(client.get(PAGE))
    name_speaker(ledger, speaker)
    page = client.get(PAGE)
    assert "Tamar speaks for it" in text(page)
    # without a page of their own there is no link
    assert "/members/" not in page.text


def test_one_that_is_not_verified_is_seen_by_few(client, new_client, newcomer, coordinator):
    address = "/organisations/watchful-eye"
    assert client.get(address).status_code == 404
    assert client.become(make_member()).get(address).status_code == 404
    own = new_client().become(make_member(represents=[newcomer]))
    assert own.get(address).status_code == 200
    assert new_client().become(coordinator).get(address).status_code == 200
    assert new_client().become(make_member(focal_country="GE")).get(address).status_code == 200
    assert new_client().become(make_member(focal_country="MD")).get(address).status_code == 404


def test_the_address_of_a_merged_one_leads_on(client, ledger):
    former = make_organisation("Ledger Open", slug="ledger-open")
    session().add(MergedOrganisation(organisation_id=former.id, into_id=ledger.id))
    session().commit()
    answer = client.get("/organisations/ledger-open")
    assert (answer.status_code, answer.location) == (301, PAGE)


def test_each_reader_is_offered_what_they_may_do(browser, new_client, ledger, coordinator):
    own = browser.get(PAGE).text
    assert all(f"{PAGE}/{each}" in own for each in ("edit", "people", "verification"))
    assert "/merge" not in own
    other = new_client().become(make_member()).get(PAGE).text
    assert not any(f'"{PAGE}/{each}"' in other for each in ("edit", "people", "verification", "merge"))
    desk = new_client().become(coordinator).get(PAGE).text
    assert all(f"{PAGE}/{each}" in desk for each in ("end-verification", "merge"))


def test_a_name_with_letters_of_another_script_is_marked(client, database):
    make_organisation("\u0421ivic Watch", slug="civic")
    assert 'class="odd"' in client.get("/organisations/civic").text


def test_the_directory_finds_and_filters(client, ledger, newcomer, index, text):
    make_organisation(
        "Lapsed Lab", slug="lapsed", status=OrganisationStatus.LAPSED, country="MD", type="academia"
    )
    index()
    page = text(client.get("/organisations"))
    assert "2 organisations" in page
    assert "Watchful Eye" not in page
    found = text(client.get("/organisations?type=academia&country=MD&status=lapsed"))
    assert "1 organisation" in found
    assert "Lapsed Lab" in found
    assert "Open Ledger" in text(client.get("/organisations?q=money"))
    nothing = text(client.get("/organisations?q=zebra&type=academia"))
    assert "No organisation matches all of this" in nothing
    assert "Without “zebra”" in nothing


def test_what_is_hidden_since_the_index_was_made_is_not_shown(client, ledger, index, text):
    index()
    ledger.status = OrganisationStatus.UNVERIFIED
    session().commit()
    assert "Open Ledger" not in text(client.get("/organisations"))


def test_ones_own_organisations_stand_in_the_account(browser, ledger, text):
    page = text(browser.get("/account/organisations"))
    assert "Open Ledger" in page
    assert "You speak for it" in page


def test_a_focal_point_reads_there_what_waits(client, database, text):
    client.become(make_member(focal_country="GE"))
    page = text(client.get("/account/organisations"))
    assert "No request waits" in page
    assert "You belong to no organisation" in page
