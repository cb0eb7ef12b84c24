"""The desks of requests, of new requirements and of calls: what each shows, who decides, and what goes wrong."""

import pytest

from hub.access.viewer import Role
from hub.collaboration.models import CallStatus, RequestStatus, VersionStatus
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from tests.collaboration.levels.waiting import called, proposed
from tests.collaboration.requests import (
    GEORGIAN_POLICE,
    REQUIREMENTS,
    SAID,
    make_coordinator,
    opened_request,
    submitted_request,
)
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation
from tests.web.client import main_of, words

WORDS = "Say what the notices look like."


@pytest.fixture
def coordinator(database):
    return make_coordinator()


@pytest.fixture
def browser(new_client, coordinator):
    return new_client().become(coordinator)


def said_on(answer):
    return words(main_of(answer.text))


def at(kind, item, verb=""):
    return f"/coordinate/{kind}/{item.public_id}{verb and '/'}{verb}"


def test_a_request_is_taken_from_the_queue_read_and_published(browser):
    request = submitted_request()
    assert SAID["title"] in said_on(browser.get("/coordinate"))
    taken = browser.submit("/coordinate", action=at("requests", request, "take"))
    assert taken.location == at("requests", request)
    page = said_on(browser.get(taken.location))
    for said in (SAID["title"], SAID["summary"], SAID["background"], *REQUIREMENTS, "Everybody", "Detect"):
        assert said in page
    answer = browser.submit(taken.location, action=at("requests", request, "publish"))
    assert answer.location == "/coordinate"
    assert request.status is RequestStatus.OPEN
    assert "Published. Its audience can respond." in browser.get("/coordinate").text


@pytest.mark.parametrize(
    ("verb", "field", "reason", "status"),
    [
        ("request-changes", "change_reason", "unclear", RequestStatus.CHANGES_REQUESTED),
        ("decline", "decline_reason", "promotional", RequestStatus.DECLINED),
    ],
)
def test_it_goes_back_with_a_reason_and_words(browser, coordinator, verb, field, reason, status):
    request = submitted_request(taken_by=coordinator)
    refused = browser.act(at("requests", request, verb), {"words": WORDS})
    assert refused.status_code == 422
    assert "Choose the reason that fits best." in said_on(refused)
    assert WORDS in refused.text
    refused = browser.act(at("requests", request, verb), {field: reason})
    assert "Give your reason in your own words." in said_on(refused)
    answer = browser.act(at("requests", request, verb), {field: reason, "words": WORDS})
    assert answer.location == "/coordinate"
    assert (request.status, request.decision_reason, request.decision_words) == (status, reason, WORDS)


def test_traces_of_cases_are_pointed_out(browser, coordinator):
    request = submitted_request(
        taken_by=coordinator, background="See case no. 12/2024 and ask Mr Smith.", title="Help"
    )
    page = said_on(browser.get(at("requests", request)))
    assert "number or address of a person or case" in page
    assert "Mr Smith" in page
    assert "(in: Background)" in page


def test_one_that_is_overdue_has_no_button_to_publish(browser, coordinator):
    request = submitted_request(taken_by=coordinator, days=-1)
    page = browser.get(at("requests", request))
    assert "Its due date passed while it waited" in said_on(page)
    assert browser.act(at("requests", request, "publish")).status_code == 409
    assert request.status is RequestStatus.SUBMITTED


def test_who_does_not_hold_it_is_sent_to_the_queue(browser):
    request = submitted_request()
    answer = browser.get(at("requests", request), follow_redirects=True)
    assert answer.request.path == "/coordinate"
    assert "Take it first" in answer.text


def test_outside_the_audience_it_is_nameless_until_it_is_taken(browser):
    request = submitted_request(readership=GEORGIAN_POLICE)
    assert browser.get(at("requests", request)).status_code == 404
    queue = said_on(browser.get("/coordinate"))
    assert SAID["title"] not in queue
    assert "Restricted request" in queue
    browser.submit("/coordinate", action=at("requests", request, "take"))
    assert SAID["title"] in said_on(browser.get(at("requests", request)))
    browser.act(at("requests", request, "publish"))
    # once decided it is as hidden as before; who held it last is told so
    assert browser.get(at("requests", request)).status_code == 404


def test_a_second_decision_is_told_what_happened(browser, coordinator):
    request = submitted_request(taken_by=coordinator)
    browser.act(at("requests", request, "publish"))
    answer = browser.act(at("requests", request, "decline"), {"decline_reason": "other", "words": WORDS})
    assert answer.status_code == 409
    assert "already decided" in said_on(answer)


