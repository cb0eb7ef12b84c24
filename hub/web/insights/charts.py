"""The charts of the insights page as rows: what the page shows is what the files hold, row by row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hub.core import clock
from hub.insights.charts.figures import NOT_STATED, Figures
from hub.insights.charts.missing import regions
from hub.insights.charts.ranking import ranked
from hub.vocabularies.loader import vocabulary
from hub.web.i18n import country_name, term, translate
from hub.web.insights import findings
from hub.web.insights.findings import A_YEAR, Finding

MONTHS, YEARS = 24, 30
"""The latest months and years that are shown one by one; what was earlier stands in one row."""

Cell = str | int
Rows = Sequence[tuple[Cell, ...]]


@dataclass(frozen=True)
class Chart:
    """One chart.

    Args:
        key: names it in addresses.
        columns: what its files call the parts of a row.
        finding: says what it shows.
        rows: makes its rows, with names in this request's language.
    """

    key: str
    columns: tuple[str, ...]
    finding: Callable[[Figures], Finding]
    rows: Callable[[Figures], Rows]


def _by_country(counts: Mapping[str, int]) -> Rows:
    return [(code, country_name(code), number) for code, number in ranked(counts)]


def _by_term(scheme: str, counts: Mapping[str, int]) -> Rows:
    """Return a row for each term of a vocabulary, noughts too, the greatest first."""
    rows = [
        (each.code, term(scheme, each.code), counts.get(each.code, 0)) for each in vocabulary(scheme).terms
    ]
    return sorted(rows, key=lambda row: -row[2])


def _levels(figures: Figures) -> Rows:
    return [
        (each.code, term("evidence_levels", each.code), figures.levels.get(each.code, 0))
        for each in vocabulary("evidence_levels").terms
    ]


def _stages(figures: Figures) -> Rows:
    rows = [
        (each.code, term("stages", each.code), figures.stages.get(each.code, 0))
        for each in vocabulary("stages").terms
    ]
    return [*rows, (NOT_STATED, translate("Not stated"), figures.stages.get(NOT_STATED, 0))]


def _combinations(figures: Figures) -> Rows:
    return [
        (
            offence.code,
            term("offences", offence.code),
            function.code,
            term("functions", function.code),
            figures.pairs.get((offence.code, function.code), 0),
        )
        for offence in vocabulary("offences").terms
        for function in vocabulary("functions").terms
    ]


def _growth(figures: Figures) -> Rows:
    """Return a row for each month from the first publication on: month, published in it, published until its end."""
    counted = {year * A_YEAR + month - 1: number for (year, month), number in figures.months}
    if not counted:
        return []
    now = clock.now()
    last = max(now.year * A_YEAR + now.month - 1, *counted)
    first = max(min(counted), last - MONTHS + 1)
    total = sum(number for place, number in counted.items() if place < first)
    rows: list[tuple[Cell, ...]] = (
        [(f"before {_month(first)}", _before(_month_words(first)), total, total)] if total else []
    )
    for place in range(first, last + 1):
        total += counted.get(place, 0)
        rows.append((_month(place), _month_words(place), counted.get(place, 0), total))
    return rows


def _years(figures: Figures) -> Rows:
    counted = dict(figures.years)
    if not counted:
        return []
    last = max(counted)
    first = max(min(counted), last - YEARS + 1)
    earlier = sum(number for year, number in counted.items() if year < first)
    rows: list[tuple[Cell, ...]] = [(f"before {first}", _before(str(first)), earlier)] if earlier else []
    return [*rows, *((str(year), str(year), counted.get(year, 0)) for year in range(first, last + 1))]


def _regions(figures: Figures) -> Rows:
    return [
        (
            each.code,
            country_name(each.code),
            each.countries,
            each.innovations,
            each.replications,
            each.channels,
            " ".join(each.without),
        )
        for each in regions(figures)
    ]


def _month(place: int) -> str:
    return f"{place // A_YEAR}-{place % A_YEAR + 1:02}"


def _month_words(place: int) -> str:
    return findings.month_name(place // A_YEAR, place % A_YEAR + 1)


def _before(words: str) -> str:
    return translate("Before %(time)s", time=words)


COUNTRY_COLUMNS = ("country", "name", "number")
TERM_COLUMNS = ("code", "name", "number")

MAPS = {
    "innovations": Chart(
        "innovations-by-country",
        COUNTRY_COLUMNS,
        findings.innovations_by_country,
        lambda figures: _by_country(figures.innovations_in),
    ),
    "replications": Chart(
        "replications-by-country",
        COUNTRY_COLUMNS,
        findings.replications_by_country,
        lambda figures: _by_country(figures.replications_in),
    ),
    "members": Chart(
        "members-by-country",
        COUNTRY_COLUMNS,
        findings.members_by_country,
        lambda figures: _by_country(figures.members_in),
    ),
}
"""What the map can show, by the word in the address."""

CHARTS: Mapping[str, Chart] = {
    each.key: each
    for each in (
        *MAPS.values(),
        Chart(
            "functions",
            TERM_COLUMNS,
            findings.functions,
            lambda figures: _by_term("functions", figures.functions),
        ),
        Chart(
            "offences",
            TERM_COLUMNS,
            findings.offences,
            lambda figures: _by_term("offences", figures.offences),
        ),
        Chart(
            "combinations",
            ("offence", "offence_name", "function", "function_name", "innovations"),
            findings.combinations,
            _combinations,
        ),
        Chart("evidence", TERM_COLUMNS, findings.evidence, _levels),
        Chart("stages", TERM_COLUMNS, findings.stages, _stages),
        Chart("growth", ("month", "name", "published", "total"), findings.growth, _growth),
        Chart("years", ("year", "name", "innovations"), findings.years, _years),
        Chart(
            "regions",
            (
                "region",
                "name",
                "countries",
                "with_innovation",
                "with_replication",
                "with_reporting_channel",
                "without_innovation",
            ),
            lambda figures: findings.regions(regions(figures)),
            _regions,
        ),
    )
}
"""Every chart by its key."""
