"""The insights page: a map, charts and gaps, drawn on the server from what visitors see and kept while it holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from hub.insights.charts.figures import NOT_STATED, Figures, public_figures
from hub.insights.charts.missing import Region, regions
from hub.insights.charts.ranking import head_of
from hub.insights.kept import kept
from hub.web.access import public
from hub.web.i18n import by_name, country_name, language
from hub.web.insights.blueprint import insights
from hub.web.insights.charts import CHARTS, MAPS, Rows
from hub.web.insights.columns import NARROW as NARROW_COLUMNS, WIDE as WIDE_COLUMNS, Sheet, columns_of
from hub.web.insights.findings import Finding, month_name
from hub.web.insights.world import NARROW, WIDE, WorldMap, map_of
from hub.web.runtime import runtime

BESIDE = 11
"""The most countries in the table beside the map; all of them stand in its twin."""

SHADES = 4
"""Steps from the least to the greatest number in a table of combinations."""


@dataclass(frozen=True)
class Bar:
    """One row whose middle column is a bar.

    Args:
        name: what is counted.
        number: how many.
        width: of the bar, in hundredths of the column.
        url: the list that was counted, or empty where none can be asked for.
    """

    name: str
    number: int
    width: float
    url: str


@dataclass(frozen=True)
class Bars:
    """A chart of bars."""

    key: str
    finding: Finding
    rows: Sequence[Bar]


@dataclass(frozen=True)
class ShownMap:
    """The map.

    Args:
        measure: what it shows, as the address says it.
        key: of the chart.
        finding: what it shows, in words.
        rows: every country: code, name, number and the list that was counted.
        beside: those with most.
        least: the number of the last of them.
        wide: the drawing for wide screens.
        narrow: the drawing for phones.
    """

    measure: str
    key: str
    finding: Finding
    rows: Sequence[tuple[str, str, int, str]]
    beside: Sequence[tuple[str, str, int, str]]
    least: int
    wide: WorldMap
    narrow: WorldMap


@dataclass(frozen=True)
class Time:
    """Columns through time and the same as a table.

    Args:
        key: of the chart.
        finding: what it shows, in words.
        rows: as in the files.
        wide: the drawing for wide screens, or None where there is too little to draw.
        narrow: the drawing for phones, likewise.
    """

    key: str
    finding: Finding
    rows: Rows
    wide: Sheet | None
    narrow: Sheet | None


@dataclass(frozen=True)
class Cell:
    """One cell of a table of combinations: its number, how dark it is (0 to `SHADES`), and the list."""

    number: int
    shade: int
    url: str


@dataclass(frozen=True)
class Combinations:
    """Offences against what innovations help with.

    Args:
        finding: what it shows, in words.
        functions: the names of the columns.
        rows: the name and cells of each row.
    """

    finding: Finding
    functions: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]


@dataclass(frozen=True)
class ShownRegion:
    """A region, its name, and its countries without an innovation by name: pairs of code and name."""

    region: Region
    name: str
    without: Sequence[tuple[str, str]]


@insights.get("")
@public
def page() -> ResponseReturnValue:
    """Show what the catalogue tells: where innovations are, what they are for, and what is missing."""
    asked = request.args.get("map", "")
    measure = asked if asked in MAPS else next(iter(MAPS))
    body = kept(("insights", "page", language().code, measure), lambda: drawn_page(public_figures(), measure))
    return render_template("insights/page.html", body=body)


def drawn_page(figures: Figures, measure: str) -> Markup:
    """Return what stands between the frame, in this request's language; nothing in it depends on who reads.

    Args:
        figures: what visitors see, counted.
        measure: what the map shows: a key of `MAPS`.
    """
    template = current_app.jinja_env.get_template("insights/_charts.html")
    return Markup(  # noqa: S704 - the template escapes
        template.render(
            figures=figures,
            map=shown_map(figures, measure),
            measures=MAPS,
            functions=bars(figures, "functions", "function"),
            offences=bars(figures, "offences", "offence"),
            combinations=combinations(figures),
            evidence=bars(figures, "evidence", "evidence"),
            stages=bars(figures, "stages", "stage"),
            growth=growth(figures),
            years=years(figures),
            regions=shown_regions(figures),
            regions_finding=CHARTS["regions"].finding(figures),
            demo_mode=runtime().settings.demo,
        )
    )


def shown_map(figures: Figures, measure: str) -> ShownMap:
    """Return the map of one measure."""
    chart = MAPS[measure]
    rows = [
        (str(code), str(name), int(number), _list_of(measure, str(code)))
        for code, name, number in chart.rows(figures)
    ]
    counts = [(code, number) for code, _, number, _ in rows]
    beside = rows[: len(head_of(counts, BESIDE))]
    return ShownMap(
        measure=measure,
        key=chart.key,
        finding=chart.finding(figures),
        rows=rows,
        beside=beside,
        least=beside[-1][2] if beside else 0,
        wide=map_of(counts, WIDE),
        narrow=map_of(counts, NARROW),
    )


def bars(figures: Figures, key: str, facet: str) -> Bars:
    """Return a chart of bars whose rows link to the catalogue, filtered.

    Args:
        figures: the counts.
        key: of the chart.
        facet: the filter of the catalogue that takes its codes.
    """
    chart = CHARTS[key]
    rows = [(str(code), str(name), int(number)) for code, name, number in chart.rows(figures)]
    most = max((number for _, _, number in rows), default=0) or 1
    return Bars(
        key,
        chart.finding(figures),
        [
            Bar(
                name,
                number,
                round(100 * number / most, 1),
                _catalogue(**{facet: code}) if number and code != NOT_STATED else "",
            )
            for code, name, number in rows
        ],
    )


def combinations(figures: Figures) -> Combinations:
    """Return the table of offences against functions."""
    chart = CHARTS["combinations"]
    most = max(figures.pairs.values(), default=1)
    functions: dict[str, None] = {}
    rows: dict[str, list[Cell]] = {}
    for offence, offence_name, function, function_name, count in chart.rows(figures):
        number = int(count)
        functions[str(function_name)] = None
        url = _catalogue(offence=str(offence), function=str(function)) if number else ""
        rows.setdefault(str(offence_name), []).append(Cell(number, -(-SHADES * number // most), url))
    return Combinations(chart.finding(figures), tuple(functions), tuple(rows.items()))


def growth(figures: Figures) -> Time:
    """Return how many were published month by month."""
    chart = CHARTS["growth"]
    rows = chart.rows(figures)
    drawn = [
        (month_name(*_year_and_month(str(code)), is_short=True), int(published))
        for code, _, published, _ in rows
        if _is_single(code)
    ]
    return Time(chart.key, chart.finding(figures), rows, *_drawn(drawn))


def years(figures: Figures) -> Time:
    """Return in which years innovations began."""
    chart = CHARTS["years"]
    rows = chart.rows(figures)
    drawn = [(str(name), int(number)) for code, name, number in rows if _is_single(code)]
    return Time(chart.key, chart.finding(figures), rows, *_drawn(drawn))


def shown_regions(figures: Figures) -> Sequence[ShownRegion]:
    """Return every region with the names of its countries without an innovation."""
    found = []
    for each in regions(figures):
        codes = {country_name(code): code for code in each.without}
        found.append(
            ShownRegion(each, country_name(each.code), [(codes[name], name) for name in by_name(codes)])
        )
    return found


def _list_of(measure: str, country: str) -> str:
    if measure == "members":
        return url_for("members.search", country=country)
    if measure == "replications":
        return url_for("countries.show", code=country)
    return _catalogue(country=country)


def _catalogue(**filters: str) -> str:
    return url_for("catalogue.search", **filters)  # type: ignore[arg-type]  # they are no options of it


def _drawn(rows: Sequence[tuple[str, int]]) -> tuple[Sheet | None, Sheet | None]:
    """Return both drawings; one column alone tells nothing."""
    if len(rows) < 2:  # noqa: PLR2004
        return None, None
    is_right_to_left = language().direction == "rtl"
    return (
        columns_of(rows, WIDE_COLUMNS, is_right_to_left=is_right_to_left),
        columns_of(rows, NARROW_COLUMNS, is_right_to_left=is_right_to_left),
    )


def _is_single(code: str | int) -> bool:
    return not str(code).startswith("before")


def _year_and_month(code: str) -> tuple[int, int]:
    year, month = code.split("-")
    return int(year), int(month)
