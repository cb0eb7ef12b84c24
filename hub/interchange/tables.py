"""Tables with words of the reader's language, as CSV and as a workbook: what people take along of what they chose."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hub.interchange.shapes import DANGEROUS, disarm
from hub.interchange.writing import MARK, line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""What a workbook is called in HTTP."""

MOST_IN_A_CELL = 32_767
"""Characters that a cell of a workbook holds; what is longer is cut, with a mark."""

FULL_WIDTH = "\uff06"
"""Looks like `&` and instructs nothing."""

NARROW, WIDE, WIDEST = 14, 28, 60
"""Widths of columns, in characters."""


@dataclass(frozen=True)
class Table:
    """A table to be sent out.

    Args:
        title: what it is called.
        label: the TLP label of the strictest thing in it, such as `TLP:GREEN`.
        facts: what is said about the whole table: pairs of name and text.
        headings: of the columns.
        rows: texts and numbers.
        is_right_to_left: whether the language of the headings is written so.
        sheets: what the two sheets of a workbook are called: about the table, and the table.
    """

    title: str
    label: str
    facts: Sequence[tuple[str, str]]
    headings: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    is_right_to_left: bool
    sheets: tuple[str, str]


def csv_of(table: Table) -> bytes:
    """Return the rows as CSV in UTF-8; each begins with the label, which is not lost when the file is cut up."""
    lines = [MARK + line(["TLP", *(disarm(heading) for heading in table.headings)])]
    lines += [line([table.label, *(disarm(str(cell)) for cell in row)]) for row in table.rows]
    return "".join(lines).encode()


def xlsx_of(table: Table) -> bytes:
    """Return a workbook: one sheet about the table, one with it. The label is printed on every page of both.

    Texts are stored as texts, so that no spreadsheet runs them, also not after somebody edits one.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        looks = _Looks.of(book)
        about, rows = (book.add_worksheet(name) for name in table.sheets)
        for sheet in (about, rows):
            sheet.set_paper(9)  # A4
            sheet.set_landscape()
            sheet.set_header(f"&L{_plain(table.title)}&R&12&B{table.label}")
            sheet.set_footer(f"&L&P / &N&R&12&B{table.label}")
            if table.is_right_to_left:
                sheet.right_to_left()
        _write_about(about, table, looks)
        _write_rows(rows, table, looks)
    return file.getvalue()


@dataclass(frozen=True)
class _Looks:
    """How cells look."""

    heading: Format
    text: Format
    armed: Format
    title: Format

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> "_Looks":
        wrapped = {"text_wrap": True, "valign": "top"}
        return cls(
            heading=book.add_format({**wrapped, "bold": True, "bottom": 1}),
            text=book.add_format(wrapped),
            # what looks like a formula is marked as text for good (OWASP, CSV injection)
            armed=book.add_format({**wrapped, "quote_prefix": True}),
            title=book.add_format({"bold": True, "font_size": 16}),
        )


def _write_about(sheet: Worksheet, table: Table, looks: _Looks) -> None:
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, 1, WIDEST)
    _write(sheet, 0, 0, table.label, looks)
    sheet.write_string(1, 0, table.title, looks.title)
    for place, (name, text) in enumerate(table.facts, 3):
        sheet.write_string(place, 0, name, looks.heading)
        _write(sheet, place, 1, text, looks)


def _write_rows(sheet: Worksheet, table: Table, looks: _Looks) -> None:
    for column, heading in enumerate(table.headings):
        sheet.write_string(0, column, heading, looks.armed if DANGEROUS.match(heading) else looks.heading)
        sheet.set_column(column, column, _width(row[column] for row in table.rows))
    for place, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            _write(sheet, place, column, cell, looks)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.headings) - 1)


def _write(sheet: Worksheet, row: int, column: int, cell: Any, looks: _Looks) -> None:  # noqa: ANN401
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, looks.text)
        return
    text = cell if len(cell) <= MOST_IN_A_CELL else f"{cell[: MOST_IN_A_CELL - 1]}…"
    sheet.write_string(row, column, text, looks.armed if DANGEROUS.match(text) else looks.text)


def _width(cells: Iterable[str | int]) -> int:
    longest = max((len(str(cell)) for cell in cells), default=0)
    return NARROW if longest <= NARROW else WIDE if longest <= WIDEST else WIDEST


def _plain(words: str) -> str:
    """Return words for the head of a printed sheet, where room is small and `&` begins an instruction, also doubled."""
    return " ".join(words.split())[:100].replace("&", FULL_WIDTH)