def test_with_a_conflict_the_page_says_why_and_shows_nothing(new_client, coordinator):
    organisation = make_organisation("Tenders Watch")
    person = make_member(roles=[Role.COORDINATOR], belongs_to=[organisation])
    request = submitted_request(taken_by=person, organisation_id=organisation.id)
    browser = new_client().become(person)
    page = said_on(browser.get(at("requests", request)))
    assert "You belong to Tenders Watch." in page
    assert SAID["background"] not in page
    assert request.taken_by_id is None
    assert "So somebody else must decide" in said_on(browser.get("/coordinate"))


def test_a_coordinator_recuses_themselves(browser, coordinator):
    request = submitted_request(taken_by=coordinator)
    page = browser.get(at("requests", request, "recuse"))
    assert "decide nothing about this request any more" in said_on(page)
    browser.submit(page, {"words": "A friend."})
    assert request.taken_by_id is None
    assert "You recused yourself" in said_on(browser.get(at("requests", request)))
    assert viewer_of(coordinator).recusals == {request.subject}


def test_new_requirements_are_compared_and_approved(browser):
    request = opened_request(requirements=("Works offline", "Reads OCDS"))
    version = proposed(request)
    browser.submit("/coordinate", action=at("requirements", version, "take"))
    page = said_on(browser.get(at("requirements", version)))
    assert "1 requirement changes" in page
    assert "Reads OCDS (Essential)" in page
    assert "Falls away" in page
    assert "One is new." in page
    refused = browser.act(at("requirements", version, "decline"), {"words": ""})
    assert refused.status_code == 422
    assert browser.act(at("requirements", version, "approve")).location == "/coordinate"
    assert (version.status, request.requirements_number) == (VersionStatus.IN_FORCE, 2)


def test_who_holds_new_requirements_and_responds_is_sent_away(browser, coordinator):
    request = opened_request()
    version = proposed(request, taken_by_id=coordinator.id)
    responded(request, coordinator)
    answer = browser.get(at("requirements", version), follow_redirects=True)
    assert "It went back to the others." in answer.text
    assert version.taken_by_id is None
    assert browser.get(at("requirements", version)).status_code == 404


def test_a_call_is_taken_and_answered(browser):
    request = opened_request()
    call = called(responded(request))
    queue = said_on(browser.get("/coordinate"))
    assert "A call for help" in queue
    assert request.title not in queue
    browser.submit("/coordinate", action=at("calls", call, "take"))
    page = said_on(browser.get(at("calls", call)))
    assert "Please help us to agree." in page
    assert "The responder’s" in page
    refused = browser.act(at("calls", call, "answer"), {"words": " "})
    assert refused.status_code == 422
    assert browser.act(at("calls", call, "answer"), {"words": "Meet."}).location == "/coordinate"
    assert call.status is CallStatus.ANSWERED
    late = browser.act(at("calls", call, "answer"), {"words": "Meet."})
    assert late.status_code == 409


@pytest.mark.parametrize("kind", ["requests", "requirements", "calls"])
def test_each_is_given_back(browser, coordinator, kind):
    make = {
        "requests": lambda: submitted_request(taken_by=coordinator),
        "requirements": lambda: proposed(opened_request(), taken_by_id=coordinator.id),
        "calls": lambda: called(responded(opened_request()), taken_by_id=coordinator.id),
    }
    item = make[kind]()
    assert browser.act(at(kind, item, "release")).location == "/coordinate"
    assert item.taken_by_id is None


def test_the_queue_asks_no_more_queries_for_more(browser, queries):
    organisation = make_organisation()

    def fill():
        submitted_request(organisation_id=organisation.id)
        request = opened_request(organisation_id=organisation.id)
        proposed(request)
        called(responded(request))

    fill()
    browser.get("/coordinate")
    with queries:
        browser.get("/coordinate")
    few = len(queries.statements)
    for _ in range(4):
        fill()
    session().expire_all()
    queries.statements.clear()
    with queries:
        browser.get("/coordinate")
    assert len(queries.statements) == few


def test_what_waits_is_counted_on_the_start_page(browser):
    submitted_request()
    called(responded(opened_request()))
    page = said_on(browser.get("/start"))
    assert "Review a request for a partner" in page
    assert "Answer a call from a conversation" in page


def test_what_nobody_can_decide_is_on_the_integrity_desk(new_client):
    organisation = make_organisation()
    make_member(roles=[Role.COORDINATOR], belongs_to=[organisation])
    request = submitted_request(organisation_id=organisation.id)
    browser = new_client().become(make_member(roles=[Role.INTEGRITY_OFFICER]))
    page = said_on(browser.get("/integrity"))
    assert "A request for a partner to review" in page
    assert request.title in page
