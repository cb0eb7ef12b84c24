"""The columns of a file of commitments: how each cell is written and read, which are needed, and an example."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from hub.commitments.keeping.details import first_of_month, last_of_month
from hub.commitments.milestones.details import MilestoneDetails
from hub.commitments.models import PartyRole
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.interchange.shapes import Codes, RowKind, Rows, Shape, Text, Whole
from hub.vocabularies.loader import vocabulary

NOT_A_MONTH = N_("Write the month as year and month, such as 2016-05.")
NOT_A_DAY = N_("Enter the date as year-month-day, such as 2026-03-27.")
NO_TERM = N_("“%(value)s” is not in the list for this column. The form for one commitment shows the list.")
NEAR = N_("“%(value)s” is not in the list for this column. Did you mean %(nearest)s?")
NOT_A_NUMBER = N_("Write a whole number, such as 3.")


class Day(Shape):
    """A day, `2026-03-27`."""

    def from_cell(self, cell: str) -> date | None:
        """Return the day.

        Raises:
            InvalidError: it is none.
        """
        if not cell.strip():
            return None
        try:
            return date.fromisoformat(cell.strip())
        except ValueError:
            raise InvalidError(NOT_A_DAY) from None


class Month(Shape):
    """A month, `2016-05`, as its first or last day; any day of it is read too."""

    def __init__(self, brought: Callable[[date], date]) -> None:
        self._brought = brought

    def from_cell(self, cell: str) -> date | None:
        """Return the day that stands for the month.

        Raises:
            InvalidError: it is none.
        """
        text = cell.strip()
        if not text:
            return None
        try:
            return self._brought(date.fromisoformat(text if text.count("-") > 1 else f"{text}-01"))
        except ValueError:
            raise InvalidError(NOT_A_MONTH) from None

    def to_cell(self, value: Any) -> str:  # noqa: ANN401 - as all shapes
        """Return the month."""
        return value.strftime("%Y-%m") if value else ""


class Number(Shape):
    """A small whole number."""

    def from_cell(self, cell: str) -> int | None:
        """Return the number.

        Raises:
            InvalidError: it is none.
        """
        text = cell.strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= len("999")):
            raise InvalidError(NOT_A_NUMBER)
        return int(text)


class Terms(Codes):
    """Codes of a vocabulary; their English names, and those of the source, are read too.

    Args:
        scheme: name of the vocabulary.
    """

    def __init__(self, scheme: str) -> None:
        super().__init__()
        self.scheme = scheme

    def from_cell(self, cell: str) -> tuple[str, ...]:
        """Return the codes; what is in no list stays as it was written."""
        names = self._names()
        return tuple(names.get(each.casefold(), each) for each in super().from_cell(cell))

    def faults_in(self, codes: Iterable[str]) -> Iterator[InvalidError]:
        """Yield what is wrong with codes that the vocabulary does not hold; the nearest one is named."""
        held, names = vocabulary(self.scheme), self._names()
        for code in codes:
            if code in held:
                continue
            near = get_close_matches(code.casefold(), names, n=1)
            if near:
                yield InvalidError(NEAR, value=code, nearest=names[near[0]])
            else:
                yield InvalidError(NO_TERM, value=code)

    def _names(self) -> dict[str, str]:
        return {
            name.casefold(): term.code
            for term in vocabulary(self.scheme).terms
            for name in (term.code, term.label, *term.aliases)
        }


@dataclass(frozen=True)
class Named:
    """An institution or country in a cell."""

    name: str
    country: str | None


def named_of(parts: Mapping[str, str]) -> Named:
    """Return the institution or country of one line of a cell."""
    return Named(parts["name"], parts["country"].upper() or None)


def promised_of(parts: Mapping[str, str]) -> MilestoneDetails:
    """Return the milestone of one line of a cell.

    Raises:
        InvalidError: its day is none.
    """
    return MilestoneDetails(parts["title"], parts["description"], Day().from_cell(parts["due_on"]))


PARTIES = Rows(RowKind(("name", "country"), 1, named_of), is_ordered=True)
MILESTONES = Rows(RowKind(("title", "due_on", "description"), 1, promised_of), is_ordered=True)
TEXT = Text()

SHAPES: Mapping[str, Shape] = {
    "code": TEXT,
    "country": TEXT,
    "plan_name": TEXT,
    "plan_year": Whole(),
    "plan_ends_year": Whole(),
    "plan_number": Number(),
    "title": TEXT,
    "language": TEXT,
    "title_in_source": TEXT,
    "objective": TEXT,
    "status_quo": TEXT,
    "ambition": TEXT,
    "policy_areas": Terms("ogp_policy_areas"),
    "doubtful_policy_areas": Terms("ogp_policy_areas"),
    "ogp_values": Terms("ogp_values"),
    **{role.value: PARTIES for role in PartyRole},
    "starts_on": Month(first_of_month),
    "ends_on": Month(last_of_month),
    "milestones": MILESTONES,
    "source_url": TEXT,
    "source_title": TEXT,
    "retrieved_on": Day(),
    "source_notes": TEXT,
}
"""Every column that is read, in its order, with how a cell is written."""

NEEDED = ("code", "country", "plan_name", "plan_year", "title")
"""Columns of which no cell may be empty."""

ONLY_WRITTEN = ("status", "completion", "assessed_by", "address")
"""Columns of an export that say more; reading passes over them."""

EXAMPLE = {
    "code": "GE0001",
    "country": "GE",
    "plan_name": "Example: Sixth Action Plan 2026–29",
    "plan_year": "2026",
    "plan_ends_year": "2029",
    "title": "Example: publish who owns companies",
    "language": "en-GB",
    "objective": "Example: everybody can read who owns and controls a company, free of charge.",
    "policy_areas": "beneficial_ownership; open_data",
    "ogp_values": "access_to_information",
    "lead": "Example: Ministry of Justice",
    "supporter": "Example: Institute for Openness\nExample: Association of Journalists",
    "interest": "| ES",
    "starts_on": "2026-01",
    "ends_on": "2029-12",
    "milestones": "Example: the law is passed | 2027-03-31\nExample: the register is open | 2029-12-31",
    "source_url": "https://www.example.org/plan",
    "source_title": "Example: the action plan as published",
    "retrieved_on": "2026-11-21",
}
