"""All metrics of the hub on one page, and as files: what each counts, how much it is now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from hub.insights.history import known_keys, last_reading
from hub.insights.kept import kept
from hub.insights.metrics.measuring import measured
from hub.insights.metrics.metric import WHOLE
from hub.insights.metrics.registry import METRICS, metric_of
from hub.web.access import public
from hub.web.i18n import language, translate
from hub.web.insights.blueprint import insights
from hub.web.insights.metric_files import COLUMNS, csv_answer, json_answer, row_of
from hub.web.insights.metric_words import BETTER, value_words


@dataclass(frozen=True)
class Shown:
    """One metric in a list.

    Args:
        key: names it in its address.
        label: what it is called.
        definition: what is counted.
        better: which way it gets better.
        value: what it says.
    """

    key: str
    label: str
    definition: str
    better: str
    value: str


@dataclass(frozen=True)
class Gone:
    """A metric that is no longer measured.

    Args:
        key: names it in its address.
        label: what it was called; its key where nothing else is known.
        value: what it said last.
        as_of: when.
    """

    key: str
    label: str
    value: str
    as_of: datetime


@insights.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """Show what the hub counts about itself."""
    return render_template("insights/metrics.html", body=kept(("metrics-page", language().code), _drawn))


@insights.get("/metrics.csv")
@public
def metrics_csv() -> ResponseReturnValue:
    """Send every value of every metric, in all and by its parts, as CSV."""
    return csv_answer("metrics", COLUMNS, rows_now())


@insights.get("/metrics.json")
@public
def metrics_json() -> ResponseReturnValue:
    """Send every value of every metric as JSON."""
    now = measured()
    return json_answer(
        {
            "as_of": now.as_of.isoformat(),
            "metrics": [
                {
                    "key": key,
                    "label": translate(metric.label),
                    "definition": translate(metric.definition),
                    "unit": metric.unit,
                    "better": metric.better,
                    "value": now.values[key][WHOLE],
                    "parts": {part: value for part, value in sorted(now.values[key].items()) if part},
                }
                for key, metric in METRICS.items()
            ],
        }
    )


def rows_now() -> list[list[Any]]:
    """Return every value of every metric as rows of a file."""
    now = measured()
    return [
        row_of(key, breakdown, now.as_of.isoformat(), value, METRICS[key].unit)
        for key, values in now.values.items()
        for breakdown, value in sorted(values.items())
    ]


def _drawn() -> Markup:
    body = current_app.jinja_env.get_template("insights/_metrics.html")
    return Markup(body.render(shown=_shown(), gone=_gone(), as_of=measured().as_of))  # noqa: S704 - what a template escaped


def _shown() -> tuple[Shown, ...]:
    now = measured()
    return tuple(
        Shown(
            key,
            translate(metric.label),
            translate(metric.definition),
            str(BETTER[metric.better]),
            value_words(metric.unit, now.values[key][WHOLE]),
        )
        for key, metric in METRICS.items()
    )


def _gone() -> tuple[Gone, ...]:
    found = []
    for key in sorted(known_keys() - set(METRICS)):
        last, metric = last_reading(key), metric_of(key)
        if last is not None:
            label = key if metric is None else translate(metric.label)
            words = f"{last.value:g}" if last.value is not None else ""
            found.append(
                Gone(key, label, value_words(metric.unit, last.value) if metric else words, last.as_of)
            )
    return tuple(found)
