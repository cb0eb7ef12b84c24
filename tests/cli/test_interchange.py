"""`hub import` and `hub export` at the terminal."""

import json

import pytest
from click.testing import CliRunner

from hub.catalogue.models import Innovation
from hub.cli import main
from hub.cli.context import opened_database
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.database import session
from tests.factories import make_member

ROWS = "external_id,name\n1,One\n2,=Two\n3,\n"


@pytest.fixture(autouse=True)
def instance(tmp_path, monkeypatch):
    monkeypatch.setenv("HUB_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.delenv("HUB_DATABASE_URL", raising=False)
    prepare_instance(Settings())
    with opened_database():
        make_member("focal@test.example", focal_country="GE")
        make_member("member@test.example")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def bring(file, *options, email="focal@test.example", kind="csv"):
    return run("import", file, "--format", kind, "--as", email, *options)


def stored():
    with opened_database():
        return session().query(Innovation).count()


def test_imports_and_writes_the_report(file, tmp_path):
    result = bring(file, "--report", tmp_path / "report.json")
    assert result.exit_code == 0
    assert "created 2, updated 0, unchanged 0, rejected 1" in result.stdout
    assert "line 4, 3, name: Enter a name." in result.stdout
    report = json.loads((tmp_path / "report.json").read_text())
    assert report == {
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
        "problems": [{"record": "3", "field": "name", "message": "Enter a name.", "line": 4}],
    }
    assert stored() == 2


def test_the_same_again_is_unchanged(file):
    bring(file)
    assert "created 0, updated 0, unchanged 2, rejected 1" in bring(file).stdout


def test_a_dry_run_says_so_and_changes_nothing(file):
    result = bring(file, "--dry-run")
    assert result.exit_code == 0
    assert "Nothing was changed" in result.stdout
    assert "created 2" in result.stdout
    assert stored() == 0


def test_a_file_that_cannot_be_read_ends_with_one(tmp_path):
    path = tmp_path / "bad.json"
    path.write_text("[1,]")
    result = bring(path, kind="json")
    assert result.exit_code == 1
    assert result.stderr.endswith("Error: This is no JSON: look at line 1, column 4.\n")


@pytest.mark.parametrize(
    ("email", "words"),
    [("nobody@test.example", "No account has the address"), ("member@test.example", "Only focal points")],
)
def test_somebody_else_imports_nothing(file, email, words):
    result = bring(file, email=email)
    assert result.exit_code == 1
    assert words in result.stderr


def test_a_missing_file_is_named(tmp_path):
    result = bring(tmp_path / "none.csv")
    assert result.exit_code == 1
    assert "none.csv: No such file" in result.stderr


def test_a_report_that_cannot_be_written_stops_before_anything_is_imported(file, tmp_path):
    result = bring(file, "--report", tmp_path / "no" / "report.json")
    assert result.exit_code == 1
    assert stored() == 0


def test_exports_to_a_file_or_to_standard_output(tmp_path):
    assert run("export", "--format", "json").stdout.startswith('{\n  "innovations": [')
    result = run("export", "--format", "csv", "--out", tmp_path / "out.csv")
    assert result.exit_code == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("\ufeffid,source,external_id,")
