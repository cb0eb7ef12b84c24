"""Each chart of the insights page as a file: exactly the rows that the page shows."""

from flask.typing import ResponseReturnValue

from hub.core.errors import NotFoundError
from hub.insights.charts.figures import public_figures
from hub.web.access import public
from hub.web.insights.blueprint import insights
from hub.web.insights.charts import CHARTS, Chart
from hub.web.insights.metric_files import csv_answer, json_answer


@insights.get("/<chart>.csv")
@public
def chart_csv(chart: str) -> ResponseReturnValue:
    """Send the rows of a chart as CSV."""
    found = _chart(chart)
    return csv_answer(found.key, found.columns, found.rows(public_figures()))


@insights.get("/<chart>.json")
@public
def chart_json(chart: str) -> ResponseReturnValue:
    """Send what a chart says, its rows and when they were counted, as JSON."""
    found, figures = _chart(chart), public_figures()
    finding = found.finding(figures)
    return json_answer(
        {
            "chart": found.key,
            "finding": finding.title,
            "more": finding.more,
            "as_of": figures.as_of.isoformat(),
            "rows": [dict(zip(found.columns, row, strict=True)) for row in found.rows(figures)],
        }
    )


def _chart(key: str) -> Chart:
    found = CHARTS.get(key)
    if found is None:
        raise NotFoundError
    return found
