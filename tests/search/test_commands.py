"""`hub index` on an instance of its own."""

import pytest
from click.testing import CliRunner

from hub.cli.index import index as command
from hub.cli.instance import init
from hub.config import Settings
from hub.core.database import make_engine
from hub.jobs.indexing import documents
from hub.search.changes import Change
from hub.search.engine import make_search_engine
from hub.search.indexer import Indexer
from tests.search.samples import document


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run one of the group's commands and return how it ended and what it said."""
    monkeypatch.setenv("HUB_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.delenv("HUB_DATABASE_URL", raising=False)
    assert CliRunner().invoke(init).exit_code == 0

    def invoke(*arguments):
        result = CliRunner().invoke(command, arguments)
        return result.exit_code, result.output

    return invoke


def test_check_says_that_there_is_no_index(run):
    code, said = run("check")
    assert code == 1
    assert "no sound index" in said


def test_a_rebuilt_index_equals_the_database(run):
    assert run("rebuild")[0] == 0
    assert run("check") == (0, "The index equals the database.\n")


def test_check_names_what_differs(run):
    run("rebuild")
    make_search_engine(Settings()).apply([Change(1, "stray", document("stray"))], 0)
    code, said = run("check")
    assert code == 1
    assert "unexpected: stray" in said
    assert run("rebuild")[0] == 0
    assert run("check")[0] == 0


def test_rebuild_asks_the_running_hub(run):
    settings = Settings()
    bind = make_engine(settings.database_address)
    indexer = Indexer(bind, make_search_engine(settings), documents)
    run("rebuild")
    before = make_search_engine(settings).folder.read().generation
    indexer.start()
    try:
        code, said = run("rebuild")
    finally:
        indexer.stop()
        bind.dispose()
    assert code == 0
    assert "Indexed 0 documents" in said
    assert make_search_engine(settings).folder.read().generation != before
