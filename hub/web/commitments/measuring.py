"""Binding a milestone to metrics of the hub, each with a target."""

import math

from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, lazy_gettext as _l
from wtforms import FormField, SelectChoice, StringField, ValidationError

from hub.commitments.milestones.details import MetricTarget
from hub.commitments.milestones.service import measure_milestone as measure
from hub.commitments.models import Commitment, Milestone
from hub.core.database import transaction
from hub.core.errors import ConflictError, StaleVersionError
from hub.insights.metrics.metric import Dimension, breakdown_code
from hub.insights.metrics.registry import METRICS
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.choices import country_options
from hub.web.catalogue.parts import shown_value
from hub.web.catalogue.rows import RowForm
from hub.web.catalogue.stale import (
    chosen_fields,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.commitments.acting import kept
from hub.web.commitments.blueprint import commitments
from hub.web.commitments.measured import measured_metrics, metric_label
from hub.web.commitments.milestones import back_to, milestone_in
from hub.web.fields import HTTP_CONFLICT, CodeField, HubForm, RowsField, options, text_field
from hub.web.i18n import by_name, translate
from hub.web.sessions import actor

SPARE_ROWS, MOST_ROWS = 2, 12

TARGET_LENGTH = 12


def metric_options() -> list[tuple[str, str]]:
    """Return (key, label) of what the hub measures, by name, after an empty choice."""
    named = {translate(metric.label): key for key, metric in METRICS.items()}
    return [("", ""), *((named[label], label) for label in by_name(named))]


def part_options() -> list[SelectChoice]:
    """Return the parts to which a metric can be broken down, in groups; the whole comes first."""
    parts = [("", "", translate("All of it"))]
    countries = [(code, label) for code, label, _also in country_options()]
    for dimension, group, terms in (
        (Dimension.COUNTRY, translate("Countries"), countries),
        (Dimension.MEMBER_TYPE, translate("Kinds of members"), options("member_types")),
        (Dimension.FUNCTION, translate("Functions"), options("functions")),
    ):
        parts += [(group, breakdown_code(dimension, code), label) for code, label in terms]
    return [SelectChoice(value, label, optgroup=group) for group, value, label in parts]


class TargetRow(RowForm):
    """One metric with its target."""

    told = ("metric", "part", "target")

    metric = CodeField(_l("What is counted"), choices=metric_options)
    part = CodeField(_l("Of which part"), choices=part_options)
    target = text_field(_l("Target"), TARGET_LENGTH)

    def validate_metric(self, field: CodeField) -> None:
        """Ask for the metric where anything else was entered."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Choose what is counted."))

    def validate_target(self, field: StringField) -> None:
        """Ask for a number of zero or more."""
        if not self.is_empty and typed_number(field.data) is None:
            raise ValidationError(translate("Enter the target as a number, such as 20 or 12.5."))

    def target_typed(self) -> MetricTarget:
        """Return what was entered; only for a valid row that is not empty."""
        return MetricTarget(self.metric.data, typed_number(self.target.data) or 0.0, self.part.data or "")


class TargetsForm(HubForm):
    """All metrics of one milestone; what is wrong with one of them altogether is said above the rows."""

    targets = RowsField(FormField(TargetRow), _l("Metrics"), max_entries=MOST_ROWS, default=())

    def keep_known(self, milestone: Milestone) -> None:
        """Offer also what the milestone is bound to already, so that a metric that is gone can stay or go."""
        gone = sorted({each.metric for each in milestone.metrics} - set(METRICS))
        for row in self.targets:
            offered = [*metric_options(), *((key, metric_label(key)) for key in gone)]
            row.form.metric.choices = offered


def typed_number(text: str | None) -> float | None:
    """Return a typed number of zero or more as the reader's language writes it; None where it is none or unclear."""
    try:
        number = float(parse_decimal((text or "").strip(), locale=get_locale(), strict=True))
    except NumberFormatError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _written(number: float) -> str:
    """Return a number as the reader's language writes it, and as `typed_number` reads it."""
    return format_decimal(
        number, "0.############", locale=get_locale(), decimal_quantization=False, group_separator=False
    )


@commitments.route("/<code>/milestones/<int:number>/measure", methods=["GET", "POST"])
@members_only
def measure_milestone(code: str, number: int) -> ResponseReturnValue:
    """Ask a keeper by which numbers of the hub a milestone is measured, and bind it to them."""
    commitment, milestone = milestone_in(code, number, kept)
    saved = _stored(milestone)
    if request.method == "POST":
        form = TargetsForm(formdata=chosen_fields(saved))
    else:
        form = TargetsForm(formdata=None, data=saved)
        for _spare in range(SPARE_ROWS):
            form.targets.append_entry()
    form.keep_known(milestone)

    def act() -> ResponseReturnValue:
        targets = [row.form.target_typed() for row in form.targets if not row.form.is_empty]
        try:
            with transaction():
                measure(actor(), milestone, targets, version=sent_version())
        except StaleVersionError:
            return _stale_page(commitment, milestone)
        flash(translate("Saved. The page shows the numbers of today."))
        return redirect(back_to(commitment), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "commitments/measure.html",
            commitment=commitment,
            milestone=milestone,
            metrics=measured_metrics(milestone),
            form=form,
            version=opened_version(milestone.version),
        ),
        also=(ConflictError,),
    )


def _stored(milestone: Milestone) -> dict[str, list[str | dict[str, str]]]:
    return {
        "targets": [
            {"metric": each.metric, "part": each.breakdown, "target": _written(each.target)}
            for each in milestone.metrics
        ]
    }


def _stale_page(commitment: Commitment, milestone: Milestone) -> ResponseReturnValue:
    typed, saved = TargetsForm(), TargetsForm(formdata=None, data=_stored(milestone))
    for form in (typed, saved):
        form.keep_known(milestone)
    page = render_template(
        "commitments/stale.html",
        commitment=commitment,
        address=url_for("commitments.measure_milestone", code=commitment.code, number=milestone.number),
        texts=two_texts(("targets",), typed, saved, shown_value),
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        version=milestone.version,
    )
    return page, HTTP_CONFLICT
