"""One submitted request: all that it says, what the hub checked, who would read it, and the decisions."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.queries import requirements_of
from hub.collaboration.review.checks import alike, findings_on
from hub.collaboration.review.queries import can_decide_item, item_by_id
from hub.collaboration.review.service import (
    REASONS,
    decline_request,
    faults_of,
    is_overdue,
    publish_request,
    request_changes,
)
from hub.collaboration.review.taking import WORDS_LENGTH
from hub.core.clock import now
from hub.core.database import transaction
from hub.web.access import confirmed, role
from hub.web.catalogue.hits import hits_of
from hub.web.collaboration.asker import asker_of
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.findings import said_findings
from hub.web.coordinate.forms import WordsForm
from hub.web.coordinate.matters import MATTERS, opened
from hub.web.fields import HTTP_INVALID, CodeField, options, text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

REQUESTS = MATTERS["requests"]

FIELDS = {
    "title": _l("Title"),
    "summary": _l("Summary"),
    "background": _l("Background"),
    "outcome_wanted": _l("Outcome wanted"),
    "brings": _l("What the requester brings"),
    "requirements": _l("Requirements"),
    "why": _l("What changed and why"),
}
"""What the fields are called in which the hub found something."""


class RequestDecisionForm(WordsForm):
    """Why a request goes back to its requester, or is refused; publishing needs none of it."""

    change_reason = CodeField(_l("Reason for changes"), choices=lambda: options(REASONS["request_changes"]))
    decline_reason = CodeField(_l("Reason for declining"), choices=lambda: options(REASONS["decline"]))
    words = text_field(_l("In your words"), WORDS_LENGTH, area=True)

    def reason(self, action: str) -> str:
        """Return the code that was chosen for the decision `action`."""
        return (self.change_reason if action == "request_changes" else self.decline_reason).data or ""

    def is_enough_for(self, action: str) -> bool:
        """Whether what was typed can stand behind the decision `action`; all that is missing is shown at once."""
        if not self.validate():
            return False
        faults = list(faults_of(action, self.reason(action), self.words.data or ""))
        for fault in faults:
            if fault.field == "reason":
                fault.field = "change_reason" if action == "request_changes" else "decline_reason"
            self.refuse(fault)
        return not faults


@coordinate.get("/coordinate/requests/<public_id>", endpoint="request")
@role(Role.COORDINATOR)
def review_request(public_id: str) -> ResponseReturnValue:
    """Show a taken request whole, with the form of the decision."""
    request = item_by_id(CollaborationRequest, public_id, viewer())
    return opened(REQUESTS, request, lambda: request_page(request, RequestDecisionForm()))


def request_page(request: CollaborationRequest, form: RequestDecisionForm) -> str:
    """Return the page of one review."""
    innovation = request.innovation
    return render_template(
        "coordinate/request.html",
        innovation=next(iter(hits_of([innovation.public_id])), None) if innovation else None,
        about=request,
        matter=REQUESTS,
        item=request,
        since=request.submitted_at,
        asker=asker_of(request),
        requirements=requirements_of(request),
        alike=alike(request, viewer()),
        findings=said_findings(findings_on(request), lambda name: str(FIELDS[name])),
        is_overdue=is_overdue(request),
        form=form,
        now=now(),
    )


@coordinate.post("/coordinate/requests/<public_id>/publish", endpoint="publish_request")
@role(Role.COORDINATOR)
@confirmed
def publish(public_id: str) -> ResponseReturnValue:
    """Open the request to its audience."""
    request = item_by_id(CollaborationRequest, public_id, viewer())
    with transaction():
        publish_request(actor(), request)
    flash(translate("Published. Its audience can respond."))
    return redirect(url_for("coordinate.queue"), code=303)


@coordinate.post("/coordinate/requests/<public_id>/request-changes", endpoint="ask_request_changes")
@role(Role.COORDINATOR)
@confirmed
def ask_changes(public_id: str) -> ResponseReturnValue:
    """Send the request back with a reason and words."""
    return send_back(public_id, "request_changes", translate("Sent to the requester."))


@coordinate.post("/coordinate/requests/<public_id>/decline", endpoint="decline_request")
@role(Role.COORDINATOR)
@confirmed
def decline(public_id: str) -> ResponseReturnValue:
    """Decline the request with a reason and words."""
    return send_back(public_id, "decline", translate("Declined. The requester reads your words."))


Decision = Callable[..., None]

DECISIONS: dict[str, Decision] = {"request_changes": request_changes, "decline": decline_request}
"""The decisions that need a reason and words."""


def send_back(public_id: str, action: str, done: str) -> ResponseReturnValue:
    """Store a decision that needs a reason and words, or show the form again with what is missing."""
    request, form = item_by_id(CollaborationRequest, public_id, viewer()), RequestDecisionForm()
    if not form.is_enough_for(action) and can_decide_item(viewer(), request):
        return request_page(request, form), HTTP_INVALID
    with transaction():
        DECISIONS[action](actor(), request, reason=form.reason(action), words=form.words.data or "")
    flash(done)
    return redirect(url_for("coordinate.queue"), code=303)
