"""The pages on which a request ends, moves its dates and is opened again."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from hub.collaboration.models import RequestStatus, ResponseStatus
from hub.core import clock
from tests.collaboration.acts import later
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation
from tests.web.client import main_of, words

TRACE = "Call me on +995 555 12 34 56."


@pytest.fixture
def poster(database):
    return make_member(country="GE")


@pytest.fixture
def page(new_client, poster):
    """The browser of who posted."""
    return new_client().become(poster)


def address(request, verb=""):
    return f"/collaboration/{request.public_id}{verb and '/' + verb}"


def text_of(answer):
    return words(main_of(answer.text))


def test_withdrawing_says_what_follows_and_thanks_responders(page, poster, new_client):
    request = opened_request(poster)
    response = responded(request)
    assert "1 response that waits is declined" in text_of(page.get(address(request, "withdraw")))
    answer = page.submit(address(request, "withdraw"), {"words": "No money this year."})
    assert (answer.status_code, answer.location) == (303, address(request))
    assert (request.status, response.status) == (RequestStatus.WITHDRAWN, ResponseStatus.DECLINED)
    read = text_of(new_client().become(response.responder).get(address(request)))
    assert "No money this year." in read


def test_traces_of_a_case_are_asked_about_before_anything_is_stored(page, poster):
    request = opened_request(poster)
    answer = page.submit(address(request, "withdraw"), {"words": TRACE})
    assert answer.status_code == 422
    assert TRACE in text_of(answer)
    assert request.status is RequestStatus.OPEN


def test_cancelling_needs_words(page, poster):
    request = opened_request(poster, status=RequestStatus.AGREED)
    responded(request, status=ResponseStatus.ACCEPTED)
    answer = page.submit(address(request, "cancel"), {"words": ""})
    assert answer.status_code == 422
    assert page.submit(answer, {"words": "Our office closes."}).status_code == 303
    assert request.status is RequestStatus.CANCELLED


def test_the_date_is_meant_in_the_requesters_zone_and_lasts_to_the_end_of_the_minute(page, poster):
    request = opened_request(poster)
    day = (clock.now() + timedelta(days=30)).astimezone(ZoneInfo("Asia/Tbilisi")).date()
    typed = {"due_on": day.isoformat(), "due_time": "17:00", "expires_on": ""}
    assert page.submit(address(request, "extend"), typed).status_code == 303
    due = request.due_at.astimezone(ZoneInfo("Asia/Tbilisi"))
    assert (due.date(), due.hour, due.minute) == (day, 17, 1)
    assert request.expires_at == request.due_at + timedelta(days=30)
    assert "17:00" in page.get(address(request, "extend")).text


@pytest.mark.parametrize(
    "typed",
    [
        {"due_on": ""},
        {"due_on": "tomorrow"},
        {"due_on": "2020-01-01"},
        {"due_on": "2099-01-01"},
        {"due_time": "25:99"},
        {"expires_on": "2020-01-01"},
    ],
)
def test_dates_that_cannot_be_come_back_as_typed(page, poster, typed):
    request = opened_request(poster)
    due = request.due_at
    answer = page.submit(address(request, "extend"), typed)
    assert answer.status_code == 422
    for value in typed.values():
        assert f'value="{value}"' in answer.text
    assert request.due_at == due


def test_after_a_response_the_page_says_that_it_can_only_be_later(page, poster):
    request = opened_request(poster)
    responded(request)
    assert "only be moved to a later day" in text_of(page.get(address(request, "extend")))


def test_an_expired_request_is_opened_again(page, poster):
    request = opened_request(poster, status=RequestStatus.EXPIRED, closed_at=clock.now())
    responded(request)
    assert "1 response waits" in text_of(page.get(address(request, "reopen")))
    day = (clock.now() + timedelta(days=20)).date().isoformat()
    assert page.submit(address(request, "reopen"), {"due_on": day}).status_code == 303
    assert request.status is RequestStatus.OPEN


@pytest.mark.parametrize("verb", ["withdraw", "cancel", "extend", "reopen", "requirements"])
def test_others_find_no_such_page(new_client, poster, verb):
    request = opened_request(poster)
    assert new_client().become(make_member()).get(address(request, verb)).status_code == 404
    assert new_client().get(address(request, verb)).status_code in (303, 302, 401, 403)


@pytest.mark.parametrize("verb", ["withdraw", "extend", "reopen", "requirements"])
def test_what_the_state_does_not_allow_is_said(page, poster, verb):
    request = opened_request(poster, status=RequestStatus.COMPLETED)
    assert page.get(address(request, verb)).status_code == 409


def test_other_requirements_wait_for_a_coordinator_and_can_be_taken_back(page, poster):
    request = opened_request(poster)
    sent = {"essential-0": "Reads OCDS 1.1", "why": "The old format ended."}
    assert page.submit(address(request, "requirements"), sent).status_code == 303
    shown = page.get(address(request))
    assert "New requirements wait for a coordinator" in text_of(shown)
    assert page.get(address(request, "requirements")).status_code == 409
    page.act(address(request, "requirements/withdraw"))
    assert "New requirements wait" not in text_of(page.get(address(request)))


def test_those_by_name_are_in_force_and_the_history_is_kept(page, poster, new_client):
    receiver = make_member()
    request = opened_request(poster, receivers=[receiver])
    page.submit(address(request, "requirements"), {"essential-0": "Reads OCDS 1.1", "why": "It ended."})
    read = text_of(new_client().become(receiver).get(address(request)))
    for said in ("Version 2, in force since", "It ended.", "Reads OCDS 1.1", "1 earlier version"):
        assert said in read


def test_requirements_that_cannot_be_come_back_as_typed(page, poster):
    request = opened_request(poster)
    answer = page.submit(address(request, "requirements"), {"essential-0": "x" * 501, "why": ""})
    assert answer.status_code == 422
    assert "x" * 501 in answer.text
    assert "Tell responders what changed and why." in text_of(answer)
    same = page.submit(address(request, "requirements"), {"why": "Nothing."})
    assert "Nothing differs" in text_of(same)


def test_requirements_typed_over_an_older_version_are_kept_on_the_page(poster, new_client):
    organisation = make_organisation()
    mine = new_client().become(make_member(represents=[organisation]))
    request = opened_request(poster, receivers=[make_member()], organisation_id=organisation.id)
    opened = mine.get(address(request, "requirements"))
    other = new_client().become(make_member(represents=[organisation]))
    other.submit(address(request, "requirements"), {"essential-0": "Theirs", "why": "Theirs."})
    answer = mine.submit(opened, {"essential-0": "Mine", "why": "Mine."})
    assert answer.status_code == 409
    assert "Mine" in answer.text


def test_a_receiver_says_no_with_a_reason(page, poster, new_client):
    receiver = make_member()
    request = opened_request(poster, receivers=[receiver])
    own = new_client().become(receiver)
    assert own.submit(address(request, "refuse"), {"words": "x"}).status_code == 422
    answer = own.submit(address(request, "refuse"), {"reason": "no_time", "words": "In March."})
    assert answer.status_code == 303
    assert "You said that you will not respond" in text_of(own.get(address(request)))
    read = text_of(page.get(address(request)))
    assert "will not respond: No time until the due date" in read
    assert "In March." in read
    assert own.get(address(request, "refuse")).status_code == 409
    assert page.get(address(request, "refuse")).status_code == 404


def test_after_the_last_day_the_requester_is_told_what_to_do(page, poster, monkeypatch):
    request = opened_request(poster)
    later(monkeypatch, timedelta(days=14, minutes=1))
    assert "The last day for responses has passed" in text_of(page.get(address(request)))
