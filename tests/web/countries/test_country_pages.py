"""The page of a country: what it states, its innovations and replications, each for who may see them."""

import pytest
from sqlalchemy import select

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import ReadinessState
from hub.catalogue.readiness.service import StatementDetails, state_prerequisites
from hub.core.database import session
from hub.members.models import RoleGrant
from hub.organisations.models import OrganisationStatus
from hub.vocabularies.loader import vocabulary
from tests.catalogue.cast import did, record_of
from tests.catalogue.proofs import claimed, confirmed
from tests.factories import make_organisation
from tests.web.client import parse, words

STATED = {
    "law.data_protection": StatementDetails(ReadinessState.READY, "Act 12 of 2020."),
    "data.companies": StatementDetails(ReadinessState.BLOCKED),
}


def state(cast, stated=STATED):
    """Have Spain's focal point state something."""
    did(state_prerequisites, cast["focal"], "ES", stated, language="es")


def test_everybody_reads_what_a_country_states(cast, browser_of):
    state(cast)
    page = browser_of("visitor").get("/countries/ES").text
    text = words(parse(page))
    for told in ("Spain", "1 ready", "1 is blocked", "28 not stated", "Act 12 of 2020.", "Focal point, "):
        assert told in text, told
    assert 'lang="es"' in page
    assert cast["focal"].display_name not in page
    assert "Change what is stated" not in page


def test_a_country_that_states_nothing_says_so(cast, browser_of):
    assert "Nothing is stated yet" in browser_of("visitor").get("/countries/FR").text
    assert "Change what is stated" in browser_of("focal").get("/countries/ES").text
    assert "Change what is stated" not in browser_of("focal").get("/countries/FR").text


def test_small_letters_lead_to_capitals(cast, browser_of):
    answer = browser_of("visitor").get("/countries/es")
    assert (answer.status_code, answer.location) == (301, "/countries/ES")
    answer = browser_of("focal").get("/countries/es/edit")
    assert (answer.status_code, answer.location) == (301, "/countries/ES/edit")


@pytest.mark.parametrize("code", ["XX", "zz", "ESP", "ß", "%00", "E", "..", "1"])
def test_there_is_no_page_for_what_is_no_country(cast, browser_of, code):
    assert browser_of("visitor").get(f"/countries/{code}").status_code == 404
    assert browser_of("focal").get(f"/countries/{code}/edit").status_code == 404


@pytest.mark.db
def test_a_country_lists_what_the_viewer_may_read(cast, browser_of):
    record_of(cast, name="Open ledger")
    record_of(cast, name="Ledger of members", readership=Readership(Audience.MEMBERS, Tlp.GREEN))
    record_of(cast, name="Ledger of the police", readership=Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER))
    told = {
        "visitor": ("Open ledger",),
        "member": ("Open ledger", "Ledger of members"),
        "police": ("Open ledger", "Ledger of members", "Ledger of the police"),
    }
    for name, expected in told.items():
        page = browser_of(name).get("/countries/GE").text
        for title in ("Open ledger", "Ledger of members", "Ledger of the police"):
            assert (title in page) is (title in expected), (name, title)
        assert f"{len(expected)} innovation" in page


def test_a_country_lists_what_was_taken_up_there(cast, browser_of):
    confirmed(cast, record_of(cast, name="Confirmed ledger"))
    claimed(cast, record_of(cast, name="Claimed ledger"))
    claimed(cast, record_of(cast, name="Published claim"), source_url="https://example.org/taken-up")
    secret = record_of(cast, name="Police ledger", readership=Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER))
    confirmed(cast, secret)
    page = browser_of("visitor").get("/countries/ES").text
    assert "2 were taken up here" in page
    assert "Confirmed ledger" in page
    assert "Published claim" in page
    assert "Claimed, not confirmed" in page
    assert "Claimed ledger" not in page
    assert "Police ledger" not in page
    assert "Police ledger" in browser_of("police").get("/countries/ES").text


def test_what_is_in_use_nearly_everywhere_comes_last_and_says_so(cast, browser_of):
    many = [each.code for each in vocabulary("countries").terms][:41]
    record_of(cast, name="Ledger of Norway", countries=("NO",))
    record_of(cast, name="Ledger of the world", countries=tuple({*many, "NO"}))
    text = words(parse(browser_of("visitor").get("/countries/NO").text))
    assert text.index("Ledger of Norway") < text.index("Ledger of the world")
    assert text.count("in use in many countries") == 1


def test_many_things_cost_no_more_questions(cast, browser_of, queries):
    visitor = browser_of("visitor")
    state(cast)
    confirmed(cast, record_of(cast, name="First"))
    with queries:
        visitor.get("/countries/ES")
    few = len(queries)
    for number in range(15):
        confirmed(cast, record_of(cast, name=f"Ledger {number}", countries=("GE", "ES")))
    with queries:
        page = visitor.get("/countries/ES").text
    assert len(queries) <= few + 4  # the lists of innovations was empty before
    assert "Search and filter all 15 innovations" in page
    assert "The latest 12 of 16." in page


def test_the_focal_point_is_named_only_if_they_agreed(cast, browser_of):
    page = browser_of("visitor").get("/countries/ES").text
    assert cast["focal"].display_name not in page
    assert "somebody who prefers not to be named" in page
    grant = session().scalars(select(RoleGrant).where(RoleGrant.country == "ES")).one()
    grant.is_named = True
    session().commit()
    assert cast["focal"].display_name in browser_of("visitor").get("/countries/ES").text
    assert "Nobody is focal point of this country yet" in browser_of("visitor").get("/countries/FR").text


def test_only_verified_organisations_stand_on_the_page(cast, browser_of):
    make_organisation("Unverified one", country="ES", status=OrganisationStatus.UNVERIFIED)
    make_organisation("Lapsed one", country="ES", status=OrganisationStatus.LAPSED)
    page = browser_of("focal").get("/countries/ES").text
    assert f"/organisations/{cast.adopting.slug}" in page
    assert "Unverified one" not in page
    assert "Lapsed one" not in page
