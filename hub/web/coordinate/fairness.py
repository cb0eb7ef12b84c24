"""How often whose things are suggested and what came of it, for coordinators, as a page and as a file; the floor."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from hub.access.audience import Tlp
from hub.access.viewer import Role
from hub.core import clock
from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.interchange.tables import Table, csv_of
from hub.matching.facts import Kind
from hub.matching.fairness.followed import what_followed
from hub.matching.fairness.report import Breakdown, Report, Row, exposure_report
from hub.matching.fairness.settings import (
    CHOICES,
    REASON_LENGTH,
    floor_decisions,
    percent_in_force,
    set_floor as set_the_floor,
)
from hub.web.access import confirmed, role
from hub.web.asking import ask
from hub.web.context import day, moment
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.fairness_words import (
    DIMENSIONS,
    KINDS,
    STEPS,
    finding,
    floor_words,
    group_name,
)
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import language, translate
from hub.web.limits import EXPORTS, spend
from hub.web.sessions import actor, current_member, viewer

TOO_OFTEN = N_("You have downloaded %(number)s files within an hour, which is the most. Wait a little.")


@dataclass(frozen=True)
class ShownRow:
    """One row of a chart whose middle column is a bar.

    Args:
        name: of the group.
        row: its numbers.
        width: of the bar, in hundredths of the whole column.
    """

    name: str
    row: Row
    width: float


@dataclass(frozen=True)
class Chart:
    """One breakdown in words.

    Args:
        title: what was found.
        of_what: what the rows are.
        rows: the rows, the least suggested first.
        even: where an even share stands, in hundredths of the whole column.
        has_floor: whether the floor gave any of the places.
    """

    title: str
    of_what: str
    rows: Sequence[ShownRow]
    even: float
    has_floor: bool


class FloorForm(HubForm):
    """How many of the first ten places are kept, and why."""

    percent = RadioField(_l("Places kept"), coerce=int, choices=list)
    reason = text_field(
        _l("Why"), REASON_LENGTH, filled(_l("Say why. Other coordinators read it.")), area=True
    )

    def offer(self) -> None:
        """Offer what can be chosen; before anything is sent, what is in force stands there."""
        self.percent.choices = [(each, floor_words(each)) for each in CHOICES]
        if not self.is_submitted():
            self.percent.data = percent_in_force()


@coordinate.get("/coordinate/fairness")
@role(Role.COORDINATOR)
def fairness() -> ResponseReturnValue:
    """Show how often whose things are suggested, what came of it, and the floor."""
    somebody = viewer()
    asked = request.args.get("kind", "")
    kind = next((each for each in KINDS if each == asked), Kind.INNOVATION)
    report = exposure_report(somebody)
    percent = percent_in_force()
    return render_template(
        "coordinate/fairness.html",
        report=report,
        kind=kind,
        kinds=[(each.value, words) for each, words in KINDS.items()],
        charts=[chart_of(each) for each in report.of(kind)] if report else [],
        followed=what_followed(somebody),
        steps=STEPS,
        percent=percent,
        floor=floor_words(percent),
        decisions=[(each, floor_words(each.percent), member) for each, member in floor_decisions()],
    )


@coordinate.post("/coordinate/fairness/export", endpoint="export_fairness")
@role(Role.COORDINATOR)
@confirmed
def export_fairness() -> ResponseReturnValue:
    """Send the numbers of the page as CSV; what is veiled there is veiled here."""
    report = exposure_report(viewer())
    if report is None:
        raise NotFoundError
    spend(EXPORTS, TOO_OFTEN)
    answer: Response = send_file(
        BytesIO(csv_of(table_of(report))),
        mimetype="text/csv",
        as_attachment=True,
        download_name=f"suggestions-{report.day.isoformat()}-TLP-{Tlp.AMBER}.csv",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@coordinate.route("/coordinate/fairness/floor", methods=["GET", "POST"], endpoint="set_floor")
@role(Role.COORDINATOR)
@confirmed
def set_floor() -> ResponseReturnValue:
    """Say what the floor is and which is in force, and set another one."""
    form = FloorForm()
    form.offer()

    def act() -> ResponseReturnValue:
        with transaction():
            set_the_floor(actor(), percent=form.percent.data, reason=form.reason.data or "")
        flash(translate("The floor is set. It counts from the next list that anybody opens."))
        return redirect(url_for("coordinate.fairness", _anchor="floor"), code=303)

    return ask(
        form,
        act,
        lambda: render_template("coordinate/floor.html", form=form, percent=percent_in_force()),
    )


def chart_of(breakdown: Breakdown) -> Chart:
    """Return a breakdown in words and widths."""
    longest = max([1.0, *(row.ratio or 0.0 for row in breakdown.rows)])
    return Chart(
        title=finding(breakdown),
        of_what=str(DIMENSIONS[breakdown.dimension]),
        rows=[
            ShownRow(group_name(breakdown.dimension, row), row, round(100 * (row.ratio or 0.0) / longest, 1))
            for row in breakdown.rows
        ],
        even=round(100 / longest, 1),
        has_floor=any(row.lifted for row in breakdown.rows),
    )


def table_of(report: Report) -> Table:
    """Return every number of the report, one group a row; an empty cell is veiled."""
    member = current_member()
    return Table(
        title=translate("Fairness of suggestions"),
        label=f"TLP:{Tlp.AMBER}",
        facts=[
            (translate("Generated on"), moment(clock.now())),
            (translate("Generated by"), member.display_name if member else ""),
        ],
        headings=[
            translate("Counted on"),
            translate("What was suggested"),
            translate("By"),
            translate("Group"),
            translate("How many"),
            translate("Places"),
            translate("First places"),
            translate("Places through the floor"),
            translate("Of an even share, in percent"),
        ],
        rows=[
            [
                day(report.day),
                str(KINDS[each.kind]),
                str(DIMENSIONS[each.dimension]),
                group_name(each.dimension, row),
                *_numbers(row),
            ]
            for each in report.breakdowns
            for row in each.rows
        ],
        is_right_to_left=language().direction == "rtl",
        sheets=(translate("About"), translate("Figures")),
    )


def _numbers(row: Row) -> list[str | int]:
    if row.things is None or row.places is None or row.ratio is None:
        return [translate("Fewer than %(number)s", number=5), "", "", "", ""]
    return [row.things, row.places, row.firsts or 0, row.lifted or 0, round(100 * row.ratio)]
