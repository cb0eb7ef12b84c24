"""The page of a partnership as both sides use it: plan, start, outcome, follow-up."""

from datetime import timedelta

import pytest
import time_machine

from hub.access.audience import Tlp
from hub.collaboration.models import OutcomeMoment, OutcomeStatus, RequestStatus, ResponseStatus
from hub.collaboration.partnerships.outcomes import dispute_outcome, revise_outcome
from hub.collaboration.partnerships.plan import MOST_STEPS, save_step
from hub.collaboration.partnerships.queries import outcomes_of, plan_of
from hub.core.clock import now
from hub.core.database import session, transaction
from tests.collaboration.partners import a_step, added, an_outcome, partners, planned, recorded, signed
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words

DUE = {"due_on": "2031-03-27"}


def page_at(response):
    return f"/collaboration/{response.request.public_id}/responses/{response.public_id}/partnership"


def main(answer):
    return words(parse(answer.text).find(".//main"))


@pytest.fixture
def found(database):
    return partners()


@pytest.fixture
def ours(found, new_client):
    """The browser of who asked."""
    return new_client().become(found.poster)


@pytest.fixture
def theirs(found, new_client):
    """The browser of who responded."""
    return new_client().become(found.responder)


def test_only_both_sides_find_it(found, ours, theirs, client, new_client):
    page = page_at(found.response)
    rival = responded(found.request)
    assert ours.get(page).status_code == theirs.get(page).status_code == 200
    assert client.get(page).location.startswith("/sign-in")
    for stranger in (make_member(), rival.responder, make_member(roles=["coordinator"])):
        assert new_client().become(stranger).get(page).status_code == 404
    assert ours.get(page_at(rival)).status_code == 404


def test_a_plan_is_written_by_both_sides(found, ours, theirs):
    page = page_at(found.response)
    answer = ours.submit(page, {"words": "Send the notices", "owner": "requester", **DUE})
    step = plan_of(found.response)[0]
    assert answer.location == f"{page}#step-{step.public_id}"
    theirs.submit(page, {"words": "Screen them", "owner": "responder", **DUE})
    shown = main(theirs.get(page))
    assert shown.index("Send the notices") < shown.index("Screen them")
    assert "27 March 2031" in shown
    second = plan_of(found.response)[1]
    theirs.act(f"{page}/steps/{second.public_id}/move", {"to": "up"})
    theirs.act(f"{page}/steps/{second.public_id}/finish")
    shown = main(ours.get(page))
    assert shown.index("Screen them") < shown.index("Send the notices")
    assert "Done on" in shown
    ours.act(f"{page}/steps/{second.public_id}/reopen")
    assert "Done on" not in main(ours.get(page))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"words": " ", "owner": "requester", **DUE}, "Say what is to be done."),
        ({"words": "Go", "owner": "", **DUE}, "Choose which side does it."),
        ({"words": "Go", "owner": "requester", "due_on": "soon"}, "year-month-day"),
        ({"words": "Go", "owner": "requester", "due_on": "2020-01-01"}, "Choose a day that has not passed."),
        (
            {"words": "Ask +995 555 123 456 about it", "owner": "requester", **DUE},
            "Is this from a real case?",
        ),
    ],
)
def test_what_is_wrong_with_a_step_is_said_and_nothing_typed_is_lost(found, ours, typed, said):
    answer = ours.submit(page_at(found.response), typed)
    assert answer.status_code == 422
    assert said in main(answer)
    assert typed["words"] in answer.text
    assert plan_of(found.response) == []


def test_a_step_is_changed_and_removed(found, ours, theirs):
    step = added(found.poster, found.response)
    address = f"{page_at(found.response)}/steps/{step.public_id}"
    theirs.submit(address, {"words": "Other words", "owner": "responder"})
    assert "Other words" in main(ours.get(page_at(found.response)))
    answer = ours.submit(address, {"version": "2"}, action=f"{address}/remove")
    assert answer.location == f"{page_at(found.response)}#plan"
    assert plan_of(found.response) == []
    assert ours.get(address).status_code == 404


