"""One record: what readers see, what its owner sees, and what others do not learn."""

import re

import pytest

from hub.catalogue.models import InnovationDetails
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import ImportOrigin, register_innovation, submit_revision
from hub.core.clock import now
from hub.core.database import transaction
from tests.catalogue.records import (
    GEORGIAN_POLICE,
    MEMBERS,
    WAYS,
    SourceDetails,
    complete,
    draft,
    published,
    revised,
    save,
    submitted,
)
from tests.factories import make_member
from tests.web.client import parse, words

TOKENS = re.compile(r'name="csrf_token" value="[^"]+"')


def body(answer):
    """Return a page without the tokens that differ from answer to answer."""
    return TOKENS.sub("", answer.text)


def test_a_reader_sees_everything_that_was_approved(scene, client):
    published(
        scene,
        problem="Gifts are hidden.",
        description="## How\n\nA *ledger*.",
        stage="stable",
        year_started=2019,
        offences=("uncac-15",),
        licence="EUPL-1.2",
        code_url="https://example.org/code",
        standards_read=("ocds",),
        sources=(SourceDetails("https://example.org/about", "About it", now().date()),),
    )
    page = client.get("/innovations/ledger-of-gifts").text
    for told in (
        "Ledger of gifts", "Officials register gifts", "Gifts are hidden.", "<em>ledger</em>", "Georgia", "2019",
        "EUPL-1.2", "https://example.org/code", "OCDS", "About it", "TLP:CLEAR", "Revision 1 approved",
    ):  # fmt: skip
        assert told in page, told
    assert scene.partner.display_name not in page


def test_unknown_stays_unknown(scene, client):
    published(scene)
    page = words(parse(client.get("/innovations/ledger-of-gifts").text))
    assert page.count("Not stated") >= 3


def test_what_was_compiled_says_so(scene, client, database):
    with transaction():
        innovation = register_innovation(
            scene.colleague, complete(scene.owner), language="en-GB", origin=ImportOrigin("x", "inn001")
        )
    revision = innovation.revisions[0]
    with transaction():
        submit_revision(scene.colleague, revision, version=1)
    with transaction():
        take_revision(scene.coordinator, revision)
    with transaction():
        publish_revision(scene.coordinator, revision)
    page = client.get("/innovations/ledger-of-gifts").text
    assert "Compiled from public sources, not confirmed by its owner" in page


def test_the_random_address_leads_to_the_readable_one(scene, client):
    innovation = published(scene).innovation
    answer = client.get(f"/innovations/{innovation.public_id}")
    assert (answer.status_code, answer.location) == (302, "/innovations/ledger-of-gifts")


def test_the_head_and_the_options_of_a_record(scene, client):
    published(scene)
    head = client.head("/innovations/ledger-of-gifts")
    assert (head.status_code, head.data) == (200, b"")
    assert client.options("/innovations/ledger-of-gifts").status_code == 200


@pytest.mark.db
def test_what_is_hidden_answers_like_what_never_was(scene, client, coordinator, new_client):
    hidden = [
        published(scene, readership=GEORGIAN_POLICE).innovation.slug,
        published(scene, readership=MEMBERS).innovation.slug,
        draft(scene).innovation.slug,
        submitted(scene).innovation.slug,
    ]
    never = "2" * 22
    officer = new_client().become(make_member(law_enforcement="ID"))
    for browser, slugs in ((client, hidden), (coordinator, [hidden[0], *hidden[2:]]), (officer, [hidden[0]])):
        browser.get("/no-such-page")  # the first answer sets the cookie of the forms
        absent = browser.get(f"/innovations/{never}")
        assert absent.status_code == 404
        for slug in slugs:
            answer = browser.get(f"/innovations/{slug}")
            assert answer.status_code == 404
            assert body(answer) == body(absent)
            assert dict(answer.headers) == dict(absent.headers)


@pytest.mark.parametrize("address", ["edit", "edit/name", "edit/no-such-part", "check"])
def test_pages_below_a_hidden_record_answer_like_those_of_none(scene, coordinator, address):
    slug = published(scene, readership=GEORGIAN_POLICE).innovation.slug
    hidden = coordinator.get(f"/innovations/{slug}/{address}")
    absent = coordinator.get(f"/innovations/{'2' * 22}/{address}")
    assert (hidden.status_code, body(hidden)) == (absent.status_code, body(absent)) == (404, body(absent))


