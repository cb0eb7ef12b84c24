"""Shortlists against whoever asks too much: odd versions, too many slugs, too many pages, and dates that tell."""

import pytest
from limits import RateLimitItemPerSecond
from sqlalchemy import select

from hub.core.database import session
from hub.shortlists.models import Shortlist, ShortlistEntry
from hub.web.account import shortlists as listing
from tests.catalogue.cast import record_of
from tests.catalogue.records import GEORGIAN_POLICE
from tests.shortlists.lists import share, shortlist_of
from tests.web.shortlists.test_pages import main, page_of

ODD = [None, "", "abc", "0", "-1", "1.0", "2147483648", "99999999999999999999", "9" * 5_000]


@pytest.fixture
def record(cast):
    return record_of(cast, name="First")


@pytest.mark.parametrize("version", ODD)
def test_an_odd_version_is_stale_and_nothing_is_lost(cast, browser_of, record, version):
    shortlist = shortlist_of(cast["member"], record, name="Kept", notes="Kept")
    entry = session().scalars(select(ShortlistEntry.public_id)).one()
    client = browser_of("member")
    for address, field in (
        (f"{page_of(shortlist)}/edit", "name"),
        (f"{page_of(shortlist)}/entries/{entry}/note", "note"),
    ):
        sent = {field: "Typed", **({} if version is None else {"version": version})}
        answer = client.act(address, sent)
        assert answer.status_code == 409
        assert "Kept" in main(answer)
        assert "Typed" in main(answer)
    session().expire_all()
    assert (shortlist.name, shortlist.entries[0].note) == ("Kept", "Kept")


def test_a_refused_save_comes_back_with_the_version_it_was_sent_with(cast, browser_of, record):
    shortlist = shortlist_of(cast["member"], record)
    client, address = browser_of("member"), f"{page_of(shortlist)}/edit"
    for version, shown in (("abc", "0"), ("1", "1")):
        answer = client.act(address, {"name": "x" * 101, "version": version})
        assert answer.status_code == 422
        assert f'name="version" value="{shown}"' in answer.text


def test_at_most_twelve_are_put_on_a_list_at_once(cast, browser_of):
    records = [record_of(cast, name=f"Tool {number}") for number in range(13)]
    address = f"/shortlists/add?{'&'.join(f'slug={each.slug}' for each in records)}"
    client = browser_of("member")
    assert "Tool 12" not in main(client.get(address))
    client.submit(address, {"name": "Many"})
    assert len(session().scalars(select(Shortlist)).one().entries) == 12


def test_pages_of_lists_are_limited(cast, browser_of, record, monkeypatch):
    limit = RateLimitItemPerSecond(1, 60, namespace="lists")
    monkeypatch.setattr("hub.web.shortlists.views.SEARCHES", limit)
    shortlist = shortlist_of(cast["member"], record)
    client = browser_of("member")
    assert client.get(page_of(shortlist)).status_code == 200
    answer = client.get(page_of(shortlist))
    assert answer.status_code == 429
    assert "Too many tries" in answer.text


def test_dossiers_are_limited(cast, browser_of, record, monkeypatch):
    limit = RateLimitItemPerSecond(1, 60, namespace="papers")
    monkeypatch.setattr("hub.web.shortlists.dossier.DOSSIERS", limit)
    address = f"{page_of(shortlist_of(cast['member'], record))}/dossier"
    client = browser_of("member")
    assert [client.get(address).status_code for _ in range(2)] == [200, 429]


def test_readers_do_not_learn_when_a_list_was_changed(cast, browser_of, record):
    shortlist = share(shortlist_of(cast["police"], record), cast.owner)
    reader, keeper = browser_of("mere"), browser_of("police")
    pages = ("/account/shortlists", page_of(shortlist))
    before = [main(reader.get(page)) for page in pages]
    canary = record_of(cast, name="Canarybird", readership=GEORGIAN_POLICE)
    keeper.submit(f"/shortlists/add?slug={canary.slug}", {"into": shortlist.public_id})
    assert [main(reader.get(page)) for page in pages] == before
    assert not [page for page in before if "changed on" in page]
    assert all("changed on" in main(keeper.get(page)) for page in pages)


def test_lists_of_others_are_paged(cast, browser_of, monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    for name in ("One", "Two", "Three"):
        share(shortlist_of(cast["member"], name=name), cast.owner)
    client = browser_of("mere")
    shown = main(client.get("/account/shortlists"))
    assert "Three" in shown
    assert "One" not in shown
    assert "1 to 2 of 3" in shown
    assert "One" in main(client.get("/account/shortlists?page=2"))
    for odd in ("0", "-1", "abc", "9" * 5_000):
        assert client.get(f"/account/shortlists?page={odd}").status_code == 200
