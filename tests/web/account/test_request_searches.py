"""Searches of the requests as somebody saves them: from the directory, in words, and back."""

from hub.alerts.queries import searches_of
from tests.collaboration.requests import opened_request
from tests.factories import make_member
from tests.web.client import parse, words

SAVE = "/account/searches/new"


def main_of(answer):
    return parse(answer.text).find(".//main")


def test_the_directory_leads_to_saving_what_it_asks(new_client, database, index):
    opened_request()
    index()
    browser = new_client().become(make_member())
    page = main_of(browser.get("/collaboration?q=screening&state=takes"))
    (address,) = (link.get("href") for link in page.iter("a") if words(link) == "Save this search")
    assert "Requests: “screening” and Open" in words(main_of(browser.get(address)))
    everything = main_of(browser.get("/collaboration"))
    (address,) = (
        link.get("href") for link in everything.iter("a") if words(link) == "Tell me of new requests"
    )
    assert "All requests" in words(main_of(browser.get(address)))


def test_a_saved_search_leads_back_to_the_requests(new_client, database):
    member = make_member()
    browser = new_client().become(member)
    asked = f"{SAVE}?in=requests&q=ledger&due=month&works_in=GE"
    answer = browser.submit(browser.get(asked), {"name": "", "frequency": "weekly"}, action=SAVE)
    assert answer.status_code == 303
    (saved,) = searches_of(member.id)
    assert saved.query == {"q": "ledger", "filters": {"due": ["month"]}, "in": "requests"}
    page = main_of(browser.get("/account/searches"))
    (link,) = (each for each in page.iter("a") if words(each).startswith("Requests:"))
    assert link.get("href") == "/collaboration?q=ledger&due=month&sort=newest"


def test_an_unknown_place_is_the_catalogue(new_client, database):
    member = make_member()
    browser = new_client().become(member)
    page = browser.get(f"{SAVE}?in=members&q=ledger")
    browser.submit(page, {"name": "", "frequency": "daily"}, action=SAVE)
    assert searches_of(member.id)[0].query == {"q": "ledger", "filters": {}}
