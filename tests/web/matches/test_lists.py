"""The lists of suggestions: reasons that stand in both records, nobody else's things, and help where they are empty."""

import pytest

from hub.core.database import session
from hub.core.errors import UnavailableError
from hub.members.models import MemberStatus
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, make_scene
from tests.factories import make_member, make_profile
from tests.matching.scenes import network_request, officer, scientist, tracing_tool
from tests.web.client import main_of, words
from tests.web.matches.reading import cards_on, school

PATHS = (
    "/matches",
    "/matches/innovations",
    "/matches/requests",
    "/matches/people",
    "/matches/country",
    "/matches/find",
    "/matches/weights",
    "/matches/dismissed",
)


@pytest.mark.parametrize("path", PATHS)
def test_visitors_are_asked_to_sign_in(client, path):
    assert client.get(path).location == f"/sign-in?next={path}"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("status", [MemberStatus.CONFIRMED, MemberStatus.SUSPENDED])
def test_who_is_no_member_now_may_not_enter(client, path, status):
    client.become(make_member(status=status))
    assert client.get(path).status_code in {303, 403}


def test_an_officer_reads_why_a_tool_may_help(browser, tool):
    school()
    answer = browser.get("/matches")
    card = cards_on(answer)["Asset Tracer"]
    assert "Innovation you could use" in card
    assert "Fits: You look for" in card
    assert "assets" in card
    assert "It is for what you do: Recover assets" in card
    assert " of 100" in card
    assert "Why this one?" in card


def test_a_person_and_a_request_are_suggested_with_what_they_are(client, marta, matching):
    request = network_request()
    officer(display_name="Eka", profile={"needs": "Network analysis of company ownership"})
    client.become(marta)
    card = cards_on(client.get("/matches/requests"))[request.title]
    assert "It names what you can do: Network analysis" in card
    people = client.get("/matches/people")
    assert "Somebody to work with" in cards_on(people)["Eka"]
    assert "Ask for an introduction" in cards_on(people)["Eka"]


def test_what_is_hidden_from_the_reader_is_nowhere(client, matching):
    scene = make_scene("EE")
    tracing_tool(scene, name="For police only", readership=GEORGIAN_POLICE)
    tracing_tool(scene, name="For members", readership=MEMBERS)
    client.become(officer())
    answer = client.get("/matches")
    assert "For members" in cards_on(answer)
    assert "For police only" not in answer.text


def test_words_in_another_language_say_which(client, database, matching):
    nino = officer(profile={"needs": "Un registre des bénéficiaires effectifs", "language": "fr"})
    tracing_tool(short_description="Finds the beneficial owner behind a company.")
    client.become(nino)
    page = main_of(client.get("/matches/innovations").text)
    assert "bénéficiaires effectifs" in {words(each) for each in page.iter("bdi") if each.get("lang") == "fr"}
    assert "beneficial owner" in {words(each) for each in page.iter("bdi") if not each.get("lang")}


def test_without_a_profile_the_fields_that_help_come_first(client, said):
    client.become(make_member())
    answer = client.get("/matches")
    assert "Your profile says little yet" in said(answer)
    assert 'href="/account/profile#needs"' in answer.text
    assert 'href="/account/profile#functions"' in answer.text
    assert "None shares a subject" in said(answer)


def test_an_empty_list_says_what_was_looked_at(client, nino, said):
    client.become(nino)
    page = said(client.get("/matches/requests"))
    assert "No suggestion at the moment" in page
    assert "All open requests that you may see were compared" in page
    assert "Change what counts" in page


def test_who_names_no_country_is_asked_for_it(client, said):
    member = make_member(country=None)
    make_profile(member)
    client.become(member)
    assert "Your profile names no country" in said(client.get("/matches/country"))


def test_ten_stand_on_a_page_and_the_next_ten_on_another(browser):
    scene = make_scene("EE")
    for number in range(12):
        tracing_tool(scene, name=f"Tracer {number}")
    first, second = browser.get("/matches/innovations"), browser.get("/matches/innovations?page=2")
    assert len(cards_on(first)) == 10
    assert "Show the next ten" in first.text
    assert len(cards_on(second)) == 2
    assert not set(cards_on(first)) & set(cards_on(second))


