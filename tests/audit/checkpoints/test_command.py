"""`hub audit verify --log --checkpoint --public-key`: far from any database; `rotate-key` and `checkpoint` on one."""

import shutil

import pytest
from click.testing import CliRunner

from hub.access.viewer import VISITOR
from hub.audit.checkpoints.keys import verifier_key_of
from hub.audit.checkpoints.note import keys_text
from hub.audit.checkpoints.queries import all_keys
from hub.audit.events import Event
from hub.audit.service import record
from hub.cli.audit import audit
from hub.cli.context import opened_database
from hub.core.database import transaction
from tests.journeys.live import prepared_file


def run(*arguments):
    return CliRunner().invoke(audit, [str(argument) for argument in arguments])


def decide():
    with opened_database(), transaction():
        record(VISITOR, Event.INNOVATION_PUBLISH, "innovation:1")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Two keys, three checkpoints, five entries, as files; beside them the instance that they come from."""
    folder = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HUB_INSTANCE", str(folder / "instance"))
        patch.setenv("HUB_BASE_URL", "https://hub.example.org")
        patch.delenv("HUB_DATABASE_URL", raising=False)
        (folder / "instance").mkdir()
        shutil.copyfile(prepared_file(folder.parent), folder / "instance" / "hub.sqlite")
        notes = []
        for _ in range(2):
            decide()
            notes.append(run("checkpoint").stdout)
        (folder / "old.key").write_text(keys_now(), encoding="utf-8")
        assert run("rotate-key", "--yes").exit_code == 0
        decide()
        notes.append(run("checkpoint").stdout)
        run("export", folder / "log.jsonl")
        (folder / "keys.txt").write_text(keys_now(), encoding="utf-8")
    (folder / "all.txt").write_text("\n".join(notes), encoding="utf-8")
    for number, note in enumerate(notes):
        (folder / f"{number}.txt").write_text(note, encoding="utf-8")
    return folder


@pytest.fixture
def downloads(published, tmp_path, monkeypatch):
    """The files alone, on a machine without instance and database."""
    for path in published.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    monkeypatch.setenv("HUB_INSTANCE", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("HUB_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    yield tmp_path
    assert not (tmp_path / "elsewhere").exists()


def keys_now():
    with opened_database():
        return keys_text([verifier_key_of(row) for row in all_keys()])


def verify(folder, checkpoint="all.txt", keys="keys.txt", log="log.jsonl"):
    return run(
        "verify", "--log", folder / log, "--checkpoint", folder / checkpoint, "--public-key", folder / keys
    )


def test_a_log_is_proved_on_another_machine(downloads):
    result = verify(downloads)
    assert result.exit_code == 0, result.stderr
    assert "whole: 5 entries" in result.stdout
    assert "Signed checkpoints that the log fits: 3, the longest of 5 entries." in result.stdout
    assert "a key retired on 20" in result.stdout
    assert "Only retired keys" not in result.stdout


def test_what_no_checkpoint_covers_is_told(downloads):
    told = verify(downloads, "1.txt").stdout
    assert "No checkpoint covers entries 4 to 5." in told
    assert "Only retired keys vouch for this." in told


def test_one_altered_byte_is_named(downloads):
    log = downloads / "log.jsonl"
    content = log.read_bytes()
    place = content.index(b'"number":3')  # in the line of entry 3, just behind the hash
    log.write_bytes(content[: place - 9] + b"x" + content[place - 8 :])
    result = verify(downloads)
    assert result.exit_code == 1
    assert (
        f"Entry 3 cannot be read: its line is not as the hub writes it. Line 3 of the file, byte {place - 8}: “x”"
        in (result.stderr)
    )


def test_a_log_cut_off_before_the_checkpoint_is_found(downloads):
    log = downloads / "log.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:4]))
    result = verify(downloads)
    assert (result.exit_code, "Entry 5 is missing" in result.stderr) == (1, True)


def test_who_has_the_old_key_only_is_told_who_signed(downloads):
    assert verify(downloads, "1.txt", "old.key").exit_code == 0
    result = verify(downloads, "2.txt", "old.key")
    assert result.exit_code == 1
    assert "none of these keys was given" in result.stderr


def test_a_checkpoint_signed_with_an_old_key_later_is_refused(downloads):
    keys = (downloads / "keys.txt").read_text(encoding="utf-8")
    (downloads / "earlier.txt").write_text(
        keys.replace("after 3 entries", "after 2 entries"), encoding="utf-8"
    )
    result = verify(downloads, "1.txt", "earlier.txt")
    assert result.exit_code == 1
    assert "signed with a key that was retired on" in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("0.txt", "", "holds none"),
        ("0.txt", "something else\n", "has no signature"),
        ("keys.txt", "something else\n", "The file with the public key cannot be read: line 1 is not a key"),
    ],
)
def test_files_that_are_something_else_are_named(downloads, name, content, words):
    (downloads / name).write_text(content, encoding="utf-8")
    result = verify(downloads, "0.txt")
    assert (result.exit_code, words in result.stderr) == (1, True)


def test_a_checkpoint_without_a_key_proves_nothing(downloads):
    result = run("verify", "--log", downloads / "log.jsonl", "--checkpoint", downloads / "0.txt")
    assert (result.exit_code, "together" in result.stderr) == (2, True)


def test_a_log_alone_says_what_it_cannot_show(downloads):
    assert "No checkpoint was given" in run("verify", "--log", downloads / "log.jsonl").stdout


def test_the_database_is_compared_with_its_checkpoints(published, monkeypatch):
    monkeypatch.setenv("HUB_INSTANCE", str(published / "instance"))
    monkeypatch.delenv("HUB_DATABASE_URL", raising=False)
    assert "It fits all signed checkpoints, the longest of 5 entries." in run("verify").stdout
