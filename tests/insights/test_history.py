"""The history of metrics: one reading a day, the first stays, gaps are seen, and retired metrics keep theirs."""

from datetime import date, timedelta

import pytest

from hub.cli.demo.insights import values_then
from hub.core import clock
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.insights.history import (
    Point,
    add_readings,
    days_missing,
    has_snapshot,
    history_of,
    last_reading,
    parts_of,
)
from hub.insights.metrics.measuring import value_of
from hub.insights.metrics.metric import WHOLE
from hub.insights.metrics.registry import METRICS
from hub.insights.models import MetricReading
from hub.jobs.insights import keep_readings
from tests.catalogue.records import make_scene, published

MONDAY = date(2026, 11, 16)
KEY = "innovations_published"


def keep(*readings, key=KEY, breakdown=""):
    """Keep readings given as (days after Monday, value)."""
    with transaction():
        return add_readings(
            [
                {
                    "metric": key,
                    "breakdown": breakdown,
                    "day": MONDAY + timedelta(days=after),
                    "value": value,
                    "as_of": now(),
                }
                for after, value in readings
            ]
        )


@pytest.mark.db
def test_a_second_snapshot_of_a_day_changes_nothing(database):
    bind = database.get_bind()
    assert keep_readings(bind) >= len(METRICS)
    published(make_scene())
    assert keep_readings(bind) == 0
    assert history_of(KEY)[-1].value == 0
    assert value_of(KEY).value == 1


@pytest.mark.db
def test_the_first_reading_of_a_day_stays(database):
    assert keep((0, 3.0)) == 1
    assert keep((0, 5.0), (1, 5.0)) == 1
    assert [each.value for each in history_of(KEY)] == [3, 5]


def test_a_metric_that_is_new_is_read_though_the_others_were(database):
    bind = database.get_bind()
    keep_readings(bind)
    row = session().get(MetricReading, (KEY, "", clock.now().date()))
    session().delete(row)
    session().commit()
    assert not has_snapshot(clock.now().date())
    assert keep_readings(bind) == 1


def test_a_day_without_snapshot_is_a_gap(database):
    keep((0, 3.0), (1, 3.0), (4, 4.0))
    points = history_of(KEY)
    assert [(each.day - MONDAY).days for each in points] == [0, 1, 4]
    assert days_missing(points) == 2


def test_a_country_that_a_count_did_not_name_had_none(database):
    keep((0, 3.0), (1, 3.0))
    keep((1, 2.0), breakdown="country:GE")
    assert [each.value for each in history_of(KEY, "country:GE")] == [0, 2]
    assert parts_of(KEY) == {"", "country:GE"}


def test_a_median_of_nothing_stays_unknown(database):
    keep((0, None), key="decision_days")
    assert history_of("decision_days") == (Point(MONDAY, None),)


def test_a_metric_that_is_no_longer_measured_says_what_it_said_last(database):
    keep((0, 7.0), (1, 9.0), key="visits")
    last = last_reading("visits")
    assert (last.day, last.value) == (MONDAY + timedelta(days=1), 9)
    told = value_of("visits")
    assert (told.value, told.is_retired) == (9, True)


def test_a_metric_that_never_was_says_nothing(database):
    told = value_of("never")
    assert (told.value, told.as_of, told.is_retired) == (None, None, False)


def test_the_made_up_history_ends_in_what_is_counted():
    now_counted = {WHOLE: 5.0, "country:GE": 3.0, "country:ID": 1.0}
    history = [dict(values_then(METRICS[KEY], now_counted, step / 10)) for step in range(11)]
    assert history[-1] == now_counted
    wholes = [each[WHOLE] for each in history]
    assert wholes == sorted(wholes)
    assert wholes[0] < wholes[-1]
