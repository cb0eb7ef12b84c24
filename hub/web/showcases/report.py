"""What came of a showcase: the report of its team, its figures as this reader may see them, and the same as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue

from hub.access.audience import Audience
from hub.collaboration.showcases.tracing import Grown, Traces, grown_from, traces_of
from hub.core import clock
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.core.slugs import slugify
from hub.interchange.tables import Table, csv_of
from hub.showcases.aftermath.figures import Figures, Share, figures_of, tallies_of
from hub.showcases.aftermath.report import has_report_page
from hub.showcases.models import Showcase, ShowcaseStatus, ShowcaseTally
from hub.showcases.queries import showcase_by_slug
from hub.showcases.review.queries import InnovationName, names_of
from hub.web.access import public
from hub.web.context import day
from hub.web.i18n import country_name, direction_of, language, term, translate
from hub.web.limits import REPORTS, spend
from hub.web.sessions import viewer
from hub.web.showcases.blueprint import showcases
from hub.web.showcases.charts import Chart, Group, chart_of

MEASURES = ("requests", "partnerships", "outcomes", "replications")
"""What is counted again and again, in the order in which one leads to the other."""

TOO_OFTEN = N_("You have downloaded %(number)s files within an hour, which is the most. Wait a little.")


@dataclass(frozen=True)
class Bar:
    """One row of a chart whose middle column is a bar.

    Args:
        name: of the country or function.
        entries: how many the programme named.
        presented: how many of them were presented.
        width: of the bar, in hundredths of the longest one.
        done: of the part of it that was presented, likewise.
    """

    name: str
    entries: int
    presented: int
    width: float
    done: float


@dataclass(frozen=True)
class Moment:
    """Figures as they stood at one time.

    Args:
        name: which time, in words.
        short: the same below a column of the picture.
        counted_at: when it was counted; None for now.
        traces: what had come of the showcase.
    """

    name: str
    short: str
    counted_at: datetime | None
    traces: Traces


@dataclass(frozen=True)
class Shown:
    """A replication that grew out of an entry, for the page.

    Args:
        record: the name of the innovation that was shown.
        grown: the entry and the replication.
    """

    record: InnovationName
    grown: Grown


@dataclass(frozen=True)
class ReportPage:
    """What came of a showcase, as one reader may know it.

    Args:
        showcase: the showcase.
        direction: of its texts.
        is_reported: whether the words of the team are published.
        figures: what can be counted of it.
        countries: entries by country of origin.
        functions: entries by function.
        moments: what came of it then and now, the latest last.
        chart: the same as a picture, or None where there is one moment only.
        grown: replications that grew out of it.
    """

    showcase: Showcase
    direction: str
    is_reported: bool
    figures: Figures
    countries: Sequence[Bar]
    functions: Sequence[Bar]
    moments: Sequence[Moment]
    chart: Chart | None
    grown: Sequence[Shown]


@showcases.get("/<slug>/report")
@public
def report(slug: str) -> ResponseReturnValue:
    """Show what came of a showcase that is over."""
    return render_template("showcases/report.html", page=page_of(_over(slug)), measures=measure_words())


@showcases.get("/<slug>/report.csv")
@public
def report_file(slug: str) -> ResponseReturnValue:
    """Send the figures of the page as CSV; they are nobody's in particular, so that nothing is logged."""
    showcase = _over(slug)
    if showcase.is_compiled:
        # the hub counted nothing of it: zeros would say that nothing came of it
        raise NotFoundError
    spend(REPORTS, TOO_OFTEN)
    page = page_of(showcase)
    answer: Response = send_file(
        BytesIO(csv_of(_table(page))),
        mimetype="text/csv",
        as_attachment=True,
        download_name=f"{slugify(page.showcase.name) or 'showcase'}-report-TLP-{page.showcase.tlp}.csv",
    )
    if page.showcase.audience is not Audience.PUBLIC:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def page_of(showcase: Showcase) -> ReportPage:
    """Return what came of a showcase, as this reader may know it."""
    somebody = viewer()
    figures = figures_of(showcase, (somebody,))
    moments = [_moment(each) for each in tallies_of(showcase)]
    moments.append(Moment(translate("Now"), translate("Now"), None, traces_of(showcase, (somebody,))))
    return ReportPage(
        showcase=showcase,
        direction=direction_of(showcase.language),
        is_reported=showcase.status is ShowcaseStatus.REPORTED,
        figures=figures,
        countries=_bars(figures.by_country, _country),
        functions=_bars(figures.by_function, _function),
        moments=moments,
        chart=_chart(moments),
        grown=_named(grown_from(showcase, somebody)),
    )


