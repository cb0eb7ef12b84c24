"""Saving a search, the list of saved ones, changing and deleting them, and where they are named."""

import pytest
from sqlalchemy import select

from hub.alerts.models import Follow
from hub.alerts.searches import cause_of, query_of
from hub.core.database import session, transaction
from hub.core.sealing import sign
from hub.members.models import MemberStatus
from hub.notifications.models import Frequency
from hub.notifications.service import notify
from hub.notifications.unsubscribing import unsubscribing
from tests.alerts.follows import COUNTRY, follow, search_for
from tests.catalogue.cast import record_of
from tests.web.catalogue.conftest import browser_of, cast
from tests.web.client import parse, words

__all__ = ["browser_of", "cast"]

NEW = "/account/searches/new"
LIST = "/account/searches"


def main(answer):
    return words(parse(answer.text).find(".//main"))


def saved():
    session().rollback()
    return session().scalars(select(Follow)).all()


def test_a_search_is_saved_with_words_filters_and_country(cast, browser_of, index):
    record_of(cast)
    index()
    client = browser_of("member")
    results = "/innovations?q=ledger&function=detect&country=GE&works_in=GE"
    address = f"{NEW}?q=ledger&function=detect&country=GE&works_in=GE"
    assert address in client.get(results + "&sort=newest").text.replace("&amp;", "&")
    page = client.get(address)
    assert "“ledger”" in main(page)
    assert "Works in Georgia" in main(page)
    answer = client.submit(page, {"name": "Gifts", "frequency": "weekly"}, action=NEW)
    assert answer.location == LIST
    (search,) = saved()
    assert search.query == {
        "q": "ledger",
        "filters": {"country": ["GE"], "function": ["detect"]},
        "works_in": "GE",
    }
    assert (search.name, search.frequency) == ("Gifts", Frequency.WEEKLY)
    shown = client.get(LIST)
    assert "Gifts" in main(shown)
    assert "“ledger”" in main(shown)
    assert "Once a week" in main(shown)
    assert (
        "/innovations?q=ledger&amp;country=GE&amp;function=detect&amp;works_in=GE&amp;sort=newest"
        in shown.text
    )


def test_an_exact_search_stays_exact(cast, browser_of):
    client = browser_of("member")
    page = client.get(f"{NEW}?q=ledger&exact=1")
    assert "“ledger” exactly" in main(page)
    client.submit(page, {"name": "", "frequency": "daily"}, action=NEW)
    assert query_of(saved()[0]).is_exact
    assert "/innovations?q=ledger&amp;exact=1&amp;sort=newest" in client.get(LIST).text


def test_a_search_that_finds_nothing_can_be_saved_and_one_for_everything_cannot(cast, browser_of, index):
    index()
    client = browser_of("member")
    assert "Save this search" in client.get("/innovations?q=beekeeping").text
    assert "Save this search" not in client.get("/innovations").text
    for nothing in (NEW, f"{NEW}?q=&country=XX&else=GE&works_in=XX"):
        assert client.get(nothing).location == "/innovations"
    assert saved() == []


def test_visitors_are_asked_to_sign_in_and_see_no_button(cast, client, index):
    index()
    assert "Save this search" not in client.get("/innovations?q=ledger").text
    assert client.get(f"{NEW}?q=ledger").location.startswith("/sign-in?")
    assert client.get(LIST).location.startswith("/sign-in?")


def test_what_is_wrong_comes_back_with_what_was_typed(cast, browser_of):
    client = browser_of("member")
    page = client.get(f"{NEW}?q=ledger")
    for typed, said in (
        ({"name": "x" * 101, "frequency": "daily"}, "Shorten this to 100 characters"),
        ({"name": "Gifts", "frequency": "at_once"}, "Choose how often."),
        ({"name": "Gifts", "frequency": ""}, "Choose how often."),
    ):
        answer = client.act(f"{NEW}?q=ledger", typed)
        assert answer.status_code == 422
        assert said in answer.text
        assert typed["name"] in answer.text
    assert page.status_code == 200
    assert saved() == []


