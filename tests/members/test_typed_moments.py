"""Moments that are typed as day and time in a zone, also where its clocks change."""

from datetime import UTC, date, datetime, time

import pytest

from hub.core.errors import InvalidError
from hub.members.zones import is_ambiguous, moment_typed

PARIS = "Europe/Paris"
FORWARD, BACK = date(2027, 3, 28), date(2027, 10, 31)


def test_a_typed_time_is_one_of_its_zone():
    assert moment_typed(date(2027, 6, 5), time(10), PARIS) == datetime(2027, 6, 5, 8, tzinfo=UTC)
    assert moment_typed(date(2027, 1, 5), time(10), PARIS) == datetime(2027, 1, 5, 9, tzinfo=UTC)


def test_a_time_that_clocks_skip_is_refused():
    with pytest.raises(InvalidError) as caught:
        moment_typed(FORWARD, time(2, 30), PARIS, field="starts_time")
    assert caught.value.field == "starts_time"
    assert moment_typed(FORWARD, time(3), PARIS) == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_of_a_time_that_comes_twice_it_is_the_first():
    assert moment_typed(BACK, time(2, 30), PARIS) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert is_ambiguous(BACK, time(2, 30), PARIS)


def test_nothing_else_comes_twice():
    assert not is_ambiguous(BACK, time(3), PARIS)
    assert not is_ambiguous(FORWARD, time(2, 30), PARIS)
    assert not is_ambiguous(BACK, time(2, 30), "Asia/Tbilisi")


@pytest.mark.parametrize("year", [1, 1989, 2101, 9999])
def test_days_that_are_too_far_off_are_refused(year):
    with pytest.raises(InvalidError):
        moment_typed(date(year, 6, 5), time(10), PARIS)
