"""Proposing other requirements for a request that is open, and taking the proposal back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.collaboration.models import VersionStatus
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.queries import requirements_of
from hub.collaboration.requirements.service import (
    propose_requirements,
    proposed_version,
    withdraw_requirements as take_requirements_back,
)
from hub.collaboration.responses.queries import counted
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.closing_forms import RequirementsForm
from hub.web.collaboration.own import own_request
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@collaboration.route("/<public_id>/requirements", methods=["GET", "POST"])
@members_only
def requirements(public_id: str) -> ResponseReturnValue:
    """Ask for other requirements and why, and propose them."""
    request = own_request(public_id)
    if request.status not in TAKES_RESPONSES or proposed_version(request) is not None:
        raise ConflictError
    form, present = RequirementsForm(), requirements_of(request)
    form.start_from(present)

    def act() -> ResponseReturnValue:
        with transaction():
            version = propose_requirements(
                actor(),
                request,
                essential=form.essential.data,
                nice_to_have=form.nice_to_have.data,
                why=form.why.data,
                based_on=form.number,
            )
        if version.status is VersionStatus.PROPOSED:
            flash(translate("Sent to a coordinator. Until then the requirements stay as they are."))
        else:
            flash(translate("In force. Everybody who responded or prepares a response was told."))
        return redirect(url_for("collaboration.show", public_id=public_id, _anchor="requirements"), code=303)

    def page() -> str:
        return render_template(
            "collaboration/requirements.html",
            sought=request,
            counts=counted(request, viewer()),
            present=present,
            form=form,
        )

    return ask(form, act, page, also=(ConflictError,))


@collaboration.post("/<public_id>/requirements/withdraw")
@members_only
def withdraw_requirements(public_id: str) -> ResponseReturnValue:
    """Take proposed requirements back."""
    request = own_request(public_id)
    with transaction():
        take_requirements_back(actor(), request)
    flash(translate("Taken back. The requirements stay as they are."))
    return redirect(url_for("collaboration.show", public_id=public_id, _anchor="requirements"), code=303)
