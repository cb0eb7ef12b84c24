"""Filters of the catalogue: levels of evidence and all above, what works in a country, long lists."""

import pytest

from hub.catalogue.models import ReadinessState
from hub.catalogue.models.details import PrerequisiteDetails, UnsuitableDetails
from hub.catalogue.readiness.service import StatementDetails, state_prerequisites
from hub.core.database import transaction
from tests.catalogue.records import make_scene, published
from tests.factories import make_member
from tests.web.catalogue.test_searching import count_beside, names_on, page_of, total_on
from tests.web.client import words


def needs(*topics):
    return tuple(PrerequisiteDetails(topic.partition(".")[0], "It must be there.", topic) for topic in topics)


@pytest.fixture
def topics():
    return ("law.open_contracting", "law.data_sharing")


@pytest.fixture
def places(database, index, topics):
    """Records that are in use, ready, lacking, blocked, excluded and unsaid in Georgia."""
    scene = make_scene(country=None)
    law, sharing = topics
    rows = (
        ("In use", ("GE",), ()),
        ("Ready", ("ID",), needs(law)),
        ("Lacking", ("ID",), needs(law, sharing)),
        ("Silent", ("ID",), ()),
        ("Excluded", ("ID",), needs(law)),
    )
    for name, countries, wanted in rows:
        excluded = (UnsuitableDetails("GE", "It is not allowed."),) if name == "Excluded" else ()
        published(scene, name=name, countries=countries, prerequisites=wanted, unsuitable=excluded)
    focal = make_member(focal_country="GE")
    with transaction():
        state_prerequisites(
            focal,
            "GE",
            {
                law: StatementDetails(ReadinessState.READY),
                sharing: StatementDetails(ReadinessState.NEEDS),
            },
            language="en-GB",
        )
    index()
    return scene


def test_what_works_in_a_country_is_in_use_there_or_has_all_that_it_needs(client, places):
    page = page_of(client, "/innovations?works_in=GE")
    assert set(names_on(page)) == {"In use", "Ready"}
    assert "Works in Georgia" in words(page)


def test_counts_are_those_inside_the_country(client, places):
    page = page_of(client, "/innovations?works_in=GE")
    assert count_beside(page, "country", "ID") == 1


def test_an_unknown_country_is_passed_over(client, places):
    assert total_on(page_of(client, "/innovations?works_in=XX")) == "5 innovations"


def test_each_hit_says_whether_the_country_can_use_it(client, places):
    page = words(page_of(client, "/innovations?works_in=GE"))
    assert "In use in Georgia" in page
    assert "Ready to use in Georgia" in page


def test_members_read_it_for_their_own_country(client, places):
    client.become(make_member(country="GE"))
    page = words(page_of(client, "/innovations"))
    for mark in (
        "In use in Georgia",
        "Ready to use in Georgia",
        "1 thing needed in Georgia",
        "Cannot be used in Georgia",
    ):
        assert mark in page


def test_nothing_found_in_a_country_is_found_without_it(client, places):
    page = words(page_of(client, "/innovations?works_in=GE&country=NO"))
    assert "Without “Works in Georgia”" not in page
    assert "Without “Norway” there are 2." in page


@pytest.fixture
def levels(database, index):
    scene = make_scene()
    for level in (None, 1, 2, 3):
        revision = published(scene, name=f"Level {level}")
        revision.innovation.evidence_level = level
        database.commit()
    index()


def test_a_level_of_evidence_stands_for_all_above_it(client, levels):
    page = page_of(client, "/innovations?evidence=2%2B")
    assert set(names_on(page)) == {"Level 2", "Level 3"}
    assert count_beside(page, "evidence", "2+") == 2
    assert count_beside(page, "evidence", "1+") == 3
    assert count_beside(page, "evidence", "0") == 1


def test_a_single_level_can_be_asked_for(client, levels):
    page = page_of(client, "/innovations?evidence=1")
    assert names_on(page) == ["Level 1"]


@pytest.fixture
def many_countries(database, index):
    scene = make_scene(country=None)
    codes = [
        "AL", "AM", "AR", "AT", "AU", "BE", "BG", "BO", "BR", "CA", "CH", "CL", "CO", "CR", "CZ", "DE", "DK", "EC",
        "EE", "EG", "ES", "FI", "FR", "GB", "GE", "GH", "GR", "HR", "HU", "ID",
    ]  # fmt: skip
    published(scene, name="Everywhere", countries=tuple(codes))
    index()
    return codes


def test_a_long_list_has_a_page_of_its_own(client, many_countries):
    page = page_of(client, "/innovations")
    assert "Show all 30" in words(page)
    boxes = [each for each in page.iter("input") if each.get("name") == "country"]
    assert len(boxes) < len(many_countries)
    whole = page_of(client, "/innovations?list=country")
    boxes = [each for each in whole.iter("input") if each.get("name") == "country"]
    assert len(boxes) == len(many_countries)


def test_a_ticked_value_is_on_the_page_whatever_the_list(client, many_countries):
    page = page_of(client, "/innovations?country=ID")
    ticked = [each.get("value") for each in page.iter("input") if each.get("checked") is not None]
    assert ticked == ["ID"]


def test_an_export_holds_what_the_search_finds(client, places):
    rows = client.get("/innovations/export?format=csv&works_in=GE").text
    assert "Ready" in rows
    assert "Lacking" not in rows


@pytest.fixture
def licences(database, index):
    scene = make_scene()
    for name, licence in (("One", "proprietary"), ("Two", "proprietary"), ("Three", "MIT")):
        published(scene, name=name, licence=licence)
    index()


def test_any_open_licence_stands_first_and_can_be_typed(client, licences):
    page = page_of(client, "/innovations")
    text = words(page)
    assert text.index("Any open licence") < text.index("Proprietary") < text.index("MIT")
    assert count_beside(page, "licence", "open") == 1
    for address in ("?licence=open", "?q=licence:open", "?q=open+source", "?q=open-source", "?q=opensource"):
        assert names_on(page_of(client, f"/innovations{address}")) == ["Three"], address


@pytest.mark.parametrize("typed", ["%22", "OR", "(((", "*"])
def test_signs_alone_show_everything(client, licences, typed):
    assert total_on(page_of(client, f"/innovations?q={typed}")) == "3 innovations"
