"""Presenters, answers to an acceptance, material and one's own part, in a browser."""

import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from hub.core import clock
from hub.showcases.entries.materials import add_link
from hub.showcases.models import EntryStatus, MaterialKind, PresenterStatus, ShowcaseStatus
from tests.catalogue.records import make_scene
from tests.collaboration.acts import did
from tests.core.samples import PDF
from tests.factories import make_member
from tests.showcases.entries.proposals import reachable
from tests.showcases.scenes import (
    confirmed_entry,
    drafted_entry,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
    registered,
)
from tests.web.client import parse, words


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def own(client, scene):
    return client.become(scene.partner)


def stored(scene, status, showcase=None, **columns):
    showcase = showcase or opened_showcase(status=ShowcaseStatus.REVIEW)
    return proposed_entry(showcase, recorded_innovation(scene), scene.partner, status=status, **columns)


def path_of(entry, part=""):
    return f"/showcases/{entry.showcase.slug}/entries/{entry.public_id}{part}"


def main(page):
    return words(parse(page.text).find(".//main"))


def test_members_are_found_and_named(own, scene):
    speaker = reachable(make_member(display_name="Tamar K."))
    entry = drafted_entry(opened_showcase(), recorded_innovation(scene), scene.partner)
    page = own.get(path_of(entry, "/presenters"))
    data = {"look": "tamar", "then": "look", "csrf_token": own.token()}
    page = own.post(path_of(entry, "/presenters"), data=data)
    assert "Tamar K." in page.text
    data = {"member": speaker.public_id, "then": "name", "csrf_token": own.token()}
    assert own.post(path_of(entry, "/presenters"), data=data).status_code == 303
    data = {"name": "Nino B.", "then": "guest", "csrf_token": own.token()}
    assert own.post(path_of(entry, "/presenters"), data=data).status_code == 303
    assert [each.member_id or each.name for each in entry.presenters] == [
        scene.partner.id,
        speaker.id,
        "Nino B.",
    ]
    own.act(path_of(entry, f"/presenters/{entry.presenters[0].public_id}/remove"))
    assert len(entry.presenters) == 2


@pytest.mark.parametrize("member", ["", "nobody", "0" * 12])
def test_a_member_who_is_not_there_is_said_at_the_field(own, scene, member):
    entry = drafted_entry(opened_showcase(), recorded_innovation(scene), scene.partner)
    data = {"member": member, "then": "name", "csrf_token": own.token()}
    answer = own.post(path_of(entry, "/presenters"), data=data)
    assert answer.status_code == 422
    assert "This member is not there" in answer.text


def test_a_presenter_answers_on_the_page_of_the_entry(client, scene):
    speaker = make_member()
    entry = stored(scene, EntryStatus.PROPOSED, opened_showcase(), presenters=[speaker])
    client.become(speaker)
    page = client.get(path_of(entry))
    assert "Will you present it?" in page.text
    # what it needs is for its side and the team
    assert "A screen." not in page.text
    presenter = entry.presenters[0]
    client.submit(page, {}, action=path_of(entry, f"/presenters/{presenter.public_id}/confirm"))
    assert presenter.status is PresenterStatus.CONFIRMED
    page = client.get(path_of(entry, f"/presenters/{presenter.public_id}/step-back"))
    answer = client.submit(page, {})
    # who stepped back reads it no more
    assert answer.location.endswith("/showcases/mine")
    assert client.get(path_of(entry)).status_code == 404


def test_an_accepted_entry_is_confirmed_with_the_words_of_the_curators_beside(own, scene):
    entry = stored(scene, EntryStatus.ACCEPTED, decision_words="Please show the form for inspectors.")
    page = own.get(path_of(entry))
    assert "Please show the form for inspectors." in main(page)
    own.submit(page, {}, action=path_of(entry, "/confirm"))
    assert entry.status is EntryStatus.CONFIRMED
    page = own.get(path_of(entry, "/step-back"))
    own.submit(page, {})
    assert entry.status is EntryStatus.WITHDRAWN


def test_presenters_read_where_to_join_and_not_what_the_curators_wrote(own, scene, new_client):
    sure, asked = make_member(), make_member()
    entry = stored(
        scene,
        EntryStatus.CONFIRMED,
        decision_words="Please show the form for inspectors.",
        presenters=[sure, asked],
    )
    entry.presenters[1].status = PresenterStatus.ASKED
    own.database.commit()
    address = entry.showcase.online_url
    side, first, second = own, new_client().become(sure), new_client().become(asked)
    pages = [each.get(path_of(entry)).text for each in (side, first, second)]
    assert [address in each for each in pages] == [True, True, False]
    assert ["for inspectors" in each for each in pages] == [True, False, False]


