"""The requester's pages: responses side by side, one in full, deciding, and the file."""

import csv
import io

import pytest
from sqlalchemy import select

from hub.access.audience import Tlp
from hub.collaboration.models import Fit, RequestStatus, Response, ResponseStatus
from hub.collaboration.responses.details import OfferDetails
from hub.collaboration.responses.service import save_offer, withdraw_response
from hub.core.database import session, transaction
from tests.catalogue.records import POLICE as POLICE_RECORD, make_scene, published
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import PASSWORD, make_member, make_organisation
from tests.web.client import parse, words
from tests.web.collaboration.pages import address


@pytest.fixture
def wanted(database):
    return opened_request(make_member(), nice=("Speaks Georgian",))


@pytest.fixture
def poster(client, wanted):
    return client.become(wanted.posted_by)


def at(response, *rest):
    return address(response.request, "responses", response.public_id, *rest)


def table_of(page):
    """Return the rows of the table as lists of words."""
    table = parse(page.text).find(".//table")
    return [[words(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]


def headings(page):
    return [words(each) for each in parse(page.text).iter("a") if each.get("class") == "side-by__name"]


def test_responses_stand_side_by_side_requirement_by_requirement(poster, wanted):
    for name, fits in (("Ana", [Fit.MET, Fit.NOT]), ("Bo", [Fit.MET, Fit.MET, Fit.PARTLY])):
        responded(wanted, make_member(display_name=name), fits=fits)
    page = poster.get(address(wanted, "responses"))
    rows = {row[0]: row[1:] for row in table_of(page) if len(row) == 3}
    assert headings(page) == ["Ana", "Bo"]
    assert "Not met" in rows["Runs on a computer of our own Differs"][0]
    assert "Met in full" in rows["Runs on a computer of our own Differs"][1]
    assert "Not answered" in rows["Speaks Georgian Differs"][0]
    assert headings(poster.get(address(wanted, "responses") + "?sort=fit")) == ["Bo", "Ana"]


def test_declined_ones_are_left_out_until_asked_for(poster, wanted):
    responded(wanted, make_member(display_name="Ana"))
    responded(
        wanted, make_member(display_name="Bo"), status=ResponseStatus.DECLINED, decision_reason="timing"
    )
    page = poster.get(address(wanted, "responses"))
    assert headings(page) == ["Ana"]
    assert "Show the declined one, too" in page.text
    assert headings(poster.get(address(wanted, "responses") + "?show=all")) == ["Ana", "Bo"]


def test_drafts_and_withdrawn_ones_are_not_there(poster, wanted):
    for status in (ResponseStatus.DRAFT, ResponseStatus.WITHDRAWN):
        response = responded(wanted, status=status)
        assert poster.get(at(response)).status_code == 404
    assert "No response waits here" in poster.get(address(wanted, "responses")).text


def test_many_responses_come_in_pages_with_as_many_queries(poster, wanted, queries):
    for number in range(2):
        responded(wanted, make_member(represents=[make_organisation()]), offer=f"Offer {number}")
    with queries as few:
        poster.get(address(wanted, "responses"))
    for _ in range(6):
        organisation = make_organisation()
        responded(wanted, make_member(represents=[organisation]), organisation=organisation)
    with queries as many:
        page = poster.get(address(wanted, "responses"))
    assert len(headings(page)) == 6
    assert len(headings(poster.get(address(wanted, "responses") + "?page=2"))) == 2
    assert len(many.statements) <= len(few.statements) + 2


def test_what_ties_both_sides_is_marked(client, database):
    organisation = make_organisation()
    wanted = opened_request(make_member(represents=[organisation]), organisation_id=organisation.id)
    response = responded(wanted, make_member(belongs_to=[organisation]))
    client.become(wanted.posted_by)
    expected = f"Both sides belong to {organisation.name}."
    for page in (address(wanted, "responses"), at(response), at(response, "accept")):
        assert expected in words(parse(client.get(page).text))


def test_an_innovation_that_the_requester_does_not_see_is_not_named(poster, wanted):
    innovation = published(make_scene(), readership=POLICE_RECORD, name="Secret screening").innovation
    officer = make_member(law_enforcement="GE")
    response = responded(wanted, officer, innovation=innovation)
    for page in (address(wanted, "responses"), at(response)):
        assert "Secret screening" not in poster.get(page).text


def test_a_response_is_shortlisted_and_taken_off(poster, wanted):
    response = responded(wanted)
    page = poster.submit(at(response), {}, action=at(response, "shortlist"))
    assert page.status_code == 303
    assert "Shortlisted" in poster.get(page.location).text
    poster.submit(at(response), {}, action=at(response, "unshortlist"))
    assert response.status is ResponseStatus.SUBMITTED


def test_a_response_is_accepted_after_what_follows_was_read(poster, wanted):
    response = responded(wanted, make_member(display_name="Ana"))
    page = poster.get(at(response, "accept"))
    assert "Accept the response of Ana?" in words(parse(page.text))
    assert poster.submit(page).status_code == 303
    assert (wanted.status, response.status) == (RequestStatus.AGREED, ResponseStatus.ACCEPTED)


def test_accepting_beside_another_one_that_was_not_seen_is_refused_with_words(poster, wanted):
    first, second = responded(wanted), responded(wanted)
    page = poster.get(at(second, "accept"))
    poster.submit(at(first, "accept"))
    answer = poster.submit(page)
    assert answer.status_code == 409
    assert "Another response was accepted since you opened this page." in answer.text
    assert poster.submit(at(second, "accept")).status_code == 303


def test_accepting_what_was_changed_meanwhile_is_refused_with_words(poster, wanted):
    response = responded(wanted)
    page = poster.get(at(response, "accept"))
    with transaction():
        save_offer(
            response.responder, response, OfferDetails(offer="Something else", tlp=Tlp.CLEAR), version=1
        )
    answer = poster.submit(page)
    assert answer.status_code == 409
    assert "This response was changed since you opened this page." in answer.text


def test_accepting_what_was_withdrawn_meanwhile_is_refused_with_words(poster, wanted):
    response = responded(wanted)
    page = poster.get(at(response, "accept"))
    with transaction():
        withdraw_response(response.responder, response)
    answer = poster.submit(page)
    assert answer.status_code == 409
    assert "This response was withdrawn meanwhile" in answer.text


def test_declining_asks_for_a_reason_and_keeps_the_words(poster, wanted):
    response = responded(wanted)
    page = poster.submit(at(response, "decline"), {"words": "Ask us again in spring."})
    assert page.status_code == 422
    assert "Ask us again in spring." in page.text
    assert poster.submit(page, {"reason": "timing"}).status_code == 303
    assert (response.decision_reason, response.decision_words) == ("timing", "Ask us again in spring.")


def test_declining_what_was_withdrawn_keeps_the_words(poster, wanted):
    response = responded(wanted)
    page = poster.get(at(response, "decline"))
    with transaction():
        withdraw_response(response.responder, response)
    answer = poster.submit(page, {"reason": "timing", "words": "Ask us again in spring."})
    assert answer.status_code == 409
    assert "Ask us again in spring." in answer.text


@pytest.mark.parametrize("verb", ["shortlist", "unshortlist", "accept", "decline"])
def test_who_responded_cannot_decide(client, wanted, verb):
    response = responded(wanted)
    assert client.become(response.responder).act(at(response, verb)).status_code == 404
    assert session().scalars(select(Response.status)).all() == [ResponseStatus.SUBMITTED]


def test_the_file_holds_no_red_and_instructs_no_spreadsheet(client, wanted):
    responded(wanted, make_member(display_name="=Ana"), tlp=Tlp.AMBER)
    responded(wanted, make_member(display_name="Bo"), tlp=Tlp.RED)
    client.submit("/sign-in", {"email": wanted.posted_by.email, "password": PASSWORD})
    page = client.get(address(wanted, "responses"))
    answer = client.submit(page, {}, action=address(wanted, "responses", "export"))
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["TLP"] for row in rows] == ["TLP:AMBER"]
    assert rows[0]["Who responded"] == "'=Ana"
    assert rows[0]["Speaks Georgian"].startswith("Met in full")
    assert answer.headers["Cache-Control"] == "no-store"


def test_of_a_red_request_there_is_no_file(client, database):
    poster, receiver = make_member(), make_member()
    wanted = opened_request(poster, receivers=[receiver], tlp=Tlp.RED)
    responded(wanted, receiver)
    client.submit("/sign-in", {"email": poster.email, "password": PASSWORD})
    assert "Download as CSV" not in client.get(address(wanted, "responses")).text
    assert client.act(address(wanted, "responses", "export")).status_code == 409


def test_to_everybody_else_there_is_no_table(client, wanted):
    response = responded(wanted)
    for member in (make_member(), response.responder):
        client.become(member)
        assert client.get(address(wanted, "responses")).status_code == 404
        assert client.act(address(wanted, "responses", "export")).status_code == 404
