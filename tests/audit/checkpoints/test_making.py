"""Checkpoints are made once an hour, never of a rewritten log, and cannot be changed; keys change hands in public."""

import stat
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from hub.audit import triggers as log_triggers
from hub.audit.checkpoints import triggers
from hub.audit.checkpoints.keys import FILE, NEXT, NoKeyError, key_path, origin_of, verifier_key_of
from hub.audit.checkpoints.making import (
    BrokenLogError,
    make_checkpoint,
    rotate_key,
    settle_key,
    walked,
)
from hub.audit.checkpoints.note import parse_notes
from hub.audit.checkpoints.proof import believe
from hub.audit.checkpoints.queries import (
    all_keys,
    covered_entries,
    end_of_log,
    key_in_use,
    latest_checkpoint,
    stored_seals,
)
from hub.audit.checkpoints.stored import first_flaw
from hub.audit.models import AuditCheckpoint
from hub.audit.queries import history_of, stored_entries
from hub.audit.verify import Fault, verify_stored
from hub.config import Settings
from hub.core.database import transaction
from hub.jobs.checkpoints import keep_checkpoints
from tests.audit.conftest import NOON

pytestmark = pytest.mark.db


def count(database):
    return database.scalar(select(func.count()).select_from(AuditCheckpoint))


def note_in(row):
    (note,) = parse_notes(row.note.encode())
    return note


def test_the_first_one_covers_what_is_there_and_begins_a_key(log, settings):
    with transaction():
        made = make_checkpoint(settings)
    key = key_in_use()
    note = believe(note_in(made), [verifier_key_of(key)]).note
    assert (note.checkpoint.origin, note.checkpoint.entries) == ("hub.example.org/audit", 3)
    assert covered_entries() == 3
    assert end_of_log()[0] == 4
    (item,) = history_of(f"key:{key.key_id}")
    assert item.event == "audit:use_key"


def test_the_private_half_is_for_the_hub_alone(log, settings, sign_now):
    sign_now()
    sign_now()
    path = settings.instance / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"PRIVATE KEY" in path.read_bytes()
    assert not (settings.instance / NEXT).exists()


def test_the_worker_leaves_the_private_half_in_its_place(log, settings):
    assert keep_checkpoints(log.get_bind(), settings)
    assert [path.name for path in settings.instance.iterdir()] == [FILE]


def test_one_an_hour_is_made_and_no_more(log, settings):
    with time_machine.travel(NOON, tick=False) as clock:
        made = []
        for _ in range(6):
            made.append(keep_checkpoints(log.get_bind(), settings))
            clock.shift(timedelta(minutes=25))
    assert made == [True, False, False, True, False, True]
    assert count(log) == 3


def test_a_quiet_hour_is_signed_alike(log, settings, sign_now):
    sign_now()
    assert sign_now() == sign_now()


def test_a_log_that_was_rewritten_is_not_signed(unguarded, settings, sign_now):
    unguarded.commit()
    sign_now()
    unguarded.execute(text("UPDATE audit_chain SET hash = commitment WHERE number = 4"))
    unguarded.commit()
    with pytest.raises(BrokenLogError, match="Entry 4"):
        sign_now()
    assert not keep_checkpoints(unguarded.get_bind(), settings)


def test_under_the_lock_only_what_came_since_is_walked(unguarded, settings, sign_now, decide):
    unguarded.commit()
    start = walked()
    decide()
    with transaction():
        made = make_checkpoint(settings, start, even_if_fresh=True)
    assert (start.entries, made.entries) == (3, 4)
    start = walked()
    decide()
    unguarded.execute(text("UPDATE audit_chain SET hash = commitment WHERE number > 5"))
    unguarded.commit()
    with pytest.raises(BrokenLogError, match="Entry 6"), transaction():
        make_checkpoint(settings, start, even_if_fresh=True)


def test_a_log_that_was_cut_off_is_not_signed(unguarded, settings, sign_now):
    unguarded.commit()
    sign_now()
    sign_now()
    unguarded.execute(text("DELETE FROM audit_entries WHERE number > 2"))
    unguarded.execute(text("DELETE FROM audit_chain WHERE number > 2"))
    unguarded.commit()
    with pytest.raises(BrokenLogError, match="has 2 entries"):
        sign_now()
    verdict = verify_stored(stored_entries(), None, stored_seals())
    assert (verdict.first_break.fault, verdict.first_break.number) == (Fault.CUT_OFF, 3)


