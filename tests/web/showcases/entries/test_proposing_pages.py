"""Proposing an innovation in a browser: from its page to the proposal, late, stale, and who finds the pages."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from hub.core import clock
from hub.core.database import session
from hub.showcases.models import Entry, EntryStatus, ShowcaseStatus
from tests.catalogue.records import MEMBERS, make_scene
from tests.factories import make_member
from tests.showcases.scenes import (
    confirmed_entry,
    drafted_entry,
    make_curator,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
)
from tests.web.client import parse, words

PITCH = "You see how an inspector finds an undeclared gift in two minutes."
SAID = {"pitch": PITCH, "format": "talk", "minutes": "20", "needs": "A screen.", "presenter": "oneself"}


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def innovation(scene):
    return recorded_innovation(scene)


@pytest.fixture
def showcase(database):
    return opened_showcase()


@pytest.fixture
def own(client, scene):
    return client.become(scene.partner)


def path_of(showcase, entry=None, part=""):
    address = f"/showcases/{showcase.slug}"
    return f"{address}/entries/{entry.public_id}{part}" if entry else address + part


def only_entry():
    return session().scalars(select(Entry)).one()


def main(page):
    return words(parse(page.text).find(".//main"))


def test_an_innovation_is_proposed_from_its_page(own, innovation, showcase):
    page = own.get(f"/innovations/{innovation.slug}")
    assert "Propose for showcase" in page.text
    page = own.get(f"/showcases/propose?innovation={innovation.slug}", follow_redirects=True)
    answer = own.submit(page, SAID, action=path_of(showcase, part="/propose"))
    assert answer.status_code == 303
    page = own.get(answer.location)
    assert "Propose the entry" in page.text
    entry = only_entry()
    answer = own.submit(page, {}, action=path_of(showcase, entry, "/propose"))
    assert answer.status_code == 303
    assert entry.status is EntryStatus.PROPOSED
    page = own.get(answer.location)
    assert "You can change or withdraw it until" in main(page)
    assert PITCH in main(page)


def test_traces_of_a_case_are_asked_about_before_anything_is_stored(own, innovation, showcase):
    page = own.get(f"/showcases/propose?innovation={innovation.slug}", follow_redirects=True)
    typed = SAID | {"needs": "Call me on +995 555 12 34 56."}
    answer = own.submit(page, typed, action=path_of(showcase, part="/propose"))
    assert answer.status_code == 422
    assert "+995 555 12 34 56" in main(answer)
    assert session().scalars(select(Entry)).all() == []


def test_several_calls_are_offered(own, innovation, showcase):
    other = opened_showcase(name="Second stage")
    page = own.get(f"/showcases/propose?innovation={innovation.slug}")
    for each in (showcase, other):
        assert f'href="{path_of(each, part="/propose")}?innovation={innovation.slug}"' in page.text


def test_no_call_no_button(own, innovation):
    opened_showcase(
        call_closes_at=clock.now() - timedelta(seconds=1), call_opens_at=clock.now() - timedelta(days=1)
    )
    opened_showcase(status=ShowcaseStatus.REVIEW)
    assert "Propose for showcase" not in own.get(f"/innovations/{innovation.slug}").text
    assert (
        "No showcase takes entries at the moment"
        in own.get(f"/showcases/propose?innovation={innovation.slug}").text
    )


def test_who_cannot_speak_for_it_sees_no_button(client, innovation, showcase):
    client.become(make_member())
    assert "Propose for showcase" not in client.get(f"/innovations/{innovation.slug}").text
    assert client.get(f"/showcases/propose?innovation={innovation.slug}").status_code == 404
    page = client.get(path_of(showcase, part="/propose"))
    assert "You have no innovation that can be proposed here" in page.text


def test_what_is_wrong_comes_back_with_what_was_typed(own, innovation, showcase):
    page = own.get(path_of(showcase, part=f"/propose?innovation={innovation.slug}"))
    answer = own.submit(
        page,
        {**SAID, "minutes": "soon", "embargo_time": "25:00"},
        action=path_of(showcase, part="/propose"),
    )
    assert answer.status_code == 422
    assert PITCH in answer.text
    assert "Enter the minutes as a number" in answer.text
    assert session().scalars(select(Entry)).all() == []


def test_a_time_that_clocks_skip_is_refused_with_words(own, innovation):
    # in Paris clocks go from 02:00 to 03:00 on 28 March 2027
    begins = datetime(2027, 6, 1, 8, tzinfo=UTC)
    showcase = opened_showcase(starts_at=begins)
    page = own.get(path_of(showcase, part=f"/propose?innovation={innovation.slug}"))
    said = {**SAID, "embargo_on": "2027-03-28", "embargo_time": "02:30"}
    answer = own.submit(page, said, action=path_of(showcase, part="/propose"))
    assert answer.status_code == 422
    assert "02:30" in answer.text
    # 31 October 2026, 02:30 would come twice; it is taken as the first
    said = {**SAID, "embargo_on": "2026-10-25", "embargo_time": "02:30"}
    answer = own.submit(page, said, action=path_of(showcase, part="/propose"))
    assert answer.status_code == 303
    assert only_entry().embargo_until == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert "twice that night" in own.get(answer.location).text


def test_a_late_entry_is_told_until_when_and_its_draft_stays(own, scene, innovation, showcase, monkeypatch):
    entry = drafted_entry(showcase, innovation, scene.partner)
    page = own.get(path_of(showcase, entry))
    late = showcase.call_closes_at + timedelta(seconds=3)
    monkeypatch.setattr(clock, "now", lambda: late)
    own.become(scene.partner)
    answer = own.submit(page, {}, action=path_of(showcase, entry, "/propose"))
    assert answer.status_code == 409
    assert "Your draft is kept" in answer.text
    assert "Paris time" in main(answer)
    assert entry.status is EntryStatus.DRAFT


def test_a_late_change_is_told_that_the_entry_stays_as_it_was(own, scene, innovation, showcase):
    entry = proposed_entry(showcase, innovation, scene.partner)
    page = own.get(path_of(showcase, entry, "/edit"))
    showcase.status, entry.status = ShowcaseStatus.REVIEW, EntryStatus.UNDER_REVIEW
    session().commit()
    answer = own.submit(page, {"pitch": "Another one."})
    assert answer.status_code == 409
    assert "it stays as it was proposed" in main(answer)


def test_a_stale_save_shows_both_texts(own, scene, innovation, showcase):
    entry = drafted_entry(showcase, innovation, scene.partner)
    page = own.get(path_of(showcase, entry, "/edit"))
    own.submit(page, {"pitch": "The first text."})
    answer = own.submit(page, {"pitch": "The second text."})
    assert answer.status_code == 409
    assert "The first text." in answer.text
    assert "The second text." in answer.text


def test_an_entry_is_discarded_and_withdrawn_after_a_question(own, scene, innovation, showcase):
    draft = drafted_entry(showcase, innovation, scene.partner)
    page = own.get(path_of(showcase, draft, "/discard"))
    assert own.submit(page, {}).location.endswith("/showcases/mine")
    entry = proposed_entry(showcase, innovation, scene.partner)
    page = own.get(path_of(showcase, entry, "/withdraw"))
    assert own.submit(page, {}).status_code == 303
    assert entry.status is EntryStatus.WITHDRAWN
    assert own.get(path_of(showcase, entry, "/withdraw")).status_code == 302


@pytest.mark.parametrize("part", ["", "/edit", "/presenters", "/withdraw", "/discard", "/materials"])
def test_an_entry_is_not_there_for_others(client, showcase, part):
    entry = proposed_entry(showcase)
    client.become(make_member())
    assert client.get(path_of(showcase, entry, part)).status_code == 404
    assert client.get(path_of(opened_showcase(), entry, part)).status_code == 404


def test_a_judge_is_led_to_the_page_for_judges(client, showcase):
    entry = proposed_entry(showcase)
    client.become(showcase.created_by)
    answer = client.get(path_of(showcase, entry))
    assert answer.location.endswith(f"/coordinate/showcases/{showcase.slug}/entries/{entry.public_id}")
    for part in ("/edit", "/presenters", "/materials"):
        assert client.get(path_of(showcase, entry, part)).status_code == 404


def test_who_reads_the_programme_is_led_to_the_slot(client, database):
    showcase = published_showcase(readership=MEMBERS)
    entry = confirmed_entry(showcase)
    slot = make_slot(showcase, entry)
    client.become(make_member())
    answer = client.get(path_of(showcase, entry))
    assert answer.location.endswith(f"/showcases/{showcase.slug}/slots/{slot.public_id}")


def test_nobody_learns_from_the_page_what_the_answer_will_be(own, scene, innovation):
    curator = make_curator()
    showcase = opened_showcase(curator, status=ShowcaseStatus.REVIEW)
    pending = {"pending": "reject", "pending_words": "canaryword", "pending_at": clock.now()}
    entry = proposed_entry(
        showcase,
        innovation,
        scene.partner,
        status=EntryStatus.UNDER_REVIEW,
        pending_by_id=curator.id,
        **pending,
    )
    page = own.get(path_of(showcase, entry))
    assert "canaryword" not in page.text
    assert "Under review" in page.text
    assert "canaryword" not in own.get("/showcases/mine").text
