"""Commitments in CSV: reading a file and importing its rows, each whole or not at all; writing what everybody reads."""

import io
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from hub.access.viewer import VISITOR
from hub.catalogue.models.checking import CHOOSE
from hub.commitments.codes import normal_code
from hub.commitments.directory import (
    CommitmentFilters,
    CommitmentSort,
    Completion,
    completions,
    found_commitments,
)
from hub.commitments.keeping.checking import faults_in
from hub.commitments.keeping.details import (
    CommitmentDetails,
    PartyDetails,
    PlanDetails,
    details_of,
    parties_in_order,
)
from hub.commitments.keeping.importing import (
    Entry,
    Imported,
    Outcome,
    import_commitments,
    milestones_by_commitment,
)
from hub.commitments.models import Commitment, PartyRole
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.interchange.codes import NO_COUNTRY, NO_LANGUAGE
from hub.interchange.commitment_columns import EXAMPLE, NEEDED, ONLY_WRITTEN, SHAPES, Named, Terms
from hub.interchange.importing import BATCH, PAUSE
from hub.interchange.reading import (
    MARKS,
    NOT_LETTERS,
    UNKNOWN_COLUMN,
    Row,
    UnreadableError,
    csv_header,
    csv_rows,
    refuse_twice,
)
from hub.interchange.report import Problem, Report, shown
from hub.interchange.shapes import disarm, rearm
from hub.interchange.writing import MARK, line
from hub.members.models import Member
from hub.vocabularies.loader import vocabulary

MOST_ROWS = 500
"""Rows that one file may have."""

MOST_BYTES = 2 * 1024 * 1024

TWICE = N_("This commitment stands in the file already, in line %(line)s.")
NO_HEADER = N_(
    "The first line has to name the columns, “code”, “country” and “title” among them. Take the template."
)
EMPTY = N_("This cell must not be empty.")


@dataclass(frozen=True)
class CommitmentRow:
    """One row of a file.

    Args:
        line: the line of the file where it begins.
        code: of the commitment, as far as it can be read.
        entry: all that it says, or None where it cannot be read.
        problems: why it cannot.
    """

    line: int
    code: str
    entry: Entry | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class CommitmentFile:
    """A file that can be read.

    Args:
        rows: its rows.
        problems: what is wrong with its columns, without failing rows.
    """

    rows: tuple[CommitmentRow, ...]
    problems: tuple[Problem, ...] = ()


# --- reading a file