def test_two_saves_of_a_step_are_shown_side_by_side(found, ours):
    step = added(found.poster, found.response)
    address = f"{page_at(found.response)}/steps/{step.public_id}"
    opened = ours.get(address)
    with transaction():
        save_step(found.responder, step, a_step("Theirs"), version=1)
    answer = ours.submit(opened, {"words": "Mine"})
    assert answer.status_code == 409
    assert "Mine" in main(answer)
    assert "Theirs" in main(answer)
    ours.submit(answer, {"choice-words": "mine"})
    assert [each.words for each in plan_of(found.response)] == ["Mine"]


def test_a_step_changed_meanwhile_is_not_removed(found, ours):
    step = added(found.poster, found.response)
    address = f"{page_at(found.response)}/steps/{step.public_id}"
    opened = ours.get(address)
    with transaction():
        save_step(found.responder, step, a_step("Theirs"), version=1)
    assert ours.submit(opened, {"version": "1"}, action=f"{address}/remove").status_code == 409
    assert len(plan_of(found.response)) == 1


def test_a_full_plan_offers_no_further_step(database, new_client):
    found = partners(steps=MOST_STEPS)
    shown = main(new_client().become(found.poster).get(page_at(found.response)))
    assert "The plan is full." in shown
    assert "Add the step" not in shown


def test_late_is_said_in_words(found, ours):
    session().add(planned(found.response, days=-3))
    session().commit()
    assert "Overdue since" in main(ours.get(page_at(found.response)))


def test_the_requester_starts_when_every_plan_has_a_step(found, ours, theirs):
    page, start = page_at(found.response), f"/collaboration/{found.request.public_id}/start"
    second = responded(found.request, status=ResponseStatus.ACCEPTED)
    assert "Start the work" not in ours.get(page).text
    assert ours.act(start).status_code == 422
    added(found.poster, found.response)
    assert page_at(second) in ours.get(page).text
    refused = ours.act(start)
    assert refused.status_code == 422
    assert "Put at least one step" in refused.text
    added(second.responder, second)
    assert theirs.act(start).status_code == 403
    assert "Start the work" not in theirs.get(page).text
    assert ours.submit(page, {}, action=start).status_code == 303
    assert found.request.status is RequestStatus.ACTIVE
    assert ours.act(start).status_code == 409


def test_one_side_records_and_the_other_signs(database, new_client):
    found = partners(RequestStatus.ACTIVE, steps=1)
    ours, theirs = new_client().become(found.poster), new_client().become(found.responder)
    page = page_at(found.response)
    address = page.replace("/partnership", "/outcome")
    assert address in theirs.get(page).text
    assert theirs.submit(address, {"words": "It works."}).status_code == 422
    answer = theirs.submit(address, {"kind": "piloted", "words": "It works <well>."})
    assert answer.location == f"{page}#outcome"
    outcome = outcomes_of(found.response)[0]
    assert found.request.status is RequestStatus.COMPLETED
    assert "One side has signed" in main(theirs.get(page))
    assert "/agree" not in theirs.get(page).text
    assert theirs.get(address).status_code == 409
    shown = ours.get(page)
    assert "It works &lt;well&gt;." in shown.text
    agree = f"{page.replace('/partnership', '/outcomes')}/{outcome.public_id}/agree"
    assert theirs.act(agree, {"version": "1"}).status_code == 403
    ours.submit(shown, {"version": "1"}, action=agree)
    assert outcome.status is OutcomeStatus.AGREED
    shown = main(theirs.get(page))
    assert "Both sides have signed" in shown
    assert "Both sides are asked again on" in shown
    assert ours.act(agree, {"version": "1"}).status_code == 409


def test_recording_what_the_other_side_just_recorded_loses_no_word(database, new_client):
    found = partners(RequestStatus.ACTIVE)
    ours = new_client().become(found.poster)
    address = page_at(found.response).replace("/partnership", "/outcome")
    opened = ours.get(address)
    recorded(found.responder, found.response)
    answer = ours.submit(opened, {"kind": "piloted", "words": "My own words."})
    assert answer.status_code == 409
    assert "My own words." in answer.text


