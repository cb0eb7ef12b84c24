"""The records of the demonstration: real ones compiled with sources, fictional ones that say so."""

from datetime import date
from itertools import chain
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from babel import Locale
from babel.languages import get_official_languages

from hub.access.audience import Audience
from hub.catalogue.models import SourceDetails
from hub.catalogue.models.checking import LENGTHS, check_language, check_text
from hub.catalogue.models.content import TEXT_FIELDS
from hub.cli.demo.people import PEOPLE
from hub.cli.demo.records import (
    COMPILER,
    FILES,
    country_rows,
    details_of,
    fictional_records,
    files_of,
    organisation_rows,
    real_records,
)
from hub.cli.demo.scene import DECIDER, LANGUAGE, PROPOSER, REVIEWER
from hub.core import clock
from hub.core.errors import InvalidError
from hub.vocabularies.loader import vocabulary

REAL = real_records()
FICTIONAL = fictional_records()
ALL = REAL + FICTIONAL

PARTNERS = {"CH", "ID", "ES", "GE", "AE", "AU", "NO", "FR", "GB"}
FINISHED = [row for row in ALL if row.get("left_as") != "draft"]
WAITING = [row for row in FICTIONAL if "left_as" in row]
TRANSLATIONS = [(row, language) for row in ALL for language in row.get("texts", ())]
SAYS_FICTIONAL = ("fictional", "ficticio", "fictif", "fictive", "fiktiv", "fiktif")
HISTORIES = (
    "evidence",
    "evidence_level",
    "replications",
    "annexes",
    "featured",
    "archived",
    "problem_report",
    "revised",
    "recused",
    "refused",
)
ACCOUNTS = {person.account: person for person in PEOPLE}

by_name = pytest.mark.parametrize("row", ALL, ids=lambda row: row["name"])
fictional_by_name = pytest.mark.parametrize("row", FICTIONAL, ids=lambda row: row["name"])


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


@pytest.mark.parametrize(
    ("row", "language"), TRANSLATIONS, ids=[f"{row['name']}, {language}" for row, language in TRANSLATIONS]
)
def test_a_translation_can_be_stored_and_is_another_text(row, language):
    words = row["texts"][language]
    check_language("language", language)
    assert Locale.parse(language, sep="-").language != LANGUAGE.partition("-")[0]
    assert set(words) <= set(TEXT_FIELDS)
    for name, text in words.items():
        check_text(name, text, LENGTHS[name])
        assert text.strip(), name
    for name in ("name", "short_description", "problem", "description"):
        assert words[name]
    assert words["description"] != row["description"]


def test_at_least_one_hundred_and_fifty_records_are_real():
    assert len(REAL) >= 150


def test_at_least_thirty_real_records_have_a_text_in_a_language_of_their_country():
    assert sum(map(_has_text_of_its_country, REAL)) >= 30


def _has_text_of_its_country(row):
    spoken = {
        language
        for country in row["countries"]
        for language in get_official_languages(country, regional=True, de_facto=True)
    }
    return bool(spoken & set(row.get("texts", ())))


def test_every_partner_country_and_the_united_kingdom_are_among_the_real_ones():
    assert {country for row in REAL for country in row["countries"]} >= PARTNERS


def test_compiled_records_keep_the_id_of_their_row():
    ids = [row.get("external_id") for row in ALL if row["registered_by"] == COMPILER]
    assert all(ids)
    assert len(ids) == len(set(ids))


def test_names_are_unique():
    names = [row["name"].casefold() for row in ALL]
    assert len(names) == len(set(names))


def test_real_records_are_compiled_for_everybody_and_published():
    assert {row["registered_by"] for row in REAL} == {COMPILER}
    assert not any("audience" in row or "left_as" in row for row in REAL)


def test_nothing_is_made_up_about_real_innovations():
    assert not any(key in row for row in REAL for key in HISTORIES)


def test_no_real_record_points_to_the_demonstration():
    texts = chain.from_iterable(
        (row["description"], *(each["url"] for each in row["sources"])) for row in REAL
    )
    assert not any("demo.example" in text for text in texts)


@fictional_by_name
def test_fictional_records_say_so(row):
    shown = [row["short_description"], row["description"]] if row in FINISHED else [row["name"]]
    assert all("fictional" in text.lower() for text in shown)
    assert row["organisation"]["name"].startswith("Fictional")
    assert all(urlsplit(each["url"]).hostname == "demo.example" for each in row["sources"])


@fictional_by_name
def test_translations_of_fictional_records_say_so(row):
    for words in row.get("texts", {}).values():
        for text in words.values():
            assert any(word in text.lower() for word in SAYS_FICTIONAL), text