def read_commitments(data: bytes) -> CommitmentFile:
    """Read a CSV file, in UTF-8 or UTF-16 with a mark, with commas, semicolons or tabs between the cells.

    Raises:
        UnreadableError: it is too large, no text, or its header lacks a needed column; the message says which.
    """
    if len(data) > MOST_BYTES:
        message = N_("This file is too large. A file may have up to %(limit)s MB.")
        raise UnreadableError(message, limit=MOST_BYTES // 1024 // 1024)
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    try:
        file = io.StringIO(data.decode(encoding), newline="")
    except UnicodeDecodeError:
        raise UnreadableError(NOT_LETTERS) from None
    skipped, delimiter, header = csv_header(file, SHAPES.__contains__)
    if not {"code", "country", "title"} <= set(header):
        raise UnreadableError(NO_HEADER)
    refuse_twice(header)
    rows: list[CommitmentRow] = []
    first_lines: dict[str, int] = {}
    for row in csv_rows(file, delimiter, skipped, header):
        if len(rows) == MOST_ROWS:
            message = N_("This file has more than %(limit)s rows. Divide it.")
            raise UnreadableError(message, limit=MOST_ROWS)
        read = _read_row(row)
        before = first_lines.setdefault(read.code, row.line) if read.code else row.line
        if before != row.line:
            fault = InvalidError(TWICE, field="code", line=before)
            read = CommitmentRow(read.line, read.code, None, (*read.problems, _problem(read, fault)))
        rows.append(read)
    unknown = [
        Problem("", skipped, shown(name), UNKNOWN_COLUMN)
        for name in header
        if name and name not in SHAPES and name not in ONLY_WRITTEN
    ]
    return CommitmentFile(tuple(rows), tuple(unknown))


def _read_row(row: Row) -> CommitmentRow:
    code = normal_code(str(row.values.get("code", "")))
    bare = CommitmentRow(row.line, code, None)
    if row.fault is not None:
        return CommitmentRow(row.line, code, None, (_problem(bare, row.fault),))
    said: dict[str, Any] = {}
    problems = []
    for name, shape in SHAPES.items():
        cell = rearm(row.values.get(name, ""))
        try:
            said[name] = shape.from_cell(cell)
        except InvalidError as fault:
            problems.append(_problem(bare, fault, name))
            continue
        if name in NEEDED and not said[name]:
            problems.append(_problem(bare, InvalidError(EMPTY), name))
        if isinstance(shape, Terms):
            problems += [_problem(bare, fault, name) for fault in shape.faults_in(said[name])]
    if problems:
        return CommitmentRow(row.line, code, None, tuple(problems))
    return CommitmentRow(row.line, code, Entry(_details(code, said), said["milestones"]))


def _details(code: str, said: Mapping[str, Any]) -> CommitmentDetails:
    plan = PlanDetails(said["plan_name"], said["plan_year"], said["plan_ends_year"], said["plan_number"])
    parties = parties_in_order(
        PartyDetails(role, each.name, each.country) for role in PartyRole for each in said[role.value]
    )
    left_out = {"plan_name", "plan_year", "plan_ends_year", "plan_number", "milestones", *PartyRole}
    others = {name: value for name, value in said.items() if name not in left_out}
    return CommitmentDetails(
        **{
            **others,
            "code": code,
            "country": said["country"].upper(),
            "language": said["language"] or "en-GB",
            "plan": plan,
            "parties": parties,
        }
    )


def _problem(row: CommitmentRow, fault: InvalidError, name: str = "") -> Problem:
    return Problem.of(fault, record=row.code or _place(row), line=row.line, name=name)


def _place(row: CommitmentRow) -> str:
    return f"line {row.line}"


# --- importing rows of a file


class _UndoneError(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


def import_file(actor: Member, file: CommitmentFile, *, publish: bool, is_dry_run: bool) -> Report:
    """Import the rows of a file, some in one transaction of their own; a row that cannot be is left out whole.

    Args:
        actor: who imports.
        file: the rows.
        publish: whether everybody is to read them at once; else they are drafts.
        is_dry_run: whether to find out only what would become of each row.

    Raises:
        ForbiddenError: the actor enters no commitments at all.
    """
    report = Report(total=len(file.rows), problems=list(file.problems))
    sound: list[tuple[CommitmentRow, Entry]] = []
    for row in file.rows:
        faults = (
            [_told(fault, row.entry.details) for fault in faults_in(row.entry.details)] if row.entry else []
        )
        if row.entry is None or faults:
            report.done += 1
            report.reject(*row.problems, *(_problem(row, fault) for fault in faults))
        else:
            sound.append((row, row.entry))
    run = _Import(actor, publish=publish, is_dry_run=is_dry_run)
    # also without a row that can be read, so that who may not import hears so
    for start in range(0, max(len(sound), 1), BATCH):
        if start:
            time.sleep(PAUSE)
        report = report.plus(run.take(sound[start : start + BATCH]))
    report.problems.sort(key=lambda each: each.line)
    return report


def _told(fault: InvalidError, details: CommitmentDetails) -> InvalidError:
    """Return a fault in words for who has no list to choose from."""
    if fault.message != CHOOSE:
        return fault
    if fault.field == "language":
        return InvalidError(NO_LANGUAGE, field=fault.field, value=details.language)
    countries: dict[str, list[str | None]] = {
        "country": [details.country],
        **{role.value: [each.country for each in details.parties if each.role is role] for role in PartyRole},
    }
    known = vocabulary("countries")
    wrong = next((each for each in countries.get(fault.field, ()) if each and each not in known), "")
    return InvalidError(NO_COUNTRY, field=fault.field, value=wrong)


@dataclass(frozen=True)
class _Import:
    """One import on its way."""

    actor: Member
    _: KW_ONLY
    publish: bool
    is_dry_run: bool

    def take(self, batch: Sequence[tuple[CommitmentRow, Entry]]) -> Report:
        """Import some rows in one transaction; should somebody else enter one of them meanwhile, one by one."""
        outcomes: list[Imported] = []
        try:
            with transaction():
                entries = [entry for _row, entry in batch]
                outcomes = import_commitments(self.actor, entries, publish=self.publish)
                if self.is_dry_run:
                    raise _UndoneError  # noqa: TRY301 - this is how a transaction is undone
        except _UndoneError:
            pass
        except ConflictError as fault:
            if len(batch) == 1:
                report = Report(done=1)
                report.reject(Problem.of(fault, record=batch[0][0].code, line=batch[0][0].line))
                return report
            whole = Report()
            for each in batch:
                whole = whole.plus(self.take([each]))
            return whole
        return _reported(batch, outcomes)


def _reported(batch: Sequence[tuple[CommitmentRow, Entry]], outcomes: Sequence[Imported]) -> Report:
    report = Report(done=len(batch))
    for (row, entry), each in zip(batch, outcomes, strict=True):
        if each.fault is not None:
            name = "" if isinstance(each.fault, InvalidError) else "country"
            report.reject(Problem.of(each.fault, record=row.code, line=row.line, name=name))
        elif each.outcome is Outcome.ENTERED:
            report.created += 1
            report.named.append((each.code, entry.details.title))
        else:
            report.unchanged += 1
    return report


# --- writing a file


def commitment_pieces(filters: CommitmentFilters, sort: CommitmentSort, base_url: str) -> Iterator[str]:
    """Yield CSV of what everybody reads, whoever asks; importing it again changes nothing.

    Args:
        filters: which commitments.
        sort: in which order.
        base_url: begins the addresses of the commitments.
    """
    found = found_commitments(VISITOR, filters, sort)
    numbers = [each.id for each in found]
    latest, milestones = completions(numbers), milestones_by_commitment(numbers)
    yield MARK + line([*SHAPES, *ONLY_WRITTEN])
    for each in found:
        cells = _cells(Entry(details_of(each), milestones.get(each.id, ())))
        yield line([disarm(cell) for cell in (*cells, *_more(each, latest.get(each.id), base_url))])


def commitment_template() -> Iterator[str]:
    """Yield a file with every column that is read, and one example."""
    yield MARK + line(list(SHAPES))
    yield line([disarm(EXAMPLE.get(name, "")) for name in SHAPES])


def _cells(entry: Entry) -> Iterator[str]:
    details, plan = entry.details, entry.details.plan
    said: dict[str, Any] = {
        "plan_name": plan.name,
        "plan_year": plan.cycle_year,
        "plan_ends_year": plan.ends_year,
        "plan_number": plan.number,
        "milestones": entry.milestones,
    }
    for role in PartyRole:
        said[role.value] = [Named(each.name, each.country) for each in details.parties if each.role is role]
    for name, shape in SHAPES.items():
        yield shape.to_cell(said[name] if name in said else getattr(details, name))


def _more(commitment: Commitment, latest: Completion | None, base_url: str) -> Sequence[str]:
    return (
        commitment.status.value,
        latest.value if latest else "",
        latest.maker.value if latest else "",
        f"{base_url}/commitments/{commitment.code}",
    )