def test_a_second_answer_is_said_not_doubled(own, scene):
    entry = stored(scene, EntryStatus.CONFIRMED)
    answer = own.act(path_of(entry, "/confirm"))
    assert answer.status_code == 303
    assert "Somebody else was faster" in own.get(answer.location).text


def test_the_place_on_the_waiting_list_is_told(own, scene):
    showcase = opened_showcase(status=ShowcaseStatus.REVIEW)
    proposed_entry(showcase, status=EntryStatus.WAITLISTED, waitlist_position=1)
    entry = stored(scene, EntryStatus.WAITLISTED, showcase, waitlist_position=5)
    assert "number 2 on the waiting list" in main(own.get(path_of(entry)))


def test_what_was_written_before_an_entry_moved_up_is_said_to_be_of_then(own, scene):
    told = "It is on the waiting list."
    entry = stored(scene, EntryStatus.ACCEPTED, waitlist_position=1, decision_words=told)
    shown = main(own.get(path_of(entry)))
    assert "it moved up from the waiting list" in shown
    assert f"What the curators wrote before it moved up {told}" in shown


def test_the_time_is_shown_once_the_draft_is_shared(own, scene):
    showcase = opened_showcase(status=ShowcaseStatus.REVIEW, decisions_sent_at=clock.now())
    entry = stored(scene, EntryStatus.CONFIRMED, showcase)
    make_slot(showcase, entry)
    assert "Planned, not published yet" not in own.get(path_of(entry)).text
    showcase.draft_shared_at = clock.now()
    own.database.commit()
    assert "Planned, not published yet" in own.get(path_of(entry)).text


def send(browser, entry, content=b"", name="slides.pdf", **fields):
    data = {
        "kind": "slides",
        "title": "Slides of the talk",
        "url": "",
        **fields,
        "csrf_token": browser.token(),
    }
    if content:
        data["file"] = FileStorage(io.BytesIO(content), name)
    boundary, body = encode_multipart(data)
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.post(path_of(entry, "/materials"), data=body, content_type=kind)


def test_slides_are_added_and_everybody_in_the_audience_loads_them(own, scene, new_client):
    showcase = published_showcase()
    entry = stored(scene, EntryStatus.CONFIRMED, showcase)
    assert send(own, entry, PDF).status_code == 303
    file = f"/showcases/entries/{entry.public_id}/materials/{entry.materials[0].public_id}"
    with own.get(file) as answer:
        assert answer.status_code == 200
    visitor = new_client()
    assert visitor.get(file).status_code == 404
    make_slot(showcase, entry)
    with visitor.get(file) as answer:
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
    own.act(path_of(entry, f"/materials/{entry.materials[0].public_id}/remove"))
    assert visitor.get(file).status_code == 404


@pytest.mark.parametrize(
    ("content", "fields", "said"),
    [
        (b"", {}, "one of the two"),
        (PDF, {"url": "https://films.example.org/a"}, "one of the two"),
        (b"", {"url": "http://films.example.org/a"}, "https://"),
        (PDF, {"kind": "song"}, "Choose what it is"),
        (PDF, {"title": ""}, "Say what it is"),
        (b"MZ", {}, "PDF"),
    ],
)
def test_wrong_material_comes_back_with_words(own, scene, content, fields, said):
    entry = stored(scene, EntryStatus.CONFIRMED)
    answer = send(own, entry, content, **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert entry.materials == []


def test_ones_own_part_is_on_one_page(own, scene):
    draft = drafted_entry(opened_showcase(), recorded_innovation(scene), scene.partner)
    accepted = stored(scene, EntryStatus.ACCEPTED)
    presented = proposed_entry(opened_showcase(), presenters=[scene.partner])
    registered(opened_showcase(name="A day of talks"), scene.partner)
    page = own.get("/showcases/mine")
    for each in (draft, accepted, presented):
        assert path_of(each) in page.text
    for each in (
        "Propose your entry for a showcase",
        "Confirm your accepted entry",
        "Say whether you will present",
        "A day of talks",
    ):
        assert each in page.text
    page = own.get("/start")
    assert "Confirm your accepted entry" in page.text


def test_an_empty_page_says_what_to_do(client, database):
    page = client.become(make_member()).get("/showcases/mine")
    assert "You have proposed nothing yet" in page.text


def test_more_entries_ask_no_more_queries(own, scene, queries):
    def entries(number):
        for _ in range(number):
            entry = confirmed_entry(opened_showcase(), recorded_innovation(scene), scene.partner)
            did(add_link, scene.partner, entry, "https://a.example.org/", kind=MaterialKind.SLIDES, title="x")
            proposed_entry(opened_showcase(), presenters=[scene.partner])

    entries(1)
    own.get("/showcases/mine")
    with queries:
        own.get("/showcases/mine")
    asked = len(queries)
    entries(3)
    with queries:
        own.get("/showcases/mine")
    assert len(queries) == asked, queries.statements
