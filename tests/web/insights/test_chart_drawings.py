"""The geometry of the insights page: circles by area, columns through time; sentences with ties and without data."""

import itertools
import math
from datetime import UTC, datetime

import pytest

from hub.core import clock
from hub.insights.charts.missing import regions
from hub.web.insights import findings
from hub.web.insights.charts import CHARTS, MONTHS, YEARS
from hub.web.insights.columns import AXIS, FOOT, NARROW as NARROW_COLUMNS, WIDE as WIDE_COLUMNS, columns_of
from hub.web.insights.world import NARROW, WIDE, map_of, steps_of
from tests.insights.test_charts import EMPTY


@pytest.fixture
def words(application):
    """The words of English pages."""
    with application.test_request_context("/", headers={"Accept-Language": "en-GB"}):
        yield


def figures(**changes):
    return type(EMPTY)(**{**vars(EMPTY), **changes})


def test_the_area_of_a_circle_stands_for_its_number():
    great, small = map_of([("BR", 36), ("KE", 9)], WIDE).circles
    assert math.isclose((great.r / small.r) ** 2, 4, rel_tol=0.02)


def test_where_nobody_has_many_no_circle_is_great():
    assert [each.r for each in map_of([("BR", 1), ("KE", 1)], WIDE).circles] == [WIDE.single, WIDE.single]


def test_small_circles_lie_above_great_ones():
    drawn = map_of([("KE", 1), ("BR", 7), ("US", 3)], NARROW).circles
    assert [each.number for each in drawn] == [7, 3, 1]


def test_a_number_that_another_circle_would_cover_is_not_written():
    covered, above = map_of([("NL", 30), ("BE", 29)], WIDE).circles
    assert (covered.has_number, above.has_number) == (False, True)


def test_circles_too_small_to_be_seen_are_raised_and_told():
    drawn = map_of([("BR", 5000), ("KE", 1)], WIDE)
    assert drawn.is_raised
    assert drawn.circles[1].r == WIDE.least


def test_what_is_not_on_the_map_has_no_circle():
    assert map_of([("EU", 3)], WIDE).circles == []


@pytest.mark.parametrize(
    ("most", "expected"), [(1, [1]), (2, [1, 2]), (26, [1, 9, 26]), (400, [1, 100, 400])]
)
def test_the_legend_names_few_numbers(most, expected):
    assert steps_of(most) == expected


def test_columns_stand_on_the_floor_and_noughts_are_not_drawn():
    drawn = columns_of([("2024", 2), ("2025", 0), ("2026", 1)], WIDE_COLUMNS, is_right_to_left=False)
    assert len(drawn.columns) == 2
    assert all(round(each.y + each.height, 1) == drawn.floor for each in drawn.columns)


def test_time_runs_from_the_right_in_languages_written_so():
    rows = [("2025", 1), ("2026", 2)]
    forwards, backwards = (
        columns_of(rows, WIDE_COLUMNS, is_right_to_left=each).columns for each in (False, True)
    )
    assert forwards[0].x < forwards[1].x
    assert backwards[0].x > backwards[1].x


@pytest.mark.parametrize("size", [WIDE_COLUMNS, NARROW_COLUMNS])
@pytest.mark.parametrize("number", [2, 24, 30])
def test_names_of_columns_do_not_touch(size, number):
    drawn = columns_of([(str(each), each) for each in range(number)], size, is_right_to_left=False)
    places = [at for at, _ in drawn.names]
    assert all(after - before >= 55 for before, after in itertools.pairwise(places))
    assert drawn.names[-1][1] == str(number - 1)
    assert all(AXIS <= each.x <= size[0] and each.y >= 0 for each in drawn.columns)
    assert drawn.floor == size[1] - FOOT


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, "No innovation names a country yet"),
        ({"GE": 4}, "Innovations come from or are in use in one country, Georgia"),
        ({"GE": 4, "NO": 1}, "in use in 2 countries; most in one: Georgia, 4"),
        ({"GE": 4, "NO": 4, "ES": 1}, "most in one: Georgia and Norway, 4"),
        ({"GE": 2, "NO": 2, "ES": 2, "ID": 2}, "in use in 4 countries; none has more than 2"),
    ],
)
def test_the_map_says_who_leads(words, counts, expected):
    assert expected in findings.innovations_by_country(figures(innovations_in=counts)).title


def test_what_nothing_helps_with_is_said(words):
    told = findings.functions(figures(innovations=3, functions={"detect": 2, "report": 2}))
    assert told.title == "“Report” and “Detect” come first: 2 of 3 innovations help with each"
    assert "“Prosecute”" in told.more


def test_offences_without_a_detecting_tool_are_counted_and_named(words):
    told = findings.combinations(
        figures(pairs={(f"uncac-{article}", "detect"): 1 for article in range(15, 25)})
    )
    assert told.title == "1 of 11 offences has no innovation that helps to detect it"
    assert told.more == "Without one: Obstruction of justice."


def test_the_level_that_none_has_reached_is_said(words):
    told = findings.evidence(figures(innovations=9, levels={"0": 5, "2": 3, "3": 1}))
    assert told.title == "4 of 9 innovations have a level of evidence"
    assert told.more == "1 has reached level 3 or more, where cause is shown. None has yet reached level 4."


def test_regions_without_any_are_named(words):
    told = findings.regions(regions(figures(innovations_in={"ZA": 1})))
    assert told.title == "247 of 248 countries and territories have no innovation"
    assert "Southern Africa" not in told.more
    assert "Western Africa" in told.more


@pytest.mark.parametrize("key", CHARTS)
def test_an_empty_catalogue_has_a_sentence_for_each_chart(words, key):
    assert CHARTS[key].finding(EMPTY).title


def test_growth_fills_months_without_anything_and_sums_what_was_before(words, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 5, tzinfo=UTC))
    rows = CHARTS["growth"].rows(figures(months=(((2020, 1), 5), ((2026, 1), 2), ((2026, 3), 1))))
    assert len(rows) == MONTHS + 1
    assert rows[0] == ("before 2024-04", "Before April 2024", 5, 5)
    assert rows[-3:] == [
        ("2026-01", "January 2026", 2, 7),
        ("2026-02", "February 2026", 0, 7),
        ("2026-03", "March 2026", 1, 8),
    ]


def test_years_long_ago_stand_in_one_row(words):
    rows = CHARTS["years"].rows(figures(years=((1950, 1), (2020, 2))))
    assert (len(rows), rows[0][0], rows[0][2]) == (YEARS + 1, "before 1991", 1)


@pytest.mark.parametrize("key", CHARTS)
def test_rows_fill_the_columns_of_their_file(words, key):
    chart = CHARTS[key]
    shown = figures(
        innovations=1,
        innovations_in={"GE": 1},
        replications_in={"GE": 1},
        members_in={"GE": 1},
        months=(((2026, 1), 1),),
        years=((2026, 1),),
    )
    assert all(len(row) == len(chart.columns) for row in chart.rows(shown))
