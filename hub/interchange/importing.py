"""Importing records from a file: drafts and changes through the services of the catalogue, some rows a transaction."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from sqlalchemy.exc import DataError, IntegrityError

from hub.catalogue.models import Innovation, InnovationDetails
from hub.catalogue.permissions import can_import
from hub.catalogue.service import (
    ImportOrigin,
    Registration,
    register_innovations,
    revise_innovation,
    save_details,
)
from hub.catalogue.texts.service import save_texts
from hub.core.database import transaction
from hub.core.errors import ForbiddenError, HubError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.interchange.judging import Change, faults_beside, judge_change, judge_new
from hub.interchange.known import NOT_YOURS, KnownRecords
from hub.interchange.owners import Owners
from hub.interchange.reading import RowFile
from hub.interchange.records import Record, record_of
from hub.interchange.report import Problem, Report
from hub.members.models import Member

BATCH = 50
"""Rows that are written in one transaction."""

PAUSE = 0.03
"""Seconds between two transactions: SQLite keeps no queue of writers, and without a pause all others would starve."""

TWICE = N_("This record stands in the file already, in line %(line)s.")


class _UndoneError(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


def import_rows(
    actor: Member,
    file: RowFile,
    *,
    language: str,
    is_dry_run: bool = False,
    report: Report | None = None,
    note: Callable[[Report], None] | None = None,
) -> Report:
    """Import the rows of a file, each whole or not at all.

    Args:
        actor: who imports; the drafts are theirs.
        file: the rows.
        language: BCP 47 code of the texts of new records whose row names none.
        is_dry_run: whether to find out only what would become of each row.
        report: what an import that was cut off had counted; the rows that it had done are passed over.
        note: is told the counts with each batch, in the same transaction, so that neither stays without the other.

    Returns:
        What became of the rows.

    Raises:
        ForbiddenError: the actor registers and compiles nothing.
    """
    viewer = viewer_of(actor)
    if not can_import(viewer):
        raise ForbiddenError(
            N_("Only focal points, representatives of organisations and coordinators import records.")
        )
    run = _Import(actor, language, note, is_dry_run=is_dry_run)
    run.report = report or Report(problems=list(file.problems))
    run.report.total = file.total
    records = _records(file)
    for _passed_over in islice(records, run.report.done):
        pass
    while batch := list(islice(records, BATCH)):
        run.take(batch)
        time.sleep(PAUSE)
    return run.report


def _records(file: RowFile) -> Iterator[Record]:
    """Yield what the rows say; that one stood in the file before is a problem of the second."""
    first_lines: dict[tuple[str, ...], int] = {}
    for row in file.rows():
        record = record_of(row)
        for key in record.keys:
            line = first_lines.setdefault(key, row.line)
            if line != row.line:
                record = record.with_problem(record.problem(InvalidError(TWICE, line=line), key[0]))
        yield record


class _Import:
    """One import on its way; `report` counts what is done."""

    report: Report

    def __init__(
        self, actor: Member, language: str, note: Callable[[Report], None] | None, *, is_dry_run: bool
    ) -> None:
        self._actor = actor
        self._language = language
        self._note = note or (lambda _report: None)
        self._is_dry_run = is_dry_run
        self._touched: dict[int, int] = {}

    def take(self, batch: Sequence[Record]) -> None:
        """Import some rows in one transaction; should one of them fail against all expectation, one by one."""
        touched = dict(self._touched)
        try:
            self._write(batch)
        except (HubError, IntegrityError, DataError) as error:
            self._touched = touched
            if len(batch) == 1:
                self._count(_refused(batch[0], error))
                return
            for record in batch:
                self.take([record])

    def _write(self, batch: Sequence[Record]) -> None:
        outcome = Report()
        whole = None
        try:
            with transaction():
                self._import(batch, outcome)
                if self._is_dry_run:
                    raise _UndoneError  # noqa: TRY301 - this is how a transaction is undone
                whole = self._noted(outcome)
        except _UndoneError:
            self._count(outcome)
        else:
            self.report = whole

    def _count(self, outcome: Report) -> None:
        with transaction():
            whole = self._noted(outcome)
        self.report = whole

    def _noted(self, outcome: Report) -> Report:
        whole = self.report.plus(outcome)
        self._note(whole)
        return whole

    def _import(self, batch: Sequence[Record], outcome: Report) -> None:
        viewer = viewer_of(self._actor)
        sound = [record for record in batch if not record.problems]
        known = KnownRecords(viewer, sound)
        owners = Owners(viewer, (record.owner for record in sound if record.owner))
        registrations = []
        for record in batch:
            outcome.done += 1
            try:
                innovation = self._found(record, known) if not record.problems else None
            except InvalidError as fault:
                outcome.reject(record.problem(fault))
                continue
            if record.problems:
                outcome.reject(*record.problems, *faults_beside(record))
                continue
            change: Change | None
            if innovation is None:
                change = judge_new(record, owners, self._language)
            else:
                change = judge_change(record, innovation, known.shown_of(innovation), viewer, owners)
            if change is None:
                outcome.unchanged += 1
            elif change.problems:
                outcome.reject(*change.problems)
            elif innovation is None:
                registrations.append(self._registration(record, change, owners))
                outcome.created += 1
            else:
                self._change(innovation, change, owners)
                outcome.updated += 1
        register_innovations(self._actor, registrations)

    def _found(self, record: Record, known: KnownRecords) -> Innovation | None:
        """Return the innovation that a row speaks of, if no other row does."""
        innovation = known.find(record)
        if innovation is not None:
            line = self._touched.setdefault(innovation.id, record.row.line)
            if line != record.row.line:
                raise InvalidError(TWICE, field="id" if record.id else "external_id", line=line)
        return innovation

    def _registration(self, record: Record, change: Change, owners: Owners) -> Registration:
        return Registration(
            change.details(owners.id_of(change.owner)),
            record.language or self._language,
            ImportOrigin(record.collection, record.external_id),
            change.texts,
        )

    def _change(self, innovation: Innovation, change: Change, owners: Owners) -> None:
        revision = innovation.latest_revision
        if not revision.is_editable:
            revision = revise_innovation(self._actor, innovation)
        details = change.details(owners.id_of(change.owner))
        if details != InnovationDetails():
            save_details(self._actor, revision, details, version=revision.version)
        if change.texts:
            save_texts(self._actor, revision, change.texts, version=revision.version)


def _refused(record: Record, error: Exception) -> Report:
    """Return the outcome of a row that the rules or the database refuse at the last moment."""
    if isinstance(error, NotFoundError):
        error = InvalidError(NOT_YOURS)
    elif not isinstance(error, HubError):
        error = InvalidError(N_("The database cannot store this row."))
    outcome = Report(done=1)
    outcome.reject(Problem.of(error, record=record.row.record, line=record.row.line))
    return outcome
