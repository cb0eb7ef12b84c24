"""Saying as a named receiver that one will not respond."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.collaboration.permissions import speaks_for
from hub.collaboration.queries import request_by_id
from hub.collaboration.receiving.service import refusable, refuse_request
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.closing_forms import RefuseForm
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@collaboration.route("/<public_id>/refuse", methods=["GET", "POST"])
@members_only
def refuse(public_id: str) -> ResponseReturnValue:
    """Ask why, and tell the requester."""
    request = request_by_id(public_id, viewer())
    if not any(speaks_for(viewer(), each) for each in request.receivers):
        raise NotFoundError
    receivers = refusable(viewer(), request)
    if not receivers:
        raise ConflictError
    form = RefuseForm()

    def act() -> ResponseReturnValue:
        with transaction():
            refuse_request(actor(), request, reason=form.reason.data, words=form.words.data)
        flash(translate("Thank you. The requester was told."))
        return redirect(url_for("collaboration.show", public_id=public_id), code=303)

    def page() -> str:
        return render_template(
            "collaboration/refuse.html",
            sought=request,
            receivers=receivers,
            form=form,
        )

    return ask(form, act, page)
