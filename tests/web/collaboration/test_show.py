"""The page of a request: what each reader sees on it and may do from it."""

from datetime import timedelta

import pytest

from hub.access.audience import Tlp
from hub.collaboration.models import RequestStatus, ResponseStatus
from hub.collaboration.questions.service import ask_question
from hub.collaboration.requirements.service import propose_requirements
from hub.collaboration.review.taking import take_item
from hub.core import clock
from tests.catalogue.cast import make_cast, record_of
from tests.collaboration.acts import did
from tests.collaboration.requests import (
    MEMBERS,
    POLICE,
    REQUIREMENTS,
    SAID,
    drafted_request,
    make_coordinator,
    opened_request,
    submitted_request,
)
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation
from tests.web.client import main_of, words


@pytest.fixture
def poster(database):
    return make_member(country="GE")


@pytest.fixture
def browser(new_client):
    return lambda member: new_client().become(member)


@pytest.fixture
def cast(database):
    return make_cast()


def address(request):
    return f"/collaboration/{request.public_id}"


def told(answer):
    assert answer.status_code == 200, answer.status
    return words(main_of(answer.text))


def hrefs(answer):
    return {each.get("href") for each in main_of(answer.text).iter("a")}


def test_everybody_reads_a_public_request(client, poster):
    request = opened_request(poster)
    text = told(client.get(address(request)))
    for said in (
        *REQUIREMENTS,
        SAID["summary"],
        SAID["background"],
        SAID["brings"],
        "13 days left",
        "TLP:CLEAR",
    ):
        assert said in text
    assert "Detect" in text
    assert "Georgia" in text


def test_the_name_of_who_posted_is_shown_where_their_profile_is(client, poster):
    request = opened_request(poster)
    assert poster.display_name not in told(client.get(address(request)))


@pytest.mark.parametrize("readership", [MEMBERS, POLICE])
def test_what_is_not_for_a_visitor_is_not_there(client, poster, readership):
    hidden = client.get(address(opened_request(poster, readership=readership)))
    missing = client.get("/collaboration/no-such-request")
    assert hidden.status_code == missing.status_code == 404
    assert words(main_of(hidden.text)) == words(main_of(missing.text))


@pytest.mark.parametrize("made", [drafted_request, submitted_request])
def test_before_it_is_open_only_its_requester_reads_it(browser, poster, made):
    request = made(poster)
    assert browser(poster).get(address(request)).status_code == 200
    assert browser(make_member()).get(address(request)).status_code == 404


def test_members_are_led_to_respond_and_ask(browser, poster):
    request = opened_request(poster)
    answer = browser(make_member()).get(address(request))
    assert f"{address(request)}/respond" in hrefs(answer)
    assert "#ask" in hrefs(answer)
    assert f"{address(request)}/withdraw" not in hrefs(answer)


def test_the_requester_is_led_to_the_responses_and_others_learn_of_none(browser, poster):
    request = opened_request(poster)
    responded(request)
    own = browser(poster).get(address(request))
    assert "Look at 1 response" in told(own)
    assert {
        f"{address(request)}/{verb}" for verb in ("responses", "extend", "requirements", "withdraw")
    } <= hrefs(own)
    assert f"{address(request)}/respond" not in hrefs(own)
    other = browser(make_member()).get(address(request))
    before = browser(make_member()).get(address(opened_request(poster)))
    assert told(other) == told(before)


def test_a_responder_is_led_to_their_response(browser, poster):
    request = opened_request(poster)
    response = responded(request)
    answer = browser(response.responder).get(address(request))
    assert f"{address(request)}/responses/{response.public_id}" in hrefs(answer)
    assert f"{address(request)}/respond" not in hrefs(answer)


def test_a_partner_is_led_to_the_plan(browser, poster):
    request = opened_request(poster, status=RequestStatus.AGREED)
    response = responded(request, status=ResponseStatus.ACCEPTED)
    answer = browser(response.responder).get(address(request))
    assert f"{address(request)}/responses/{response.public_id}/partnership" in hrefs(answer)


def test_the_deadline_is_shown_in_the_readers_time_and_the_requesters(browser, poster):
    due = (clock.now() + timedelta(days=10)).replace(hour=20, minute=0, second=0, microsecond=0)
    request = opened_request(poster, due_at=due, expires_at=due)
    text = told(browser(make_member(country="PY")).get(address(request)))
    assert "16:59 (Asunción time)" in text
    assert "23:59 (Tbilisi time)" in text
    assert "Asunción" not in told(browser(make_member(country="GE")).get(address(request)))


def test_a_chosen_time_zone_counts_before_the_country(browser, poster):
    member = make_member(country="GE")
    page = browser(member)
    page.submit("/account/time-zone", {"time_zone": "America/Lima"})
    assert "Lima time" in told(page.get(address(opened_request(poster))))
    assert "Lima time" in told(page.get("/account"))
    page.submit("/account/time-zone", {"time_zone": "country"})
    assert "Lima" not in told(page.get(address(opened_request(poster))))
    assert page.act("/account/time-zone", {"time_zone": "Mars/Olympus"}).status_code == 422


