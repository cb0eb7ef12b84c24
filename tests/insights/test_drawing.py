"""The geometry of trends: gaps stay gaps, time runs as people read, and long histories are thinned."""

from datetime import date, timedelta

import pytest

from hub.insights.history import Point
from hub.web.insights.drawing import NARROW, WIDE, runs_of, sheet_of, thinned, top_of

MONDAY = date(2026, 11, 16)


def points(*values, every=1):
    """Return points on days in a row; a dot stands for a day without a reading."""
    return [
        Point(MONDAY + timedelta(days=every * place), value)
        for place, value in enumerate(values)
        if value != "."
    ]


def drawn(given, *, size=WIDE, top=4.0, target=None, is_right_to_left=False):
    return sheet_of(given, size, top=top, target=target, signs=1, ticks=3, is_right_to_left=is_right_to_left)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (1, 2), (3, 4), (5, 6), (10, 10), (11, 20), (172, 200), (201, 400)]
)
def test_the_highest_mark_and_its_half_are_round(most, top):
    assert top_of(most) == top


def test_shares_are_drawn_up_to_a_hundred():
    assert top_of(12, is_percent=True) == 100


def test_a_day_without_reading_ends_a_run():
    assert [len(each) for each in runs_of(points(1, 1, ".", 2, None, 3))] == [2, 1, 1]


def test_nothing_is_drawn_across_a_gap():
    sheet = drawn(points(1, 1, ".", ".", 2, 2))
    assert len(sheet.lines) == len(sheet.areas) == 2


def test_a_reading_between_gaps_is_a_dot():
    assert len(drawn(points(1, 1, ".", 3, ".", 2, 2)).dots) == 1


def test_a_longer_history_is_drawn_week_by_week_without_false_gaps():
    shown, step = thinned(points(*range(800)))
    assert step == 7
    assert shown[-1].day == MONDAY + timedelta(days=799)
    assert len(runs_of(shown, step)) == 1


def test_a_week_without_reading_is_a_gap_of_a_long_history():
    shown, step = thinned(points(*range(400), *["."] * 14, *range(400)))
    assert len(runs_of(shown, step)) == 2


def test_time_runs_from_right_to_left_where_people_read_so():
    left, right = drawn(points(1, 2)), drawn(points(1, 2), is_right_to_left=True)
    assert left.last[0] == WIDE[0] - right.last[0]
    assert right.last[0] < right.target_label
    assert left.axis < left.left
    assert right.axis > right.right


def test_the_target_stands_at_its_value_and_the_label_steps_aside():
    near, far = drawn(points(1, 2), target=2.2), drawn(points(1, 2), target=4.0)
    assert near.label[1] > near.last[1]
    assert far.label[1] < far.last[1]
    assert far.target == far.values[-1].at


def test_the_narrow_drawing_is_drawn_for_its_own_width():
    sheet = drawn(points(1, 2), size=NARROW)
    assert 0 < sheet.left < sheet.right < NARROW[0]
