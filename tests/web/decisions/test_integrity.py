"""Checkpoints, key and published log on the web: what a journalist downloads, whoever asks."""

import shutil
import subprocess
import sys

import pytest

from hub.access.viewer import VISITOR
from hub.audit.checkpoints.making import make_checkpoint, rotate_key
from hub.audit.checkpoints.note import parse_keys, parse_notes
from hub.audit.checkpoints.proof import believe, seals_of
from hub.audit.events import Event
from hub.audit.published import verify_log
from hub.audit.service import record
from hub.config import Settings
from hub.core.database import transaction
from hub.web.decisions import integrity

FILES = ("/decisions/checkpoint", "/decisions/checkpoints.txt", "/decisions/key", "/decisions/log")


@pytest.fixture
def settings(tmp_path):
    return Settings(instance=tmp_path / "instance", base_url="https://hub.example.org")


@pytest.fixture
def decide(client):
    def act(count=1):
        with transaction():
            for _ in range(count):
                record(VISITOR, Event.INNOVATION_TAKE, "innovation:1", reason="secret words")

    return act


@pytest.fixture
def sign_now(settings):
    def act():
        with transaction():
            make_checkpoint(settings, even_if_fresh=True)

    return act


def test_before_the_first_checkpoint_there_is_nothing_and_it_is_said(client):
    assert "There is none yet." in client.get("/decisions/checkpoints").text
    for path in FILES:
        answer = client.get(path)
        assert (answer.status_code, answer.data) == (200, b"")


def test_what_is_downloaded_proves_the_log(client, decide, sign_now, monkeypatch):
    monkeypatch.setattr(integrity, "LINES", 3)
    for count in (2, 4, 3):
        decide(count)
        sign_now()
    decide(1)
    (key,) = parse_keys(client.get("/decisions/key").data)
    notes = parse_notes(client.get("/decisions/checkpoints.txt").data)
    log = client.get("/decisions/log")
    verdict, _ = verify_log(
        log.data.splitlines(keepends=True), seals_of(believe(note, [key]) for note in notes)
    )
    # the entry that begins the key is one more, and what came after the last checkpoint is left out
    assert (verdict.is_whole, verdict.entries) == (True, 10)
    assert [note.checkpoint.entries for note in notes] == [10, 7, 2]
    for path in FILES:
        answer = client.get(path)
        # servers cut a body off at the length that is said, and the test client does not
        assert answer.headers.get("Content-Length", str(len(answer.data))) == str(len(answer.data))
    assert "Content-Length" in log.headers
    assert b"secret" not in log.data
    assert client.get("/decisions/checkpoint").data.decode() == notes[0].text + "\n" + _signature(client)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the program asks OpenSSL")
def test_the_program_that_is_handed_out_checks_what_is_downloaded(client, decide, sign_now, tmp_path):
    decide(3)
    sign_now()
    log = client.get("/decisions/log").data
    (tmp_path / "check-log.py").write_bytes(client.get("/static/check-log.txt").data)
    (tmp_path / "checkpoint.txt").write_bytes(client.get("/decisions/checkpoint").data)
    (tmp_path / "key.txt").write_bytes(client.get("/decisions/key").data)
    outcomes = []
    for content in (log, log[:-1].rpartition(b"\n")[0] + b"\n"):
        (tmp_path / "audit-log.jsonl").write_bytes(content)
        command = [sys.executable, "check-log.py"]
        outcomes.append(subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False))
    assert "The first 3 entries of the log are those" in outcomes[0].stdout
    assert outcomes[1].stderr == "not the log that was signed\n"


def _signature(client):
    return client.get("/decisions/checkpoints.txt").text.split("\n\n")[1] + "\n"


def test_the_page_names_checkpoint_key_and_commands(client, decide, sign_now, settings):
    decide()
    sign_now()
    with transaction():
        rotate_key(settings)
    text = client.get("/decisions/checkpoints").text
    new, old = parse_keys(client.get("/decisions/key").data)
    assert new.text.replace("+", "&#43;") in text.replace("+", "&#43;")
    assert f"{old.short}" in text
    assert "hub audit verify --log audit-log.jsonl --checkpoint checkpoint.txt --public-key key.txt" in text
    assert "hub.example.org/audit\n2\n" in text
    assert "2 checkpoints" in text


def test_a_quiet_hour_stands_once_in_the_file(client, decide, sign_now):
    decide()
    for _ in range(4):
        sign_now()
    assert len(parse_notes(client.get("/decisions/checkpoints.txt").data)) == 2


@pytest.mark.parametrize(
    ("since", "status", "notes"), [("2000-01-01", 200, 1), ("2999-01-01", 200, 0), ("20260101", 422, 0)]
)
def test_checkpoints_since_a_day(client, decide, sign_now, since, status, notes):
    decide()
    sign_now()
    answer = client.get(f"/decisions/checkpoints.txt?since={since}")
    assert answer.status_code == status
    if status == 200:
        assert len(parse_notes(answer.data)) == notes


def test_what_has_not_changed_is_not_sent_again(client, decide, sign_now):
    decide()
    sign_now()
    for path in FILES:
        tag = client.get(path).headers["ETag"]
        answer = client.get(path, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.data) == (304, b"")
    decide()
    sign_now()
    assert client.get("/decisions/log", headers={"If-None-Match": tag}).status_code == 200


def test_a_network_cannot_fetch_the_log_without_end(client, decide, sign_now):
    decide()
    sign_now()
    answers = [client.get("/decisions/log") for _ in range(61)]
    assert [each.status_code for each in answers[59:]] == [200, 429]
    assert answers[60].headers["Retry-After"]