def measure_words() -> dict[str, str]:
    """Return what each measure of what came of a showcase is called."""
    return {
        "requests": translate("Requests to those who presented"),
        "partnerships": translate("Partnerships agreed"),
        "outcomes": translate("Outcomes signed by both sides"),
        "replications": translate("Confirmed replications"),
    }


def _over(slug: str) -> Showcase:
    showcase = showcase_by_slug(slug, viewer())
    if not has_report_page(showcase):
        raise NotFoundError
    return showcase


def _named(grown: Sequence[Grown]) -> list[Shown]:
    names = names_of([each.entry for each in grown], viewer(), language().code)
    return [Shown(names[each.entry.id], each) for each in grown if each.entry.id in names]


def _moment(tally: ShowcaseTally) -> Moment:
    names = {
        0: (translate("After the showcase"), translate("At first")),
        6: (translate("After 6 months"), translate("6 months")),
        12: (translate("After 12 months"), translate("12 months")),
    }
    traces = Traces(tally.requests, tally.partnerships, tally.outcomes, tally.replications)
    return Moment(*names[tally.months], tally.counted_at, traces)


def _chart(moments: Sequence[Moment]) -> Chart | None:
    groups = [Group(each.short, [getattr(each.traces, measure) for measure in MEASURES]) for each in moments]
    # of noughts alone there is nothing to draw: the table says it
    if len(moments) < 2 or not any(any(each.numbers) for each in groups):  # noqa: PLR2004 - nothing to compare with
        return None
    return chart_of(groups, is_right_to_left=language().direction == "rtl")


def _country(code: str) -> str:
    return country_name(code) if code else translate("No country stated")


def _function(code: str) -> str:
    return term("functions", code)


def _bars(shares: Sequence[Share], name: Callable[[str], str]) -> list[Bar]:
    most = max((each.entries for each in shares), default=1)
    return [
        Bar(
            name=name(each.code),
            entries=each.entries,
            presented=each.presented,
            width=round(100 * each.entries / most, 1),
            done=round(100 * each.presented / most, 1),
        )
        for each in shares
    ]


def _table(page: ReportPage) -> Table:
    """Return every figure of the page, one a row."""
    figures, words = page.figures, measure_words()
    today = day(clock.now())
    entries, presented = translate("Entries in the programme"), translate("Presented")
    rows: list[list[str | int]] = [
        [translate("Entries"), "", entries, today, figures.entries],
        [translate("Entries"), "", presented, today, figures.presented],
        [translate("Entries"), "", translate("Not presented"), today, figures.missed],
        [translate("People"), "", translate("People with a place"), today, figures.registrations],
        [translate("People"), "", translate("Of these, online"), today, figures.online],
        [translate("People"), "", translate("Checked in"), today, figures.attended],
    ]
    for group, bars in (
        (translate("Country of origin"), page.countries),
        (translate("Function"), page.functions),
    ):
        for bar in bars:
            rows += [
                [group, bar.name, entries, today, bar.entries],
                [group, bar.name, presented, today, bar.presented],
            ]
    for moment in page.moments:
        counted = day(moment.counted_at) if moment.counted_at else today
        rows += [
            [translate("What came of it"), moment.name, words[each], counted, getattr(moment.traces, each)]
            for each in MEASURES
        ]
    return Table(
        title=page.showcase.name,
        label=f"TLP:{page.showcase.tlp}",
        facts=[],
        headings=[
            translate("Part"),
            translate("Of what"),
            translate("Figure"),
            translate("Counted on"),
            translate("Number"),
        ],
        rows=rows,
        is_right_to_left=language().direction == "rtl",
        sheets=(translate("About"), translate("Figures")),
    )
