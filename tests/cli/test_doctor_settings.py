"""What an operator set, and what lies in the instance: each unsafe or broken thing is named."""

import secrets
import shutil
from collections import namedtuple

import pytest

from hub.cli.doctor import files, settings as set_by_operator
from hub.cli.doctor.findings import Level, Situation
from hub.cli.doctor.table import dangers
from hub.config import Settings
from tests.cli.findings import LOCAL, PUBLIC, worst

UNREACHABLE = "redis://127.0.0.1:1/0"


# --- what the operator set ---


def test_a_missing_base_url_is_named_with_what_to_set(instance, monkeypatch):
    monkeypatch.delenv("HUB_BASE_URL", raising=False)
    for values in ({}, {"base_url": ""}):
        level, words = worst(set_by_operator.base_url(Situation(Settings(instance=instance, **values), {})))
        assert level is Level.PROBLEM
        assert "HUB_BASE_URL=http://localhost:8000" in words


@pytest.mark.parametrize(
    ("address", "level"),
    [
        (PUBLIC, Level.OK),
        (LOCAL, Level.OK),
        ("http://127.0.0.1:9000", Level.OK),
        ("https://hub.example.org/hub", Level.WARNING),
        ("http://hub.example.org", Level.PROBLEM),
        ("hub.example.org", Level.PROBLEM),
        ("ftp://hub.example.org", Level.PROBLEM),
        ("https://", Level.PROBLEM),
    ],
)
def test_the_base_url_is_judged(situation, address, level):
    assert worst(set_by_operator.base_url(situation(base_url=address)))[0] is level


@pytest.mark.parametrize("name", ["FLASK_DEBUG", "HUB_DEBUG"])
@pytest.mark.parametrize(
    ("address", "value", "level"),
    [
        (PUBLIC, "1", Level.PROBLEM),
        (PUBLIC, "true", Level.PROBLEM),
        (LOCAL, "1", Level.WARNING),
        (PUBLIC, "0", None),
        (PUBLIC, "False", None),
        (PUBLIC, "", None),
    ],
)
def test_debug_mode_is_named(situation, name, address, value, level):
    assert worst(set_by_operator.debug(situation({name: value}, base_url=address)))[0] is level


def test_limits_that_are_off_are_named(situation):
    assert worst(set_by_operator.limits(situation(base_url=LOCAL, limits="off")))[0] is Level.WARNING
    assert worst(set_by_operator.limits(situation()))[0] is None


def test_demo_mode_is_for_this_machine(situation):
    assert worst(set_by_operator.demo_mode(situation(demo=True)))[0] is Level.PROBLEM
    assert worst(set_by_operator.demo_mode(situation(demo=True, base_url=LOCAL)))[0] is Level.OK
    behind = situation(demo=True, base_url=LOCAL, trusted_proxies=1)
    assert worst(set_by_operator.demo_mode(behind))[0] is Level.WARNING
    assert worst(set_by_operator.demo_mode(situation()))[0] is None


def test_the_language_of_testers_is_named(situation):
    assert worst(set_by_operator.pseudo_language(situation(pseudo_language=True)))[0] is Level.WARNING
    assert worst(set_by_operator.pseudo_language(situation(pseudo_language=True, base_url=LOCAL)))[0] is None


def test_https_without_a_trusted_proxy_is_named(situation):
    assert worst(set_by_operator.proxies(situation()))[0] is Level.WARNING
    assert worst(set_by_operator.proxies(situation(trusted_proxies=1)))[0] is None


def test_several_processes_that_count_apart_are_named(situation):
    assert worst(set_by_operator.shared_limits(situation(workers=2)))[0] is Level.WARNING
    assert worst(set_by_operator.shared_limits(situation()))[0] is None


def test_a_redis_that_does_not_answer_is_named(situation):
    level, words = worst(set_by_operator.shared_limits(situation(redis_url=UNREACHABLE)))
    assert level is Level.WARNING
    assert "does not answer" in words


def test_a_missing_mail_server_is_named(situation):
    assert worst(set_by_operator.mail_server(situation()))[0] is Level.PROBLEM
    assert worst(set_by_operator.mail_server(situation(base_url=LOCAL)))[0] is Level.WARNING
    assert worst(set_by_operator.mail_server(situation(base_url=LOCAL, demo=True)))[0] is Level.OK
    assert worst(set_by_operator.mail_server(situation(smtp_url="smtp://mail.example.org")))[0] is Level.OK


def test_a_missing_contact_is_named(situation):
    assert worst(set_by_operator.contact(situation()))[0] is Level.WARNING
    assert list(set_by_operator.contact(situation(contact="help@example.org"))) == []


# --- what lies in the instance ---


def keep_secret(instance, key, mode=0o600):
    path = instance / "secret-key"
    path.write_text(key, encoding="utf-8")
    path.chmod(mode)


@pytest.mark.parametrize(
    "key",
    [
        "dev",
        "",
        "changeme",
        pytest.param(secrets.token_urlsafe(12), id="random but short"),
        "change-me-" * 5,
        "secret" * 10,
        "my-flask-app-secret-key-for-production",
        "0123456789012345678901234567890123456789",
    ],
)
def test_a_short_or_known_secret_is_dangerous(situation, instance, key):
    keep_secret(instance, key)
    level, words = worst(files.secret(situation()))
    assert level is Level.PROBLEM
    assert not key or key not in words.removeprefix("The secret key")
    assert any("secret key" in str(danger) for danger in dangers(situation().settings))


def test_a_random_secret_is_in_order(situation, instance):
    for _ in range(200):
        keep_secret(instance, secrets.token_urlsafe(48))
        assert worst(files.secret(situation()))[0] is Level.OK
    keep_secret(instance, secrets.token_hex(16) + "\n")
    assert worst(files.secret(situation()))[0] is Level.OK


def test_an_instance_that_is_not_there_is_named(situation, instance):
    assert "no secret key" in worst(files.instance(situation()))[1]
    instance.rmdir()
    assert "no instance" in worst(files.instance(situation()))[1]
    assert worst(files.secret(situation()))[0] is None
    assert worst(files.modes(situation()))[0] is None
    assert worst(files.room(situation()))[0] is None


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("secret-key", 0o604),
        ("secret-key", 0o640),
        ("hub.sqlite", 0o644),
        ("hub.sqlite-wal", 0o644),
        ("demo-accounts.json", 0o660),
        (".", 0o755),
    ],
)
def test_what_other_accounts_may_read_is_named(situation, instance, name, mode):
    path = instance / name
    if name != ".":
        path.touch(mode=0o600)
    assert worst(files.modes(situation()))[0] is Level.OK
    path.chmod(mode)
    level, words = worst(files.modes(situation()))
    assert level is Level.PROBLEM
    assert f"chmod {'700' if name == '.' else '600'} {path}" in words


@pytest.mark.parametrize(
    ("megabytes", "level"), [(50, Level.PROBLEM), (500, Level.WARNING), (5_000, Level.OK)]
)
def test_little_room_on_the_disk_is_named(situation, monkeypatch, megabytes, level):
    usage = namedtuple("usage", "total used free")(0, 0, megabytes * 1_000_000)  # noqa: PYI024 - as shutil's
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert worst(files.room(situation()))[0] is level
