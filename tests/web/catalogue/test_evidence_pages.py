"""Evidence in the browser: adding a piece, its file, who sees what became of it, and what cannot be accepted."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from hub.access.viewer import Role
from hub.catalogue.evidence.service import accept_evidence, reject_evidence
from hub.catalogue.models import Evidence, Innovation
from hub.catalogue.tasks.service import take_task
from hub.core.database import session, transaction
from hub.core.uploads import StoredFile
from tests.catalogue.records import GEORGIAN_POLICE, draft, published
from tests.core.samples import PDF, SVG, lying_archive, picture
from tests.factories import make_member
from tests.web.catalogue.sending import faults_of, send, typed_in
from tests.web.client import parse, words

FIELDS = {
    "type": "before_after",
    "title": "Bids before and since",
    "url": "https://example.org/bids",
    "author": "Audit Office",
    "is_independent": "yes",
    "country": "GE",
    "year": "2023",
    "finding": "Tenders with one bidder fell from 38 to 24 of 100.",
    "replication": "",
}


@pytest.fixture
def page(scene):
    return f"/innovations/{published(scene).innovation.slug}/evidence"


@pytest.fixture
def member(new_client, database):
    browser = new_client()
    browser.person = make_member()
    return browser.become(browser.person)


def only_piece():
    return session().scalars(select(Evidence)).one()


def decide(scene, service, words):
    evidence = only_piece()
    with transaction():
        take_task(scene.coordinator, evidence)
    with transaction():
        service(scene.coordinator, evidence, words=words)


def test_a_member_adds_evidence_and_it_waits(member, client, page):
    form = member.get(f"{page}/new")
    assert "The same figure measured before it began and since." in form.text
    answer = send(member, f"{page}/new", FIELDS)
    assert (answer.status_code, answer.location) == (303, page)
    shown = member.get(page).text
    assert "Waits for a coordinator" in shown
    assert "Added by you" in shown
    assert "Bids before and since" not in client.get(page).text


def test_the_page_says_the_level_and_why(member, client, page, scene):
    assert "Not assessed yet" in client.get(page).text
    send(member, f"{page}/new", FIELDS)
    decide(scene, accept_evidence, "The figures are those of the audit office.")
    shown = client.get(page).text
    assert "Why level 2" in shown
    assert "Data that show a change were accepted" in shown
    assert "What would raise it to 3" in shown
    assert "Bids before and since" in shown
    assert "The figures are those of the audit office." not in shown
    for address in (page, page.removesuffix("/evidence")):
        shown = parse(client.get(address).text)
        told = next(each for each in shown.iter("p") if "It rests on" in words(each))
        assert words(told).endswith("It rests on Bids before and since.")
        assert shown.find(f".//li[@id='{told.find('a').get('href').removeprefix('#')}']") is not None


def test_a_rejection_is_told_with_its_reason_to_its_adder_and_the_owner_only(
    member, client, partner, page, scene
):
    send(member, f"{page}/new", FIELDS)
    decide(scene, reject_evidence, "The page names no figures.")
    for browser in (member, partner):
        shown = browser.get(page).text
        assert "Not accepted" in shown
        assert "The page names no figures." in shown
    assert "Bids before" not in client.get(page).text


def test_a_coordinator_has_it_decided_again(member, partner, colleague, client, page, scene):
    send(member, f"{page}/new", FIELDS)
    decide(scene, accept_evidence, "")
    address = f"/coordinate/evidence/{only_piece().public_id}/reopen"
    assert address not in partner.get(page).text
    answer = colleague.submit(page, {"words": "The page was taken down."}, action=address)
    assert (answer.status_code, answer.location) == (303, page)
    assert "Not assessed yet" in client.get(page).text
    assert "Waits for a coordinator" in member.get(page).text


def test_its_adder_takes_it_back_before_it_is_decided(member, partner, page):
    send(member, f"{page}/new", FIELDS)
    address = f"{page}/{only_piece().public_id}/withdraw"
    assert address in member.get(page).text
    assert address not in partner.get(page).text
    assert partner.act(address).status_code == 404
    assert member.act(address).status_code == 303
    assert "Withdrawn" in member.get(page).text
    assert member.act(address).status_code == 409


def test_a_file_takes_the_place_of_an_address_and_is_sent_to_whom_may_see_it(member, client, page, scene):
    answer = send(member, f"{page}/new", {**FIELDS, "url": ""}, ("Report 2023.pdf", PDF))
    assert answer.status_code == 303
    address = f"{page}/{only_piece().public_id}/file"
    assert client.get(address).status_code == 404
    assert address in member.get(page).text
    sent = member.get(address, buffered=True)
    assert (sent.status_code, sent.data) == (200, PDF)
    decide(scene, accept_evidence, "")
    assert client.get(address, buffered=True).data == PDF


def test_evidence_without_a_file_has_none_to_send(member, page):
    send(member, f"{page}/new", FIELDS)
    assert member.get(f"{page}/{only_piece().public_id}/file").status_code == 404


WRONG = [
    ({"type": ""}, "type", "Choose the kind"),
    ({"type": "hearsay"}, "type", "Choose from the list."),
    ({"type": "independent_evaluation", "is_independent": "no"}, "type", "no independent one"),
    ({"title": ""}, "title", "Enter a title."),
    ({"title": "t" * 201}, "title", "it has 201."),
    ({"url": "javascript:alert(document.cookie)"}, "url", "begins with http"),
    ({"url": "data:text/html,x"}, "url", "begins with http"),
    ({"url": ""}, "url", "choose a file"),
    ({"is_independent": ""}, "is_independent", "Choose whether"),
    ({"country": "XX"}, "country", "Choose from the list."),
    ({"year": "last"}, "year", "four digits"),
    ({"year": "2999"}, "year", "Enter a year from 1900"),
    ({"finding": ""}, "finding", "Say in a sentence"),
    ({"finding": "f" * 2001}, "finding", "it has 2001."),
    ({"finding": "\u202eevil"}, "finding", "hidden sign"),
    ({"replication": "2" * 22}, "replication", "Choose from the list."),
]


@pytest.mark.parametrize(("typed", "field", "said"), WRONG)
def test_what_cannot_be_accepted_is_named_at_its_field_and_kept(member, page, typed, field, said):
    fields = {**FIELDS, **typed}
    answer = send(member, f"{page}/new", fields)
    assert answer.status_code == 422
    found = faults_of(answer)
    assert list(found) == [field], found
    assert said in found[field]
    kept = typed_in(answer)
    for name in ("title", "url", "author", "year", "finding"):
        assert fields[name] in kept, name
    assert session().scalar(select(Evidence)) is None


def truncated():
    whole = picture("JPEG", size=(400, 300))
    return whole[: len(whole) // 2]


def huge():
    made = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("drawing.svg", SVG, "Files of this type are not taken"),
        ("report.php.pdf", PDF, "also says .php"),
        ("photo.jpg", truncated, ""),
        ("photo.png", huge, ""),
        ("bomb.zip", lying_archive, ""),
        ("report.pdf", SVG, "is not PDF"),
        ("empty.pdf", b"", "empty"),
        ("large.txt", b"x" * (21 * 1024 * 1024), "up to 20 MB"),
    ],
    ids=["SVG", "double extension", "truncated", "huge", "bomb", "lie", "empty", "large"],
)
def test_a_bad_file_is_named_at_its_field_and_the_words_stay(member, page, name, content, said):
    answer = send(member, f"{page}/new", FIELDS, (name, content() if callable(content) else content))
    assert answer.status_code == 422
    found = faults_of(answer)
    assert list(found) == ["file"], found
    assert said in found["file"]
    assert {FIELDS["title"], FIELDS["finding"], FIELDS["country"], FIELDS["type"]} <= typed_in(answer)
    assert session().scalar(select(StoredFile)) is None


def test_a_file_beside_a_mistake_must_be_chosen_again(member, page):
    answer = send(member, f"{page}/new", {**FIELDS, "year": "x"}, ("Report 2023.pdf", PDF))
    assert answer.status_code == 422
    found = faults_of(answer)
    assert set(found) == {"year", "file"}
    assert "Choose the file Report 2023.pdf again" in found["file"]
    assert session().scalar(select(StoredFile)) is None


def test_words_in_place_of_a_file_are_no_file(member, page):
    answer = send(member, f"{page}/new", {**FIELDS, "url": "", "file": "words"})
    assert answer.status_code == 422
    assert list(faults_of(answer)) == ["url"]


def test_nothing_can_be_added_before_the_record_is_published(partner, scene):
    slug = draft(scene).innovation.slug
    assert partner.get(f"/innovations/{slug}/evidence").status_code == 200
    assert partner.get(f"/innovations/{slug}/evidence/new").status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, page):
    assert client.get(f"{page}/new").status_code == 303
    assert "Add evidence" not in client.get(page).text


def test_evidence_of_a_hidden_record_is_not_there(new_client, scene, partner):
    innovation = published(scene, readership=GEORGIAN_POLICE).innovation
    page = f"/innovations/{innovation.slug}/evidence"
    send(partner, f"{page}/new", FIELDS, ("a.pdf", PDF))
    piece = only_piece().public_id
    for person in ({}, {"law_enforcement": "ID"}, {"roles": [Role.COORDINATOR]}):
        browser = new_client().become(make_member(**person))
        for path in (page, f"{page}/new", f"{page}/{piece}/file"):
            assert browser.get(path).status_code == 404, path
        for path in (f"{page}/new", f"{page}/{piece}/withdraw"):
            assert browser.act(path, FIELDS).status_code == 404, path


def test_a_piece_is_found_only_below_its_own_record(member, page, scene):
    send(member, f"{page}/new", FIELDS, ("a.pdf", PDF))
    other = published(scene, name="Another register").innovation.slug
    piece = only_piece().public_id
    assert member.get(f"/innovations/{other}/evidence/{piece}/file").status_code == 404
    assert member.act(f"/innovations/{other}/evidence/{piece}/withdraw").status_code == 404


def test_fifty_pieces_ask_no_more_than_one(member, client, page, queries, scene):
    send(member, f"{page}/new", FIELDS)
    decide(scene, accept_evidence, "")
    client.get(page)
    with queries:
        client.get(page)
        few = len(queries)
    innovation = session().scalars(select(Innovation)).one()
    columns = {
        name: getattr(only_piece(), name)
        for name in Evidence.__table__.columns.keys()  # noqa: SIM118 - a collection of columns, not a dict
        if name not in {"id", "public_id", "innovation_id"}
    }
    session().add_all([Evidence(**columns, innovation_id=innovation.id) for _ in range(50)])
    session().commit()
    with queries:
        client.get(page)
        assert len(queries) == few
