"""How long things are kept: the table, the sweep, the dry run, and the document that tells of it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from sqlalchemy import func, select

from hub.cli import main
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.outbox import OutboxMessage
from hub.members.models import (
    AbuseReport,
    AbuseStatus,
    ContactMessage,
    DataExport,
    Member,
    MemberStatus,
    SignInSession,
)
from hub.migrations import upgrade
from hub.privacy.archive import path_of
from hub.privacy.exports import KEPT_FOR, KNOWN_FOR
from hub.privacy.retention import FILE_RULES, RULES, due, sweep
from hub.vetting.models import Application
from tests.factories import make_member
from tests.privacy.test_exports import made

DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy.md"


def test_the_document_shows_the_rules():
    told = DOCUMENT.read_text(encoding="utf-8").partition("## How long")[2].partition("## The inventory")[0]
    rows = dict(re.findall(r"^\| `([a-z_]+)` \|(.*)\|$", told, re.MULTILINE))
    rules = {rule.name: rule for rule in (*RULES, *FILE_RULES)}
    assert list(rows) == list(rules)
    for name, rule in rules.items():
        assert [cell.strip() for cell in rows[name].split(" | ")] == [rule.what, rule.kept, rule.why]


def a_session(member, hours):
    return SignInSession(
        token_hash=str(hours),
        member_id=member.id,
        created_at=now() - timedelta(hours=hours),
        last_seen_at=now() - timedelta(hours=hours),
        user_agent="",
    )


def number_of(model):
    return session().scalar(select(func.count()).select_from(model))


@pytest.mark.db
def test_a_dry_run_counts_what_the_sweep_deletes_and_deletes_nothing(database, tmp_path):
    member = make_member()
    database.add_all([a_session(member, hours) for hours in (1, 25, 26)])
    database.commit()
    counted = due(tmp_path)
    assert counted["sign_ins"] == 2
    assert number_of(SignInSession) == 3
    database.commit()
    assert sweep(tmp_path) == counted
    assert number_of(SignInSession) == 1
    database.commit()
    assert set(sweep(tmp_path).values()) == {0}


@pytest.mark.db
def test_files_of_own_data_go_after_seven_days_and_their_rows_after_ninety(database, tmp_path):
    export = made(make_member(), tmp_path)
    path = path_of(tmp_path, export.file_name)
    for days, has_file, has_row in (
        (0, True, True),
        (KEPT_FOR.days, False, True),
        (KNOWN_FOR.days, False, False),
    ):
        with time_machine.travel(now() + timedelta(days=days, hours=1), tick=False):
            assert due(tmp_path)["exports"] == (0 if has_file else 1)
            sweep(tmp_path)
            assert path.exists() is has_file
            assert (number_of(DataExport) == 1) is has_row
            database.commit()


@pytest.mark.db
def test_messages_go_after_two_years_and_reported_ones_with_the_report(database, tmp_path):
    first, second, third = make_member(), make_member(), make_member()
    sent = [ContactMessage(sender_id=first.id, receiver_id=second.id, subject="", words="") for _ in range(2)]
    database.add_all(sent)
    database.flush()
    database.add(
        ContactMessage(sender_id=second.id, receiver_id=first.id, subject="", words="", answers_id=sent[0].id)
    )
    report = AbuseReport(
        kind="harassment", words="", reported_by_id=second.id, about_id=first.id, message_id=sent[1].id
    )
    database.add(report)
    decider = third.id
    database.commit()
    with time_machine.travel(now() + timedelta(days=729), tick=False):
        assert sweep(tmp_path)["messages"] == 0
    with time_machine.travel(now() + timedelta(days=731), tick=False):
        # not decided yet: it stays, however long that takes
        assert sweep(tmp_path)["messages"] == 2
        report.decided_by_id, report.decided_at = decider, now()
        report.status, report.answer = AbuseStatus.UPHELD, "Yes."
        database.commit()
    with time_machine.travel(now() + timedelta(days=731 + 366), tick=False):
        counts = sweep(tmp_path)
        assert (counts["abuse_reports"], counts["messages"]) == (1, 1)


@pytest.mark.db
def test_who_was_declined_a_year_ago_is_erased_and_told(database, tmp_path):
    deciding, declined, again = make_member(), *(make_member(status=MemberStatus.DECLINED) for _ in range(2))
    for member, days in ((declined, 0), (again, 0), (again, 200)):
        then = now() + timedelta(days=days)
        database.add(
            Application(
                member_id=member.id,
                words="Let me in.",
                consent_version="1",
                applied_at=then,
                decision="declined",
                decision_words="No.",
                decided_by_id=deciding.id,
                decided_at=then,
            )
        )
    database.commit()
    with time_machine.travel(now() + timedelta(days=366), tick=False):
        assert due(tmp_path)["declined"] == 1
        assert number_of(Application) == 3
        database.commit()
        assert sweep(tmp_path)["declined"] == 1
        database.commit()
    assert declined.status is MemberStatus.ERASED
    assert again.status is MemberStatus.DECLINED
    assert database.scalars(select(OutboxMessage.kind)).all() == ["account_erased"]


def test_the_commands_count_sweep_and_erase(tmp_path, monkeypatch):
    settings = Settings(instance=tmp_path)
    engine = make_engine(settings.database_address)
    upgrade(engine)
    with session_scope(engine) as opened:
        member = make_member("ana@test.example")
        opened.add(a_session(member, 25))
        opened.commit()
    monkeypatch.setenv("HUB_INSTANCE", str(tmp_path))
    run = CliRunner().invoke
    assert "       1  sessions" in run(main, ["retention", "--dry-run"]).output
    assert "Nothing was deleted." in run(main, ["retention", "--dry-run"]).output
    assert "       1  sessions" in run(main, ["retention"]).output
    assert "       0  sessions" in run(main, ["retention"]).output
    assert run(main, ["erase", "nobody@test.example", "--yes"]).exit_code == 1
    assert run(main, ["erase", "Ana@test.example"], input="n\n").exit_code == 1
    told = run(main, ["erase", "Ana@test.example", "--yes"])
    assert told.exit_code == 0
    with session_scope(engine) as opened, transaction():
        assert opened.scalar(select(Member.status)) is MemberStatus.ERASED
    engine.dispose()
