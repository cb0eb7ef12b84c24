"""The worker's imports: one run after the other, gone on with after a kill, never done twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.catalogue.batches.service import start_import
from hub.catalogue.models import ImportRun, ImportStatus, Innovation
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.uploads import accept_file, path_of, stored_file
from hub.interchange import importing
from hub.jobs.importing import Importer
from tests.factories import make_member

pytestmark = pytest.mark.db

ROWS = "external_id,name\n1,One\n2,Two\n3,\n4,Four\n"


@pytest.fixture
def member(database):
    return make_member(focal_country="GE")


class SteppedImporter(Importer):
    """An importer on the test's own connection, which only one session can use at a time."""

    def step(self):
        session().commit()
        return super().step()


@pytest.fixture
def importer(database, tmp_path):
    return SteppedImporter(database.get_bind(), tmp_path)


@pytest.fixture
def begin(member, tmp_path):
    """Have a file imported; return its run."""

    def start(content=ROWS, kind="csv", *, is_dry_run=False):
        path = tmp_path / f"sent.{kind}"
        path.write_text(content, encoding="utf-8")
        with path.open("rb") as stream:
            accepted = accept_file(tmp_path, path.name, stream)
        with transaction():
            return start_import(
                member, stored_file(accepted), format=kind, language="en-GB", is_dry_run=is_dry_run
            )

    return start


def seen(run):
    session().rollback()
    session().refresh(run)
    return (run.status, run.total, run.done, run.created, run.unchanged, run.rejected)


def names():
    return sorted(each.latest_revision.source_text.name for each in session().scalars(select(Innovation)))


def test_a_run_is_done_and_counted(importer, begin):
    run = begin()
    assert importer.step()
    assert seen(run) == (ImportStatus.FINISHED, 4, 4, 3, 0, 1)
    (problem,) = run.problems
    assert (problem["line"], problem["field"], problem["message"]) == (4, "name", "Enter a name.")
    assert names() == ["Four", "One", "Two"]
    assert not importer.step()


def test_a_check_changes_nothing(importer, begin):
    run = begin(is_dry_run=True)
    importer.step()
    assert seen(run) == (ImportStatus.FINISHED, 4, 4, 3, 0, 1)
    assert names() == []


def test_runs_have_their_turn_in_order(importer, begin):
    first, second = begin(), begin()
    importer.step()
    assert (seen(first)[0], seen(second)[0]) == (ImportStatus.FINISHED, ImportStatus.QUEUED)
    importer.step()
    assert seen(second) == (ImportStatus.FINISHED, 4, 4, 0, 3, 1)


def test_a_file_that_cannot_be_read_fails_its_run(importer, begin):
    run = begin("[1, 2,]", "json")
    importer.step()
    assert seen(run)[0] is ImportStatus.FAILED
    assert run.problems[0]["parameters"] == {"line": 1, "column": 7}
    assert "no JSON" in run.problems[0]["message"]


def test_a_file_that_is_gone_fails_its_run(importer, begin, tmp_path):
    run = begin()
    path_of(tmp_path, run.file).unlink()
    importer.step()
    assert seen(run)[0] is ImportStatus.FAILED


def test_a_member_who_lost_the_role_imports_nothing(importer, begin, member):
    run = begin()
    with transaction():
        member.status = "suspended"
    importer.step()
    assert seen(run)[0] is ImportStatus.FAILED
    assert names() == []


def test_an_unforeseen_failure_ends_one_run_only(importer, begin, monkeypatch):
    run = begin()
    with monkeypatch.context() as patch:
        patch.setattr("hub.jobs.importing.read_file", lambda *_: 1 / 0)
        importer.step()
    assert seen(run)[0] is ImportStatus.FAILED
    again = begin()
    importer.step()
    assert seen(again)[0] is ImportStatus.FINISHED


def test_a_killed_run_goes_on_where_it_stopped(importer, begin, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    run = begin()
    written = importing.register_innovations

    def die(actor, registrations):
        if session().scalar(select(func.count()).select_from(Innovation)):
            raise SystemExit
        return written(actor, registrations)

    with monkeypatch.context() as patch:
        patch.setattr(importing, "register_innovations", die)
        with pytest.raises(SystemExit):
            importer.step()
    assert seen(run) == (ImportStatus.RUNNING, 4, 2, 2, 0, 0)
    assert not importer.step()  # whoever had it may still be alive
    with transaction():
        run.beat_at = now() - timedelta(minutes=2)
    assert importer.step()
    assert seen(run) == (ImportStatus.FINISHED, 4, 4, 3, 0, 1)
    assert names() == ["Four", "One", "Two"]


def test_a_run_that_was_taken_over_is_left_alone(importer, begin, monkeypatch):
    run = begin()
    written = importing.register_innovations

    def lose(actor, registrations):
        session().scalars(select(ImportRun)).one().beat_at = now() + timedelta(seconds=1)
        return written(actor, registrations)

    monkeypatch.setattr(importing, "register_innovations", lose)
    importer.step()
    assert seen(run)[0] is ImportStatus.RUNNING
    assert names() == []


def test_a_worker_that_ends_gives_the_run_back(importer, begin):
    run = begin()
    importer.stop()
    importer.step()
    assert seen(run)[:3] == (ImportStatus.QUEUED, 0, 0)
    assert names() == []


def test_problems_are_kept_up_to_a_number(importer, begin, monkeypatch):
    monkeypatch.setattr("hub.jobs.importing.MAX_PROBLEMS", 2)
    run = begin("external_id,name\n" + "".join(f"{each},\n" for each in range(5)))
    importer.step()
    assert seen(run)[-1] == 5
    assert len(run.problems) == 2
