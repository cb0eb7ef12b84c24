"""New requirements of an open request: what was and what would be, why, and the decision."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.collaboration.models import RequirementsVersion
from hub.collaboration.review.checks import on_traces
from hub.collaboration.review.items import request_of
from hub.collaboration.review.queries import can_decide_item, item_by_id
from hub.collaboration.review.taking import WORDS_LENGTH
from hub.collaboration.review.versions import approve_version, compared, decline_version
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError
from hub.web.access import confirmed, role
from hub.web.collaboration.asker import asker_of
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.findings import said_findings
from hub.web.coordinate.forms import WordsForm
from hub.web.coordinate.matters import MATTERS, opened
from hub.web.coordinate.requests import FIELDS
from hub.web.fields import HTTP_INVALID, text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

REQUIREMENTS = MATTERS["requirements"]


class RequirementsDecisionForm(WordsForm):
    """Why new requirements are declined; approving them needs no words."""

    words = text_field(_l("In your words"), WORDS_LENGTH, area=True)


@coordinate.get("/coordinate/requirements/<public_id>", endpoint="requirements")
@role(Role.COORDINATOR)
def review_requirements(public_id: str) -> ResponseReturnValue:
    """Show taken requirements beside those in force, with the form of the decision."""
    version = item_by_id(RequirementsVersion, public_id, viewer())
    return opened(REQUIREMENTS, version, lambda: requirements_page(version, RequirementsDecisionForm()))


def requirements_page(version: RequirementsVersion, form: RequirementsDecisionForm) -> str:
    """Return the page of one change of requirements."""
    request = request_of(version)
    texts = {"requirements": "\n".join(each.words for each in version.requirements), "why": version.why}
    return render_template(
        "coordinate/requirements.html",
        about=request,
        matter=REQUIREMENTS,
        item=version,
        since=version.proposed_at,
        asker=asker_of(request),
        lines=compared(version),
        findings=said_findings(on_traces(texts), lambda name: str(FIELDS[name])),
        form=form,
        now=now(),
    )


@coordinate.post("/coordinate/requirements/<public_id>/approve", endpoint="approve_requirements")
@role(Role.COORDINATOR)
@confirmed
def approve(public_id: str) -> ResponseReturnValue:
    """Bring new requirements into force."""
    version = item_by_id(RequirementsVersion, public_id, viewer())
    with transaction():
        approve_version(actor(), version)
    flash(translate("Approved. Whoever responded is told."))
    return redirect(url_for("coordinate.queue"), code=303)


@coordinate.post("/coordinate/requirements/<public_id>/decline", endpoint="decline_requirements")
@role(Role.COORDINATOR)
@confirmed
def decline(public_id: str) -> ResponseReturnValue:
    """Decline new requirements with words, or show the page again with what is missing."""
    version, form = item_by_id(RequirementsVersion, public_id, viewer()), RequirementsDecisionForm()
    try:
        form.check()
        with transaction():
            decline_version(actor(), version, words=form.words.data or "")
    except InvalidError as error:
        if not can_decide_item(viewer(), version):
            raise ConflictError from None
        form.refuse(error)
        return requirements_page(version, form), HTTP_INVALID
    flash(translate("Declined. The requirements in force stay as they are."))
    return redirect(url_for("coordinate.queue"), code=303)