def test_saving_it_again_changes_it(cast, browser_of):
    search_for(cast["member"], "ledger", name="Gifts", frequency=Frequency.OFF)
    client = browser_of("member")
    page = client.get(f"{NEW}?q=ledger")
    assert "You saved this search already." in main(page)
    assert 'value="Gifts"' in page.text
    client.submit(page, {"name": "", "frequency": "daily"}, action=NEW)
    (search,) = saved()
    assert (search.name, search.frequency) == ("", Frequency.DAILY)


def test_one_is_changed_and_deleted(cast, browser_of):
    search = search_for(cast["member"], "ledger")
    client = browser_of("member")
    edit = f"/account/searches/{search.public_id}/edit"
    assert "“ledger”" in main(client.get(edit))
    assert client.submit(edit, {"name": "Gifts", "frequency": "off"}).location == LIST
    assert "Only on the hub" in main(client.get(LIST))
    assert saved()[0].name == "Gifts"
    delete = f"/account/searches/{search.public_id}/delete"
    assert client.submit(LIST, {}, action=delete).location == LIST
    assert saved() == []
    assert client.act(delete).status_code == 404
    assert "You have saved no search yet" in main(client.get(LIST))


def test_those_of_others_are_not_there(cast, browser_of):
    search, country = search_for(cast["adder"], "canary"), follow(cast["member"], COUNTRY, "GE")
    client = browser_of("member")
    assert "canary" not in client.get(LIST).text
    for public_id in (search.public_id, country.public_id, "x" * 22):
        assert client.get(f"/account/searches/{public_id}/edit").status_code == 404
        for verb in ("edit", "delete"):
            assert client.act(f"/account/searches/{public_id}/{verb}").status_code == 404
    assert browser_of("adder").act(f"/account/following/{search.public_id}/unfollow").status_code == 404
    assert len(saved()) == 2


def test_who_lapsed_may_still_delete_theirs(cast, browser_of):
    search = search_for(cast["member"], "ledger")
    cast["member"].status = MemberStatus.LAPSED
    session().commit()
    client = browser_of("member")
    assert "“ledger”" in main(client.get(LIST))
    assert client.get(f"{NEW}?q=tenders").status_code == 403
    client.act(f"/account/searches/{search.public_id}/delete")
    assert saved() == []


def test_a_notification_says_which_search_found_it(cast, browser_of):
    innovation = record_of(cast)
    member = cast["member"]
    named, nameless = search_for(member, "gifts", name="Own <words>"), search_for(member, "ledger")
    for search in (named, nameless):
        with transaction():
            causes = {member.id: cause_of(search)}
            notify([member.id], "followed_published", innovation.subject, causes=causes)
    client = browser_of("member")
    page = client.get("/account/notifications")
    assert "Saved search: Own <words>" in main(page)
    assert "Saved search: “ledger”" in main(page)
    client.submit(LIST, {}, action=f"/account/searches/{named.public_id}/delete")
    assert "Own <words>" not in main(client.get("/account/notifications"))


def test_words_are_shown_as_text_and_too_many_are_cut(cast, browser_of):
    client = browser_of("member")
    address = f"{NEW}?q=%3Cscript%3Ealert(1)%3C/script%3E" + "x" * 300
    page = client.get(address)
    assert "&lt;script&gt;" in page.text
    client.submit(page, {"name": "", "frequency": "daily"}, action=NEW)
    assert len(query_of(saved()[0]).text) == 200
    assert "&lt;script&gt;" in client.get(LIST).text


@pytest.fixture
def link(app, cast):
    """The link that ends mails about one saved search, and the search."""
    search = search_for(cast["member"], "canary", name="Canary")
    key = app.extensions["hub"].settings.secret_key()
    scope = unsubscribing(cast["member"].public_id, cause_of(search).name)
    return f"/unsubscribe?token={sign(key, 'unsubscribe', scope)}", search


def test_the_link_in_a_mail_ends_those_about_one_search_and_does_not_name_it(client, link):
    address, search = link
    asked = client.get(address)
    assert "They tell what is new in one of your saved searches." in main(asked)
    assert search.frequency is Frequency.DAILY
    done = client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert "Nothing more is mailed to you about this saved search." in main(done)
    assert "anary" not in asked.text + done.text
    session().expire_all()
    assert search.frequency is Frequency.OFF


def test_the_link_does_no_harm_once_the_search_is_deleted(client, link):
    address, search = link
    with transaction():
        session().delete(search)
    assert client.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
