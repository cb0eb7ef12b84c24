"""`hub audit`: on a whole log, on a forged one, and on a published file far from any database."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from hub.access.viewer import VISITOR
from hub.audit import triggers
from hub.audit.events import Event
from hub.audit.service import record
from hub.cli.audit import audit
from hub.cli.context import opened_database
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.database import session, transaction


@pytest.fixture
def instance(tmp_path, monkeypatch):
    monkeypatch.setenv("HUB_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.delenv("HUB_DATABASE_URL", raising=False)
    prepare_instance(Settings())
    return tmp_path


@pytest.fixture
def decided(instance):
    """An instance in which three things were decided."""
    with opened_database():
        for number in range(3):
            with transaction():
                record(VISITOR, Event.INNOVATION_PUBLISH, f"innovation:{number}", reason="secret words")
    return instance


def run(*arguments):
    return CliRunner().invoke(audit, [str(argument) for argument in arguments])


def test_an_empty_log_is_whole(instance):
    result = run("verify")
    assert (result.exit_code, result.stdout) == (0, "The audit log is whole: it has no entries yet.\n")


def test_a_whole_log_is_said_to_be_whole(decided):
    result = run("verify")
    assert result.exit_code == 0
    assert "whole: 3 entries" in result.stdout


def test_a_hand_edited_row_is_named(decided):
    with opened_database(), transaction():
        for statement in triggers.drop_statements("sqlite"):
            session().execute(text(statement))
        session().execute(text("UPDATE audit_entries SET reason = 'other' WHERE number = 2"))
    result = run("verify")
    assert result.exit_code == 1
    assert "Entry 2: its private part was changed" in result.stderr


def test_the_exported_log_holds_nothing_personal_and_verifies(decided, monkeypatch):
    log = decided / "log.jsonl"
    assert run("export", log).exit_code == 0
    lines = log.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["number"] for line in lines] == [1, 2, 3]
    assert all(set(json.loads(line)) == {"number", "time", "commitment", "hash"} for line in lines)
    monkeypatch.setenv("HUB_INSTANCE", str(decided / "elsewhere"))
    assert "whole: 3 entries" in run("verify", "--log", log).stdout
    assert not (decided / "elsewhere").exists()


def test_one_altered_byte_of_a_published_log_is_named(decided):
    log = decided / "log.jsonl"
    run("export", log)
    altered = log.read_bytes().replace(b'"number":2', b'"number":4')
    log.write_bytes(altered)
    result = run("verify", "--log", log)
    assert result.exit_code == 1
    assert "Entry 2 is missing" in result.stderr


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\n", b"{}\n", b"PK\x03\x04" * 1000])
def test_a_file_that_is_no_log_is_named(tmp_path, content):
    log = tmp_path / "log.jsonl"
    log.write_bytes(content)
    result = run("verify", "--log", log)
    assert result.exit_code == 1
    assert "Entry 1 cannot be read" in result.stderr


def test_an_export_that_cannot_be_written_says_so(decided):
    result = run("export", decided / "no-such-folder" / "log.jsonl")
    assert result.exit_code != 0
    assert not isinstance(result.exception, OSError)
