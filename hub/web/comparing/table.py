"""The table of a comparison: which rows there are, what each innovation says there, and whether they differ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, TermScheme
from hub.catalogue.readiness.queries import statements_of
from hub.core.i18n import N_
from hub.web.comparing import values
from hub.web.comparing.values import Said, Value, Values, said_by
from hub.web.i18n import country_name, translate

NEEDED_TO_DIFFER = 2

EVIDENCE, READY = "evidence", "ready"
"""Rows that are drawn by a mark."""


@dataclass(frozen=True)
class Line:
    """One kind of row.

    Args:
        label: message id of its heading; may name the `country`.
        values: what an innovation says there.
        is_compared: whether it is told where they differ; prose always does.
        look: how its cells are drawn: as a list, or by a mark.
    """

    label: str
    values: Values
    is_compared: bool = True
    look: str = ""


@dataclass(frozen=True)
class Cell:
    """What one innovation says in one row; `only` are the texts that no other one says there."""

    said: Said
    values: Sequence[Value]
    only: frozenset[str]

    @property
    def text(self) -> str:
        """All of it in one line, for files."""
        return "; ".join(each.text for each in self.values)


@dataclass(frozen=True)
class Row:
    """One row; `differs` is None where nothing is compared."""

    label: str
    look: str
    cells: Sequence[Cell]
    differs: bool | None

    @property
    def is_list(self) -> bool:
        """Whether one of them says several things there."""
        return any(len(cell.values) > 1 for cell in self.cells)

    @property
    def is_stated(self) -> bool:
        """Whether one of them says anything; that there is no evidence yet says something."""
        return self.look == EVIDENCE or any(cell.values for cell in self.cells)


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Comparison:
    """Innovations side by side, in the order in which they were asked for.

    Args:
        columns: the innovations.
        groups: the rows about which at least one of them says something.
        unstated: the headings of all other rows.
    """

    columns: Sequence[Said]
    groups: Sequence[Group]
    unstated: Sequence[str]

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return [row for group in self.groups for row in group.rows]

    @property
    def compared(self) -> int:
        """How many facts are compared."""
        return sum(row.differs is not None for row in self.rows)

    @property
    def differing(self) -> int:
        """In how many of them they differ."""
        return sum(bool(row.differs) for row in self.rows)

    def only_differences(self) -> "Comparison":
        """Return the same without the rows in which they agree; groups that are left empty go too."""
        groups = (
            Group(group.title, [row for row in group.rows if row.differs is not False])
            for group in self.groups
        )
        return Comparison(self.columns, [group for group in groups if group.rows], self.unstated)


LINES: tuple[tuple[str, tuple[Line, ...]], ...] = (
    (
        N_("What it is"),
        (
            Line(N_("In short"), values.words("short_description"), is_compared=False),
            Line(N_("Responsible organisation"), values.owner),
            Line(N_("Country of origin"), values.origin),
            Line(N_("Kind"), values.one_term("kinds", "kind")),
            Line(N_("It helps to"), values.terms(TermScheme.FUNCTIONS)),
            Line(N_("For whom"), values.terms(TermScheme.INTENDED_USERS)),
            Line(N_("Offences"), values.terms(TermScheme.OFFENCES)),
            Line(N_("Sectors"), values.terms(TermScheme.SECTORS)),
            Line(N_("Stage"), values.one_term("stages", "stage")),
            Line(N_("Since"), values.year),
        ),
    ),
    (
        N_("What is known"),
        (
            Line(N_("Evidence"), values.evidence, look=EVIDENCE),
            Line(N_("Organisations that took it up"), values.uptake),
            Line(N_("In use in"), values.deployed),
            Line(N_("Who stands behind the record"), values.confirmed),
        ),
    ),
    (
        N_("What it takes"),
        (
            Line(N_("Licence"), values.one_term("licences", "licence")),
            Line(N_("Cost of the first year"), values.one_term("cost_bands", "cost_band")),
            Line(N_("Staffing"), values.in_source("staffing"), is_compared=False),
            Line(N_("Time to deploy"), values.in_source("time_to_deploy"), is_compared=False),
            Line(N_("It needs"), values.needs),
            Line(N_("Ready in %(country)s?"), values.ready, look=READY),
            Line(N_("Where it cannot be used"), values.unsuitable),
        ),
    ),
    (
        N_("Where it fits"),
        (
            Line(N_("Policy areas"), values.terms(TermScheme.POLICY_AREAS)),
            Line(N_("Standards it reads"), values.terms(TermScheme.STANDARDS_READ, "standards")),
            Line(N_("Standards it writes"), values.terms(TermScheme.STANDARDS_WRITTEN, "standards")),
            Line(N_("Languages"), values.spoken),
        ),
    ),
    (
        N_("Safeguards"),
        (
            Line(N_("Do no harm"), values.is_stated("do_no_harm")),
            Line(N_("Privacy"), values.is_stated("privacy")),
            Line(N_("Misuse"), values.is_stated("misuse_risk")),
            Line(N_("Known error rates"), values.is_stated("error_rates")),
        ),
    ),
    (
        N_("Links"),
        (
            Line(N_("Website"), values.address("website_url"), is_compared=False),
            Line(N_("Source code"), values.address("code_url"), is_compared=False),
            Line(N_("Documentation"), values.address("documentation_url"), is_compared=False),
        ),
    ),
)
"""The rows in the order in which somebody chooses: what it is, whether it works, what it takes, whether it fits."""


def compare(innovations: Sequence[Innovation], viewer: Viewer, country: str | None) -> Comparison:
    """Return innovations side by side.

    Args:
        innovations: those that the viewer may see, with their whole content.
        viewer: who looks.
        country: ISO code of the country against which their needs are held, or None.
    """
    statements = statements_of(country) if country else {}
    columns = [said_by(each, viewer, country, statements) for each in innovations]
    groups = [
        Group(
            translate(title),
            [_row(line, columns, country) for line in lines if country or line.look != READY],
        )
        for title, lines in LINES
    ]
    unstated = [row.label for group in groups for row in group.rows if not row.is_stated]
    stated = (Group(group.title, [row for row in group.rows if row.is_stated]) for group in groups)
    return Comparison(columns, [group for group in stated if group.rows], unstated)


def _row(line: Line, columns: Sequence[Said], country: str | None) -> Row:
    said = [tuple(line.values(each)) for each in columns]
    sets = [frozenset(value.text for value in each) for each in said]
    is_compared = line.is_compared and len(columns) >= NEEDED_TO_DIFFER
    label = translate(line.label, country=country_name(country)) if country else translate(line.label)
    times = Counter(text for each in sets for text in each)
    return Row(
        label=label,
        look=line.look,
        cells=[
            Cell(column, each, frozenset(value.text for value in each if times[value.text] == 1))
            for column, each in zip(columns, said, strict=True)
        ],
        differs=len(set(sets)) > 1 if is_compared else None,
    )
