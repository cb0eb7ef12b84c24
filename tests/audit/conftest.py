"""A short log of three decisions, and a way past the triggers for tests that play the intruder."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hub.access.viewer import Role, Viewer
from hub.audit import triggers
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import transaction

COORDINATOR = Viewer(member_id=1, public_id="coordinator22", roles=frozenset({Role.COORDINATOR}))
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SUBJECT = "innovation:abc"


@pytest.fixture
def log(database):
    """Three decisions, one a minute from noon on."""
    decisions = (Event.INNOVATION_TAKE, Event.INNOVATION_REQUEST_CHANGES, Event.INNOVATION_PUBLISH)
    with time_machine.travel(NOON, tick=False) as clock:
        for place, decision in enumerate(decisions):
            with transaction():
                record(COORDINATOR, decision, SUBJECT, reason=f"reason {place}", before={"n": place})
            clock.shift(timedelta(minutes=1))
    return database


@pytest.fixture
def unguarded(log):
    """The same log without its triggers, as whoever owns the database can have it."""
    connection = log.connection()
    for statement in triggers.drop_statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    else:
        connection.exec_driver_sql("ALTER TABLE audit_entries DROP CONSTRAINT fk_audit_entries_number")
    return log