@fictional_by_name
def test_what_is_told_of_fictional_records_says_so(row):
    told = [
        *(each["title"] + each["finding"] for each in row.get("evidence", ())),
        *(each["title"] + each["body"] for each in row.get("annexes", ())),
        *(step["words"] for each in row.get("replications", ()) for step in each["steps"] if "words" in step),
        *(text for each in row.get("replications", ()) for text in (each["adapted"], each["result"]) if text),
        *(row[key]["words"] for key in ("archived", "problem_report") if key in row),
        *(row["featured"].values() if "featured" in row else ()),
    ]
    assert all("fictional" in text.lower() for text in told)
    urls = [each["url"] for each in row.get("evidence", ()) if "url" in each]
    urls += [each["source_url"] for each in row.get("replications", ()) if each["source_url"]]
    assert {urlsplit(url).hostname for url in urls} <= {"demo.example"}


@fictional_by_name
def test_who_registers_a_fictional_record_may(row):
    registrar = ACCOUNTS[row["registered_by"]]
    assert (
        row["organisation"]["name"] == registrar.represents
        or (registrar.role == "focal_point" and registrar.country == row["organisation"]["country"])
        or (registrar.role == "coordinator" and "external_id" in row)
    )


def test_there_is_a_record_for_each_audience():
    readers = [row["audience"] for row in FICTIONAL if "audience" in row]
    audiences = {(each["audience"], tuple(each["countries"])) for each in readers}
    assert (Audience.MEMBERS.value, ()) in audiences
    assert (Audience.LAW_ENFORCEMENT.value, ()) in audiences
    assert (Audience.LAW_ENFORCEMENT.value, ("GE",)) in audiences


def test_some_records_wait_for_review_or_are_drafts():
    assert {row["left_as"] for row in WAITING} <= {"draft", "submitted"}
    assert "submitted" in {row["left_as"] for row in WAITING}


def test_a_fictional_record_shows_every_section():
    fullest = next(row for row in FICTIONAL if "featured" in row)
    sections = (*TEXT_FIELDS, "cost_band", "staffing", "time_to_deploy", "contact_name", "contact_address")
    rows = (
        "unsuitable",
        "organisations",
        "prerequisites",
        "texts",
        "code_url",
        "documentation_url",
        "demo_url",
    )
    assert [name for name in (*sections, *rows) if not fullest.get(name)] == ["error_rates"]
    assert any(row.get("error_rates") for row in FICTIONAL if row["kind"] == "ai_model")


def test_the_files_of_the_evidence_are_there_and_no_others():
    assert sorted(files_of(ALL)) == sorted(path.name for path in FILES.iterdir())
    assert all("fictional" in path.name for path in FILES.iterdir())


def test_every_demo_person_is_fictional():
    assert all("fictional" in person.name for person in PEOPLE)
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)


def test_nobody_speaks_for_a_real_organisation():
    fictional = {row["name"] for row in organisation_rows(FICTIONAL)}
    real = {row["organisation"]["name"] for row in REAL}
    represented = {person.represents for person in PEOPLE if person.represents}
    assert represented <= fictional
    assert not fictional & real


def test_no_two_organisations_share_a_name():
    kinds = {}
    for row in organisation_rows(ALL):
        known = kinds.setdefault(row["name"].casefold(), row)
        assert row == known


def test_the_administrator_comes_last_because_it_closes_the_door():
    assert PEOPLE[-1].account == "admin"


def test_coordinators_decide_nothing_that_they_did_themselves():
    assert REVIEWER != COMPILER
    assert DECIDER not in {COMPILER, PROPOSER}
    assert all(ACCOUNTS[each].role == "coordinator" for each in (COMPILER, REVIEWER, DECIDER, PROPOSER))


@pytest.mark.parametrize("row", country_rows(), ids=lambda row: row["country"])
def test_statements_are_of_the_focal_point_and_say_that_they_are_made_up(row):
    stated_by = ACCOUNTS[row["stated_by"]]
    assert (stated_by.role, stated_by.country) == ("focal_point", row["country"])
    for topic, statement in row["statements"].items():
        assert topic in vocabulary("prerequisites")
        assert "fictional" in statement["note"].lower()


def test_a_wrong_source_would_be_found():
    details = details_of(ALL[0], SimpleNamespace(id=1))
    broken = details.__class__(sources=(*details.sources, SourceDetails("ftp://demo.example/")))
    with pytest.raises(InvalidError):
        broken.check()
