"""What is in the database and beside it: people, guards, audit log, worker, index, mails."""

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import text

from hub.access.viewer import VISITOR, Role
from hub.audit.events import Event
from hub.audit.service import record
from hub.cli.doctor import people, schema, work
from hub.cli.doctor.findings import Level
from hub.cli.index import build_index
from hub.core import clock
from hub.core.database import make_engine, session_scope, transaction
from hub.core.heartbeats import WORKER, Heartbeat, beat
from hub.core.outbox import WITHDRAWN, OutboxMessage
from hub.members.models import TotpDevice
from tests.cli.findings import LOCAL, worst
from tests.factories import make_member


def rows(database, *made):
    database.add_all(made)
    database.commit()


@pytest.mark.db
def test_fictional_people_are_dangerous_where_others_come(situation, database):
    assert worst(people.demo_people(situation()))[0] is None
    make_member("admin@demo.example")
    assert worst(people.demo_people(situation()))[0] is Level.PROBLEM
    assert worst(people.demo_people(situation(base_url=LOCAL)))[0] is None


@pytest.mark.db
def test_too_few_officers_are_named(situation, database):
    make_member(roles=[Role.COORDINATOR])
    level, words = worst(people.officers(situation()))
    assert level is Level.WARNING
    for part in ("coordinators (1 of 2)", "an administrator", "an integrity officer", "still open"):
        assert part in words
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.INTEGRITY_OFFICER):
        make_member(roles=[role])
    assert worst(people.officers(situation()))[0] is Level.OK


def with_factor(database, member):
    rows(database, TotpDevice(member_id=member.id, sealed_secret="sealed", created_at=clock.now()))


def without_factors(database, member):
    database.execute(text("DELETE FROM totp_devices WHERE member_id = :id"), {"id": member.id})
    database.commit()


@pytest.mark.db
def test_privileges_without_a_second_factor_are_counted(situation, database):
    coordinator, officer = make_member(roles=[Role.COORDINATOR]), make_member(law_enforcement="GE")
    make_member(focal_country="GE")
    for member in (coordinator, officer):
        without_factors(database, member)
    assert "2 of those" in worst(people.factors(situation()))[1]
    with_factor(database, coordinator)
    assert "1 of those" in worst(people.factors(situation()))[1]
    with_factor(database, officer)
    assert worst(people.factors(situation()))[0] is Level.OK


@pytest.mark.db
def test_a_missing_guard_is_named(situation, database):
    assert worst(schema.guards(situation()))[0] is Level.OK
    table = " ON audit_chain" if database.get_bind().dialect.name == "postgresql" else ""
    database.execute(text(f"DROP TRIGGER audit_chain_update{table}"))
    level, words = worst(schema.guards(situation()))
    assert level is Level.PROBLEM
    assert "audit_chain_update" in words


def test_a_guard_that_guards_nothing_is_named(situation, database):
    database.execute(text("DROP TRIGGER audit_chain_update"))
    database.execute(
        text("CREATE TRIGGER audit_chain_update BEFORE UPDATE ON audit_chain BEGIN SELECT 1; END")
    )
    assert worst(schema.guards(situation()))[0] is Level.PROBLEM


@pytest.mark.db
def test_a_changed_audit_log_is_named(situation, database):
    for _ in range(3):
        with transaction():
            record(VISITOR, Event.MEMBER_CREATE, "member:x", reason="test")
    assert worst(work.audit_chain(situation()))[0] is Level.OK
    is_postgres = database.get_bind().dialect.name == "postgresql"
    database.execute(text(f"DROP TRIGGER audit_entries_update{' ON audit_entries' if is_postgres else ''}"))
    database.execute(text("UPDATE audit_entries SET reason = 'other' WHERE number = 2"))
    level, words = worst(work.audit_chain(situation()))
    assert level is Level.PROBLEM
    assert "Entry 2" in words


@pytest.mark.db
def test_a_long_audit_log_is_walked_for_a_while(situation, database, monkeypatch):
    with transaction():
        record(VISITOR, Event.MEMBER_CREATE, "member:x", reason="test")
    monkeypatch.setattr(work, "VERIFY_SECONDS", -1.0)
    level, words = worst(work.audit_chain(situation()))
    assert level is Level.OK
    assert "first 0 entries" in words


@pytest.mark.db
def test_a_silent_worker_is_named(situation, database):
    assert "No worker has ever run" in worst(work.worker(situation()))[1]
    rows(database, Heartbeat(name=WORKER, beat_at=clock.now() - timedelta(hours=3)))
    level, words = worst(work.worker(situation()))
    assert level is Level.PROBLEM
    assert "3 hours" in words
    with transaction():
        beat(WORKER)
    assert worst(work.worker(situation()))[0] is Level.OK


def mail(**columns):
    return OutboxMessage(kind="test", address="ana@example.org", language="en-GB", parameters={}, **columns)


@pytest.mark.db
def test_mails_that_do_not_leave_are_named(situation, database):
    hour = timedelta(hours=1)
    rows(database, mail(), mail(created_at=clock.now() - hour, sent_at=clock.now()))
    rows(database, mail(failed_at=clock.now(), last_error=WITHDRAWN))
    assert worst(work.mails(situation()))[0] is Level.OK
    rows(database, mail(failed_at=clock.now(), last_error="SMTPRecipientsRefused"))
    assert worst(work.mails(situation()))[0] is Level.WARNING
    rows(database, mail(created_at=clock.now() - hour))
    assert worst(work.mails(situation()))[0] is Level.PROBLEM


def test_a_damaged_index_is_named(situation, instance, prepared):
    engine = make_engine(prepared.database_address)
    build_index(prepared)
    with session_scope(engine):
        assert worst(work.index(situation()))[0] is Level.OK
        file = next(path for path in (instance / "index").glob("generation-*/*/*") if path.is_file())
        file.write_bytes(b"x" + file.read_bytes()[1:])
        assert worst(work.index(situation()))[0] is Level.PROBLEM
        shutil.rmtree(instance / "index")
        assert worst(work.index(situation()))[0] is Level.PROBLEM
    engine.dispose()
