"""From rows of values to CSV and JSON, piece by piece, so that a large export never stands in the memory whole."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from hub.interchange.columns import BY_NAME, COLUMNS, PROSE_NAMES, Use, split_name
from hub.interchange.shapes import disarm

MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}
"""What each format is called in HTTP."""

MARK = "\ufeff"
"""Begins CSV, because spreadsheets take UTF-8 without it for something else."""


def headings(languages: Sequence[str]) -> list[str]:
    """Return the headings of a file with translations into `languages`."""
    names = [column.name for column in COLUMNS]
    return names + [
        f"{column.name}:{language}" for language in languages for column in COLUMNS if column.use is Use.PROSE
    ]


def csv_pieces(rows: Iterable[Mapping[str, Any]], languages: Sequence[str]) -> Iterator[str]:
    """Yield CSV with a header.

    Args:
        rows: values by heading.
        languages: of the translations that have columns.
    """
    names = headings(languages)
    yield MARK + line(names)
    for row in rows:
        cells = []
        for name in names:
            cell = BY_NAME[split_name(name)[0]].shape.to_cell(row[name]) if name in row else ""
            cells.append(disarm(cell))
        yield line(cells)


def json_pieces(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield JSON: an object with the list `innovations`; names always in the order of the columns."""
    yield '{\n  "innovations": ['
    comma = ""
    for row in rows:
        text = json.dumps(_object(row), ensure_ascii=False, indent=2)
        yield f"{comma}\n    " + text.replace("\n", "\n    ")
        comma = ","
    yield "\n  ]\n}\n"


def _object(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as JSON holds it: prose by language, nothing that is empty."""
    texts: dict[str, dict[str, str]] = {}
    found: dict[str, Any] = {}
    for column in COLUMNS:
        if column.use is Use.PROSE:
            # in the order of the first language, which is that of the source
            found["texts"] = texts
        elif column.name in row and (value := column.shape.to_json(row[column.name])) not in (None, "", []):
            found[column.name] = value
    for name, text in row.items():
        field, language = split_name(name)
        if field in PROSE_NAMES and text:
            texts.setdefault(language or row["language"], {})[field] = text
    return found


def line(cells: Sequence[str]) -> str:
    """Return one line of CSV with its end."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def template(kind: str) -> Iterator[str]:
    """Yield a file with one example record, and in CSV with every column that is imported.

    Args:
        kind: `csv` or `json`.
    """
    columns = [column for column in COLUMNS if column.use is not Use.EXPORT]
    if kind == "json":
        yield from json_pieces(
            [{column.name: column.shape.from_cell(column.example) for column in columns if column.example}]
        )
        return
    yield MARK + line([column.name for column in columns])
    yield line([disarm(column.example) for column in columns])
