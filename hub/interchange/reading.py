"""From a file to rows: letters, delimiters, where each row begins; nothing of what they say."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, NoReturn, TextIO

from hub.core.errors import HubError, InvalidError
from hub.core.i18n import N_
from hub.interchange.columns import BY_NAME, PROSE_NAMES, is_known, split_name
from hub.interchange.report import Problem, shown

MAX_BYTES = 100 * 1024 * 1024
"""The largest file that is read."""

MEGABYTE = 1024 * 1024

DELIMITERS = ",;\t"

FORMATS = ("csv", "json")

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
"""Byte order marks and the encodings that they announce; without one, UTF-8 is expected."""

UNKNOWN_COLUMN = N_("This column is not known and was left out. The guide lists the columns.")
NOT_LETTERS = N_("The letters in this file cannot be read. Save it as UTF-8 and send it again.")

# The module's limit of one cell; what is too long for its field is rejected by name later.
csv.field_size_limit(MAX_BYTES)


class UnreadableError(HubError):
    """The file as a whole cannot be read; nothing of it was imported."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    default = N_("This file cannot be read.")


@dataclass(frozen=True)
class Row:
    """One row of a file.

    Args:
        line: the line of the file where it begins, or its position in JSON, from 1.
        values: by column what a CSV cell or JSON holds.
        is_json: whether the values are those of JSON.
        fault: why the row as a whole cannot be read, if it cannot.
    """

    line: int
    values: Mapping[str, Any]
    is_json: bool = False
    fault: InvalidError | None = None

    @property
    def record(self) -> str:
        """How a report calls the row: its own id where it has one, else its line."""
        for name in ("external_id", "id"):
            value = self.values.get(name)
            if isinstance(value, str) and value.strip():
                return shown(value.strip())
        return f"{'record' if self.is_json else 'line'} {self.line}"


@dataclass(frozen=True)
class RowFile:
    """A file that can be read.

    Args:
        total: how many rows it has.
        problems: what is wrong with its columns, without failing rows.
        rows: yields its rows from the first; may be asked for again.
    """

    total: int
    rows: Callable[[], Iterator[Row]]
    problems: tuple[Problem, ...] = field(default=())


