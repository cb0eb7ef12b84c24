"""How an import runs: dry, some rows at a time, on after a stop, and never for whom it is not."""

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.catalogue.models import Innovation, InnovationRevision
from hub.core.database import session
from hub.core.errors import ForbiddenError
from hub.interchange import importing
from hub.organisations.models import Organisation
from tests.factories import make_member
from tests.interchange.rows import GOOD, counts, row, said

pytestmark = pytest.mark.db


def test_a_dry_run_changes_nothing(bring, coordinator):
    rows = [row(external_id="1", organisation="New"), row(external_id="2", kind="spaceship")]
    report = bring(coordinator, rows, is_dry_run=True)
    assert counts(report) == (1, 0, 0, 1)
    assert report.done == report.total == 2
    for table in (Innovation, InnovationRevision, Organisation, AuditEntry):
        assert session().scalar(select(func.count()).select_from(table)) == 0


def test_one_row_that_fails_unforeseen_spoils_no_other(bring, focal_point, monkeypatch):
    bring(focal_point, [row(external_id="2")])
    monkeypatch.setattr(importing.KnownRecords, "find", lambda self, record: None)
    report = bring(focal_point, [row(external_id="1"), row(external_id="2"), row(external_id="3")])
    assert counts(report) == (2, 0, 0, 1)
    assert said(report) == [("2", 3, "")]


def test_rows_are_written_some_at_a_time_and_counted(bring, focal_point, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    seen = []
    bring(
        focal_point,
        [row(external_id=str(each)) for each in range(5)],
        note=lambda report: seen.append(report.done),
    )
    assert seen == [2, 4, 5]


def test_an_import_goes_on_where_it_stopped(bring, focal_point, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    rows = [row(external_id=str(each)) for each in (1, 2, 3, 4)] + [row(external_id="1")]
    kept = []

    def stop(report):
        if report.done > 2:
            raise KeyboardInterrupt
        kept.append(report)

    with pytest.raises(KeyboardInterrupt):
        bring(focal_point, rows, note=stop)
    assert session().scalar(select(func.count()).select_from(Innovation)) == 2
    report = bring(focal_point, rows, report=kept[0])
    assert counts(report) == (4, 0, 0, 1)
    assert (report.total, report.done) == (5, 5)
    assert "line 2" in report.problems[0].words()


def test_who_registers_nothing_imports_nothing(bring, database):
    with pytest.raises(ForbiddenError):
        bring(make_member(), [GOOD])


def test_a_role_that_ends_meanwhile_ends_the_import(bring, focal_point, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 1)

    def suspend(report):
        if report.done == 1:
            focal_point.status = "suspended"

    report = bring(focal_point, [row(external_id="1"), row(external_id="2")], note=suspend)
    assert counts(report) == (1, 0, 0, 1)
