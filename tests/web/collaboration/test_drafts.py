"""Posting a request through its pages: its beginning, the parts, traces, stale saves, sending it off."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.audience import Audience, Tlp
from hub.collaboration.models import CollaborationRequest, RequestStatus
from hub.collaboration.posting.limits import MOST_A_DAY
from hub.collaboration.queries import requirements_of
from hub.core.clock import now
from hub.core.database import session
from hub.members.models import FieldAudience
from tests.catalogue.records import GEORGIAN_POLICE, make_scene, published
from tests.collaboration.requests import (
    drafted_request,
    make_coordinator,
    opened_request,
    submitted_request,
)
from tests.factories import make_member, make_organisation, make_profile
from tests.web.client import main_of, words
from tests.web.collaboration.pages import address, tick

BEGIN = {"type": "pilot_partner", "title": "Pilot partner for screening", "language": "en"}
ALL_PARTS = ("what", "about", "requirements", "brings", "readers", "dates")


@pytest.fixture
def poster(database):
    return make_member(country="GE")


def text_of(page):
    return words(main_of(page.text))


def begun(client, poster, query="", **values):
    """Answer the question, begin a draft, and return it."""
    client.become(poster)
    page = client.submit(f"/collaboration/new{query}", {"real_case": "no"}, action="/collaboration/new")
    answer = client.submit(page, {**BEGIN, **values}, action="/collaboration/new")
    assert answer.status_code == 303, answer.text
    return session().scalars(select(CollaborationRequest)).one()


def named(name, **columns):
    member = make_member(display_name=name, **columns)
    make_profile(member, FieldAudience.MEMBERS)
    return member


def test_the_first_answers_begin_a_draft(client, poster):
    request = begun(client, poster)
    assert (request.title, request.type, request.status) == (
        BEGIN["title"],
        "pilot_partner",
        RequestStatus.DRAFT,
    )
    assert request.time_zone == "Asia/Tbilisi"
    assert "0 of 6 parts done" in client.get(address(request, "draft")).text


def test_the_question_must_be_answered(client, poster):
    client.become(poster)
    page = client.submit("/collaboration/new", {})
    assert page.status_code == 422
    # who leaves the question out of the next page too is asked again, and nothing is stored
    page = client.act("/collaboration/new", BEGIN)
    assert page.status_code == 422
    assert session().scalars(select(CollaborationRequest)).all() == []


def test_a_beginning_without_a_title_comes_back(client, poster):
    client.become(poster)
    page = client.act("/collaboration/new", {"real_case": "no", "type": "funding", "title": ""})
    assert page.status_code == 422
    assert "Enter a title." in text_of(page)


def test_a_whole_request_is_written_and_submitted(client, poster):
    make_coordinator()
    request = begun(client, poster)
    day = (now() + timedelta(days=30)).date().isoformat()
    parts = {
        "what": {"summary": "We look for you.", "background": "Long.", "outcome_wanted": "A list."},
        "about": {"functions": ["detect"]},
        "requirements": {"essential-0-words": "Reads OCDS", "nice_to_have-0-words": "Open licence"},
        "brings": {"brings": "Data."},
        "readers": {"way": "call", "audience": "public", "tlp": "CLEAR"},
        "dates": {"due_on": day},
    }
    for key, values in parts.items():
        saved = client.submit(address(request, "draft", key), values)
        assert saved.status_code == 303, saved.text
    assert saved.location == address(request, "draft", "check")
    tasks = text_of(client.get(address(request, "draft")))
    assert "6 of 6 parts done" in tasks
    check = client.get(address(request, "draft", "check"))
    assert "Reads OCDS" in text_of(check)
    assert "11:59" in text_of(check) or "23:59" in text_of(check)
    sent = client.submit(check, {}, action=address(request, "submit"))
    assert sent.location == address(request)
    assert request.status is RequestStatus.SUBMITTED
    assert client.get(address(request, "draft")).status_code == 302


def test_what_is_missing_is_named_and_linked(client, poster):
    request = begun(client, poster)
    page = client.get(address(request, "draft", "check"))
    assert "7 answers are still missing" in text_of(page)
    for link in (
        "draft/what#summary",
        "draft/requirements#essential",
        "draft/readers#way",
        "draft/dates#due_on",
    ):
        assert link in page.text
    refused = client.act(address(request, "submit"), {"version": request.version})
    assert refused.status_code == 422


@pytest.mark.parametrize("key", ALL_PARTS)
def test_every_part_can_be_opened_and_saved_unchanged(client, poster, key):
    request = drafted_request(poster, nice=("Open licence",))
    saved = client.become(poster).submit(address(request, "draft", key), {})
    assert saved.status_code == 303, saved.text
    assert request.version == 2


@pytest.mark.parametrize("key", [*ALL_PARTS, "check"])
def test_drafts_of_others_do_not_exist(client, poster, key):
    request = drafted_request(poster)
    for other in (make_member(), make_coordinator()):
        client.become(other)
        assert client.get(address(request, "draft", key)).status_code == 404
        assert client.get(address(request, "draft")).status_code == 404
        for verb in ("submit", "send", "discard", f"draft/{key}"):
            assert client.act(address(request, verb), {"version": 1}).status_code in {404, 405}
    assert request.status is RequestStatus.DRAFT


def test_there_is_no_part_of_another_name(client, poster):
    request = drafted_request(poster)
    assert client.become(poster).get(address(request, "draft", "else")).status_code == 404


def test_what_was_sent_is_shown_instead_of_asked_for(client, poster):
    client.become(poster)
    for request in (submitted_request(poster), opened_request(poster)):
        for page in ("draft", "draft/what", "draft/check", "discard"):
            assert client.get(address(request, page)).location == address(request)
        assert client.act(address(request, "draft/brings"), {"brings": "More"}).status_code == 409


def test_typical_requirements_can_be_taken_over_and_changed(client, poster):
    request = begun(client, poster)
    empty = client.get(address(request, "draft", "requirements"))
    assert "from=typical" in empty.text
    page = client.get(address(request, "draft", "requirements") + "?from=typical")
    saved = client.submit(page, {"essential-0-words": "You screened tenders"})
    assert saved.status_code == 303
    assert [each.words for each in requirements_of(request).essential][:2] == [
        "You screened tenders",
        "You work with data in OCDS",
    ]
    assert "from=typical" not in client.get(address(request, "draft", "requirements")).text


def test_a_label_that_does_not_allow_the_audience_comes_back(client, poster):
    request = begun(client, poster)
    page = client.submit(
        address(request, "draft", "readers"), {"way": "call", "audience": "law_enforcement", "tlp": "GREEN"}
    )
    assert page.status_code == 422
    assert "This label does not allow this audience." in text_of(page)
    saved = client.submit(page, {"tlp": "AMBER", "le_countries": ["GE"]})
    assert saved.status_code == 303
    assert request.labels == {"le:GE"}


def test_receivers_are_looked_for_by_name_ticked_and_sent_to(client, poster):
    friend, organisation = named("Nino Reader"), make_organisation("Reading room")
    make_member(represents=[organisation])
    named("Hidden Reader").profile = None
    request = drafted_request(poster)
    client.become(poster)
    page = client.submit(address(request, "draft", "readers"), {"look": "read"}, button=("then", "look"))
    assert page.status_code == 200
    assert "Nino Reader" in text_of(page)
    assert "Reading room" in text_of(page)
    assert request.version == 1
    receivers = [f"member:{friend.public_id}", f"organisation:{organisation.slug}"]
    saved = client.submit(page, {"way": "by_name", "receivers": receivers, "named_tlp": "AMBER+STRICT"})
    assert saved.status_code == 303, text_of(saved)
    assert request.labels == {f"person:{friend.id}", f"org:{organisation.id}"}
    assert (request.audience, request.tlp) == (Audience.PEOPLE, Tlp.AMBER_STRICT)
    check = client.get(address(request, "draft", "check"))
    assert "Send to 2 receivers" in text_of(check)
    sent = client.submit(check, {}, action=address(request, "send"))
    assert sent.status_code == 303
    assert request.status is RequestStatus.OPEN


def test_nobody_is_found_and_nobody_is_named(client, poster):
    request = drafted_request(poster)
    client.become(poster)
    page = client.submit(address(request, "draft", "readers"), {"look": "nobody"}, button=("then", "look"))
    assert "Nobody of that name" in text_of(page)
    page = client.submit(address(request, "draft", "readers"), {"way": "by_name"})
    assert page.status_code == 422
    assert "Name at least one member or organisation" in text_of(page)


def test_a_made_up_receiver_is_refused(client, poster):
    request = drafted_request(poster)
    hidden = make_member()
    for key in (f"member:{hidden.public_id}", "organisation:none", "nonsense"):
        data = {
            "way": "by_name",
            "receivers": key,
            "named_tlp": "AMBER",
            "organisation_id": "",
            "version": "1",
        }
        page = client.become(poster).act(address(request, "draft", "readers"), data)
        assert page.status_code == 422
    assert request.is_open_call


def test_another_page_can_say_what_to_begin_with(client, poster):
    shown = published(make_scene()).innovation
    friend = named("Nino Reader")
    query = f"?about={shown.slug}&type=replicate&to_member={friend.public_id}"
    client.become(poster)
    assert "Nino Reader" in text_of(client.get(f"/collaboration/new{query}"))
    request = begun(client, poster, query)
    assert request.innovation_id == shown.id
    assert request.labels == {f"person:{friend.id}"}
    assert not request.is_open_call


def test_what_another_page_cannot_know_is_left_out(client, poster):
    hidden = published(make_scene(), readership=GEORGIAN_POLICE).innovation
    query = f"?about={hidden.slug}&type=none&to_member={make_member().public_id}&to_organisation=none"
    request = begun(client, poster, query)
    assert request.innovation_id is None
    assert request.labels == frozenset()


def test_an_innovation_hidden_since_stays_and_is_not_named(client, poster):
    hidden = published(make_scene(), readership=GEORGIAN_POLICE).innovation
    request = drafted_request(poster, innovation_id=hidden.id)
    page = client.become(poster).get(address(request, "draft", "about"))
    assert hidden.slug not in page.text
    client.submit(page, {})
    assert request.innovation_id == hidden.id


def test_two_who_save_at_once_see_both_texts(client, new_client):
    organisation = make_organisation()
    first, second = make_member(represents=[organisation]), make_member(represents=[organisation])
    request = drafted_request(first, organisation_id=organisation.id)
    client.become(first)
    other = new_client().become(second)
    opened = client.get(address(request, "draft", "brings"))
    other.submit(address(request, "draft", "brings"), {"brings": "Theirs"})
    stale = client.submit(opened, {"brings": "Mine"})
    assert stale.status_code == 409
    assert all(each in text_of(stale) for each in ("Mine", "Theirs"))
    client.submit(stale, {"choice-brings": "theirs"})
    assert request.brings == "Theirs"


@pytest.mark.parametrize("key", ALL_PARTS)
def test_a_stale_save_of_any_part_is_shown(client, poster, key):
    request = drafted_request(poster, nice=("Open licence",), receivers=[named("Nino Reader")])
    opened = client.become(poster).get(address(request, "draft", key))
    changes = {
        "what": {"summary": "Other words"},
        "about": {"functions": ["report"]},
        "requirements": {"essential-0-words": "Other words"},
        "brings": {"brings": "Other words"},
        "readers": {"named_tlp": "RED"},
        "dates": {"due_time": "12:00"},
    }
    client.submit(address(request, "draft", key), changes[key])
    stale = client.submit(opened, {})
    assert stale.status_code == 409
    kept = client.submit(stale, {})
    assert kept.status_code == 303, text_of(kept)


def test_other_parts_saved_meanwhile_are_no_conflict(client, poster):
    request = drafted_request(poster)
    opened = client.become(poster).get(address(request, "draft", "brings"))
    client.submit(address(request, "draft", "what"), {"summary": "Other words"})
    assert client.submit(opened, {"brings": "More"}).status_code == 303


def test_what_looks_like_a_trace_is_asked_about_before_it_is_saved(client, poster):
    request = drafted_request(poster)
    client.become(poster)
    typed = {"background": "Money went to DE89 3704 0044 0532 0130 00, passport C01X00T47."}
    page = client.submit(address(request, "draft", "what"), typed)
    assert page.status_code == 422
    assert "DE89 3704 0044 0532 0130 00" in text_of(page)
    assert "the number of a passport" in text_of(page)
    assert typed["background"] in page.text
    assert "DE89" not in request.background
    kept = client.submit(page, tick(page))
    assert kept.status_code == 303
    assert request.background == typed["background"]
    assert request.traces_checked_at is not None
    # what was looked at once is not asked about again
    assert client.submit(address(request, "draft", "what"), {"summary": "Other"}).status_code == 303


def test_the_box_counts_only_for_what_was_shown(client, poster):
    request = drafted_request(poster)
    client.become(poster)
    page = client.submit(address(request, "draft", "brings"), {"brings": "a@b.example"})
    again = client.submit(page, {"brings": "a@b.example and AB1234567", **tick(page)})
    assert again.status_code == 422
    assert "AB1234567" in text_of(again)


def test_traces_are_looked_for_in_requirements_and_titles_too(client, poster):
    request = drafted_request(poster)
    client.become(poster)
    page = client.submit(address(request, "draft", "requirements"), {"essential-2-words": "Case no. 12/2024"})
    assert page.status_code == 422
    page = client.act(
        "/collaboration/new", {**BEGIN, "real_case": "no", "title": "Help with case no. 12/2024"}
    )
    assert page.status_code == 422
    assert "the number of a case" in text_of(page)


def test_a_sixth_request_of_a_day_waits_and_is_kept(client, poster):
    for _ in range(MOST_A_DAY):
        submitted_request(poster)
    request = drafted_request(poster)
    check = client.become(poster).get(address(request, "draft", "check"))
    page = client.submit(check, {}, action=address(request, "submit"))
    assert page.status_code == 429
    assert "Your draft is kept" in text_of(page)
    assert "You can go on from" in text_of(page)
    assert request.status is RequestStatus.DRAFT


def test_a_draft_is_discarded_after_a_question(client, poster):
    request = drafted_request(poster)
    page = client.become(poster).get(address(request, "discard"))
    assert "Discard this draft?" in text_of(page)
    client.submit(page, {})
    assert session().scalars(select(CollaborationRequest)).all() == []


def test_who_was_asked_for_changes_reads_them_on_the_list(client, poster):
    request = drafted_request(
        poster, status=RequestStatus.CHANGES_REQUESTED, decision_words="Say how many notices."
    )
    page = client.become(poster).get(address(request, "draft"))
    assert "Say how many notices." in text_of(page)


def test_posting_is_for_members(client):
    assert "/sign-in" in client.get("/collaboration/new").location


OWN_PAGE = {"Sec-Fetch-Site": "same-origin", "Referer": "http://localhost/collaboration/new"}


@pytest.mark.parametrize("is_signed_in", [True, False])
@pytest.mark.parametrize(("said", "is_given_back"), [("no", True), ("yes", False), ("", False)])
def test_words_about_a_real_case_are_never_given_back(client, poster, said, is_given_back, is_signed_in):
    if is_signed_in:
        client.become(poster)
    data = {"real_case": said, "title": "The name of a suspect", "csrf_token": "stale"}
    answer = client.post("/collaboration/new", data=data, headers=OWN_PAGE)
    assert answer.status_code != 200
    assert ("The name of a suspect" in answer.text) is is_given_back
