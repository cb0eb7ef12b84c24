"""Feeds: what a visitor finds, whoever asks, as valid Atom; hidden records leave no trace."""

import pytest
from limits import RateLimitItemPerSecond

from hub.core.database import session
from hub.core.errors import UnavailableError
from hub.web.limits import limiter
from tests.catalogue.cast import record_of
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS
from tests.interchange.atoms import ATOM, check

FEED = "/feeds/innovations.atom"


def entries_of(answer):
    return check(answer.data).findall(f"{ATOM}entry")


def titles_of(answer):
    return [each.findtext(f"{ATOM}title") for each in entries_of(answer)]


def test_the_feed_holds_what_the_search_finds_the_newest_first(cast, client, index):
    for name, kind in (("Ledger one", "software"), ("Ledger two", "software"), ("Tenders", "data")):
        record_of(cast, name=name, short_description="Words & <signs>.", kind=kind)
    index()
    answer = client.get(FEED)
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    assert titles_of(answer) == ["Tenders", "Ledger two", "Ledger one"]
    assert titles_of(client.get(f"{FEED}?q=ledger&sort=relevance&page=9")) == ["Ledger two", "Ledger one"]
    assert titles_of(client.get(f"{FEED}?kind=data&kind=nonsense")) == ["Tenders"]
    assert titles_of(client.get(f"{FEED}?works_in=GE&kind=data")) == ["Tenders"]
    assert titles_of(client.get(f"{FEED}?q=ledger+zebra")) == []


def test_an_entry_says_what_it_is_and_where(cast, client, index):
    innovation = record_of(cast, name="Ledger", short_description="Words & <signs>.")
    index()
    root = check(client.get(f"{FEED}?q=ledger&function=detect").data)
    (entry,) = root.findall(f"{ATOM}entry")
    link = entry.find(f"{ATOM}link")
    assert link.get("href") == f"http://localhost:8000/innovations/{innovation.slug}"
    assert entry.findtext(f"{ATOM}summary") == "Words & <signs>."
    assert entry.find(f"{ATOM}title").get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == cast.owner.name
    addresses = {each.get("rel"): each.get("href") for each in root.findall(f"{ATOM}link")}
    assert addresses == {
        "self": f"http://localhost:8000{FEED}?q=ledger&function=detect",
        "alternate": "http://localhost:8000/innovations?q=ledger&function=detect&sort=newest",
    }
    assert root.findtext(f"{ATOM}rights") == "TLP:CLEAR"


def test_who_is_signed_in_gets_what_visitors_get_and_no_cookie_counts(cast, client, browser_of, index):
    record_of(cast, name="Ledger")
    for readership in (MEMBERS, GEORGIAN_POLICE):
        record_of(cast, name="Canary ledger", readership=readership)
    index()
    visitor = client.get(f"{FEED}?q=ledger")
    client.post("/language", data={"language": "ar-XB"})
    for browser in (browser_of("member"), browser_of("partner"), browser_of("free"), client):
        answer = browser.get(f"{FEED}?q=ledger")
        assert answer.data == visitor.data
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.vary
        assert answer.headers["Cache-Control"] == "no-cache, private"
        assert titles_of(browser.get(f"{FEED}?q=canary")) == []
    assert titles_of(visitor) == ["Ledger"]


def test_what_was_narrowed_is_gone_before_the_index_knows(cast, client, index):
    innovation = record_of(cast, name="Ledger")
    index()
    innovation.status = "taken_down"
    session().commit()
    assert titles_of(client.get(FEED)) == []


def test_a_reader_that_has_it_is_told_so(cast, client, index):
    record_of(cast, name="Ledger")
    index()
    first = client.get(FEED)
    again = client.get(FEED, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    record_of(cast, name="Tenders")
    index()
    assert client.get(FEED, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_reader_that_goes_by_dates_loses_what_was_taken_down(cast, client, index):
    kept, gone = record_of(cast, name="Ledger"), record_of(cast, name="Tenders")
    index()
    first = client.get(FEED)
    assert "Last-Modified" not in first.headers
    gone.status = "taken_down"
    session().commit()
    again = client.get(FEED, headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
    assert (again.status_code, titles_of(again)) == (200, [kept.published_revision.source_text.name])


def test_an_empty_feed_is_valid_and_the_same_tomorrow(client, index):
    index()
    first = client.get(f"{FEED}?q=zebra")
    root = check(first.data)
    assert root.findtext(f"{ATOM}updated") == "2016-01-01T00:00:00Z"
    assert client.get(f"{FEED}?q=zebra").headers["ETag"] == first.headers["ETag"]


def test_the_headers_of_the_request_choose_the_language(cast, client, index):
    record_of(cast, name="Ledger")
    index()
    answer = client.get(FEED, headers={"Accept-Language": "en"})
    assert "Accept-Language" in answer.vary
    assert check(answer.data).get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"


@pytest.mark.parametrize(
    "words", ["%00%0b%1f", "%ff%fe", "%22open", "a+OR", "-", "(" * 300, "%F0%9F%92%A3", "%EF%BF%BF"]
)
def test_odd_words_are_no_error(client, index, words):
    index()
    check(client.get(f"{FEED}?q={words}").data)


def test_readers_are_limited_for_each_network(client, index, monkeypatch):
    index()
    monkeypatch.setattr("hub.web.feeds.views.SEARCHES", RateLimitItemPerSecond(1, 60, namespace="feeds"))
    limiter.reset()
    assert client.get(FEED).status_code == 200
    answer = client.get(FEED)
    assert (answer.status_code, answer.mimetype) == (429, "text/plain")
    assert int(answer.headers["Retry-After"]) > 0


def test_without_an_index_it_says_so_in_a_line(client, monkeypatch):
    def broken(*_arguments):
        raise UnavailableError

    monkeypatch.setattr("hub.web.feeds.views.find", broken)
    answer = client.get(FEED)
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")
    assert answer.headers["Retry-After"] == "60"


def test_the_page_of_a_search_names_its_feed(cast, client, index):
    record_of(cast, name="Ledger")
    index()
    page = client.get("/innovations?q=ledger&kind=software&sort=newest").text
    address = f"{FEED}?q=ledger&amp;kind=software"
    assert (
        f'<link rel="alternate" type="application/atom+xml" title="New innovations" href="{address}">' in page
    )
    assert f'href="{address}" type="application/atom+xml"' in page
