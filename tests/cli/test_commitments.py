"""`hub commitments load`: adds what is missing, once, and refuses codes that do not come with the hub."""

import pytest
from click.testing import CliRunner

from hub.cli import main


@pytest.fixture
def run(prepared, monkeypatch):
    monkeypatch.setenv("HUB_INSTANCE", str(prepared.instance))
    return lambda *arguments: CliRunner().invoke(main, ["commitments", "load", *arguments])


def test_what_is_missing_is_added_once(run):
    assert run("uk0066").output == "Loaded 1 commitments; 0 were there and stay as they are.\n"
    assert run("UK0066", "UK0001").output == "Loaded 1 commitments; 1 were there and stay as they are.\n"


def test_a_code_that_does_not_come_with_the_hub_is_named(run):
    outcome = run("UK0066", "XX0001")
    assert outcome.exit_code == 1
    assert "These do not come with the hub: XX0001." in outcome.output
