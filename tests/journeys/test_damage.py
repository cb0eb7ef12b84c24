"""What an operator may meet: the index folder is gone, a row of the log was edited by hand."""

import shutil

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from hub.audit import triggers
from hub.cli import main
from hub.core.database import session_scope, transaction
from tests.catalogue.records import published
from tests.journeys.test_first_journey import eventually
from tests.web.client import parse, words


def heading(browser, address):
    answer = browser.get(address)
    return answer.status_code, words(parse(answer.text).find(".//h1"))


@pytest.fixture
def command(live, monkeypatch):
    """Run `hub` on this instance, as an operator does."""
    monkeypatch.setenv("HUB_INSTANCE", str(live.settings.instance))
    monkeypatch.setenv("HUB_DATABASE_URL", live.settings.database_url)
    return lambda *arguments: CliRunner().invoke(main, arguments)


def test_the_index_folder_is_deleted_while_people_search(live):
    for number in range(3):
        live.record(published, name=f"Ledger {number}")
    indexer = live.indexer()
    indexer.start()
    visitor = live.browser()
    eventually(lambda: heading(visitor, "/innovations?q=ledger") == (200, "3 innovations"))
    live.settings.index_folder.rename(live.settings.instance / "lost")  # at once, whatever is being written
    shutil.rmtree(live.settings.instance / "lost", ignore_errors=True)
    seen = [
        heading(visitor, "/innovations?q=ledger")
    ]  # either found, or told to wait; never an error of ours
    eventually(
        lambda: seen.append(heading(visitor, "/innovations?q=ledger")) or seen[-1] == (200, "3 innovations"),
        10,
    )
    assert {status for status, _ in seen} <= {200, 503}
    live.record(published, name="Ledger of later")
    eventually(lambda: heading(visitor, "/innovations?q=ledger") == (200, "4 innovations"))
    indexer.stop()


def test_pages_that_need_no_index_stay_while_it_is_missing(live):
    live.record(published)
    shutil.rmtree(live.settings.index_folder)
    visitor = live.browser()
    assert heading(visitor, "/innovations/ledger-of-gifts") == (200, "Ledger of gifts")
    assert visitor.get("/").status_code == 200
    answer = visitor.get("/innovations?q=ledger")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers or "Try again" in answer.text


def test_the_index_is_checked_and_built_anew_by_command(live, command):
    live.record(published)
    shutil.rmtree(live.settings.index_folder)
    assert command("index", "check").exit_code == 1
    assert command("index", "rebuild").exit_code == 0
    assert command("index", "check").exit_code == 0
    assert heading(live.browser(), "/innovations?q=ledger") == (200, "1 innovation")


def test_a_row_of_the_log_that_was_edited_by_hand_is_named(live, command):
    live.record(published)
    whole = command("audit", "verify")
    assert whole.exit_code == 0
    assert "whole: 4 entries" in whole.output
    with session_scope(live.engine) as opened, transaction():
        for statement in triggers.drop_statements("sqlite"):
            opened.execute(text(statement))
        opened.execute(text("UPDATE audit_entries SET actor = 'somebodyelse' WHERE number = 3"))
    broken = command("audit", "verify")
    assert broken.exit_code == 1
    assert "Entry 3" in broken.output


def test_the_log_refuses_to_be_edited(live, command):
    live.record(published)

    def edit():
        with session_scope(live.engine) as opened, transaction():
            opened.execute(text("UPDATE audit_entries SET actor = 'somebodyelse' WHERE number = 3"))

    with pytest.raises(Exception, match="audit entries refuse changes"):
        edit()
    assert command("audit", "verify").exit_code == 0
