"""Setting aside: with a reason, for good until it is taken back, for that purpose alone, and nobody else's to know."""

import pytest
from limits import RateLimitItemPerHour, RateLimitItemPerSecond

from hub.catalogue.models import InnovationStatus
from tests.factories import make_member
from tests.matching.scenes import network_request
from tests.web.matches.reading import cards_on, hrefs


def path_of(subject, purpose=""):
    return f"/matches/dismiss?about={subject}" + (f"&for={purpose}" if purpose else "")


def test_what_is_set_aside_stays_so_until_it_is_taken_back(browser, tool, said):
    answer = browser.submit(path_of(tool.subject), {"reason": "known"})
    assert answer.location == "/matches/innovations"
    assert not cards_on(browser.get("/matches/innovations"))
    aside = browser.get("/matches/dismissed")
    assert "Asset Tracer" in said(aside)
    assert "I know it already" in said(aside)
    assert browser.submit(aside).location == "/matches/dismissed"
    assert "You have set nothing aside" in said(browser.get("/matches/dismissed"))
    assert "Asset Tracer" in cards_on(browser.get("/matches/innovations"))


def test_a_reason_is_needed_and_what_was_typed_stays(browser, tool, said):
    for values, told in (
        ({"words": "My own words"}, "Choose a reason."),
        ({"reason": "other"}, "Say in a few words what the reason is."),
        ({"reason": "unheard", "words": "My own words"}, "Choose from the list."),
        ({"reason": "known", "words": "long " * 100}, "Shorten this"),
    ):
        answer = browser.submit(path_of(tool.subject), values)
        assert answer.status_code == 422
        assert told in said(answer)
        assert values.get("words", "").strip() in answer.text
    assert "Asset Tracer" in cards_on(browser.get("/matches/innovations"))


def test_it_holds_for_its_purpose_alone(client, marta, matching):
    poster = make_member()
    first, second = network_request(poster), network_request(poster)
    client.become(poster)
    subject = f"member:{marta.public_id}"
    answer = client.submit(path_of(subject, first.subject), {"reason": "not_free"})
    assert answer.location == f"/matches/people?for={first.subject}"
    assert not cards_on(client.get(f"/matches/people?for={first.subject}"))
    assert marta.display_name in cards_on(client.get(f"/matches/people?for={second.subject}"))


def test_one_returns_to_where_one_set_it_aside(browser, tool):
    for start in ("/matches", "/start"):
        (address,) = {each for each in hrefs(browser.get(start)) if each.startswith("/matches/dismiss?")}
        assert browser.submit(address, {"reason": "known"}).location == start
        browser.submit("/matches/dismissed")
    away = f"{path_of(tool.subject)}&next=https://evil.test/"
    assert browser.submit(away, {"reason": "known"}).location == "/"


@pytest.mark.parametrize(
    "about", ["", "innovation:unknown", "country:GE", "organisation:none", "planet:earth"]
)
def test_what_is_no_suggestion_cannot_be_set_aside(browser, about):
    assert browser.get(path_of(about)).status_code == 404
    assert browser.act(path_of(about), {"reason": "known"}).status_code == 404


def test_nobody_takes_back_what_another_set_aside(browser, new_client, tool):
    browser.submit(path_of(tool.subject), {"reason": "known"})
    page = browser.get("/matches/dismissed").text
    address = page.split('action="/matches/dismissed/')[1].split('"')[0]
    assert new_client().become(make_member()).act(f"/matches/dismissed/{address}").status_code == 404
    assert "Asset Tracer" in browser.get("/matches/dismissed").text


def test_what_became_hidden_leaves_the_list_of_what_was_set_aside(browser, tool, database):
    browser.submit(path_of(tool.subject), {"reason": "known"})
    tool.status = InnovationStatus.TAKEN_DOWN
    database.commit()
    assert "Asset Tracer" not in browser.get("/matches/dismissed").text


def test_nobody_sets_aside_as_often_as_they_like(browser, tool, said, monkeypatch):
    monkeypatch.setattr("hub.web.matches.setting_aside.TASTES", RateLimitItemPerHour(1, namespace="tastes"))
    browser.submit(path_of(tool.subject), {"reason": "known"})
    again = browser.submit(path_of(tool.subject), {"reason": "other", "words": "My own words"})
    assert again.status_code == 429
    assert "My own words" in again.text
    assert browser.submit("/matches/dismissed").status_code == 429


def test_suggestions_are_worked_out_for_one_member_now_and_then(browser, new_client, monkeypatch):
    monkeypatch.setattr("hub.web.matches.sparing.MATCHES", RateLimitItemPerSecond(1, 10, namespace="matches"))
    browser.nags = False
    assert [browser.get("/matches/dismissed").status_code for _ in range(2)] == [200, 429]
    assert browser.get("/matches/method").status_code == 200
    other = new_client().become(make_member())
    assert other.get("/matches/dismissed").status_code == 200


def test_what_is_suggested_for_others_things_is_not_asked_about(browser, new_client, marta, matching):
    request = network_request(make_member())
    path = path_of(f"member:{marta.public_id}", request.subject)
    assert browser.get(path).status_code == 404
    assert browser.act(path, {"reason": "known"}).status_code == 404
