"""Responding in a browser: what is offered, an answer to each requirement, submitting, changing, withdrawing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.audience import Audience, Readership, Tlp
from hub.collaboration.models import Fit, RequestStatus, Response, ResponseStatus
from hub.collaboration.requirements.service import propose_requirements
from hub.core import clock
from hub.core.database import session, transaction
from tests.collaboration.requests import POLICE, REQUIREMENTS, opened_request
from tests.collaboration.responses import EVIDENCE, OFFER, responded
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words

MET = {
    "answers-0-fit": "met",
    "answers-0-evidence": EVIDENCE,
    "answers-1-fit": "partly",
    "answers-1-evidence": "It runs on a server of ours first.",
}
LEFT_OPEN = Readership(Audience.MEMBERS, Tlp.GREEN)


@pytest.fixture
def wanted(database):
    return opened_request()


@pytest.fixture
def responder(database):
    return make_member()


@pytest.fixture
def own(client, responder):
    return client.become(responder)


def path_of(request, response=None, part=""):
    address = f"/collaboration/{request.public_id}"
    if response is not None:
        address += f"/responses/{response.public_id}"
    return address + part


def only_response():
    return session().scalars(select(Response)).one()


def test_a_response_is_written_in_two_parts_checked_and_submitted(own, wanted):
    page = own.submit(path_of(wanted, part="/respond"), {"offer": OFFER})
    assert page.status_code == 303
    page = own.submit(page.location, MET)
    page = own.get(page.location)
    assert "What you offer" in page.text
    answer = own.submit(page, {}, action=path_of(wanted, only_response(), "/submit"))
    assert answer.status_code == 303
    response = only_response()
    assert response.status is ResponseStatus.SUBMITTED
    assert [each.fit for each in response.answers] == [Fit.MET, Fit.PARTLY]
    assert "Submitted" in own.get(answer.location).text


def test_who_has_a_response_is_led_to_it(own, wanted, responder):
    response = responded(wanted, responder, status=ResponseStatus.DRAFT)
    page = own.get(path_of(wanted, part="/respond"))
    assert page.location == path_of(wanted, response)


def test_a_draft_says_what_is_missing(own, wanted, responder):
    response = responded(wanted, responder, status=ResponseStatus.DRAFT, offer="", fits=[])
    page = own.get(path_of(wanted, response))
    assert "Say what you offer." in page.text
    assert "Submit the response" not in page.text


def test_what_is_typed_stays_where_something_is_missing(own, wanted):
    page = own.submit(path_of(wanted, part="/respond"), {"offer": "", "conditions": "Two analysts"})
    assert page.status_code == 422
    assert "Two analysts" in page.text
    assert "Say what you offer." in page.text


def test_an_innovation_that_nobody_shows_them_is_refused_at_its_field(own, wanted):
    page = own.submit(path_of(wanted, part="/respond"), {"offer": OFFER, "innovation": "Unheard of"})
    assert page.status_code == 422
    assert "or the address of its page." in page.text


def test_an_innovation_in_an_answer_is_refused_at_its_row(own, wanted, responder):
    response = responded(wanted, responder, status=ResponseStatus.DRAFT)
    page = own.submit(path_of(wanted, response, "/answers"), {**MET, "answers-1-innovation": "Unheard of"})
    assert page.status_code == 422
    assert 'id="answers-1-innovation-error"' in page.text
    assert "It runs on a server of ours first." in page.text


@pytest.mark.parametrize(
    "sent",
    [
        {"tlp": ""},
        {"tlp": "PURPLE"},
        {"tlp": "CLEAR", "organisation_id": "9" * 40},
        {"tlp": "CLEAR", "organisation_id": "7"},
        {"tlp": "CLEAR", "innovation": "a\0b"},
        {"tlp": "CLEAR", "innovation": "/innovations/no-such-thing"},
        {"tlp": "CLEAR", "conditions": "x" * 4001},
    ],
)
def test_what_no_page_of_ours_sends_comes_back_with_what_was_typed(own, wanted, sent):
    page = own.act(path_of(wanted, part="/respond"), {"offer": OFFER, **sent})
    assert page.status_code == 422
    assert OFFER in page.text


def test_answers_of_no_version_are_asked_for_anew(own, wanted, responder):
    response = responded(wanted, responder, status=ResponseStatus.DRAFT)
    for sent in ({}, {"requirements": "x"}, {"requirements": "1", "answers-0-fit": "odd"}):
        page = own.act(path_of(wanted, response, "/answers"), {**sent, "answers-7-evidence": "typed"})
        assert page.status_code == 409
    assert response.version == 1


def test_case_traces_are_asked_about_before_anything_is_saved(own, wanted):
    page = own.submit(path_of(wanted, part="/respond"), {"offer": "Call Nino at +995 555 12 34 56 about it."})
    assert page.status_code == 422
    assert "Is this from a real case?" in page.text
    assert session().scalars(select(Response)).all() == []


def test_the_label_is_never_weaker_than_that_of_the_request(own, database):
    wanted = opened_request(readership=LEFT_OPEN)
    page = own.get(path_of(wanted, part="/respond"))
    labels = [each.get("value") for each in parse(page.text).iter("input") if each.get("name") == "tlp"]
    assert labels == ["GREEN", "AMBER", "AMBER+STRICT", "RED"]


def test_the_requester_cannot_respond_to_their_own_request(client, wanted):
    assert client.become(wanted.posted_by).get(path_of(wanted, part="/respond")).status_code == 403


def test_outside_the_audience_there_is_nothing_to_respond_to(own, database):
    wanted = opened_request(readership=POLICE)
    assert own.get(path_of(wanted, part="/respond")).status_code == 404
    response = responded(wanted, status=ResponseStatus.SUBMITTED)
    for part in ("", "/offer", "/answers", "/withdraw", "/discard"):
        assert own.get(path_of(wanted, response, part)).status_code == 404


def test_one_second_late_the_draft_is_kept_and_said_so(own, wanted, responder, monkeypatch):
    response = responded(wanted, responder, status=ResponseStatus.DRAFT)
    page = own.get(path_of(wanted, response))
    wanted.due_at = clock.now() - timedelta(seconds=1)
    session().commit()
    answer = own.submit(page, {}, action=path_of(wanted, response, "/submit"))
    assert answer.status_code == 409
    assert "The due date of this request has passed" in answer.text
    assert OFFER in answer.text
    assert response.status is ResponseStatus.DRAFT


def test_a_request_that_takes_none_says_so_and_leads_back(own, database):
    wanted = opened_request(status=RequestStatus.AGREED)
    page = own.get(path_of(wanted, part="/respond"))
    assert page.location == path_of(wanted)
    page = own.post(
        path_of(wanted, part="/respond"), data={"csrf_token": own.token(), "offer": OFFER, "tlp": "CLEAR"}
    )
    assert page.status_code == 409
    assert OFFER in page.text


def test_a_submitted_response_is_changed_until_the_due_date(own, wanted, responder):
    response = responded(wanted, responder)
    page = own.submit(path_of(wanted, response, "/offer"), {"offer": "We screen two years."})
    assert page.status_code == 303
    assert response.offer == "We screen two years."
    wanted.due_at = clock.now()
    session().commit()
    page = own.submit(path_of(wanted, response, "/offer"), {"offer": "We screen three years."})
    assert page.status_code == 409
    assert "We screen three years." in page.text
    assert response.offer == "We screen two years."


def test_a_save_that_comes_second_shows_both_texts(own, wanted, responder):
    response = responded(wanted, responder, status=ResponseStatus.DRAFT)
    page = own.get(path_of(wanted, response, "/offer"))
    own.submit(path_of(wanted, response, "/offer"), {"offer": "From the other window"})
    answer = own.submit(page, {"offer": "From this window"}, action=path_of(wanted, response, "/offer"))
    assert answer.status_code == 409
    assert "From the other window" in answer.text
    assert "From this window" in answer.text
    kept = own.submit(answer, {"choice-offer": "theirs"})
    assert kept.status_code == 303
    assert response.offer == "From the other window"


def test_answers_that_come_second_show_both(own, wanted, responder):
    response = responded(wanted, responder, status=ResponseStatus.DRAFT)
    page = own.get(path_of(wanted, response, "/answers"))
    own.submit(path_of(wanted, response, "/answers"), MET)
    answer = own.submit(page, {"answers-0-fit": "not"}, action=path_of(wanted, response, "/answers"))
    assert answer.status_code == 409
    assert "Not met" in answer.text
    assert own.submit(answer, {"choice-answers": "mine"}).status_code == 303
    assert response.answers[0].fit is Fit.NOT


def test_new_requirements_keep_what_was_typed_to_those_that_stayed(own, responder):
    wanted = opened_request(receivers=[responder])
    response = responded(wanted, responder, status=ResponseStatus.DRAFT)
    page = own.get(path_of(wanted, response, "/answers"))
    with transaction():
        propose_requirements(
            wanted.posted_by,
            wanted,
            essential=["Writes OCDS, too", REQUIREMENTS[0]],
            nice_to_have=[],
            why="We publish what we read.",
        )
    answer = own.submit(page, MET, action=path_of(wanted, response, "/answers"))
    assert answer.status_code == 409
    shown = {each.get("name"): (each.text or "").strip() for each in parse(answer.text).iter("textarea")}
    assert shown["answers-0-evidence"] == ""
    assert shown["answers-1-evidence"] == EVIDENCE
    assert "It runs on a server of ours first." in answer.text
    assert "We publish what we read." in answer.text
    saved = own.submit(answer, {"answers-0-fit": "not"})
    assert saved.status_code == 303
    assert response.requirements_number == 2


def test_a_submitted_response_to_old_requirements_says_so_on_its_page(own, responder):
    wanted = opened_request(receivers=[responder])
    response = responded(wanted, responder)
    with transaction():
        propose_requirements(
            wanted.posted_by, wanted, essential=[REQUIREMENTS[0]], nice_to_have=[], why="Only one counts."
        )
    page = own.get(path_of(wanted, response))
    assert "version 1; version 2 is in force" in page.text
    page = own.submit(path_of(wanted, response, "/answers"), {})
    assert page.status_code == 303
    assert response.requirements_number == 2


def test_a_response_is_withdrawn_and_begun_anew(own, wanted, responder):
    response = responded(wanted, responder)
    assert own.submit(path_of(wanted, response, "/withdraw")).status_code == 303
    assert response.status is ResponseStatus.WITHDRAWN
    assert "Respond anew" in own.get(path_of(wanted, response)).text
    assert own.get(path_of(wanted, part="/respond")).status_code == 200


def test_a_draft_is_discarded(own, wanted, responder):
    response = responded(wanted, responder, status=ResponseStatus.DRAFT)
    assert own.submit(path_of(wanted, response, "/discard")).status_code == 303
    assert session().scalars(select(Response)).all() == []


def test_for_an_organisation_its_representatives_read_and_act(client, new_client, wanted):
    organisation = make_organisation()
    first, second = (make_member(represents=[organisation]) for _ in range(2))
    page = client.become(first).submit(
        path_of(wanted, part="/respond"), {"offer": OFFER, "organisation_id": str(organisation.id)}
    )
    assert page.status_code == 303
    response = only_response()
    colleague = new_client().become(second)
    assert OFFER in colleague.get(path_of(wanted, response)).text
    assert colleague.submit(path_of(wanted, response, "/answers"), MET).status_code == 303


def test_responders_see_nothing_of_one_another(own, wanted, responder):
    responded(wanted, responder)
    other = responded(wanted, offer="Nobody else reads this")
    assert own.get(path_of(wanted, other)).status_code == 404
    assert own.get(path_of(wanted, part="/responses")).status_code == 404
    assert "Nobody else reads this" not in own.get(path_of(wanted)).text


def test_a_declined_response_tells_the_reason_to_who_responded(own, wanted, responder):
    response = responded(
        wanted,
        responder,
        status=ResponseStatus.DECLINED,
        decision_reason="timing",
        decision_words="Ask us again in spring.",
    )
    page = own.get(path_of(wanted, response))
    assert "The time does not fit" in words(parse(page.text))
    assert "Ask us again in spring." in page.text
