"""`hub member`: the first accounts and roles at the machine."""

import pytest
from click.testing import CliRunner

from hub.cli.context import opened_database
from hub.cli.instance import prepare_instance
from hub.cli.member import member
from hub.config import Settings
from hub.core.clock import now
from hub.core.passwords import verify_password
from hub.members.queries import member_by_email, roles_in_force
from tests.members.conftest import PASSWORD


@pytest.fixture(autouse=True)
def instance(tmp_path, monkeypatch):
    monkeypatch.setenv("HUB_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.delenv("HUB_DATABASE_URL", raising=False)
    prepare_instance(Settings())


def run(*arguments, typed=""):
    return CliRunner().invoke(member, arguments, input=typed)


def create(email, *options):
    return run("create", email, "--name", "Ana", "--password-stdin", *options, typed=f"{PASSWORD}\n")


def test_creates_an_account_with_the_password_from_standard_input():
    result = create("Ana@example.org", "--country", "GE")
    assert (result.exit_code, result.stdout) == (0, "Created ana@example.org.\n")
    with opened_database():
        assert verify_password(member_by_email("ana@example.org").password_hash, PASSWORD)


def test_asks_twice_for_the_password_and_never_shows_it():
    result = run("create", "ana@example.org", "--name", "Ana", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0
    assert PASSWORD not in result.output


@pytest.mark.parametrize("password", ["short", "password1234", "example.ana1"])
def test_refuses_a_weak_password_by_naming_the_field(password):
    result = run("create", "ana@example.org", "--name", "Ana", "--password-stdin", typed=f"{password}\n")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: password: ")


def test_an_address_has_one_account():
    create("ana@example.org")
    result = create("ana@example.org")
    assert (result.exit_code, result.stderr) == (1, "Error: This email address has an account.\n")


def test_grants_a_role():
    create("ana@example.org")
    result = run("grant", "ana@example.org", "focal_point", "--country", "GE", "--reason", "Letter 7")
    assert result.exit_code == 0
    with opened_database():
        (held,) = roles_in_force(member_by_email("ana@example.org"), now())
        assert (held.country, held.reason) == ("GE", "Letter 7")


def test_nobody_unknown_gets_a_role():
    result = run("grant", "nobody@example.org", "coordinator")
    assert result.exit_code == 1
    assert "No account has the address" in result.stderr


def test_is_refused_once_the_hub_has_its_people():
    for name, role in (("a", "coordinator"), ("b", "coordinator"), ("c", "administrator")):
        create(f"{name}@example.org")
        run("grant", f"{name}@example.org", role)
    result = create("late@example.org")
    assert result.exit_code == 1
    assert "decided by its members" in result.stderr
