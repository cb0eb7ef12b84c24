"""The arithmetic of waiting: growing, bounded, never for good."""

from datetime import timedelta

import pytest

from hub.members.delays import delay_after, network_key, wait_for_turn, wait_for_window
from tests.members.conftest import NOON


def ago(*seconds):
    return [NOON - timedelta(seconds=second) for second in seconds]


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (2, 0), (3, 1), (4, 2), (5, 4), (6, 8), (8, 32), (9, 60), (10, 60), (100_000, 60)],
)
def test_the_delay_doubles_after_three_failures_up_to_a_minute(failures, seconds):
    assert delay_after(failures) == timedelta(seconds=seconds)


def test_the_delay_counts_from_the_latest_failure():
    assert wait_for_turn(ago(90, 50, 3, 40), NOON) <= timedelta(0)
    assert wait_for_turn(ago(90, 50, 3, 40, 20), NOON) == timedelta(seconds=1)


def test_nobody_waits_who_never_failed():
    assert wait_for_turn([], NOON) == timedelta(0)


def test_a_full_window_opens_when_its_oldest_failure_leaves():
    assert wait_for_window(ago(10, 20, 250), 3, NOON) == timedelta(seconds=50)
    assert wait_for_window(ago(10, 20, 300), 3, NOON) == timedelta(0)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unix:", "unix:"),
        ("x" * 500, "x" * 45),
    ],
)
def test_an_ipv6_network_is_its_first_half(address, key):
    assert network_key(address) == key
