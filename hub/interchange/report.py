"""What came of an import: counts, and a problem for each thing that somebody has to mend."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hub.core.errors import HubError, InvalidError

SHOWN = 60
"""The most characters of a value that a problem repeats."""


def shown(value: object) -> str:
    """Return a value as a problem repeats it: not too long, nothing that cannot be stored."""
    text = str(value).encode("utf-8", "replace").decode()
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return plain if len(plain) <= SHOWN else f"{plain[: SHOWN - 1]}…"


@dataclass(frozen=True)
class Problem:
    """Something to mend.

    Args:
        record: the record's own id in the file, or its line.
        line: the line of the file where it begins, or its position in JSON.
        field: the column.
        message: message id of what to do.
        parameters: what the message names.
    """

    record: str
    line: int
    field: str
    message: str
    parameters: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, fault: HubError, *, record: str, line: int, name: str = "") -> "Problem":
        """Return the problem that an error of the rules names."""
        place = name or (fault.field if isinstance(fault, InvalidError) else "")
        parameters = {
            key: value if isinstance(value, int) else shown(value) for key, value in fault.parameters.items()
        }
        return cls(record, line, place, fault.message, parameters)

    def words(self, translate: Callable[..., str] | None = None) -> str:
        """Return what to do in words; in English without a translator."""
        if translate is not None:
            return translate(self.message, **self.parameters)
        return self.message % self.parameters if self.parameters else self.message

    def to_json(self) -> dict[str, Any]:
        """Return it for the report file, in English."""
        return {"record": self.record, "field": self.field, "message": self.words(), "line": self.line}

    def stored(self) -> dict[str, Any]:
        """Return it as an import run keeps it, untranslated."""
        return {
            "record": self.record,
            "line": self.line,
            "field": self.field,
            "message": self.message,
            "parameters": dict(self.parameters),
        }


@dataclass
class Report:
    """Counts of what became of the rows of a file, the problems found, and what is new as far as an import names it."""

    total: int = 0
    done: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: list[Problem] = dataclasses.field(default_factory=list)
    named: list[tuple[str, str]] = dataclasses.field(default_factory=list)

    def plus(self, other: "Report") -> "Report":
        """Return the counts of both; `total` is that of the whole file."""
        counts = {
            name: getattr(self, name) + getattr(other, name)
            for name in ("done", "created", "updated", "unchanged", "rejected")
        }
        problems, named = self.problems + other.problems, self.named + other.named
        return Report(total=self.total, problems=problems, named=named, **counts)

    def reject(self, *problems: Problem) -> None:
        """Count one row that is not taken."""
        self.rejected += 1
        self.problems += problems

    def to_json(self) -> dict[str, Any]:
        """Return the report as `hub import --report` writes it."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "problems": [problem.to_json() for problem in self.problems],
        }