def test_receivers_are_told_that_they_were_asked_and_nobody_who_else_was(browser, poster):
    receiver, other = make_member(), make_organisation("Other people")
    request = opened_request(poster, receivers=[receiver, other])
    answer = browser(receiver).get(address(request))
    assert "You were asked by name" in told(answer)
    assert f"{address(request)}/refuse" in hrefs(answer)
    assert "Other people" not in answer.text
    assert "Other people" in told(browser(poster).get(address(request)))
    assert browser(make_member()).get(address(request)).status_code == 404


def test_red_is_labelled_and_kept_from_search_engines(browser, poster):
    receiver = make_member()
    answer = browser(receiver).get(address(opened_request(poster, receivers=[receiver], tlp=Tlp.RED)))
    assert "TLP:RED" in told(answer)
    assert 'name="robots" content="noindex"' in answer.text


@pytest.mark.parametrize(
    ("status", "words_said"),
    [
        (RequestStatus.EXPIRED, "It expired on"),
        (RequestStatus.WITHDRAWN, "Withdrawn on"),
        (RequestStatus.CANCELLED, "Cancelled on"),
        (RequestStatus.AGREED, "You have a partner"),
        (RequestStatus.COMPLETED, "Completed"),
    ],
)
def test_each_state_says_what_it_means(browser, poster, status, words_said):
    request = opened_request(poster, status=status, closed_at=clock.now())
    assert words_said in told(browser(poster).get(address(request)))


def test_what_a_coordinator_asks_is_on_the_page(browser, poster):
    request = drafted_request(
        poster, status=RequestStatus.CHANGES_REQUESTED, decision_words="Name no office."
    )
    text = told(browser(poster).get(address(request)))
    assert "Name no office." in text
    assert "Make the changes" in text


def test_the_page_takes_as_many_queries_with_much_on_it(browser, poster, queries):
    request = opened_request(poster)
    responded(request)
    did(ask_question, make_member(), request, words="The first?", language="en-GB")
    page = browser(poster)
    page.get(address(request))
    with queries:
        page.get(address(request))
        few = len(queries)
    for number in range(6):
        did(ask_question, make_member(), request, words=f"Question {number}?", language="en-GB")
        responded(request)
    with queries:
        assert "Question 5?" in told(page.get(address(request)))
        assert len(queries) == few


def test_the_page_takes_as_many_queries_with_many_receivers(browser, poster, queries):
    counts = []
    page = browser(poster)
    for number in (1, 6):
        asked = [make_member() for _ in range(number)] + [make_organisation() for _ in range(number)]
        request = opened_request(poster, receivers=asked)
        page.get(address(request))
        with queries:
            assert told(page.get(address(request))).count("has not answered yet") == 2 * number
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["poster", "member"])
def test_it_reads_from_right_to_left(browser, poster, who):
    request = opened_request(poster)
    page = browser(poster if who == "poster" else make_member())
    page.act("/language", {"code": "ar-XB", "next": "/"})
    assert 'dir="rtl"' in page.get(address(request)).text


def test_the_coordinator_who_took_it_is_led_to_the_desk(browser, poster):
    coordinator = make_coordinator()
    request = submitted_request(poster, taken_by=coordinator)
    assert f"/coordinate/requests/{request.public_id}" in hrefs(browser(coordinator).get(address(request)))
    assert browser(make_coordinator()).get(address(request)).status_code == 404


def test_the_coordinator_who_took_new_requirements_is_led_to_them(browser, poster):
    coordinator, request = make_coordinator(), opened_request(poster)
    version = did(
        propose_requirements, poster, request, essential=["Other"], nice_to_have=[], why="It changed."
    )
    page = browser(coordinator)
    assert "/coordinate/requirements/" not in page.get(address(request)).text
    did(take_item, coordinator, version)
    assert f"/coordinate/requirements/{version.public_id}" in hrefs(page.get(address(request)))


def test_an_innovation_and_an_organisation_name_the_open_requests_that_one_may_see(client, browser, cast):
    record = record_of(cast)
    said = {"innovation_id": record.id, "organisation_id": cast.owner.id}
    opened_request(cast["partner"], title="Seen by everybody", **said)
    opened_request(cast["partner"], title="Seen by members", readership=MEMBERS, **said)
    opened_request(cast["partner"], title="Long expired", status=RequestStatus.EXPIRED, **said)
    for place in (f"/innovations/{record.slug}", f"/organisations/{cast.owner.slug}"):
        seen, own = told(client.get(place)), told(browser(cast["member"]).get(place))
        assert "Seen by everybody" in seen
        assert "Seen by members" not in seen
        assert "Seen by members" in own
        assert "Long expired" not in own
