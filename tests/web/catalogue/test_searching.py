"""Finding innovations: words, filters with honest counts, chips, paging, and whatever else an address may hold."""

import re

import pytest
from sqlalchemy import select

from hub.catalogue.models import Innovation
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, make_scene, published
from tests.factories import make_member
from tests.web.client import parse, words


@pytest.fixture
def catalogue(database, index):
    """Five public records and two restricted ones."""
    scene = make_scene(country=None)
    rows = (
        ("Gift ledger", ("detect",), ("uncac-15",), ("GE",), "software", {}),
        ("Gift registry", ("detect", "report"), ("uncac-15", "uncac-17"), ("ID",), "software", {}),
        ("Tender watch", ("monitor",), ("uncac-17",), ("GE", "ID"), "data", {}),
        ("Owner register", ("investigate",), (), ("NO",), "data", {}),
        ("Hotline", ("report",), (), ("GE",), "method", {}),
        ("Members hotline", ("report",), (), ("GE",), "method", {"readership": MEMBERS}),
        ("Police thresholds", ("detect",), (), ("GE",), "method", {"readership": GEORGIAN_POLICE}),
    )
    for name, functions, offences, countries, kind, more in rows:
        published(
            scene,
            name=name,
            functions=functions,
            offences=offences,
            countries=countries,
            kind=kind,
            short_description="One of several.",
            description=f"Words about the {name.lower()} of integrity.",
            **more,
        )
    index()
    return scene


@pytest.fixture
def one_record(scene, index):
    published(scene)
    index()


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return parse(answer.text).find(".//main")


def names_on(page):
    return [words(link) for heading in page.iter("h3") for link in heading.iter("a")] or [
        words(link) for link in page.iter("a") if (link.get("href") or "").startswith("/innovations/")
    ]


def total_on(page):
    return words(page.find(".//h1"))


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", "5 innovations"),
        ("?q=gift", "2 innovations"),
        ("?q=integrity", "5 innovations"),
        ("?function=report", "2 innovations"),
        ("?function=report&function=monitor", "3 innovations"),
        ("?function=report&country=GE", "1 innovation"),
        ("?country=GE&country=ID", "4 innovations"),
        ("?kind=data&country=GE&country=ID&offence=uncac-17", "1 innovation"),
        ("?q=gift&kind=data", "0 innovations"),
        ("?q=thresholds", "0 innovations"),
    ],
)
def test_values_widen_and_facets_narrow(client, catalogue, query, total):
    assert total_on(page_of(client, f"/innovations{query}")) == total


def count_beside(page, name, value):
    for label in page.iter("label"):
        box = label.find("input")
        if box is not None and (box.get("name"), box.get("value")) == (name, value):
            return int(re.search(r"(\d+) results?$", words(label)).group(1))
    return 0


@pytest.mark.parametrize(
    ("query", "name", "value", "count"),
    [
        ("", "country", "GE", 3),
        ("", "function", "report", 2),
        ("?function=detect", "function", "report", 2),
        ("?function=detect&function=report", "function", "monitor", 1),
        ("?function=detect&function=report", "country", "GE", 2),
        ("?country=NO", "function", "report", 0),
        ("?country=NO", "country", "GE", 3),
        ("?q=gift", "kind", "software", 2),
    ],
)
def test_counts_stay_right_when_several_values_are_ticked(client, catalogue, query, name, value, count):
    assert count_beside(page_of(client, f"/innovations{query}"), name, value) == count


def test_who_sees_more_counts_more(client, catalogue, new_client):
    officer = new_client().become(make_member(law_enforcement="GE"))
    other = new_client().become(make_member(law_enforcement="ID"))
    for browser, total in ((client, 3), (other, 4), (officer, 5)):
        assert count_beside(page_of(browser, "/innovations"), "country", "GE") == total


def test_a_ticked_value_is_a_chip_that_takes_it_away(client, catalogue):
    page = page_of(client, "/innovations?q=gift&country=GE&country=ID&sort=newest")
    hrefs = {link.get("href") for link in page.iter("a")}
    assert any(
        "country=ID" in href and "country=GE" not in href and "q=gift" in href for href in hrefs if href
    )


def test_the_newest_stands_first_when_asked(client, catalogue):
    page = page_of(client, "/innovations?sort=newest")
    assert names_on(page)[0] == "Hotline"


