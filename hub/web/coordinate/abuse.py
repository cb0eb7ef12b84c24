"""Reports of abuse: the desk, and one report with the decision about it."""

from collections.abc import Callable
from http import HTTPStatus

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.integrity.permissions import CONFLICT_WORDS, Conflict
from hub.members.models import AbuseReport, AbuseStatus, Member
from hub.members.models.messages import REPORT_LENGTH
from hub.vetting.abuse.queries import abuse_desk, other_reports_about, report_by_id
from hub.vetting.abuse.service import dismiss_report, uphold_report
from hub.vetting.involvements import abuse_involvement
from hub.vetting.lifecycle import ABUSE_REPORTS
from hub.vetting.permissions import abuse_conflict
from hub.web.access import confirmed, role
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.deciding import PersonWordsForm, Stale, decide
from hub.web.coordinate.recusals import Stopped, stop_page
from hub.web.fields import text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


class AnswerForm(PersonWordsForm):
    """What a coordinator writes to who reported."""

    words = text_field(_l("Your words to who reported it"), REPORT_LENGTH, area=True)


@coordinate.get("/coordinate/abuse")
@role(Role.COORDINATOR)
def abuse() -> ResponseReturnValue:
    """List the reports that wait for a decision."""
    return render_template(
        "coordinate/abuse.html", items=abuse_desk(viewer()), now=now(), conflict_words=CONFLICT_WORDS
    )


@coordinate.get("/coordinate/abuse/<public_id>")
@role(Role.COORDINATOR)
def abuse_report(public_id: str) -> ResponseReturnValue:
    """Show a report; with a conflict, why somebody else must decide and nothing else."""
    found = report_by_id(public_id, viewer())
    conflict = abuse_conflict(viewer(), found)
    if conflict is not None:
        return stopped(found, conflict)
    return report_page(found)


def stopped(found: AbuseReport, conflict: Conflict) -> str:
    """Return the page that keeps a coordinator from a report they have a conflict with."""
    return stop_page(
        Stopped(
            conflict=conflict,
            involvement=abuse_involvement(found),
            label=translate("Abuse"),
            title=translate("A report of abuse"),
            back=url_for("coordinate.abuse"),
            back_text=translate("Abuse"),
        )
    )


def report_page(found: AbuseReport, form: AnswerForm | None = None, stale: Stale | None = None) -> str:
    """Return the page of one report; `form` is what was sent and refused, `stale` why it was not carried out."""
    return render_template(
        "coordinate/abuse_report.html",
        report=found,
        others=other_reports_about(found),
        form=form or AnswerForm(formdata=None),
        actions=ABUSE_REPORTS.actions(viewer(), found, found.status),
        stale=stale,
        now=now(),
    )


DECISIONS: dict[str, Callable[[Member, AbuseReport, str], None]] = {
    "uphold": uphold_report,
    "dismiss": dismiss_report,
}
"""Every decision by its verb."""

DONE = {
    AbuseStatus.UPHELD: N_(
        "Upheld. Who reported it reads your words. What follows you decide in the person's file."
    ),
    AbuseStatus.DISMISSED: N_("Dismissed. Who reported it reads your words."),
}
"""What is said after a decision, by the state it led to."""


@coordinate.post("/coordinate/abuse/<public_id>/<action>")
@role(Role.COORDINATOR)
@confirmed
def decide_abuse(public_id: str, action: str) -> ResponseReturnValue:
    """Store a decision about a report, or show it again."""
    service = DECISIONS.get(action)
    if service is None:
        raise NotFoundError
    found = report_by_id(public_id, viewer())
    conflict = abuse_conflict(viewer(), found)
    if conflict is not None:
        return stopped(found, conflict), HTTPStatus.FORBIDDEN
    return decide(
        AnswerForm(),
        lambda form: service(actor(), found, form.said),
        lambda form, stale: report_page(found, form, stale),
        done=lambda: translate(DONE[found.status]),
        target=url_for("coordinate.abuse_report", public_id=public_id),
    )
