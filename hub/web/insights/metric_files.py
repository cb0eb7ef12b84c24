"""Values of metrics as files for machines: the columns of CSV, and how CSV and JSON are sent."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response

from hub.interchange.writing import MARK, line

COLUMNS = ("metric", "part", "as_of", "value", "unit")
"""Of every file: `part` is empty for the whole, `value` where there was nothing to count from."""


def row_of(key: str, breakdown: str, as_of: str, value: float | None, unit: str) -> list[Any]:
    """Return one row; whole numbers are written without a point."""
    return [key, breakdown, as_of, "" if value is None else f"{value:.10g}", unit]


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Return a CSV file for anybody; the caller has made the rows of keys, codes and numbers only."""
    body = MARK + line([*columns]) + "".join(line([str(cell) for cell in row]) for row in rows)
    answer = Response(body, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename={name}.csv"
    return answer


def json_answer(document: Mapping[str, Any]) -> Response:
    """Return JSON for anybody."""
    return Response(json.dumps(document, ensure_ascii=False, indent=2) + "\n", mimetype="application/json")
