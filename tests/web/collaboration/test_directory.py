"""The directory of requests: what is in it for whom, filters that move with time, order by due date, ways on."""

import re
from datetime import timedelta

import pytest
import time_machine

from hub.access.audience import Tlp
from hub.collaboration.documents import queue_request
from hub.collaboration.models import RequestStatus
from hub.core.clock import now
from hub.core.database import transaction
from hub.members.models import FieldAudience
from tests.collaboration.requests import (
    GEORGIAN_POLICE,
    MEMBERS,
    drafted_request,
    opened_request,
    submitted_request,
)
from tests.factories import make_member, make_organisation, make_profile
from tests.web.client import parse, words

PAGE = "/collaboration"


def page_of(client, query=""):
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return parse(answer.text).find(".//main")


def titles_on(page):
    return [words(link) for heading in page.iter("h3") for link in heading.iter("a")]


def count_beside(page, name, value):
    for label in page.iter("label"):
        box = label.find("input")
        if box is not None and (box.get("name"), box.get("value")) == (name, value):
            return int(re.search(r"(\d+) results?$", words(label)).group(1))
    return 0


@pytest.fixture
def requests(database, index):
    """Requests as they differ in due date, state, audience and terms."""
    found = {
        "Later": opened_request(title="Later", days=60, type="funding", terms={"countries": ("ID",)}),
        "Soon": opened_request(title="Soon", days=3, terms={"member_types": ("academia",)}),
        "Month": opened_request(title="Month", days=14, terms={"functions": ("investigate",)}),
        "Over": opened_request(title="Over", days=-1, opened_at=now() - timedelta(days=20)),
        "Done": opened_request(title="Done", status=RequestStatus.COMPLETED, completed_at=now()),
        "Members": opened_request(title="Members", days=5, readership=MEMBERS),
        "Police": opened_request(title="Police", days=6, readership=GEORGIAN_POLICE),
    }
    drafted_request(title="Draft")
    submitted_request(title="Submitted")
    opened_request(title="Withdrawn", status=RequestStatus.WITHDRAWN)
    index()
    return found


def test_each_reader_finds_their_own_those_due_soonest_first(client, new_client, requests):
    member = new_client().become(make_member())
    officer = new_client().become(make_member(law_enforcement="GE"))
    ended = {"Over", "Done"}
    for browser, expected in (
        (client, ["Soon", "Month", "Later"]),
        (member, ["Soon", "Members", "Month", "Later"]),
        (officer, ["Soon", "Members", "Police", "Month", "Later"]),
    ):
        page = page_of(browser)
        titles = titles_on(page)
        assert titles[: len(expected)] == expected
        assert set(titles[len(expected) :]) == ended
        assert words(page.find(".//h1")) == f"{len(expected) + 2} requests"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=takes", ["Soon", "Month", "Later"]),
        ("?state=under_way", ["Over"]),
        ("?state=completed", ["Done"]),
        ("?due=week", ["Soon"]),
        ("?due=month", ["Soon", "Month"]),
        ("?due=week&due=later", ["Soon", "Later"]),
        ("?due=past", ["Over"]),
        ("?due=yesterday", ["Soon", "Month", "Later", "Done", "Over"]),
        ("?type=funding", ["Later"]),
        ("?function=investigate", ["Month"]),
        ("?country=ID", ["Later"]),
        ("?member_type=academia&state=takes", ["Soon", "Month", "Later"]),
        ("?member_type=business&state=takes", ["Month", "Later"]),
        ("?q=analysts&state=takes&sort=due", ["Soon", "Month", "Later"]),
        ("?q=soon", ["Soon"]),
    ],
)
def test_filters_keep_to_what_is_asked(client, requests, query, expected):
    assert titles_on(page_of(client, query)) == expected


def test_filters_are_counted_for_each_reader(client, new_client, requests):
    member = new_client().become(make_member())
    for browser, week in ((client, 1), (member, 2)):
        page = page_of(browser)
        assert count_beside(page, "due", "week") == week
        assert count_beside(page, "due", "month") == week + 1
        assert count_beside(page, "state", "takes") == week + 2
    assert count_beside(page_of(client, "?state=takes"), "member_type", "business") == 2


