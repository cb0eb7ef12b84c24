"""Telling the coordinators what is wrong with a record; open to everybody who reads it."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.catalogue.curation.queries import own_reports
from hub.catalogue.curation.service import report_problem as send_report
from hub.catalogue.models import Innovation
from hub.catalogue.queries import innovation_by_slug
from hub.core.database import transaction
from hub.core.errors import InvalidError, TooManyError
from hub.web.access import public
from hub.web.catalogue.afterwards import ProblemReportForm
from hub.web.catalogue.blueprint import catalogue
from hub.web.fields import HTTP_INVALID
from hub.web.i18n import language, translate
from hub.web.limits import PROBLEM_REPORTS, spend
from hub.web.sessions import current_member, viewer

HTTP_OK = 200


@catalogue.route("/<slug>/report-problem", methods=["GET", "POST"])
@public
def report_problem(slug: str) -> ResponseReturnValue:
    """Ask what is wrong, and send it to the coordinators."""
    innovation = innovation_by_slug(slug, viewer())
    form = ProblemReportForm()
    status, retry_after = HTTP_OK, 0
    if form.is_submitted():
        status = HTTP_INVALID
        if form.validate():
            try:
                return _send(innovation, form)
            except InvalidError as error:
                form.refuse(error)
            except TooManyError as error:
                form.form_errors.append(translate(error.message, **error.parameters))
                status, retry_after = error.status, error.retry_after
    page = render_template(
        "catalogue/report_problem.html",
        innovation=innovation,
        form=form,
        reports=own_reports(innovation, viewer()),
    )
    answer = make_response(page, status)
    if retry_after:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def _send(innovation: Innovation, form: ProblemReportForm) -> ResponseReturnValue:
    """Store the report and go back to the record."""
    spend(PROBLEM_REPORTS)
    with transaction():
        send_report(
            current_member(),
            innovation,
            kind=form.kind.data,
            words=form.words.data,
            language=language().code,
        )
    if viewer().is_member:
        flash(
            translate("Sent. A coordinator reads it within 10 working days; the answer appears on this page.")
        )
    else:
        flash(translate("Sent. A coordinator reads it within 10 working days."))
    return redirect(url_for("catalogue.show", slug=innovation.slug), code=303)
