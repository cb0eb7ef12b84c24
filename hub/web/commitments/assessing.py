"""Assessing a commitment: by who answers for it, and writing down what the independent reviewers published."""

from collections.abc import Iterator
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.commitments.assessing.details import AssessmentDetails, Rating
from hub.commitments.assessing.permissions import can_assess
from hub.commitments.assessing.queries import assessment_by_id
from hub.commitments.assessing.service import record_assessment, withdraw_assessment as take_back
from hub.commitments.evidence.gate import supports_commitment
from hub.commitments.models import Assessment, Commitment, Maker
from hub.commitments.models.commitment import NAME_LENGTH, TEXT_LENGTH, URL_LENGTH, WORDS_LENGTH
from hub.commitments.scales import SCHEMES, VALUES, Scale, Scheme, scheme_for_year
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError
from hub.core.i18n import N_
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.commitments.acting import answered
from hub.web.commitments.blueprint import commitments
from hub.web.commitments.forms import DAY_LENGTH
from hub.web.fields import CodeField, HubForm, filled, iso_date, options, text_field, web_address
from hub.web.i18n import term, translate
from hub.web.sessions import actor, viewer

NOT_KEEPING = N_(
    "What reviewers published is written down by a focal point of the country or a coordinator who never answered for"
    " the commitment."
)


class AssessmentForm(HubForm):
    """What goes with the ratings of any generation."""

    assessed_on = text_field(_l("Day of the assessment"), DAY_LENGTH, iso_date)
    words = text_field(_l("Why, in a few sentences"), TEXT_LENGTH, area=True)


class SelfForm(AssessmentForm):
    """An assessment by who answers for the commitment."""

    words = text_field(
        _l("Why, in a few sentences"), TEXT_LENGTH, filled(_l("Say why you rate it so.")), area=True
    )


class ReviewersForm(AssessmentForm):
    """An assessment that the Independent Reporting Mechanism published."""

    report = text_field(_l("Name of the report"), NAME_LENGTH, filled(_l("Enter the name of the report.")))
    source_url = text_field(
        _l("Where it can be read"), URL_LENGTH, filled(_l("Enter where the report can be read.")), web_address
    )
    retrieved_on = text_field(_l("Read on"), DAY_LENGTH, iso_date)


FORMS: dict[Maker, type[AssessmentForm]] = {Maker.SELF: SelfForm, Maker.IRM: ReviewersForm}


def asked(scheme: Scheme) -> Iterator[tuple[str, Scale, str]]:
    """Yield every question of a generation: name of its field, its scale, and the value that it is asked about."""
    for scale in scheme.scales:
        for about in scale.abouts:
            yield f"{scale.code}-{about}" if about else scale.code, scale, about


def form_for(maker: Maker, scheme: Scheme, **data: object) -> AssessmentForm:
    """Return the form with one field for each question of a generation."""
    fields = {name: _field(scale, about) for name, scale, about in asked(scheme)}
    made: type[AssessmentForm] = type("RatedForm", (FORMS[maker],), fields)
    return made(**data)


def _field(scale: Scale, about: str) -> CodeField:
    # what is asked for each value stands in a group that the question names
    return CodeField(
        term(VALUES, about) if about else translate(scale.label),
        choices=lambda: [("", translate("Not rated")), *options(scale.vocabulary)],
    )


def details_of(form: AssessmentForm, maker: Maker, scheme: Scheme) -> AssessmentDetails:
    """Return what was typed; only after the form was found valid."""
    by_reviewers = maker is Maker.IRM
    assessed, read = form.assessed_on.data, form.retrieved_on.data if by_reviewers else ""
    return AssessmentDetails(
        maker=maker,
        scheme=scheme.code,
        ratings=tuple(
            Rating(scale.code, form[name].data, about)
            for name, scale, about in asked(scheme)
            if form[name].data
        ),
        report=form.report.data if by_reviewers else "",
        assessed_on=date.fromisoformat(assessed) if assessed else None,
        words=form.words.data,
        source_url=form.source_url.data if by_reviewers else "",
        retrieved_on=date.fromisoformat(read) if read else None,
    )


@commitments.route(
    "/<code>/assessments/self/new", methods=["GET", "POST"], defaults={"maker": Maker.SELF.value}
)
@commitments.route(
    "/<code>/assessments/irm/new", methods=["GET", "POST"], defaults={"maker": Maker.IRM.value}
)
@members_only
def assess(code: str, maker: str) -> ResponseReturnValue:
    """Ask for the ratings, and store them beside those that were there."""
    by = Maker(maker)
    commitment = answered(code)
    if not can_assess(viewer(), commitment, by):
        raise ForbiddenError(NOT_KEEPING)
    usual = scheme_for_year(commitment.plan.cycle_year)
    scheme = SCHEMES.get(request.args.get("scheme", ""), usual)
    form = form_for(by, scheme, data={"assessed_on": now().date().isoformat() if by is Maker.SELF else ""})

    def act() -> ResponseReturnValue:
        with transaction():
            record_assessment(actor(), commitment, details_of(form, by, scheme))
        flash(translate("Saved. It stands beside the others."))
        return redirect(url_for("commitments.keep", code=commitment.code, _anchor="assessments"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "commitments/assess.html",
            commitment=commitment,
            maker=by,
            form=form,
            scheme=scheme,
            other=next(each for each in SCHEMES.values() if each.code != scheme.code),
            scales=_grouped(form, scheme),
            is_supported=supports_commitment(commitment),
        ),
        also=(ConflictError,),
    )


def _grouped(form: AssessmentForm, scheme: Scheme) -> list[tuple[str, bool, list[object]]]:
    """Return the questions of a generation: heading, whether it is asked for each value, and its fields."""
    return [
        (
            translate(scale.label),
            scale.is_per_value,
            [form[name] for name, of, _about in asked(scheme) if of is scale],
        )
        for scale in scheme.scales
    ]


class WithdrawalForm(HubForm):
    """Why an assessment is taken back."""

    words = text_field(_l("What was wrong"), WORDS_LENGTH, filled(_l("Say what was wrong.")), area=True)


@commitments.route("/<code>/assessments/<public_id>/withdraw", methods=["GET", "POST"])
@members_only
def withdraw_assessment(code: str, public_id: str) -> ResponseReturnValue:
    """Ask what was wrong, and take an assessment back that was written down wrongly."""
    commitment, assessment = assessment_in(code, public_id)
    form = WithdrawalForm()

    def act() -> ResponseReturnValue:
        with transaction():
            take_back(actor(), assessment, words=form.words.data)
        flash(translate("Taken back. The one before it counts again, if there is one."))
        return redirect(url_for("commitments.keep", code=commitment.code, _anchor="assessments"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "commitments/withdraw_assessment.html", commitment=commitment, assessment=assessment, form=form
        ),
        also=(ConflictError,),
    )


def assessment_in(code: str, public_id: str) -> tuple[Commitment, Assessment]:
    """Return a commitment and one of its assessments that the viewer may take back.

    Raises:
        NotFoundError: there is none.
        ForbiddenError: they do not answer for the commitment, or, of what reviewers published, do not keep it.
    """
    commitment = answered(code)
    assessment = assessment_by_id(commitment, public_id, viewer())
    if not can_assess(viewer(), commitment, assessment.maker):
        raise ForbiddenError(NOT_KEEPING)
    return commitment, assessment