def test_days_pass_without_a_change_of_the_index(client, requests):
    with time_machine.travel(now() + timedelta(days=10)):
        page = page_of(client)
        assert titles_on(page)[:2] == ["Month", "Later"]
        assert (count_beside(page, "due", "week"), count_beside(page, "due", "past")) == (1, 2)
        assert titles_on(page_of(client, "?due=past")) == ["Soon", "Over"]


def test_what_was_withdrawn_is_found_no_more_at_once(client, requests):
    with transaction():
        requests["Soon"].status = RequestStatus.WITHDRAWN
        queue_request(requests["Soon"])
    page = page_of(client)
    assert "Soon" not in titles_on(page)
    assert words(page.find(".//h1")) == "4 requests"


def test_a_line_says_who_asks_for_what_until_when(client, new_client, database, index):
    nino = make_member(display_name="Nino", country="GE")
    make_profile(nino, FieldAudience.PUBLIC)
    hidden = make_member(display_name="Hidden Person")
    office = make_organisation(name="Audit Office")
    opened_request(nino, title="By Nino")
    opened_request(hidden, title="By somebody")
    opened_request(hidden, title="By the office", organisation_id=office.id)
    index()
    text = words(page_of(client))
    assert "Nino" in text
    assert "Hidden Person" not in text
    assert "A member" in text
    assert "Audit Office" in text
    assert "13 days left" in text
    assert "Georgia" in text


def test_the_passage_shows_where_the_words_stand(client, requests):
    page = page_of(client, "?q=analysts")
    assert any(words(mark) == "analysts" for mark in page.iter("mark"))


def test_a_label_stands_beside_what_is_not_for_everybody(new_client, requests):
    page = page_of(new_client().become(make_member(law_enforcement="GE")), "?q=police")
    assert "TLP:AMBER" in words(page)


def test_where_nothing_is_there_it_says_so_and_offers_to_post(client, database, index):
    index()
    answer = client.get(PAGE)
    page = parse(answer.text).find(".//main")
    assert "Nobody looks for a partner at the moment" in words(page)
    assert any(link.get("href") == "/collaboration/new" for link in page.iter("a"))


def test_members_find_what_is_open_to_their_type(new_client, requests):
    browser = new_client().become(make_member(member_type="business"))
    links = {words(link): link.get("href") for link in page_of(browser).iter("a")}
    (address,) = (href for text, href in links.items() if text.startswith("Open to my member type"))
    assert "Soon" not in titles_on(page_of(browser, address.removeprefix(PAGE)))


def test_the_top_bar_the_foot_and_the_front_page_lead_there(client, requests):
    page = parse(client.get("/").text)
    links = [link for link in page.iter("a") if link.get("href") == PAGE]
    assert len(links) >= 3
    main = page.find(".//main")
    assert [title for title in titles_on(main) if title in requests] == ["Soon", "Month", "Later"]


def test_suggestions_keep_to_what_may_be_found(client, new_client, requests):
    member = new_client().become(make_member())
    for browser, expected in ((client, []), (member, ["Members"])):
        answer = browser.get("/search/suggest?in=requests&q=memb").json
        assert [each["text"] for each in answer["suggestions"]] == expected


def test_a_page_asks_a_fixed_number_of_times(client, database, index, queries):
    counts = []
    for number in (5, 4):  # with few results, other spellings are looked for
        for _ in range(number):
            poster = make_member()
            make_profile(poster, FieldAudience.PUBLIC)
            opened_request(poster, organisation_id=make_organisation().id, nice=("Speaks Georgian",))
        index()
        client.get(PAGE)
        for address in (PAGE, f"{PAGE}?q=georgian&due=month"):
            with queries as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_where_nothing_fits_it_shows_what_is_due_next(client, requests):
    assert titles_on(page_of(client, "?q=zebra")) == ["Soon", "Month", "Later"]


def test_what_was_sent_by_name_is_there_for_its_receivers_and_nobody_else(
    client, new_client, database, index
):
    poster, receiver, other = make_member(), make_member(), make_member()
    opened_request(poster, title="By name", receivers=(receiver,), tlp=Tlp.RED)
    index()
    page = page_of(new_client().become(receiver))
    assert titles_on(page) == ["By name"]
    assert "TLP:RED" in words(page)
    for browser in (client, new_client().become(other)):
        page = page_of(browser)
        assert "Nobody looks for a partner" in words(page)
        assert count_beside(page, "due", "month") == 0
        assert browser.get("/search/suggest?in=requests&q=by+na").json["suggestions"] == []