def read_file(path: Path, kind: str, *, limit: int = MAX_BYTES) -> RowFile:
    """Open a file and look through it once.

    Args:
        path: the file.
        kind: `csv` or `json`.
        limit: the most bytes that are read.

    Raises:
        UnreadableError: it is too large, no text, has no header, or is no JSON; the message says which.
    """
    if path.stat().st_size > limit:
        message = N_("This file is too large. A file may have up to %(limit)s MB.")
        raise UnreadableError(message, limit=limit // MEGABYTE)
    return _read_json(path) if kind == "json" else _read_csv(path)


def _encoding_of(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4)
    return next((name for mark, name in MARKS if head.startswith(mark)), "utf-8")


# --- CSV


def _read_csv(path: Path) -> RowFile:
    encoding = _encoding_of(path)
    try:
        with path.open(encoding=encoding, newline="") as file:
            skipped, delimiter, header = _header_of(file)
            total = sum(1 for _row in csv_rows(file, delimiter, skipped, header))
    except UnicodeDecodeError:
        raise UnreadableError(NOT_LETTERS) from None

    def rows() -> Iterator[Row]:
        with path.open(encoding=encoding, newline="") as file:
            _header_of(file)
            yield from csv_rows(file, delimiter, skipped, header)

    return RowFile(total, rows, _unknown(header, skipped))


def _header_of(file: TextIO) -> tuple[int, str, list[str]]:
    """Read the header of innovations; return what `csv_header` does."""
    lines, delimiter, header = csv_header(file, is_known)
    named = set(header)
    if not named & {"id", "external_id"} or not named & (PROSE_NAMES | BY_NAME.keys()) - {
        "id",
        "external_id",
    }:
        raise UnreadableError(
            N_("The first line has to name the columns, “external_id” or “id” among them. Take the template.")
        )
    refuse_twice(header)
    return lines, delimiter, header


def csv_header(file: TextIO, is_column: Callable[[str], bool]) -> tuple[int, str, list[str]]:
    """Read the header; return how many lines of the file it takes, the delimiter, and the headings.

    Args:
        file: stands at its beginning.
        is_column: whether a heading is known: by the most of them the delimiter is found.
    """
    lines = 0
    text = ""
    for line in file:
        lines += 1
        text += line
        if text.lower().startswith("sep=") or not text.strip(",;\t \r\n"):
            text = ""  # a spreadsheet's own note on the delimiter, or an empty line
        elif text.count('"') % 2 == 0 or len(text) > MEGABYTE:
            break
    candidates = [(delimiter, _headings(text, delimiter)) for delimiter in DELIMITERS]
    delimiter, header = max(candidates, key=lambda each: sum(map(is_column, each[1])))
    return lines, delimiter, header


def refuse_twice(header: list[str]) -> None:
    """Refuse a header that names a column twice.

    Raises:
        UnreadableError: it does.
    """
    twice = sorted(name for name in set(header) if name and header.count(name) > 1)
    if twice:
        raise UnreadableError(N_("The column “%(name)s” stands there twice."), name=shown(twice[0]))


def _headings(text: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []
    return [_heading(cell) for cell in cells]


def _heading(cell: str) -> str:
    """Return a heading as it is compared: small letters, underscores, the language's own capitals kept."""
    name, language = split_name(cell.strip())
    plain = "_".join(name.lower().split())
    return f"{plain}:{language.strip()}" if language else plain


def csv_rows(file: TextIO, delimiter: str, skipped: int, header: list[str]) -> Iterator[Row]:
    """Yield the rows that come after the header; empty ones are passed over.

    Args:
        file: stands after the header.
        delimiter: the sign between two cells.
        skipped: how many lines the header takes.
        header: the headings.
    """
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    while True:
        line = skipped + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, {}, fault=_quote_fault(str(error)))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        values = dict(zip(header, cells, strict=False))
        fault = None
        if len(cells) != len(header):
            message = N_("This row has %(cells)s cells, and there are %(columns)s columns.")
            fault = InvalidError(message, cells=len(cells), columns=len(header))
        yield Row(line, values, fault=fault)


def _quote_fault(words: str) -> InvalidError:
    if "end of data" in words:
        return InvalidError(
            N_("A quotation mark that opens here is never closed; nothing after it can be read.")
        )
    return InvalidError(N_("A quotation mark inside a cell has to be written twice."))


def _unknown(names: Iterable[str], line: int) -> tuple[Problem, ...]:
    return tuple(
        Problem(f"line {line}" if line else "", line, shown(name), UNKNOWN_COLUMN)
        for name in dict.fromkeys(names)
        if name and not is_known(name)
    )


# --- JSON


def _read_json(path: Path) -> RowFile:
    try:
        with path.open(encoding=_encoding_of(path)) as file:
            data = json.load(file, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise UnreadableError(NOT_LETTERS) from None
    except json.JSONDecodeError as error:
        message = N_("This is no JSON: look at line %(line)s, column %(column)s.")
        raise UnreadableError(message, line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise UnreadableError(N_("This JSON has too many brackets inside one another.")) from None
    except ValueError:
        # a number of thousands of digits, or NaN
        raise UnreadableError(N_("This JSON holds a number that cannot be read.")) from None
    items = data.get("innovations") if isinstance(data, dict) else data
    if not isinstance(items, list):
        raise UnreadableError(N_("The file has to be a list of records, or an object with “innovations”."))
    rows = [_json_row(number, item) for number, item in enumerate(items, start=1)]
    names = (name for row in rows for name in row.values)
    return RowFile(len(rows), lambda: iter(rows), _unknown(names, 0))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _json_row(number: int, item: object) -> Row:
    if not isinstance(item, dict):
        return Row(number, {}, is_json=True, fault=InvalidError(N_("A record has to be an object.")))
    values = dict(item)
    texts = values.pop("texts", None)
    if texts is None:
        return Row(number, values, is_json=True)
    if not isinstance(texts, dict) or not all(isinstance(words, dict) for words in texts.values()):
        fault = InvalidError(
            N_("Give an object here: for each language an object with its texts."), field="texts"
        )
        return Row(number, values, is_json=True, fault=fault)
    source = values.get("language")
    for language, words in texts.items():
        is_source = language == source or (not source and len(texts) == 1)
        if is_source and not source:
            values["language"] = language
        for name, value in words.items():
            values[name if is_source else f"{name}:{language}"] = value
    return Row(number, values, is_json=True)
