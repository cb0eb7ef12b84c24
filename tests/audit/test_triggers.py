"""The database itself refuses to rewrite the log; a private part leaves only after its erasure was logged."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.queries import history_of, stored_entries
from hub.audit.service import record
from hub.audit.verify import verify_stored
from hub.core.database import transaction
from tests.audit.conftest import SUBJECT

pytestmark = pytest.mark.db

REFUSED = [
    "UPDATE audit_chain SET recorded_at = recorded_at",
    "UPDATE audit_chain SET commitment = hash WHERE number = 2",
    "DELETE FROM audit_chain WHERE number = 3",
    "UPDATE audit_entries SET reason = 'other' WHERE number = 2",
    "UPDATE audit_entries SET number = 9 WHERE number = 2",
    "DELETE FROM audit_entries WHERE number = 2",
    "INSERT INTO audit_chain SELECT 5, recorded_at, commitment, 'x' FROM audit_chain WHERE number = 1",
    "INSERT INTO audit_chain SELECT 0, recorded_at, commitment, 'x' FROM audit_chain WHERE number = 1",
]
REFUSED_BY_SQLITE = [
    "INSERT OR REPLACE INTO audit_chain SELECT * FROM audit_chain WHERE number = 2",
    "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries WHERE number = 2",
    "UPDATE OR REPLACE audit_entries SET number = 1 WHERE number = 2",
]
REFUSED_BY_POSTGRESQL = ["TRUNCATE audit_chain CASCADE", "TRUNCATE audit_entries"]


def attempt(database, statement):
    with database.begin_nested():
        database.execute(text(statement))


@pytest.mark.parametrize("statement", REFUSED)
def test_refuses_rewriting(log, statement):
    with pytest.raises(DBAPIError):
        attempt(log, statement)
    assert verify_stored(stored_entries()).entries == 3


def test_refuses_what_only_one_database_offers(log):
    is_sqlite = log.get_bind().dialect.name == "sqlite"
    for statement in REFUSED_BY_SQLITE if is_sqlite else REFUSED_BY_POSTGRESQL:
        with pytest.raises(DBAPIError):
            attempt(log, statement)
    assert verify_stored(stored_entries()).entries == 3


def erase(number):
    with transaction():
        record(VISITOR, Event.AUDIT_ERASE, f"audit:{number}", reason="erasure")


def test_a_private_part_may_leave_once_its_erasure_is_logged(log):
    erase(2)
    attempt(log, "DELETE FROM audit_entries WHERE number = 2")
    assert verify_stored(stored_entries()).is_whole
    assert [item.number for item in history_of(SUBJECT)] == [1, 3]


def test_an_erasure_names_one_number_only(log):
    erase(2)
    with pytest.raises(DBAPIError):
        attempt(log, "DELETE FROM audit_entries WHERE number = 1")


def test_an_erasure_entry_never_leaves(log):
    erase(2)
    erase(4)
    with pytest.raises(DBAPIError):
        attempt(log, "DELETE FROM audit_entries WHERE number = 4")


def test_an_erasure_in_advance_opens_nothing(log):
    erase(5)
    with transaction():
        record(VISITOR, Event.INNOVATION_TAKE, SUBJECT)
    with pytest.raises(DBAPIError):
        attempt(log, "DELETE FROM audit_entries WHERE number = 5")
