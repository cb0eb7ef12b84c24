"""The records of the demonstration: real ones compiled with sources, fictional ones that say so."""

from datetime import date
from itertools import chain
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from hub.access.audience import Audience
from hub.catalogue.models import SourceDetails
from hub.cli.demo.catalogue import REGISTRARS, details_of, read_records
from hub.cli.demo.people import PEOPLE
from hub.core import clock
from hub.core.errors import InvalidError
from hub.vocabularies.loader import vocabulary

REAL = read_records("innovations.json")
RESTRICTED = read_records("restricted.json")
WAITING = read_records("waiting.json")

FICTIONAL = RESTRICTED + WAITING
ALL = REAL + FICTIONAL

PARTNERS = {"CH", "ID", "ES", "GE", "AE", "AU", "NO", "FR", "GB"}

FINISHED = [row for row in ALL if row.get("left_as") != "draft"]

by_name = pytest.mark.parametrize("row", ALL, ids=lambda row: row["name"])


@by_name
def test_a_record_can_be_true(row):
    details = details_of(row, SimpleNamespace(id=1))
    details.check()
    assert details.readership.is_allowed
    assert len(row["short_description"]) <= 150


@pytest.mark.parametrize("row", FINISHED, ids=lambda row: row["name"])
def test_a_record_has_what_every_record_needs(row):
    for field in ("name", "short_description", "problem", "description", "kind", "functions", "countries"):
        assert row[field], field
    assert row["sources"] or row in WAITING


@by_name
def test_an_organisation_is_named_with_type_and_country(row):
    organisation = row["organisation"]
    assert 0 < len(organisation["name"]) <= 200
    assert organisation["type"] is None or organisation["type"] in vocabulary("organisation_types")
    assert organisation["country"] is None or organisation["country"] in vocabulary("countries")


@by_name
def test_sources_are_web_addresses_read_on_a_day(row):
    for source in row["sources"]:
        assert urlsplit(source["url"]).scheme in {"http", "https"}
        assert source["title"]
        assert date.fromisoformat(source["retrieved_on"]) <= clock.now().date()


def test_at_least_thirty_records_are_real():
    assert len(REAL) >= 30


def test_every_partner_country_and_the_united_kingdom_are_among_the_real_ones():
    assert {country for row in REAL for country in row["countries"]} >= PARTNERS


def test_real_records_keep_the_id_of_their_row():
    ids = [row.get("external_id") for row in REAL]
    assert all(ids)
    assert len(ids) == len(set(ids))


def test_names_are_unique():
    names = [row["name"].casefold() for row in ALL]
    assert len(names) == len(set(names))


def test_real_records_are_for_everybody_and_published():
    assert not any("audience" in row or "left_as" in row for row in REAL)


def test_no_real_record_points_to_the_demonstration():
    texts = chain.from_iterable(
        (row["description"], *(each["url"] for each in row["sources"])) for row in REAL
    )
    assert not any("demo.example" in text for text in texts)


@pytest.mark.parametrize("row", FICTIONAL, ids=lambda row: row["name"])
def test_fictional_records_say_so(row):
    shown = [row["short_description"], row["description"]] if row in FINISHED else [row["name"]]
    assert all("fictional" in text.lower() for text in shown)
    assert row["organisation"]["name"].startswith("Fictional")
    assert all(urlsplit(each["url"]).hostname == "demo.example" for each in row["sources"])


@pytest.mark.parametrize("row", FICTIONAL, ids=lambda row: row["name"])
def test_somebody_speaks_for_every_fictional_organisation(row):
    registrar = next(each for each in PEOPLE if each.account == REGISTRARS[row["organisation"]["country"]])
    assert row["organisation"]["name"] == registrar.represents or (
        registrar.role == "focal_point" and registrar.country == row["organisation"]["country"]
    )


def test_there_is_a_record_for_each_audience():
    audiences = {(row["audience"]["audience"], tuple(row["audience"]["countries"])) for row in RESTRICTED}
    assert (Audience.MEMBERS.value, ()) in audiences
    assert (Audience.LAW_ENFORCEMENT.value, ()) in audiences
    assert (Audience.LAW_ENFORCEMENT.value, ("GE",)) in audiences


def test_some_records_wait_for_review_or_are_drafts():
    assert {row["left_as"] for row in WAITING} <= {"draft", "submitted"}
    assert "submitted" in {row["left_as"] for row in WAITING}


def test_every_demo_person_is_fictional():
    assert all("fictional" in person.name for person in PEOPLE)
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)


def test_a_wrong_source_would_be_found():
    details = details_of(ALL[0], SimpleNamespace(id=1))
    broken = details.__class__(sources=(*details.sources, SourceDetails("ftp://demo.example/")))
    with pytest.raises(InvalidError):
        broken.check()
