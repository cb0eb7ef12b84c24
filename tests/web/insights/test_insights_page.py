"""The insights page and its files: they agree, lead to the lists behind the numbers, and show what visitors see."""

import csv
import io
import re

import pytest

from hub.web.insights.charts import CHARTS
from tests.catalogue.records import MEMBERS, make_scene, published


@pytest.fixture
def catalogue(database):
    """One innovation for everybody, about an offence that it detects, in use in two countries, and one for members."""
    scene = make_scene()
    published(scene, countries=("ES", "NO"), offences=("uncac-15",), stage="stable", year_started=2019)
    published(scene, name="Canary", readership=MEMBERS, countries=("ID",), offences=("uncac-17",))
    return scene


def test_the_page_draws_a_map_with_a_circle_for_each_country_twice(client, catalogue):
    page = client.get("/insights").text
    assert page.count("<image ") == 2
    pictures = re.findall(r'<svg class="world .*?</svg>', page, re.DOTALL)
    assert [each.count("<circle ") for each in pictures] == [4, 4]  # three countries and the legend
    assert "/innovations?offence=uncac-15&amp;function=detect" in page
    assert "Indonesia" not in page.partition("Countries and territories without an innovation")[0]


def test_an_empty_hub_says_so(client, database):
    page = client.get("/insights").text
    assert "No innovation is in the catalogue yet" in page
    assert "Nothing is published yet" in page


@pytest.mark.parametrize(
    ("asked", "heading"), [("members", "No member shows"), ("nothing", "Innovations come")]
)
def test_the_address_chooses_what_the_map_shows(client, catalogue, asked, heading):
    assert heading in client.get(f"/insights?map={asked}").text


@pytest.mark.parametrize("key", CHARTS)
def test_both_files_of_a_chart_hold_the_same_rows(client, catalogue, key):
    table = list(csv.DictReader(io.StringIO(client.get(f"/insights/{key}.csv").text.lstrip("\ufeff"))))
    document = client.get(f"/insights/{key}.json").json
    assert [{name: str(cell) for name, cell in row.items()} for row in document["rows"]] == table
    assert document["finding"]


def test_files_hold_what_visitors_see_whoever_asks(client, catalogue):
    visitors = client.get("/insights/innovations-by-country.csv").text
    client.become(catalogue.partner)
    assert client.get("/insights/innovations-by-country.csv").text == visitors
    assert visitors.split() == ["\ufeffcountry,name,number", "ES,Spain,1", "GE,Georgia,1", "NO,Norway,1"]


def test_a_chart_that_does_not_exist_is_not_there(client, database):
    assert client.get("/insights/secrets.csv").status_code == 404
