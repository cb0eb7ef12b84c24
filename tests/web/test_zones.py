"""Time zones: whose counts, what they are called, what is typed and shown in them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import g

from hub.core import clock
from hub.members.zones import is_zone, zone_names, zone_of, zone_of_country
from hub.web.zones import (
    beside,
    in_zone,
    last_minute,
    time_left,
    typed_moment,
    typed_parts,
    zone_options,
)
from tests.factories import make_member

NOON = datetime(2026, 12, 20, 12, tzinfo=UTC)


@pytest.fixture
def reading(app):
    """Read as somebody in UTC."""
    with app.test_request_context():
        g.own_zone = "UTC"
        yield


def test_a_country_with_one_zone_has_it_and_one_with_several_none():
    assert zone_of_country("GE") == "Asia/Tbilisi"
    assert zone_of_country("BR") is None
    assert zone_of_country(None) is None
    assert zone_of_country("??") is None


def test_a_chosen_zone_counts_before_the_country(database):
    assert zone_of(None) == "UTC"
    assert zone_of(make_member(country="GE")) == "Asia/Tbilisi"
    assert zone_of(make_member(country="BR")) == "UTC"
    assert zone_of(make_member(country="GE", time_zone="America/Lima")) == "America/Lima"
    assert zone_of(make_member(country="GE", time_zone="Gone/Away")) == "Asia/Tbilisi"


def test_every_zone_to_choose_is_one_and_has_words_of_its_own(reading):
    options = zone_options()
    assert options[0] == ("UTC", "UTC")
    assert ("Asia/Tbilisi", "Tbilisi, Georgia") in options
    assert all(is_zone(name) for name, _words in options)
    assert len({words for _name, words in options}) == len(options) == len(zone_names())


def test_the_last_minute_that_is_typed_is_stored_as_the_first_that_is_too_late():
    stored = typed_moment(date(2026, 12, 20), time(23, 59), "Asia/Tbilisi")
    assert stored == datetime(2026, 12, 20, 20, tzinfo=UTC)
    assert last_minute(stored) == datetime(2026, 12, 20, 19, 59, tzinfo=UTC)
    assert typed_parts(stored, "Asia/Tbilisi") == ("2026-12-20", "23:59")
    assert typed_parts(None, "Asia/Tbilisi") == ("", "")


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25)])
def test_days_on_which_clocks_change_come_back_as_typed(day):
    for at in (time(1, 30), time(3, 30), time(23, 59)):
        stored = typed_moment(day, at, "Europe/Berlin")
        assert typed_parts(stored, "Europe/Berlin") == (day.isoformat(), at.strftime("%H:%M"))


def test_a_moment_names_its_zone_and_the_other_where_clocks_differ(reading):
    assert in_zone(NOON) == "20 December 2026, 12:00 (UTC)"
    assert beside(NOON, "Asia/Tbilisi") == "16:00 (Tbilisi time)"
    assert beside(NOON, "Pacific/Auckland") == "21 December 2026, 01:00 (Auckland time)"
    assert beside(NOON, "Africa/Accra") == beside(NOON, "") == ""


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=4, hours=3), "4 days left"),
        (timedelta(days=2), "2 days left"),
        (timedelta(days=2) - timedelta(seconds=1), "47 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=59), "59 minutes left"),
        (timedelta(seconds=1), "1 minute left"),
        (timedelta(0), "Takes no responses any more"),
    ],
)
def test_the_time_left_is_never_said_to_be_longer_than_it_is(reading, monkeypatch, left, words):
    monkeypatch.setattr(clock, "now", lambda: NOON - left)
    assert time_left(NOON) == words


@pytest.mark.parametrize(
    ("day", "zone", "stored"),
    [
        (date(2026, 10, 25), "Europe/Oslo", datetime(2026, 10, 25, 1, 31, tzinfo=UTC)),
        (date(2026, 3, 29), "Europe/Oslo", datetime(2026, 3, 29, 1, 31, tzinfo=UTC)),
    ],
)
def test_of_a_minute_that_comes_twice_or_never_the_later_one_counts(day, zone, stored):
    assert typed_moment(day, time(2, 30), zone) == stored


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT+12", "Pacific/Kiritimati"])
def test_the_end_of_the_calendar_is_a_moment_too(zone):
    assert typed_moment(date.max, time(23, 59), zone).year >= 9998