@pytest.mark.parametrize("action", ["submit", "withdraw", "revise"])
def test_actions_on_a_hidden_record_answer_like_those_on_none(scene, coordinator, action):
    slug = published(scene, readership=GEORGIAN_POLICE).innovation.slug
    hidden = coordinator.act(f"/innovations/{slug}/{action}", {"version": "1"})
    absent = coordinator.act(f"/innovations/{'2' * 22}/{action}", {"version": "1"})
    assert (hidden.status_code, body(hidden)) == (absent.status_code, body(absent)) == (404, body(absent))


@pytest.mark.parametrize("way", WAYS)
def test_the_owner_sees_where_it_stands_and_what_to_do_next(scene, partner, way):
    innovation = WAYS[way](scene).innovation
    page = partner.get(f"/innovations/{innovation.slug}").text
    expected = {
        "draft": ("Not sent yet", "Check your answers and submit"),
        "submitted": ("Waiting for a coordinator", "Withdraw"),
        "in_review": ("A coordinator is reading it", "Withdraw"),
        "approved": ("This is what readers see", "Edit this record"),
        "changes_requested": ("A coordinator asks for changes", "Make the changes"),
        "declined": ("Declined", "Edit this record"),
        "withdrawn": ("You took it back", "Edit this record"),
    }
    for told in expected[way]:
        assert told in page


def test_while_a_new_revision_is_on_its_way_readers_see_the_approved_one(scene, client, partner):
    innovation = published(scene).innovation
    revision = revised(scene, innovation)
    save(scene.partner, revision, name="Not yet approved")
    for browser in (client, partner):
        page = browser.get("/innovations/ledger-of-gifts").text
        assert "Ledger of gifts" in page
        assert "Not yet approved" not in page


def test_readers_do_not_see_the_desk_nor_the_log(scene, client, coordinator):
    innovation = published(scene).innovation
    for browser in (client, coordinator):
        page = browser.get(f"/innovations/{innovation.slug}").text
        assert "Every step so far" not in page
        assert "Taken for review" not in page


def test_narrowing_hides_the_record_at_once_from_its_old_address(scene, client, partner):
    innovation = published(scene).innovation
    assert partner.act(f"/innovations/{innovation.slug}/revise").status_code == 303
    answer = partner.submit(
        f"/innovations/{innovation.slug}/edit/audience", {"audience": "members", "tlp": "GREEN"}
    )
    assert answer.status_code == 303
    assert client.get("/innovations/ledger-of-gifts").status_code == 404


def test_widening_is_kept_for_two_coordinators_and_changes_nothing_yet(scene, client, partner):
    innovation = published(scene, readership=MEMBERS).innovation
    partner.act(f"/innovations/{innovation.slug}/revise")
    answer = partner.submit(
        f"/innovations/{innovation.slug}/edit/audience", {"audience": "public", "tlp": "CLEAR"}
    )
    assert answer.status_code == 303
    page = partner.get(f"/innovations/{innovation.slug}/edit/audience").text
    assert "only once two coordinators have agreed" in page
    assert "Until then it stays with: Members of the hub." in page
    assert client.get(f"/innovations/{innovation.slug}").status_code == 404


def test_a_text_that_is_not_english_says_its_language(scene, client):
    with transaction():
        innovation = register_innovation(scene.partner, InnovationDetails(name="سجل الهدايا"), language="ar")
    revision = innovation.revisions[0]
    details = {"short_description": "هدايا", "functions": ("detect",), "kind": "data"}
    save(scene.partner, revision, **details, organisation_id=scene.owner.id, countries=("AE",))
    save(scene.partner, revision, readership=complete(scene.owner).readership)
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    with transaction():
        take_revision(scene.coordinator, revision)
    with transaction():
        publish_revision(scene.coordinator, revision)
    page = client.get(f"/innovations/{innovation.slug}").text
    assert 'lang="ar"' in page
    assert 'dir="rtl"' in page