def test_without_results_the_page_says_what_would_help(client, catalogue):
    page = words(page_of(client, "/innovations?q=gift&kind=data"))
    assert "No innovation matches all of this" in page
    assert "Without “Data” there are 2." in page
    assert "Show the whole catalogue" in page
    assert "New in the catalogue" in page


def test_paging_goes_on_and_keeps_the_search(client, database, index):
    scene = make_scene()
    for number in range(12):
        published(scene, name=f"Ledger {number}")
    index()
    first = page_of(client, "/innovations?q=ledger&country=GE")
    following = [link.get("href") for link in first.iter("a") if "page=2" in (link.get("href") or "")]
    assert following
    assert "q=ledger" in following[0]
    assert "country=GE" in following[0]
    second = page_of(client, following[0])
    assert not set(names_on(first)) & set(names_on(second))


ODD = [
    "q=" + "a" * 5_000,
    "q=" + "word+" * 1_000,
    "q=%22%22%22",
    "q=AND+OR+NOT",
    "q=((((%26%26||!!^^~~**??",
    "q=*",
    "q=%3A%2F%2F%5B%5D%7B%7D",
    "q=title%3Asecret+labels%3Ale",
    "q=%00",
    "q=gift%00",
    "q=%FF%FE",
    "q=%F0%9F%92%A9",
    "q=%E2%80%AE",
    "q='+OR+1%3D1--",
    "q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "q=%25s%25(name)s",
    "page=abc",
    "page=-1",
    "page=0",
    "page=1000000000000",
    "page=" + "9" * 5_000,
    "page=1.5",
    "page=2&page=3",
    "sort=sideways",
    "sort=newest&sort=relevance",
    "function=unknown",
    "function=",
    "function=detect&function=detect",
    "country=" + "G" * 3_000,
    "country=ge",
    "kind=%00",
    "kind[]=software",
    "unknown=1",
    "&".join(f"country={code}" for code in ["GE", "ID"] * 300),
    "=&&=;",
]


@pytest.mark.parametrize("query", ODD, ids=lambda query: query[:30])
def test_an_odd_address_gets_a_page(client, one_record, query):
    answer = client.get(f"/innovations?{query}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_only_the_first_characters_of_a_long_query_are_searched_and_it_says_so(client, catalogue):
    page = words(page_of(client, "/innovations?q=" + "gift+" * 1_000))
    assert "Only the first 200 characters were searched." in page


def test_unknown_values_are_left_out(client, catalogue):
    assert total_on(page_of(client, "/innovations?function=unknown&kind=software")) == "2 innovations"


def test_a_page_beyond_the_end_says_so(client, catalogue):
    assert "This page is empty" in words(page_of(client, "/innovations?page=900"))


def test_the_head_and_the_options_of_a_search(client, catalogue):
    head = client.head("/innovations?q=gift")
    assert (head.status_code, head.data) == (200, b"")
    options = client.options("/innovations")
    assert options.status_code == 200
    assert set(options.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert client.post("/innovations").status_code in {400, 405}


def test_htmx_gets_the_results_alone(client, catalogue):
    answer = client.get("/innovations?q=gift", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "Gift ledger" in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_levels_of_evidence_are_a_filter_and_a_sort_order(catalogue, client, index, database):
    strong = database.scalars(select(Innovation).where(Innovation.slug == "hotline")).one()
    strong.evidence_level, strong.evidence_year = 3, 2015
    index()
    page = page_of(client, "/innovations?sort=evidence")
    assert names_on(page)[0] == "Hotline"
    assert "3 of 5 Cause shown, rests on evidence from 2015" in words(page)
    assert "Not assessed yet" in words(page)
    assert names_on(page_of(client, "/innovations?evidence=3")) == ["Hotline"]
    assert total_on(page_of(client, "/innovations?evidence=0")) == "4 innovations"
    assert client.get("/innovations?evidence=9&sort=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("query", "passage"),
    [
        ("", "Officials register gifts."),
        ("gifts", "Officials register gifts."),
        ("ledger", "Officials register gifts."),
        ("hidden", "Presents stay hidden."),
        ("pilot", "Begin with a pilot."),
    ],
)
def test_a_line_shows_one_text_only_that_which_holds_the_words(database, index, client, query, passage):
    published(
        make_scene(),
        name="Ledger",
        short_description="Officials register gifts.",
        problem="Presents stay hidden.",
        description="Anybody can read it.",
        lessons="Begin with a pilot.",
    )
    index()
    page = page_of(client, f"/innovations?q={query}")
    (said,) = (words(each) for each in page.iter("p") if each.get("class") == "hit__say")
    assert said == passage
