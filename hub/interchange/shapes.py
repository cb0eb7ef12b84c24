"""How a value is written in a cell and in JSON, and read back from either: texts, years, lists of codes, rows."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.catalogue.models import (
    OrganisationDetails,
    OrganisationRole,
    PrerequisiteDetails,
    SourceDetails,
    UnsuitableDetails,
)
from hub.core.errors import InvalidError
from hub.core.i18n import N_

BETWEEN_CODES = re.compile(r"[;\n]")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
PART = re.compile(r"(?:\\.|[^|\\]|\\$)*", re.DOTALL)
YEAR = re.compile(r"[0-9]{4}")
DANGEROUS = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet might run, with or without apostrophes before it."""

INSIDE = r"([;\t\r\n][;\s]*)"
FORMULA = r"(?='*[=+\-@\uff1d\uff0b\uff0d\uff20])"
UNARMED, ARMED = re.compile(INSIDE + FORMULA), re.compile(f"{INSIDE}'{FORMULA}")
"""Where a formula might begin inside a cell: after what a spreadsheet with another list separator takes for its end."""


def disarm(cell: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe before what begins as a formula (OWASP, CSV injection)."""
    cell = UNARMED.sub(r"\1'", cell)
    return f"'{cell}" if DANGEROUS.match(cell) else cell


def rearm(cell: str) -> str:
    """Take away the apostrophes that `disarm` put there."""
    if cell.startswith("'") and DANGEROUS.match(cell):
        cell = cell[1:]
    return ARMED.sub(r"\1", cell)


def tidy(text: str) -> str:
    """Return a text with the line ends that are stored, and no white space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class Shape:
    """A kind of value. `empty` is what an empty cell stands for."""

    empty: Any = None

    def from_cell(self, cell: str) -> Any:  # noqa: ANN401 - a shape may hold any value
        """Return the value that a cell holds.

        Raises:
            InvalidError: it holds none of this shape.
        """
        raise NotImplementedError

    def to_cell(self, value: Any) -> str:  # noqa: ANN401
        """Return the cell that holds a value."""
        return "" if value is None else str(value)

    def from_json(self, value: Any) -> Any:  # noqa: ANN401
        """Return the value that JSON holds.

        Raises:
            InvalidError: it holds none of this shape.
        """
        if value is None:
            return self.empty
        if not isinstance(value, str):
            raise InvalidError(N_("Give a text here, in quotation marks."))
        return self.from_cell(value)

    def to_json(self, value: Any) -> Any:  # noqa: ANN401
        """Return a value as JSON holds it."""
        return value

    def same(self, first: Any, second: Any) -> bool:  # noqa: ANN401
        """Whether two values say the same."""
        return bool(first == second)


class Text(Shape):
    """A text; `empty` is None for texts that the hub stores as NULL when they are not there."""

    def __init__(self, empty: str | None = "") -> None:
        self.empty = empty

    def from_cell(self, cell: str) -> str | None:
        """Return the text."""
        return tidy(cell) or self.empty

    def same(self, first: Any, second: Any) -> bool:  # noqa: ANN401
        """Compare as both would be read; none at all equals empty."""
        return tidy(first or "") == tidy(second or "")


class Whole(Shape):
    """A whole number, such as a year."""

    def from_cell(self, cell: str) -> int | None:
        """Return the number.

        Raises:
            InvalidError: it is no year of four digits.
        """
        if not cell.strip():
            return None
        if not YEAR.fullmatch(cell.strip()):
            raise InvalidError(N_("Write the year with four digits, such as 2019."))
        return int(cell)

    def from_json(self, value: Any) -> int | None:  # noqa: ANN401
        """Return the number.

        Raises:
            InvalidError: it is none.
        """
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        if not isinstance(value, str):
            raise InvalidError(N_("Write the year with four digits, such as 2019."))
        return self.from_cell(value)


class Codes(Shape):
    """Several codes, with semicolons or line ends between them.

    Args:
        is_ordered: whether the order says something.
    """

    empty = ()

    def __init__(self, *, is_ordered: bool = True) -> None:
        self._is_ordered = is_ordered

    def from_cell(self, cell: str) -> tuple[str, ...]:
        """Return the codes."""
        return tuple(code for part in BETWEEN_CODES.split(tidy(cell)) if (code := part.strip()))

    def to_cell(self, value: Any) -> str:  # noqa: ANN401
        """Return the codes with semicolons between them."""
        return "; ".join(value)

    def from_json(self, value: Any) -> tuple[str, ...]:  # noqa: ANN401
        """Return the codes of a list.

        Raises:
            InvalidError: it is no list of texts.
        """
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise InvalidError(N_('Give a list of texts here, such as ["GE", "ES"].'))
        return tuple(code for each in value if (code := each.strip()))

    def to_json(self, value: Any) -> list[str]:  # noqa: ANN401
        """Return the codes as a list."""
        return list(value)

    def same(self, first: Any, second: Any) -> bool:  # noqa: ANN401
        """Compare, in any order where the order says nothing."""
        if self._is_ordered:
            return tuple(first) == tuple(second)
        return sorted(first) == sorted(second)


@dataclass(frozen=True)
class RowKind:
    """What the rows of one field are made of.

    Args:
        parts: names of the parts, in their order in a cell.
        needed: how many of the first parts every row has.
        build: makes a row of its parts.
    """

    parts: tuple[str, ...]
    needed: int
    build: Callable[[Mapping[str, str]], Any]


class RowsError(InvalidError):
    """Rows of a cell that cannot be read.

    Args:
        faults: what is wrong, row by row.
        rows: those that can be read.
    """

    def __init__(self, faults: Sequence[InvalidError], rows: tuple[Any, ...]) -> None:
        super().__init__(faults[0].message)
        self.parameters = faults[0].parameters
        self.faults = faults
        self.rows = rows


class Rows(Shape):
    """Several rows, one a line, with ` | ` between the parts of one; a backslash stands before a `|` inside a part."""

    empty = ()

    def __init__(self, kind: RowKind, *, is_ordered: bool = False) -> None:
        self.kind = kind
        self._is_ordered = is_ordered

    def from_cell(self, cell: str) -> tuple[Any, ...]:
        """Return the rows.

        Raises:
            RowsError: a line has too few or too many parts, or a part that cannot be.
        """
        return self._read(list(_split(line)) for line in tidy(cell).split("\n") if line.strip())

    def to_cell(self, value: Any) -> str:  # noqa: ANN401
        """Return a line for each row."""
        return "\n".join(" | ".join(_escape(each) for each in _trimmed(self._texts(row))) for row in value)

    def from_json(self, value: Any) -> tuple[Any, ...]:  # noqa: ANN401
        """Return the rows of a list of objects.

        Raises:
            InvalidError: it is no such list.
            RowsError: a row has a part that cannot be.
        """
        if value is None:
            return ()
        if not isinstance(value, list) or not all(self._is_object(each) for each in value):
            message = N_("Give a list of objects here, each with these names and texts: %(parts)s.")
            raise InvalidError(message, parts=", ".join(self.kind.parts))
        return self._read([each.get(name) or "" for name in self.kind.parts] for each in value)

    def to_json(self, value: Any) -> list[dict[str, str]]:  # noqa: ANN401
        """Return an object for each row, without its empty parts."""
        return [
            {name: text for name, text in zip(self.kind.parts, self._texts(row), strict=True) if text}
            for row in value
        ]

    def same(self, first: Any, second: Any) -> bool:  # noqa: ANN401
        """Compare part by part, in any order where the order says nothing."""
        one, two = ([tuple(map(tidy, self._texts(row))) for row in rows] for rows in (first, second))
        return one == two if self._is_ordered else sorted(one) == sorted(two)

    def _is_object(self, value: object) -> bool:
        return (
            isinstance(value, dict)
            and value.keys() <= set(self.kind.parts)
            and all(each is None or isinstance(each, str) for each in value.values())
        )

    def _read(self, lines: Iterable[list[str]]) -> tuple[Any, ...]:
        rows: list[Any] = []
        faults: list[InvalidError] = []
        for texts in lines:
            try:
                rows.append(self._row(texts))
            except RowsError as error:
                faults += error.faults
                rows += error.rows
            except InvalidError as fault:
                faults.append(fault)
        if faults:
            raise RowsError(faults, tuple(rows))
        return tuple(rows)

    def _row(self, texts: list[str]) -> Any:  # noqa: ANN401
        kind = self.kind
        if not kind.needed <= len(texts) <= len(kind.parts):
            message = N_("Write one row a line, with “ | ” between its parts: %(parts)s.")
            raise InvalidError(message, parts=" | ".join(kind.parts))
        padded = [tidy(text) for text in texts] + [""] * (len(kind.parts) - len(texts))
        return kind.build(dict(zip(kind.parts, padded, strict=True)))

    def _texts(self, row: object) -> list[str]:
        values = (getattr(row, name) for name in self.kind.parts)
        return ["" if value is None else str(value) for value in values]


def _trimmed(texts: list[str]) -> list[str]:
    """Leave out empty parts at the end."""
    while texts and not texts[-1]:
        texts = texts[:-1]
    return texts


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _split(line: str) -> Iterator[str]:
    """Yield the parts of a line, without the backslashes before signs that would divide it."""
    start = 0
    while True:
        found = PART.match(line, start)
        end = found.end() if found else len(line)
        yield ESCAPED.sub(lambda sign: "\n" if sign[1] == "n" else sign[1], line[start:end].strip())
        if end >= len(line):
            return
        start = end + 1


def _source(parts: Mapping[str, str]) -> SourceDetails:
    try:
        day = date.fromisoformat(parts["retrieved_on"]) if parts["retrieved_on"] else None
    except ValueError:
        fault = InvalidError(N_("Enter the date as year-month-day, such as 2026-03-27."))
        raise RowsError([fault], (SourceDetails(parts["url"], parts["title"]),)) from None
    return SourceDetails(parts["url"], parts["title"], day)


def _organisation(parts: Mapping[str, str]) -> OrganisationDetails:
    try:
        role = OrganisationRole(parts["role"])
    except ValueError:
        message = N_("“%(value)s” is no role. Use one of these: %(codes)s.")
        raise InvalidError(message, value=parts["role"], codes=", ".join(OrganisationRole)) from None
    return OrganisationDetails(role, parts["name"])


SOURCES = Rows(RowKind(("url", "title", "retrieved_on"), 1, _source), is_ordered=True)
UNSUITABLE = Rows(RowKind(("country", "reason"), 2, lambda parts: UnsuitableDetails(**parts)))
ORGANISATIONS = Rows(RowKind(("role", "name"), 2, _organisation))
PREREQUISITES = Rows(
    RowKind(
        ("area", "need", "topic"),
        2,
        lambda parts: PrerequisiteDetails(parts["area"], parts["need"], parts["topic"] or None),
    )
)
