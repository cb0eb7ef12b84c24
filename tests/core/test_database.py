"""Moments are UTC, and a transaction does one change whole or not at all."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine
from sqlalchemy.exc import StatementError

from hub.core import heartbeats
from hub.core.database import session, transaction
from hub.core.heartbeats import Heartbeat

pytestmark = pytest.mark.db


def test_moments_come_back_aware_and_in_utc(database):
    tbilisi = timezone(timedelta(hours=4))
    with transaction():
        session().add(Heartbeat(name="worker", beat_at=datetime(2026, 11, 21, 16, 30, 0, 7, tbilisi)))
    stored = session().get(Heartbeat, "worker").beat_at
    assert stored == datetime(2026, 11, 21, 12, 30, 0, 7, UTC)
    assert stored.utcoffset() == timedelta(0)


def test_a_moment_without_zone_is_refused(database):
    with pytest.raises(StatementError, match="without a time zone"), transaction():
        session().add(Heartbeat(name="worker", beat_at=datetime(2026, 11, 21)))  # noqa: DTZ001


def test_a_failure_leaves_nothing_behind(database):
    def fail():
        with transaction():
            heartbeats.beat("worker")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert heartbeats.age("worker") is None


def test_a_change_outside_a_transaction_is_noticed(database):
    database.add(Heartbeat(name="worker", beat_at=datetime.now(UTC)))
    with pytest.raises(RuntimeError, match="outside a transaction"), transaction():
        pass


def test_transactions_do_not_nest(database):
    with transaction(), pytest.raises(RuntimeError, match="do not nest"), transaction():
        pass


def test_a_heartbeat_ages(database):
    with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False) as clock:
        with transaction():
            heartbeats.beat("worker")
        clock.shift(timedelta(seconds=42))
        assert heartbeats.age("worker") == timedelta(seconds=42)