def test_a_list_of_another_kind_than_its_purpose_has_is_nothing(browser, tool):
    for path in (
        "/matches/organisations",
        f"/matches/innovations?for=innovation:{tool.public_id}",
        "/matches/people?for=planet:earth",
        "/matches/people?for=request:unknown",
        "/matches/people?for=request",
    ):
        assert browser.get(path).status_code == 404, path


def test_only_the_requesters_side_reads_who_could_answer(client, new_client, marta, matching):
    poster = make_member()
    request = network_request(poster)
    path = f"/matches/people?for={request.subject}"
    assert new_client().become(make_member()).get(path).status_code == 404
    answer = client.become(poster).get(path)
    assert marta.display_name in cards_on(answer)
    assert request.title in words(main_of(answer.text))
    assert (
        f"about={request.subject.replace(':', '%3A')}" in answer.text
        or f"about={request.subject}" in answer.text
    )


def test_own_requests_and_records_lead_to_their_lists(client, matching):
    poster = make_member()
    request = network_request(poster)
    client.become(poster)
    page = client.get("/matches")
    assert request.title in words(main_of(page.text))
    assert f"/matches/people?for={request.subject}" in page.text


def test_an_index_that_is_not_ready_is_a_calm_page(browser, monkeypatch, matching, said):
    def fresh():
        raise UnavailableError("Suggestions are being prepared. Please try again in a few minutes.")

    monkeypatch.setattr(matching, "fresh", fresh)
    answer = browser.get("/matches")
    assert answer.status_code == 503
    assert "Suggestions are being prepared" in said(answer)


PAGES = ("/matches", "/matches/innovations", "/matches/people")


def test_more_suggestions_ask_no_more_queries(browser, queries, matching):
    scene = make_scene("EE")
    counted = []
    for number in (2, 8):
        for each in range(number):
            tracing_tool(scene, name=f"Tracer {number} {each}")
            scientist(
                profile={"offers": "Tracing stolen assets through company registers and bank statements"}
            )
        session().commit()
        matching.forget()
        for path in PAGES:
            browser.get(path)
        with queries as seen:
            for path in PAGES:
                browser.get(path)
        counted.append(len(seen.statements))
    assert counted[1] <= counted[0]


def test_a_page_behind_the_last_says_so(browser, tool, said):
    page = said(browser.get("/matches/innovations?page=99"))
    assert "This page is empty" in page
    assert "The first ten" in page
    assert "None shares a subject" not in page
    assert " of 1 " not in page


def test_what_yields_to_variety_says_so(browser, said):
    one = make_scene("EE")
    tools = [tracing_tool(one, name=f"Tracer {number}") for number in range(4)]
    tools.append(tracing_tool(make_scene("FR"), name="Other", functions=("recover_assets", "educate")))
    answer = browser.get("/matches/innovations")
    scores = [int(card.split(" of 100")[0].split()[-1]) for card in cards_on(answer).values()]
    notes = ["It stands lower than its points" in card for card in cards_on(answer).values()]
    assert notes == [scores[number] > min(scores[:number], default=100) for number in range(len(scores))]
    assert any(notes)
    lower = [*cards_on(answer)][notes.index(True)]
    (subject,) = {each.subject for each in tools if each.published_revision.source_text.name == lower}
    assert "By its points alone it would stand in place" in said(browser.get(f"/matches/why?about={subject}"))


def test_who_was_asked_for_an_introduction_is_not_to_be_asked_again(client, new_client, marta, matching):
    poster = make_member()
    make_profile(poster)
    request = network_request(poster)
    client.become(poster)
    path = f"/matches/people?for={request.subject}"
    for page in (path, f"/members/{marta.public_id}"):
        assert f"/introductions/ask/{marta.public_id}" in client.get(page).text
    client.submit(f"/introductions/ask/{marta.public_id}", {"note": "To compare notes.", "contact": "+995 1"})
    for page in (path, f"/members/{marta.public_id}"):
        text = client.get(page).text
        assert f"/introductions/ask/{marta.public_id}" not in text
        assert "You asked for an introduction lately" in text


def test_whom_a_list_for_a_request_names_can_be_invited_there(client, marta, matching):
    poster = make_member()
    request = network_request(poster)
    path = f"/matches/people?for={request.subject}"
    answer = client.become(poster).submit(
        path, {"key": marta.public_id}, action=f"/collaboration/{request.public_id}/invite"
    )
    assert answer.location == path
    assert marta.display_name not in cards_on(client.get(path))
