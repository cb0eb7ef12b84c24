"""Nino, who asks, and Dana, who is asked."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories import make_member, make_profile

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    """A moment that stands still, and can be moved."""
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def nino(database):
    member = make_member(display_name="Nino")
    make_profile(member)
    return member


@pytest.fixture
def dana(database):
    member = make_member(display_name="Dana")
    make_profile(member)
    return member
