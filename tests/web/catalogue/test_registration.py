"""Registering an innovation through every page, as a partner does it."""

import re

import pytest

from hub.catalogue.models import Innovation, RevisionStatus, TermScheme
from hub.core.database import session
from tests.catalogue.records import submitted
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words

PARTS = (
    ("name", {"name": "Gift ledger", "short_description": "Officials register gifts the same day."}),
    ("problem", {"problem": "Gifts are hidden.", "novelty": "Everybody can look."}),
    ("description", {"description": "# How\n\nA **ledger** that everybody reads."}),
    ("kind", {"kind": "software", "stage": "stable", "year_started": "2019"}),
    ("functions", {"functions": ["detect", "report"], "offences": ["uncac-15"]}),
    ("users", {"sectors": ["procurement"], "intended_users": ["citizens"]}),
    ("standards", {"standards_read": ["ocds"], "standards_written": ["bods", "ocds"]}),
    ("licence", {"licence": "EUPL-1.2", "code_url": "https://example.org/code", "website_url": ""}),
    ("organisation", {"organisation_name": "Fictional Gift Office"}),
    ("partners", {"organisations-0-name": "Fictional Fund", "organisations-0-role": "funder"}),
    (
        "countries",
        {
            "countries": ["ID", "GE"],
            "languages": ["id", "ka"],
            "unsuitable-0-country": "DE",
            "unsuitable-0-reason": "A law forbids it.",
        },
    ),
    ("contact", {"contact_name": "Gift desk", "contact_address": "https://example.org/contact"}),
    (
        "prerequisites",
        {
            "prerequisites-0-area": "law",
            "prerequisites-0-need": "A duty to declare gifts.",
            "prerequisites-0-topic": "law.asset_declarations",
        },
    ),
    ("effort", {"cost_band": "up_to_10000", "staffing": "One person.", "time_to_deploy": "3 months"}),
    ("conditions", {"conditions": "Ministers declare first."}),
    ("results", {"results": "120 gifts in a year."}),
    ("lessons", {"lessons": "Ask early."}),
    (
        "sources",
        {
            "sources-0-url": "https://example.org/about",
            "sources-0-title": "About the ledger",
            "sources-0-retrieved_on": "2026-03-27",
        },
    ),
    ("safeguards", {"do_no_harm": "None known.", "privacy": "Names of officials only."}),
    ("audience", {"audience": "public", "tlp": "CLEAR"}),
)


@pytest.fixture
def partner(database, new_client):
    return new_client().become(make_member(focal_country="ID"))


def begin(browser, name="Ledger"):
    """Start a record; return the address of its task list."""
    answer = browser.submit("/innovations/new", {"name": name})
    assert answer.status_code == 303
    return answer.location


def slug_of(tasks):
    return tasks.split("/")[2]


def the_record():
    return session().query(Innovation).one()


def test_the_start_page_says_what_is_needed_and_how_long_it_takes(partner):
    page = partner.get("/innovations/new").text
    assert "What you need" in page
    assert "It takes about" in page


@pytest.mark.db
def test_every_page_is_filled_in_one_after_the_other(partner):
    tasks = begin(partner)
    slug = slug_of(tasks)

    address = re.search(r'href="([^"]*/edit/name)"', partner.get(tasks).text).group(1)
    for key, values in PARTS:
        assert address.endswith(f"/edit/{key}")
        answer = partner.submit(address, values)
        assert answer.status_code == 303, parse(answer.text).find(".//h1")
        address = answer.location
    assert address == f"/innovations/{slug}/check"
    check = partner.get(f"/innovations/{slug}/check").text
    for told in (
        "Gift ledger",
        "Gifts are hidden.",
        "EUPL-1.2",
        "Indonesia",
        "Fictional Gift Office",
        "2019",
        "Fictional Fund",
        "A law forbids it.",
        "Indonesian",
        "Gift desk",
        "A duty to declare gifts.",
        "Up to EUR 10,000",
        "120 gifts in a year.",
    ):
        assert told in check, told
    assert "Submit for review" in check
    answer = partner.submit(f"/innovations/{slug}/check", action=f"/innovations/{slug}/submit")
    assert answer.location == f"/innovations/{slug}"
    record = the_record()
    (revision,) = record.revisions
    assert revision.status is RevisionStatus.SUBMITTED
    assert set(revision.codes(TermScheme.FUNCTIONS)) == {"report", "detect"}
    assert set(revision.codes(TermScheme.STANDARDS_WRITTEN)) == {"bods", "ocds"}
    assert (revision.stage, revision.year_started, revision.licence) == ("stable", 2019, "EUPL-1.2")
    assert revision.website_url is None
    assert revision.sources[0].title == "About the ledger"
    assert record.owner.name == "Fictional Gift Office"
    page = partner.get(answer.location).text
    assert "Waiting for a coordinator" in page
    assert "Withdraw" in page


