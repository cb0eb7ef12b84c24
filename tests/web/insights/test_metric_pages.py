"""The pages of metrics and their files: what they say, and that hidden things change nothing."""

import csv
import io
from datetime import timedelta

import pytest

from hub.commitments.models import MilestoneMetric
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.insights.history import add_readings
from tests.catalogue.records import MEMBERS, make_scene, published
from tests.commitments.making import make_commitment, make_milestone

KEY = "innovations_published"


@pytest.fixture
def history(database):
    """Five days, the third of which has no reading; and a metric that is no longer measured."""
    today = now().date()
    readings = [
        (KEY, 4, 1.0),
        (KEY, 3, 2.0),
        (KEY, 1, 2.0),
        (KEY, 0, 3.0),
        ("visits", 3, 7.0),
        ("visits", 2, 9.0),
    ]
    with transaction():
        add_readings(
            [
                {
                    "metric": key,
                    "breakdown": "",
                    "day": today - timedelta(days=ago),
                    "value": value,
                    "as_of": now(),
                }
                for key, ago, value in readings
            ]
        )
    return today


def test_every_metric_is_listed_with_its_definition_and_value(client, history):
    published(make_scene())
    page = client.get("/insights/metrics").text
    assert "Published innovations" in page
    assert "by the country they come from" in page
    assert "No longer measured" in page


def test_a_metric_tells_its_trend_with_its_gap_and_target_table(client, history):
    page = client.get(f"/insights/metrics/{KEY}").text
    assert "1 day has no reading." in page
    assert page.count('role="img"') == 2
    assert "No reading" in page


def test_a_metric_that_is_no_longer_measured_says_since_when(client, history):
    page = client.get("/insights/metrics/visits").text
    assert "No longer measured: the last reading is of" in page


@pytest.mark.parametrize(
    "address", ["never", f"{KEY}?part=planet:mars", f"{KEY}?part=country:QQ", "visits?part=country:GE"]
)
def test_what_is_not_measured_is_not_there(client, history, address):
    assert client.get(f"/insights/metrics/{address}").status_code == 404


def test_a_country_without_any_has_a_page_all_the_same(client, history):
    assert client.get(f"/insights/metrics/{KEY}?part=country:ID").status_code == 200


def test_the_file_of_a_metric_has_each_day_and_now(client, history):
    published(make_scene())
    text = client.get(f"/insights/metrics/{KEY}.csv").get_data(as_text=True).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["value"] for row in rows if row["part"] == ""] == ["1", "2", "2", "3", "1"]
    assert {row["part"] for row in rows} == {"", "country:GE", "function:detect"}
    told = client.get(f"/insights/metrics/{KEY}.json").json
    assert told["value"] == 1
    assert [each["value"] for each in told["history"]] == [1, 2, 2, 3]


def test_hidden_things_change_no_figure(client, database):
    scene = make_scene()
    published(scene)
    before = client.get("/insights/metrics.csv").get_data(as_text=True).splitlines()
    published(scene, name="For members", readership=MEMBERS)
    after = client.get("/insights/metrics.csv").get_data(as_text=True).splitlines()

    def figures(lines):
        return [[*line.split(",")[:2], line.split(",")[3]] for line in lines]

    assert figures(after) == figures(before)
    assert ["innovations_published", "", "1"] in figures(after)


def test_a_metric_names_what_was_promised_of_it(client, history):
    milestone = make_milestone(make_commitment(code="GE0001"), title="Hold showcases")
    milestone.metrics = [MilestoneMetric(metric=KEY, target=40)]
    session().commit()
    page = client.get(f"/insights/metrics/{KEY}").text
    assert "/commitments/GE0001#milestone-1" in page
    assert "Hold showcases" in page
