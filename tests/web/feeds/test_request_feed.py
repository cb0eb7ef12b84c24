"""The feed of requests: what a visitor finds of them, whoever asks, as valid Atom."""

from tests.collaboration.requests import GEORGIAN_POLICE, MEMBERS, opened_request
from tests.factories import make_member, make_organisation
from tests.interchange.atoms import ATOM, check

FEED = "/feeds/collaboration.atom"


def titles_of(answer):
    return [each.findtext(f"{ATOM}title") for each in check(answer.data).findall(f"{ATOM}entry")]


def test_it_holds_what_the_search_finds_the_newest_first(client, database, index):
    for title in ("First", "Second"):
        opened_request(title=title)
    opened_request(title="Money", type="funding", days=60)
    index()
    answer = client.get(FEED)
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    assert titles_of(answer) == ["Money", "Second", "First"]
    assert titles_of(client.get(f"{FEED}?type=funding&sort=due")) == ["Money"]
    assert titles_of(client.get(f"{FEED}?due=month")) == ["Second", "First"]
    assert titles_of(client.get(f"{FEED}?q=zebra")) == []


def test_an_entry_names_the_organisation_and_no_person(client, database, index):
    poster = make_member(display_name="Nino Unheard")
    request = opened_request(poster, organisation_id=make_organisation(name="Audit Office").id)
    opened_request(poster, title="Alone")
    index()
    answer = client.get(FEED)
    assert b"Unheard" not in answer.data
    root = check(answer.data)
    entry = root.findall(f"{ATOM}entry")[1]
    assert entry.find(f"{ATOM}link").get("href") == f"http://localhost:8000/collaboration/{request.public_id}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Audit Office"
    assert entry.findtext(f"{ATOM}summary") == request.summary
    assert {each.get("rel"): each.get("href") for each in root.findall(f"{ATOM}link")} == {
        "self": f"http://localhost:8000{FEED}",
        "alternate": "http://localhost:8000/collaboration?sort=newest",
    }


def test_who_is_signed_in_gets_what_visitors_get(client, new_client, database, index):
    opened_request(title="Public")
    opened_request(title="Canary", readership=MEMBERS)
    opened_request(title="Canary", readership=GEORGIAN_POLICE)
    officer = make_member(law_enforcement="GE")
    opened_request(title="Canary", receivers=(officer,))
    index()
    visitor = client.get(FEED)
    answer = new_client().become(officer).get(FEED)
    assert answer.data == visitor.data
    assert "Set-Cookie" not in answer.headers
    assert titles_of(visitor) == ["Public"]
