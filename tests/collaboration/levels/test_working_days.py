"""Working days are those on which people work in a country; where that is not known, Monday to Friday."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hub.collaboration.levels.working_days import is_working_day, working_days_between

FRIDAY = datetime(2026, 3, 13, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "days"),
    [
        (timedelta(), 0),
        (timedelta(days=-3), 0),
        (timedelta(days=2), 0),
        (timedelta(days=3, hours=-1), 0),
        (timedelta(days=3), 1),
        (timedelta(days=7), 5),
        (timedelta(days=9), 5),
        (timedelta(days=10, hours=1), 6),
        (timedelta(days=14), 10),
    ],
)
def test_whole_days_count_and_weekends_do_not(passed, days):
    assert working_days_between(FRIDAY, FRIDAY + passed, None) == days


def test_public_holidays_of_the_country_do_not_count():
    before, after = datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert not is_working_day(date(2026, 11, 23), "GE")  # Saint George's Day
    assert working_days_between(before, after, "GE") == 2
    assert working_days_between(before, after, "ES") == 3


def test_the_weekend_is_that_of_the_country():
    friday, saturday = date(2026, 3, 13), date(2026, 3, 14)
    assert [is_working_day(each, "BD") for each in (friday, saturday)] == [False, False]
    assert [is_working_day(each, "NP") for each in (friday, saturday)] == [True, False]


@pytest.mark.parametrize("country", [None, "", "ZZ", "not a country"])
def test_an_unknown_country_works_from_monday_to_friday(country):
    days = [date(2026, 3, 9) + timedelta(days=number) for number in range(7)]
    assert [is_working_day(each, country) for each in days] == [True] * 5 + [False] * 2


def test_a_year_that_ends_is_no_gap():
    assert working_days_between(
        datetime(2026, 12, 30, 9, tzinfo=UTC), datetime(2027, 1, 5, 9, tzinfo=UTC), "ES"
    ) == len([date(2026, 12, 31), date(2027, 1, 4), date(2027, 1, 5)])