def test_without_its_key_nothing_is_signed(log, settings, sign_now, decide):
    sign_now()
    (settings.instance / NEXT).unlink()
    with pytest.raises(NoKeyError, match="rotate-key"):
        sign_now()
    assert not keep_checkpoints(log.get_bind(), settings)


def test_a_damaged_key_gives_way_to_a_new_one(log, settings, sign_now):
    sign_now()
    key_path(settings).write_text("no key")
    with transaction():
        assert rotate_key(settings)
    settle_key(settings)
    assert sign_now()


def test_a_new_key_takes_over_with_both_signatures(log, settings, sign_now, decide):
    sign_now()
    old = verifier_key_of(key_in_use())
    with transaction():
        bridge = note_in(rotate_key(settings))
    new, retired = (verifier_key_of(row) for row in all_keys())
    assert (retired.public_key, retired.retired.entries, new.retired) == (old.public_key, 4, None)
    assert believe(bridge, [old]).key == old
    assert believe(bridge, [new]).key == new
    decide()
    (later,) = parse_notes(sign_now().encode())
    assert believe(later, [retired, new]).key == new
    assert first_flaw() is None


def test_a_lost_key_is_replaced_without_its_signature(log, settings, sign_now):
    sign_now()
    (settings.instance / NEXT).write_text("nonsense", encoding="ascii")
    with transaction():
        bridge = note_in(rotate_key(settings))
    assert [each.id.hex() for each in bridge.signatures] == [key_in_use().key_id]


def test_after_a_failed_commit_the_old_key_still_signs(log, settings, sign_now):
    sign_now()
    sign_now()
    key = key_in_use().key_id

    def fail():
        with transaction():
            rotate_key(settings)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    sign_now()
    assert latest_checkpoint().key_id == key


def test_the_name_of_the_log_is_its_host_alone(settings):
    assert origin_of(settings) == "hub.example.org/audit"
    assert origin_of(Settings(base_url="http://localhost:8000")) == "localhost/audit"


REFUSED = [
    "UPDATE audit_checkpoints SET entries = entries",
    "DELETE FROM audit_checkpoints",
    "UPDATE audit_keys SET public_key = 'other'",
    "UPDATE audit_keys SET retired_at = used_from",
    "UPDATE audit_keys SET retired_at = used_from, retired_after = 3, name = 'else'",
    "DELETE FROM audit_keys",
]
REFUSED_BY_SQLITE = [
    "INSERT OR REPLACE INTO audit_checkpoints SELECT * FROM audit_checkpoints",
    "INSERT OR REPLACE INTO audit_keys SELECT * FROM audit_keys",
]
REFUSED_BY_POSTGRESQL = ["TRUNCATE audit_checkpoints", "TRUNCATE audit_keys CASCADE"]


def test_the_database_refuses_to_change_them(log, sign_now):
    sign_now()
    is_sqlite = log.get_bind().dialect.name == "sqlite"
    for statement in REFUSED + (REFUSED_BY_SQLITE if is_sqlite else REFUSED_BY_POSTGRESQL):
        with pytest.raises(DBAPIError, match="refuse"), log.begin_nested():
            log.execute(text(statement))


def test_a_retired_key_stays_retired(log, settings, sign_now):
    sign_now()
    with transaction():
        rotate_key(settings)
    with pytest.raises(DBAPIError, match="refuse"), log.begin_nested():
        log.execute(text("UPDATE audit_keys SET retired_at = NULL, retired_after = NULL"))


@pytest.mark.parametrize(
    ("statement", "flaw"),
    [
        ("UPDATE audit_checkpoints SET entries = 2", "does not say"),
        ("UPDATE audit_checkpoints SET note = replace(note, '3', '2'), entries = 2", ""),
        ("UPDATE audit_checkpoints SET note = 'nothing'", "does not say"),
        ("UPDATE audit_keys SET name = 'else.example/audit'", "none of these keys"),
    ],
)
def test_an_altered_row_is_found(unguarded, sign_now, statement, flaw):
    sign_now()
    dialect = unguarded.get_bind().dialect.name
    for drop in triggers.drop_statements(dialect):
        unguarded.connection().exec_driver_sql(drop)
    unguarded.execute(text(statement))
    unguarded.commit()
    found = first_flaw()
    assert found is not None
    assert flaw in str(found)


def test_triggers_of_log_and_checkpoints_have_names_of_their_own():
    for dialect in ("sqlite", "postgresql"):
        assert not set(triggers.drop_statements(dialect)) & set(log_triggers.drop_statements(dialect))
