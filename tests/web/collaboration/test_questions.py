"""Questions on the page of a request."""

import pytest

from hub.collaboration.questions import service
from tests.collaboration.requests import opened_request
from tests.factories import make_member
from tests.web.client import main_of, words

ASKED = "Which years of notices are there?"


@pytest.fixture
def poster(database):
    return make_member()


@pytest.fixture
def own(new_client, poster):
    return new_client().become(poster)


@pytest.fixture
def asker(new_client, database):
    return new_client().become(make_member(display_name="Nino Asks"))


def address(request, verb=""):
    return f"/collaboration/{request.public_id}{verb and '/' + verb}"


def text_of(answer):
    return words(main_of(answer.text))


def way_to(page, request, verb):
    links = {each.get("href") or "" for each in main_of(page.get(address(request)).text).iter("a")}
    return next(each for each in links if each.endswith(f"/{verb}"))


def test_a_question_is_answered_for_all_without_the_name_of_who_asked(own, asker, client, poster):
    request = opened_request(poster)
    answer = asker.submit(address(request), {"words": ASKED}, action=address(request, "ask"))
    assert answer.status_code == 303
    assert answer.location.endswith("#questions")
    assert "You asked this" in text_of(asker.get(address(request)))
    assert ASKED not in client.get(address(request)).text
    assert "Nino Asks" not in own.get(address(request)).text
    answering = way_to(own, request, "answer")
    assert ASKED in text_of(own.get(answering))
    assert own.submit(answering, {"answer": "2015 to 2025."}).status_code == 303
    read = text_of(client.get(address(request)))
    assert ASKED in read
    assert "2015 to 2025." in read
    assert "Nino" not in read
    assert "It no longer waits" in text_of(own.get(answering))
    late = own.act(answering, {"answer": "Other years."})
    assert late.status_code == 409


def test_setting_aside_tells_only_who_asked(own, asker, client, poster):
    request = opened_request(poster)
    asker.submit(address(request), {"words": ASKED}, action=address(request, "ask"))
    own.submit(way_to(own, request, "set-aside"), {"answer": "Rather in the conversation."})
    assert "Rather in the conversation." in text_of(asker.get(address(request)))
    assert ASKED not in client.get(address(request)).text


def test_who_asked_can_take_it_back(asker, own, poster):
    request = opened_request(poster)
    asker.submit(address(request), {"words": ASKED}, action=address(request, "ask"))
    forms = main_of(asker.get(address(request)).text).iter("form")
    back = next(each.get("action") for each in forms if each.get("action").endswith("/withdraw"))
    assert own.act(back).status_code == 404
    assert asker.act(back).status_code == 303
    assert ASKED not in own.get(address(request)).text


@pytest.mark.parametrize(
    ("typed", "status"), [("", 422), ("x" * 1_001, 422), ("Ring +995 555 12 34 56", 422)]
)
def test_what_cannot_be_asked_comes_back(asker, poster, typed, status):
    request = opened_request(poster)
    answer = asker.submit(address(request), {"words": typed}, action=address(request, "ask"))
    assert answer.status_code == status
    assert typed in answer.text


def test_one_too_many_is_kept_on_the_page(asker, poster, monkeypatch):
    monkeypatch.setattr(service, "A_DAY", 1)
    request = opened_request(poster)
    asker.submit(address(request), {"words": "The first?"}, action=address(request, "ask"))
    answer = asker.submit(address(request), {"words": ASKED}, action=address(request, "ask"))
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert ASKED in answer.text


def test_questions_of_another_request_are_not_here(own, asker, poster):
    request, other = opened_request(poster), opened_request(poster)
    asker.submit(address(request), {"words": ASKED}, action=address(request, "ask"))
    elsewhere = way_to(own, request, "answer").replace(request.public_id, other.public_id)
    assert own.get(elsewhere).status_code == 404
    assert asker.get(way_to(own, request, "answer")).status_code == 404
