"""Runs the imports that people start in the browser, one at a time; goes on where a killed process stopped."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Connection, Engine, and_, or_, select, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from hub.catalogue.models import ImportRun, ImportStatus
from hub.core import clock
from hub.core.database import session, session_scope, transaction
from hub.core.errors import HubError
from hub.core.i18n import N_
from hub.core.uploads import path_of
from hub.interchange.importing import import_rows
from hub.interchange.reading import read_file
from hub.interchange.report import Problem, Report

logger = structlog.get_logger("hub.jobs")

POLL = 0.5
"""Seconds between two looks for a waiting run."""

SILENT_FOR = timedelta(seconds=60)
"""After this long without a sign of life a run is taken over; it gives one with each batch."""

MAX_PROBLEMS = 500
"""The most problems that a run keeps; nobody mends more at a time."""

COUNTS = ("total", "done", "created", "updated", "unchanged", "rejected")


class _LostError(Exception):
    """Another process took the run over."""


class _StoppedError(Exception):
    """The worker is to end."""


class Importer:
    """Takes waiting runs, and runs that have fallen silent, and imports their files.

    Args:
        bind: the database.
        folder: the instance folder, where the files are.
    """

    def __init__(self, bind: Engine | Connection, folder: Path) -> None:
        self._bind = bind
        self._folder = folder
        self._stopping = Event()
        self._thread = Thread(target=self._work, name="importer", daemon=True)

    def start(self) -> None:
        """Start the thread; once only."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Have the thread give back what it has begun after the batch at hand, and wait for it."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def step(self) -> bool:
        """Import the next file that waits, if any; return whether there was one."""
        with session_scope(self._bind):
            run_id = session().scalar(select(ImportRun.id).where(_is_due()).order_by(ImportRun.id).limit(1))
            if run_id is None:
                return False
            beat = _claim(run_id)
            if beat is not None:
                _Running(run_id, beat, self._folder, self._stopping).run()
        return True

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                is_busy = self.step()
            except SQLAlchemyError:
                logger.exception("import not finished")
                is_busy = False
            if not is_busy:
                self._stopping.wait(POLL)


def _is_due() -> ColumnElement[bool]:
    is_silent = ImportRun.beat_at < clock.now() - SILENT_FOR
    return or_(
        ImportRun.status == ImportStatus.QUEUED, and_(ImportRun.status == ImportStatus.RUNNING, is_silent)
    )


def _claim(run_id: int) -> datetime | None:
    """Take a run; return the sign of life by which it is ours, or None if another process was faster."""
    beat = clock.now()
    with transaction():
        taken = session().execute(
            update(ImportRun)
            .where(ImportRun.id == run_id, _is_due())
            .values(status=ImportStatus.RUNNING, beat_at=beat),
            execution_options={"synchronize_session": False},
        )
    return beat if taken.rowcount == 1 else None  # type: ignore[attr-defined]


class _Running:
    """One run that this process holds, as long as the stored sign of life is its own."""

    def __init__(self, run_id: int, beat: datetime, folder: Path, stopping: Event) -> None:
        self._run_id = run_id
        # the last one and the one before it, which stands if a transaction was undone
        self._beats = (beat, beat)
        self._folder = folder
        self._stopping = stopping

    def run(self) -> None:
        """Import the file to its end, or give the run back when the worker ends."""
        try:
            self._import()
        except _LostError:
            logger.warning("import taken over by another process", run=self._run_id)
        except _StoppedError:
            with transaction():
                self._store({"status": ImportStatus.QUEUED})
        except HubError as error:
            self._fail(error.message, error.parameters)
        except OperationalError:
            raise  # the database is away or full: another try may do it
        except Exception:  # whatever went wrong with one file, the next one has its turn
            logger.exception("import failed", run=self._run_id)
            self._fail(HubError.default, {})

    def _import(self) -> None:
        run = session().get_one(ImportRun, self._run_id)
        path = path_of(self._folder, run.file)
        if not path.is_file():
            self._fail(N_("This file is missing on our side. Send it again."), {})
            return
        file = read_file(path, run.format)
        report = _report_of(run) if run.done else Report(total=file.total, problems=list(file.problems))
        with transaction():
            self._note(report)
        actor = session().get_one(ImportRun, self._run_id).started_by
        is_dry_run, language = run.is_dry_run, run.language
        report = import_rows(
            actor, file, language=language, is_dry_run=is_dry_run, report=report, note=self._note
        )
        with transaction():
            self._store({"status": ImportStatus.FINISHED})
        logger.info("import finished", run=self._run_id, rows=report.total, rejected=report.rejected)

    def _note(self, report: Report) -> None:
        """Store how far the run has come, in the transaction of the batch."""
        if self._stopping.is_set():
            raise _StoppedError
        problems = [problem.stored() for problem in report.problems[:MAX_PROBLEMS]]
        self._store({**{name: getattr(report, name) for name in COUNTS}, "problems": problems})

    def _fail(self, message: str, parameters: Mapping[str, object]) -> None:
        problem = Problem("", 0, "file", message, dict(parameters))
        with transaction():
            self._store(
                {
                    "status": ImportStatus.FAILED,
                    "problems": [problem.stored()],
                }
            )
        logger.info("import refused", run=self._run_id)

    def _store(self, values: dict[str, Any]) -> None:
        """Write columns of the run and a sign of life, if the run is still ours.

        Raises:
            _LostError: another process took it over.
        """
        beat = clock.now()
        written = session().execute(
            update(ImportRun)
            .where(
                ImportRun.id == self._run_id,
                ImportRun.status == ImportStatus.RUNNING,
                ImportRun.beat_at.in_(self._beats),
            )
            .values(beat_at=beat, **values),
            execution_options={"synchronize_session": False},
        )
        if written.rowcount != 1:  # type: ignore[attr-defined]
            raise _LostError
        self._beats = (self._beats[1], beat)


def _report_of(run: ImportRun) -> Report:
    """Return what a run had counted when it was cut off."""
    return Report(
        **{name: getattr(run, name) for name in COUNTS},
        problems=[Problem(**problem) for problem in run.problems],
    )
