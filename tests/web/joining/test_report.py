"""Where to report corruption: what is known of a country, what is not, and that nothing is taken here."""

import pytest

from hub.vocabularies.reporting import channels_of, covered_countries
from tests.web.client import parse, words


def test_the_page_says_that_the_hub_takes_no_reports(client):
    text = words(parse(client.get("/report").text))
    assert "The hub is not a whistleblowing channel" in text
    assert "If somebody is in danger now" in text
    assert "The hub keeps no record of which country you looked at" in text


def test_a_country_shows_its_channels_with_source_and_day(client):
    page = client.get("/report?country=AU").text
    text = words(parse(page))
    assert "Where to report corruption: Australia" in text
    assert "National Anti-Corruption Commission" in text
    assert 'href="https://nacc.gov.au/node/397"' in page
    assert "22 November 2026" in text
    assert "Stored copies were read" in text


def test_what_a_page_does_not_say_is_unknown(client):
    assert [each.anonymous for each in channels_of("NO")] == ["unknown"]
    page = parse(client.get("/report?country=NO").text)
    facts = page.find(".//section[@aria-labelledby='found']").iter("div")
    assert ["Without a name", "Unknown"] in [[words(child) for child in fact] for fact in facts]


def test_a_country_without_a_channel_says_so_and_what_else_to_do(client):
    assert "FJ" not in covered_countries()
    text = words(parse(client.get("/report?country=FJ").text))
    assert "We know no channel for this country" in text
    assert "Ask the public prosecutor" in text


def test_what_is_known_of_a_channel_that_ended_is_told(client):
    text = words(parse(client.get("/report?country=GE").text))
    assert "We know no channel for this country" in text
    assert "State Audit Office" in text


@pytest.mark.parametrize("code", ["ge", " GE "])
def test_a_code_may_be_typed_as_people_type(client, code):
    assert "State Audit Office" in client.get("/report", query_string={"country": code}).text


@pytest.mark.parametrize("code", ["XX", "ß", "Georgia", "%00", "<b>"])
def test_there_is_no_page_for_what_is_no_country(client, code):
    assert client.get("/report", query_string={"country": code}).status_code == 404


def test_an_empty_choice_is_no_mistake(client):
    assert client.get("/report?country=").status_code == 200


def test_every_country_is_in_the_list_by_name(client):
    page = parse(client.get("/report").text)
    links = [link for link in page.iter("a") if (link.get("href") or "").startswith("/report?country=")]
    assert len(links) == 249
    assert len([option for option in page.iter("option") if option.get("value")]) >= 249
    names = [words(link) for link in links if link.get("href")[-2:] in covered_countries()]
    assert names == sorted(names)


def test_bodies_of_several_countries_say_what_they_do_not_take(client):
    text = words(parse(client.get("/report").text))
    for told in ("European Anti-Fraud Office", "Only for money of the European Union", "It is no police"):
        assert told in text


def test_union_is_chosen_like_a_country(client):
    text = words(parse(client.get("/report?country=EU").text))
    assert text.count("Fraud Notification System") == 1


def test_names_of_channels_keep_their_language(client):
    page = client.get("/report?country=UA").text
    assert '<bdi lang="uk">Єдиний портал повідомлень викривачів</bdi>' in page


def test_links_out_tell_nobody_where_they_were_followed(client):
    page = parse(client.get("/report?country=GB").text)
    outward = [link for link in page.find(".//main").iter("a") if (link.get("href") or "").startswith("http")]
    assert outward
    assert all("noreferrer" in (link.get("rel") or "") for link in outward)


def test_the_country_that_was_looked_at_is_not_logged(client, capsys, caplog):
    client.get("/report?country=NG")
    written = capsys.readouterr()
    assert "country=NG" not in written.out + written.err + caplog.text


@pytest.mark.parametrize("path", ["/", "/innovations", "/sign-in"])
def test_every_page_leads_there(client, path):
    assert 'href="/report"' in client.get(path).text
