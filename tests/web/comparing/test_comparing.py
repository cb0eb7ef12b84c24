"""Innovations side by side: what is shown, what differs, and what is hidden."""

import pytest
from limits import RateLimitItemPerSecond

from hub.catalogue.models import PrerequisiteDetails
from hub.core.database import session
from tests.catalogue.cast import record_of
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS
from tests.web.client import TOKEN, parse, words


def table_of(page):
    """Return the rows of the comparison by their heading: the words of each cell."""
    rows = {}
    for row in parse(page.text).find(".//main").iter("tr"):
        head = row.find("th[@scope='row']")
        if head is not None:
            rows[words(head)] = [words(cell) for cell in row.findall("td")]
    return rows


def names_of(page):
    head = parse(page.text).find(".//main").find(".//thead")
    return [] if head is None else [words(each.find("a/bdi")) for each in head.iter("th")]


def address(*innovations, **more):
    asked = [f"slug={each.slug}" for each in innovations] + [
        f"{name}={value}" for name, value in more.items()
    ]
    return f"/innovations/compare?{'&'.join(asked)}"


@pytest.fixture
def pair(cast):
    return (
        record_of(cast, name="Ledger", offences=("uncac-15", "uncac-16"), licence="MIT"),
        record_of(cast, name="Register", offences=("uncac-15",), licence="MIT", stage="beta"),
    )


def test_rows_say_whether_they_differ(client, pair):
    page = client.get(address(*pair))
    assert names_of(page) == ["Ledger", "Register"]
    rows = table_of(page)
    assert rows["Licence The same"] == ["MIT", "MIT"]
    assert rows["Stage Differs"][0] == "Not stated"
    assert len(set(rows["Offences Differs"])) == 2
    assert "In short" in rows
    assert "They differ in" in page.text


def test_what_only_one_has_is_bold(client, pair):
    page = client.get(address(*pair))
    bold = [words(each) for each in parse(page.text).find(".//main").iter("b") if words(each)]
    assert any("foreign" in each.casefold() for each in bold)


def test_rows_that_agree_can_be_left_out(client, pair):
    rows = table_of(client.get(address(*pair, only="differences")))
    assert not [each for each in rows if each.endswith("The same")]
    assert [each for each in rows if each.endswith("Differs")]


def test_hidden_and_unknown_slugs_are_as_if_not_asked_for(cast, browser_of, pair):
    hidden = record_of(cast, name="Canary", readership=GEORGIAN_POLICE)
    asked = f"{address(*pair)}&slug="
    client = browser_of("visitor")
    assert names_of(client.get(asked + hidden.slug)) == ["Ledger", "Register"]
    for slug in (hidden.slug, hidden.public_id):
        page = client.get(asked + slug).text.replace(slug, "nobody-there")
        assert TOKEN.sub("", page) == TOKEN.sub("", client.get(f"{asked}nobody-there").text)
    assert names_of(browser_of("police").get(asked + hidden.slug)) == ["Ledger", "Register", "Canary"]


def test_draft_and_taken_down_records_are_not_compared(client, pair):
    pair[1].status = "taken_down"
    session().commit()
    assert names_of(client.get(address(*pair))) == ["Ledger"]


def test_four_fit_and_the_rest_is_named(cast, client):
    records = [record_of(cast, name=f"Tool {number}") for number in range(5)]
    page = client.get(address(*records))
    assert names_of(page) == [f"Tool {number}" for number in range(4)]
    assert "Tool 4" in page.text


def test_each_counts_once_and_none_is_no_error(client, pair):
    assert names_of(client.get(address(pair[0], pair[0], pair[1]))) == ["Ledger", "Register"]
    assert names_of(client.get(f"/innovations/compare?slug={pair[0].public_id}")) == ["Ledger"]
    for path in (
        "/innovations/compare",
        "/innovations/compare?slug=",
        "/innovations/compare?slug=%00&slug=é",
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Choose what to compare" in answer.text


def test_what_none_states_is_said_in_a_sentence(client, pair):
    page = client.get(address(*pair))
    assert "None of them states: " in page.text
    assert not [each for each in table_of(page) if each.startswith("Cost of the first year")]
    assert "Cost of the first year" in page.text
    assert any(each.startswith("Evidence") for each in table_of(page))


def test_a_column_can_be_left_out(client, pair):
    page = client.get(address(*pair, country="GE"))
    links = [each.get("href") for each in parse(page.text).iter("a") if "Leave out" in words(each)]
    assert links[0] == f"/innovations/compare?slug={pair[1].slug}&country=GE"


def test_a_country_is_held_against_the_needs(cast, client):
    records = [
        record_of(cast, name=name, prerequisites=(PrerequisiteDetails("data", "Data on gifts"),))
        for name in ("One", "Two")
    ]
    rows = table_of(client.get(address(*records, country="GE")))
    assert rows["Ready in Georgia? The same"] == ["Not all of it is stated In use in Georgia"] * 2
    assert not [each for each in table_of(client.get(address(*records))) if each.startswith("Ready")]
    assert client.get(address(*records, country="XX")).status_code == 200


def test_the_strictest_label_is_printed(cast, browser_of, pair):
    green = record_of(cast, name="Members only", readership=MEMBERS)
    assert "TLP:GREEN" not in browser_of("visitor").get(address(*pair, green)).text
    page = parse(browser_of("member").get(address(*pair, green)).text)
    head = page.find(".//div[@class='sheet__head']")
    assert words(head) == "TLP:GREEN"


def test_members_go_on_to_a_shortlist_and_visitors_do_not(browser_of, pair):
    target = f"/shortlists/add?slug={pair[0].slug}&amp;slug={pair[1].slug}"
    assert target in browser_of("member").get(address(*pair)).text
    assert "/shortlists/" not in browser_of("visitor").get(address(*pair)).text


def test_names_are_shown_as_text(cast, client):
    bad = record_of(cast, name="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(address(bad)).text


def test_the_label_counts_those_that_are_only_named(cast, browser_of):
    records = [record_of(cast, name=f"Tool {number}") for number in range(4)]
    green = record_of(cast, name="Members only", readership=MEMBERS)
    page = browser_of("member").get(address(*records, green))
    assert "Members only" in page.text
    assert words(parse(page.text).find(".//div[@class='sheet__head']")) == "TLP:GREEN"


def test_an_address_asks_for_twelve_at_most(cast, client, pair):
    many = "&".join(f"slug=nobody-{number}" for number in range(12))
    assert names_of(client.get(f"/innovations/compare?{many}&slug={pair[0].slug}")) == []


def test_comparisons_are_limited(client, pair, monkeypatch):
    monkeypatch.setattr(
        "hub.web.comparing.views.SEARCHES", RateLimitItemPerSecond(1, 60, namespace="compared")
    )
    assert client.get(address(*pair)).status_code == 200
    answer = client.get(address(*pair))
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Too many tries" in answer.text


def test_it_leads_back_to_the_results_it_came_from_and_nowhere_else(client, pair):
    page = client.get(address(*pair, back="/innovations%3Fq=gift%26page=2"))
    assert 'href="/innovations?q=gift&amp;page=2"' in page.text
    assert "&amp;back=/innovations?q%3Dgift%26page%3D2" in page.text
    for elsewhere in (
        "//evil.test/innovations",
        "/%2509/evil.test",
        "/account",
        "https://evil.test/innovations",
    ):
        main = parse(client.get(address(*pair, back=elsewhere)).text).find(".//main")
        assert not [each for each in main.iter("a") if "back=" in each.get("href")]
        assert not [each for each in main.iter("input") if each.get("name") == "back"]