def test_a_dispute_shows_both_voices_until_it_is_settled(database, new_client):
    found = partners(RequestStatus.ACTIVE)
    ours, theirs = new_client().become(found.poster), new_client().become(found.responder)
    outcome = recorded(found.poster, found.response)
    page = page_at(found.response)
    of_outcome = f"{page.replace('/partnership', '/outcomes')}/{outcome.public_id}"
    assert ours.get(f"{of_outcome}/dispute").status_code == 403
    assert theirs.submit(f"{of_outcome}/dispute", {"words": ""}).status_code == 422
    theirs.submit(f"{of_outcome}/dispute", {"words": "It was half a year."})
    shown = ours.get(page)
    assert "It was half a year." in main(shown)
    assert outcome.words in main(shown)
    assert theirs.get(f"{of_outcome}/revise").status_code == 403
    ours.submit(f"{of_outcome}/revise", {"words": "We screened half a year."})
    assert outcome.status is OutcomeStatus.RECORDED
    assert "Said about the words before" in main(theirs.get(page))
    assert theirs.get(f"{of_outcome}/revise").status_code == 403
    assert ours.get(f"{of_outcome}/revise").status_code == 409


def test_words_that_changed_are_read_again_before_they_are_signed(database, new_client):
    lab = make_organisation()
    responder, colleague = (make_member(represents=[lab]) for _each in range(2))
    found = partners(RequestStatus.ACTIVE, responder=responder, organisation=lab)
    outcome = recorded(found.poster, found.response)
    theirs = new_client().become(found.responder)
    opened = theirs.get(page_at(found.response))
    with transaction():
        dispute_outcome(colleague, outcome, words="Not so.", version=1)
        revise_outcome(found.poster, outcome, an_outcome(words="Put differently."), version=1)
    answer = theirs.submit(
        opened,
        {"version": "1"},
        action=f"{page_at(found.response).replace('/partnership', '/outcomes')}/{outcome.public_id}/agree",
    )
    assert answer.status_code == 409
    assert "Read them again before you sign." in answer.text
    assert "Put differently." in main(answer)
    assert outcome.status is OutcomeStatus.RECORDED


def test_both_are_asked_again_after_half_a_year(database, new_client):
    found = partners(RequestStatus.ACTIVE)
    signed(found)
    page = page_at(found.response)
    with time_machine.travel(now() + timedelta(days=184)):
        theirs = new_client().become(found.responder)
        assert "What became of it after six months?" in main(theirs.get(page))
        theirs.submit(
            page.replace("/partnership", "/outcome"), {"kind": "replicated", "words": "Still in use."}
        )
    assert [each.moment for each in outcomes_of(found.response)] == [
        OutcomeMoment.COMPLETION,
        OutcomeMoment.SIX_MONTHS,
    ]


def test_a_cancelled_partnership_can_be_read_and_not_changed(database, new_client):
    found = partners(RequestStatus.CANCELLED, steps=1, closing_words="The budget was cut.")
    theirs = new_client().become(found.responder)
    page = page_at(found.response)
    shown = theirs.get(page)
    assert "The budget was cut." in main(shown)
    assert "Mark as done" not in shown.text
    step = plan_of(found.response)[0]
    assert theirs.act(f"{page}/steps/{step.public_id}/finish").status_code == 409


def test_who_acts_for_both_sides_reads_only(database, new_client):
    office, lab = make_organisation(), make_organisation()
    found = partners(RequestStatus.ACTIVE, steps=1, organisation_id=office.id, organisation=lab)
    both = new_client().become(make_member(represents=[office, lab]))
    shown = both.get(page_at(found.response))
    assert "You act for both sides" in main(shown)
    assert "/outcome" not in shown.text
    assert "Add a step" not in shown.text


def test_the_label_of_the_response_stands_on_the_page(database, new_client):
    receiver = make_member()
    request = opened_request(receivers=[receiver], status=RequestStatus.AGREED)
    response = responded(request, receiver, status=ResponseStatus.ACCEPTED, tlp=Tlp.RED)
    assert "TLP:RED" in main(new_client().become(receiver).get(page_at(response)))


def test_its_queries_do_not_grow_with_the_plan(database, new_client, queries):
    counts = []
    for steps in (1, 12):
        found = partners(RequestStatus.ACTIVE, steps=steps)
        client = new_client().become(found.poster)
        client.get(page_at(found.response))
        with queries:
            client.get(page_at(found.response))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_its_queries_do_not_grow_with_the_partners(database, new_client, queries):
    counts = []
    for others in (1, 6):
        found = partners()
        for _ in range(others):
            responded(found.request, organisation=make_organisation(), status=ResponseStatus.ACCEPTED)
        client = new_client().become(found.poster)
        client.get(page_at(found.response))
        with queries:
            client.get(page_at(found.response))
        counts.append(len(queries))
    assert counts[0] == counts[1]
