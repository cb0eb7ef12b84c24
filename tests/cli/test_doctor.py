"""`hub doctor` as a command: what it prints, when it fails, and that it never breaks or makes anything."""

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from hub.cli.doctor.command import doctor
from hub.cli.index import build_index
from hub.core.database import make_engine, session_scope, transaction
from hub.core.heartbeats import WORKER, beat
from hub.migrations import downgrade
from tests.cli.findings import LOCAL, PUBLIC


@pytest.fixture
def run(instance, monkeypatch):
    monkeypatch.setenv("HUB_INSTANCE", str(instance))
    monkeypatch.setenv("HUB_BASE_URL", LOCAL)
    for name in ("HUB_DATABASE_URL", "FLASK_DEBUG", "HUB_DEBUG", "HUB_LIMITS"):
        monkeypatch.delenv(name, raising=False)

    def ask(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(doctor)

    return ask


def live(settings):
    """Do what a running worker does."""
    build_index(settings)
    engine = make_engine(settings.database_address)
    with session_scope(engine), transaction():
        beat(WORKER)
    engine.dispose()


def test_nothing_is_made_where_there_is_nothing(run, instance):
    instance.rmdir()
    result = run()
    assert result.exit_code == 1
    assert "There is no database at" in result.stdout
    assert not instance.exists()


def test_a_hub_in_order_passes(run, prepared):
    live(prepared)
    result = run()
    assert result.exit_code == 0, result.stdout
    assert "Problems: 0" in result.stdout
    assert result.stdout.startswith("ok       People reach the hub at http://localhost:8000.\n")


def test_one_problem_fails(run, prepared):
    live(prepared)
    (prepared.instance / "secret-key").chmod(0o644)
    result = run()
    assert result.exit_code == 1
    assert "Problems: 1" in result.stdout
    assert f"→ Run: chmod 600 {prepared.instance / 'secret-key'}" in result.stdout


def test_an_old_schema_is_named_and_not_looked_into(run, prepared):
    engine = make_engine(prepared.database_address)
    downgrade(engine, "-1")
    engine.dispose()
    result = run()
    assert result.exit_code == 1
    assert "this version needs" in result.stdout
    assert "worker" not in result.stdout


def test_a_newer_schema_is_named(run, prepared):
    engine = make_engine(prepared.database_address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert "is newer than this version" in run().stdout


def test_an_empty_database_is_named(run, instance):
    (instance / "hub.sqlite").touch(mode=0o600)
    assert "has not been prepared" in run(HUB_BASE_URL=PUBLIC).stdout


def test_a_file_that_is_no_database_is_named(run, instance):
    (instance / "hub.sqlite").write_text("This is a letter." * 100, encoding="utf-8")
    result = run()
    assert result.exit_code == 1
    assert "The database does not answer: file is not a database" in result.stdout


@pytest.mark.parametrize(
    "address", ["postgresql+psycopg://hub:hush@127.0.0.1:1/hub", "no address", "postgresql+nodriver://x/y"]
)
def test_a_database_that_is_away_is_named_without_its_password(run, address):
    result = run(HUB_DATABASE_URL=address)
    assert result.exit_code == 1
    assert "Problems: " in result.stdout
    assert "hush" not in result.stdout


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"HUB_PORT": "many"}, "HUB_PORT: "),
        (
            {"HUB_LIMITS": "off", "HUB_BASE_URL": PUBLIC},
            "HUB_LIMITS=off is for benchmarks on this machine only.",
        ),
        ({"HUB_REDIS_URL": "http://redis.example.org"}, "HUB_REDIS_URL is written redis://"),
    ],
)
def test_settings_that_cannot_be_are_named(run, prepared, variables, words):
    result = run(**variables)
    assert result.exit_code == 1
    assert words in result.stdout
    assert "Problems: 1" in result.stdout