def answers_on(main):
    """Return what stands in the fields of a page."""
    found = [(field.text or "").strip("\n") for field in main.iter("textarea")]
    for field in [*main.iter("input"), *main.iter("option")]:
        is_choice = field.tag == "option" or field.get("type") in {"checkbox", "radio"}
        if not is_choice or field.get("checked") is not None or field.get("selected") is not None:
            found.append(field.get("value"))
    return found


@pytest.mark.parametrize(("key", "values"), PARTS, ids=[key for key, _ in PARTS])
def test_what_was_saved_stands_in_its_page_again(partner, key, values):
    address = f"{begin(partner)}/{key}"
    partner.submit(address, values, button=("then", "list"))
    shown = answers_on(parse(partner.get(address).text).find(".//main"))
    expected = [each for value in values.values() for each in (value if isinstance(value, list) else [value])]
    if key == "organisation":  # a new organisation is on the list from now on
        expected = [str(the_record().owner_id)]
    assert set(filter(None, expected)) <= set(shown)


def test_the_parts_can_be_taken_in_any_order_and_left(partner):
    tasks = begin(partner)
    answer = partner.submit(f"{tasks}/countries", {"countries": ["ID"]}, button=("then", "list"))
    assert answer.location == tasks
    assert "of 20" in words(parse(partner.get(tasks).text).find(".//main"))
    assert "My records" in partner.get("/innovations/mine").text
    assert "Ledger" in partner.get("/innovations/mine").text


def test_an_incomplete_record_is_not_sent_and_says_what_is_missing(partner):
    tasks = begin(partner)
    slug = slug_of(tasks)
    page = partner.get(f"/innovations/{slug}/check").text
    assert "Submit for review" not in page
    answer = partner.act(f"/innovations/{slug}/submit", {"version": "1"})
    assert answer.status_code == 422
    for label in ("Short description", "Kind", "What it helps to do", "Responsible organisation"):
        assert label in answer.text
    assert the_record().revisions[0].status is RevisionStatus.DRAFT


def test_the_preview_shows_markdown_and_saves_nothing(partner):
    address = f"{begin(partner)}/description"
    text = "## Heading\n\n**Bold** and [a link](https://example.org/) <script>alert(1)</script>"
    answer = partner.submit(address, {"description": text}, button=("then", "preview"))
    assert answer.status_code == 200
    assert "<strong>Bold</strong>" in answer.text
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert the_record().revisions[0].source_text.description == ""
    assert "## Heading" in answer.text


def test_a_withdrawn_record_can_be_taken_up_again(partner, scene, new_client):
    browser = new_client().become(scene.partner)
    from_scene = submitted_slug(scene)
    assert browser.act(f"/innovations/{from_scene}/withdraw").status_code == 303
    assert "You took it back" in browser.get(f"/innovations/{from_scene}").text
    answer = browser.act(f"/innovations/{from_scene}/revise")
    assert answer.location == f"/innovations/{from_scene}/edit"


def submitted_slug(scene):
    return submitted(scene).innovation.slug


def test_members_who_speak_for_nobody_are_not_offered_to_register(database, new_client):
    browser = new_client().become(make_member(belongs_to=[make_organisation()]))
    assert browser.get("/innovations/new").status_code == 403
    assert 'href="/innovations/new"' not in browser.get("/").text


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get("/innovations/new").location == "/sign-in?next=/innovations/new"


@pytest.mark.parametrize("address", ["edit", "edit/name", "check"])
def test_a_draft_of_others_is_not_there(partner, scene, coordinator, address):
    slug = submitted_slug(scene)
    for browser in (partner, coordinator):
        assert browser.get(f"/innovations/{slug}/{address}").status_code == 404
        assert browser.act(f"/innovations/{slug}/withdraw").status_code == 404
    assert partner.get(f"/innovations/{slug}").status_code == 404


def test_what_was_sent_cannot_be_edited_and_leads_to_the_record(scene, new_client):
    browser = new_client().become(scene.partner)
    slug = submitted_slug(scene)
    for address in ("edit", "edit/name", "check"):
        assert browser.get(f"/innovations/{slug}/{address}").location == f"/innovations/{slug}"


def test_a_part_that_does_not_exist_is_not_found(partner):
    assert partner.get(f"{begin(partner)}/colour").status_code == 404
