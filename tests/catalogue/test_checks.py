"""What the hub checks by itself: licence, translations, twins, traces of people and cases, links, sources."""

import pytest

from hub.access.viewer import VISITOR
from hub.catalogue.models import RevisionText, SourceDetails
from hub.catalogue.review.checks import Level, findings_on, findings_on_many, normal_website
from hub.catalogue.review.patterns import Pattern, traces_in
from hub.core.database import transaction
from hub.integrity.viewers import viewer_of
from tests.catalogue.records import GEORGIAN_POLICE, make_scene, published, submitted, taken


@pytest.fixture
def scene(database):
    return make_scene()


def found(revision, scene, field):
    """Return what was found in one field for the coordinator."""
    return [each for each in findings_on(revision, viewer_of(scene.coordinator)) if field in each.fields]


@pytest.mark.parametrize(
    ("licence", "level", "said"),
    [
        ("MIT", Level.OK, "is on the SPDX list"),
        ("proprietary", Level.OK, "proprietary"),
        ("not_stated", Level.LOOK, "not stated"),
        (None, Level.LOOK, "not stated"),
    ],
)
def test_the_licence_is_looked_up(scene, licence, level, said):
    finding = found(taken(scene, licence=licence), scene, "licence")[0]
    assert finding.level is level
    assert said in finding.message


def test_a_code_that_left_the_list_is_told(scene):
    revision = taken(scene)
    revision.licence = "Gone-1.0"
    finding = found(revision, scene, "licence")[0]
    assert (finding.level, finding.parameters) == (Level.WARN, {"licence": "Gone-1.0"})


def test_a_translation_older_than_the_source_is_told(scene):
    revision = taken(scene)
    with transaction():
        digest = revision.source_text.digest
        revision.texts.append(RevisionText(language="ka", name="წიგნი", source_digest=digest))
    said = [each.message for each in findings_on(revision, viewer_of(scene.coordinator))]
    assert any("made from the present source text" in message for message in said)
    with transaction():
        revision.source_text.problem = "Something new."
    older = [
        each for each in findings_on(revision, viewer_of(scene.coordinator)) if "languages" in each.parameters
    ]
    assert [each.parameters["languages"] for each in older] == [("ka",)]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/ledger/",
        "http://EXAMPLE.org/ledger?from=hub",
        "https://example.org:443/ledger#top",
    ],
)
def test_another_record_with_the_same_website_is_named(scene, address):
    published(scene, name="The first one", website_url="https://example.org/ledger")
    twin = found(taken(scene, website_url=address), scene, "website_url")[0]
    assert twin.parameters == {"name": "The first one"}
    assert twin.level is Level.LOOK
    assert twin.is_for_eyes
    assert twin.slug


def test_another_page_of_the_same_site_is_no_twin(scene):
    published(scene, website_url="https://example.org/ledger")
    messages = [
        each.message
        for each in findings_on(
            taken(scene, website_url="https://example.org/gifts"), viewer_of(scene.coordinator)
        )
    ]
    assert "No other record has the same website." in messages


def test_a_hidden_record_is_never_named(scene):
    published(scene, website_url="https://example.org/secret", readership=GEORGIAN_POLICE)
    revision = taken(scene, website_url="https://example.org/secret")
    assert not found(revision, scene, "website_url")
    assert not any(each.slug for each in findings_on(revision, VISITOR))


def test_drafts_of_others_are_never_named(scene):
    submitted(scene, website_url="https://example.org/draft")
    assert not found(taken(scene, website_url="https://example.org/draft"), scene, "website_url")


def test_two_that_one_coordinator_holds_find_each_other(scene):
    first = taken(scene, name="First", website_url="https://example.org/both")
    second = taken(scene, name="Second", website_url="https://example.org/both")
    by_id = findings_on_many([first, second], viewer_of(scene.coordinator))
    named = {
        number: [each.parameters["name"] for each in rows if each.slug] for number, rows in by_id.items()
    }
    assert named == {first.id: ["Second"], second.id: ["First"]}


