"""Questions about requests: asked without a name, answered once for all."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR
from hub.collaboration.models import QuestionStatus, RequestStatus, ResponseStatus
from hub.collaboration.questions import service
from hub.collaboration.questions.queries import question_by_id, questions_of
from hub.collaboration.questions.service import (
    answer_question,
    ask_question,
    set_aside_question,
    withdraw_question,
)
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, TooManyError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from tests.collaboration.acts import did, later, told
from tests.collaboration.requests import POLICE, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def poster(database):
    return make_member()


@pytest.fixture
def asker(database):
    return make_member()


@pytest.fixture
def request_(poster):
    return opened_request(poster)


def asked(asker, request, words="Which years of notices are there?"):
    return did(ask_question, asker, request, words=words, language="en-GB")


def read_by(request, viewer):
    return [each.words for each in questions_of(request, viewer, PageRequest()).items]


def test_until_it_is_answered_only_asker_and_requester_read_it(poster, asker, request_):
    question = asked(asker, request_)
    assert told(poster) == ["question_asked"]
    assert read_by(request_, viewer_of(asker)) == read_by(request_, viewer_of(poster)) == [question.words]
    assert read_by(request_, viewer_of(make_member())) == read_by(request_, VISITOR) == []
    with pytest.raises(NotFoundError):
        question_by_id(request_, question.public_id, viewer_of(make_member()))


def test_an_answer_is_for_all_and_told_once_to_whom_it_concerns(poster, asker, request_):
    question = asked(asker, request_)
    responded(request_, asker, status=ResponseStatus.DRAFT)
    other = responded(request_)
    did(answer_question, poster, question, answer="2015 to 2025.")
    assert question.status is QuestionStatus.ANSWERED
    assert question.answered_at is not None
    assert read_by(request_, VISITOR) == [question.words]
    assert told(asker) == told(other.responder) == ["question_answered"]


def test_it_is_answered_once(poster, asker, request_):
    question = asked(asker, request_)
    did(answer_question, poster, question, answer="2015 to 2025.")
    with pytest.raises(ConflictError):
        did(answer_question, poster, question, answer="Other years.")
    with pytest.raises(ConflictError):
        did(set_aside_question, poster, question)
    with pytest.raises(ConflictError):
        did(withdraw_question, asker, question)
    assert question.answer == "2015 to 2025."


def test_what_is_set_aside_only_its_asker_hears_of(poster, asker, request_):
    question, other = asked(asker, request_), responded(request_)
    did(set_aside_question, poster, question, words="Ask us in the conversation.")
    assert told(asker) == ["question_set_aside"]
    assert told(other.responder) == []
    assert read_by(request_, viewer_of(other.responder)) == []
    assert read_by(request_, viewer_of(asker)) == [question.words]


def test_what_is_taken_back_nobody_reads(poster, asker, request_):
    question = asked(asker, request_)
    with pytest.raises(NotFoundError):
        did(withdraw_question, make_member(), question)
    did(withdraw_question, asker, question)
    assert read_by(request_, viewer_of(poster)) == read_by(request_, viewer_of(asker)) == []


def test_the_requester_asks_nothing_and_others_answer_nothing(poster, asker, request_):
    with pytest.raises(ForbiddenError):
        asked(poster, request_)
    with pytest.raises(ForbiddenError):
        did(answer_question, asker, asked(asker, request_), answer="2015 to 2025.")


def test_outside_the_audience_there_is_nothing_to_ask_about(poster, asker):
    with pytest.raises(NotFoundError):
        asked(asker, opened_request(poster, readership=POLICE))


def test_after_the_due_date_nothing_is_asked_but_answers_may_come(poster, asker, request_, monkeypatch):
    question = asked(asker, request_)
    later(monkeypatch, timedelta(days=15))
    with pytest.raises(ConflictError):
        asked(asker, request_)
    did(answer_question, poster, question, answer="2015 to 2025.")
    with pytest.raises(ConflictError):
        asked(asker, opened_request(poster, status=RequestStatus.AGREED))


@pytest.mark.parametrize("words", ["", "  ", "x" * 1_001, "turned \u202e round"])
def test_words_that_cannot_be_stored_are_refused(asker, request_, words):
    with pytest.raises(InvalidError) as fault:
        asked(asker, request_, words)
    assert fault.value.field == "words"


def test_a_day_has_room_for_so_many(asker, request_, monkeypatch):
    monkeypatch.setattr(service, "A_DAY", 2)
    asked(asker, request_)
    did(withdraw_question, asker, asked(asker, request_))
    with pytest.raises(TooManyError) as refused:
        asked(asker, request_)
    assert 0 < refused.value.retry_after <= 86_401
    later(monkeypatch, timedelta(days=1, seconds=1))
    asked(asker, request_)


def test_questions_come_in_pages(poster, asker, request_):
    for number in range(3):
        asked(asker, request_, f"Question {number}?")
    page = questions_of(request_, viewer_of(poster), PageRequest(2, 2))
    assert (page.total, [each.words for each in page.items]) == (3, ["Question 0?"])