@pytest.mark.parametrize(
    ("text", "pattern", "excerpt"),
    [
        ("Write to nino.k@agency.example.", Pattern.EMAIL, "nino.k@agency.example"),
        ("Call +995 32 212 34 56 today", Pattern.PHONE, "+995 32 212 34 56"),
        ("Call 0044 (20) 7946 0958", Pattern.PHONE, "0044 (20) 7946 0958"),
        ("Paid to GB82 WEST 1234 5698 7654 32.", Pattern.ACCOUNT, "GB82 WEST 1234 5698 7654 32"),
        ("As AB-1234/2021 shows", Pattern.CASE, "AB-1234/2021"),
        ("In case no. 17/2021 he", Pattern.CASE, "case no. 17/2021"),
        ("საქმე №12/2022 დაიხურა", Pattern.CASE, "საქმე №12/2022"),
        ("Number 01008012345 was his", Pattern.NUMBER, "01008012345"),
        ("It began with Mr. Nino Kapanadze who", Pattern.NAME, "Mr. Nino Kapanadze"),
        ("ბატონი გიორგი თქვა", Pattern.NAME, "ბატონი გიორგი"),
    ],
)
def test_traces_of_people_and_cases_are_found(text, pattern, excerpt):
    assert list(traces_in(text)) == [(pattern, excerpt)]


@pytest.mark.parametrize(
    "text",
    [
        "It saved 1,250,000 euros from 2019 to 2021, in 12 regions.",
        "Directive (EU) 2019/1937 and Law No. 31 of 1999",
        "See https://example.org/case/AB-1234/2021?id=123456789012 for more",
        "GB82 WEST 1234 5698 7654 33 is no account number",
        "Ms word documents and mr small",
        "ISO 9001:2015, OCDS 1.1.5, 24/7",
        "",
    ],
)
def test_what_is_no_trace_is_left_alone(text):
    assert list(traces_in(text)) == []


def test_long_texts_are_searched_at_once():
    for text in ("a" * 20_000, "1 " * 10_000, "a.b-" * 5_000, "Mr " * 6_000, "AB-" * 6_000, "+1 " * 6_000):
        assert len(list(traces_in(text))) <= 6_000


def test_traces_are_found_in_every_language_and_told_with_their_field(scene):
    revision = taken(scene, description="Ask nino.k@agency.example.", staffing="Call +995 32 212 34 56.")
    with transaction():
        revision.texts.append(RevisionText(language="ka", name="წიგნი", lessons="საქმე №12/2022"))
    findings = [
        each for each in findings_on(revision, viewer_of(scene.coordinator)) if "excerpts" in each.parameters
    ]
    assert {each.fields: each.level for each in findings} == {
        ("description",): Level.WARN,
        ("staffing",): Level.WARN,
        ("lessons",): Level.WARN,
    }
    assert all(each.is_for_eyes for each in findings)


def test_the_contact_point_may_have_an_address(scene):
    revision = taken(scene, contact_name="The desk", contact_address="desk@agency.example")
    assert not [each for each in findings_on(revision, viewer_of(scene.coordinator)) if each.is_for_eyes]


def test_links_without_encryption_are_told(scene):
    sources = (SourceDetails("http://example.org/source"),)
    finding = found(taken(scene, website_url="http://example.org", sources=sources), scene, "sources")[0]
    assert finding.level is Level.LOOK
    assert finding.fields == ("website_url", "sources")


def test_a_record_without_sources_is_told(scene):
    revision = taken(scene)
    assert not found(revision, scene, "sources")
    bare = taken(scene, sources=())
    assert found(bare, scene, "sources")[0].level is Level.LOOK
    bare.innovation.is_compiled = True
    assert found(bare, scene, "sources")[0].level is Level.WARN


def test_addresses_that_cannot_be_read_have_no_website():
    assert normal_website(None) == ""
    assert normal_website("https://[") == ""
    assert normal_website("HTTPS://WWW.Example.ORG/Path/") == "example.org/Path"
