"""What the requester decides about a response: shortlisting, accepting, declining."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.collaboration.models import Response
from hub.collaboration.models.response import WAITS
from hub.collaboration.queries import request_by_id
from hub.collaboration.responses.conflicts import ties_of
from hub.collaboration.responses.deciding import (
    accept_response as accept,
    accepted_count,
    decline_response as decline,
    shortlist_response as shortlist,
    unshortlist_response as unshortlist,
)
from hub.collaboration.responses.queries import response_to_decide, unable_ids
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.stale import sent_version
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.responding import response_address
from hub.web.collaboration.response_forms import DeclineForm
from hub.web.collaboration.ties import told
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

LARGEST_NUMBER = 10_000


@collaboration.post("/<public_id>/responses/<response_id>/shortlist")
@members_only
def shortlist_response(public_id: str, response_id: str) -> ResponseReturnValue:
    """Put a response on the shortlist."""
    response = _response(public_id, response_id)
    with transaction():
        shortlist(actor(), response)
    flash(translate("Shortlisted. Who responded is told."))
    return redirect(_back(response), code=303)


@collaboration.post("/<public_id>/responses/<response_id>/unshortlist")
@members_only
def unshortlist_response(public_id: str, response_id: str) -> ResponseReturnValue:
    """Take a response off the shortlist."""
    response = _response(public_id, response_id)
    with transaction():
        unshortlist(actor(), response)
    flash(translate("Taken off the shortlist. Nobody is told."))
    return redirect(_back(response), code=303)


@collaboration.route("/<public_id>/responses/<response_id>/accept", methods=["GET", "POST"])
@members_only
def accept_response(public_id: str, response_id: str) -> ResponseReturnValue:
    """Say what follows, and accept a response as it was read."""
    response = _response(public_id, response_id)
    if request.method == "POST":
        with transaction():
            accept(actor(), response, version=sent_version(), beside=_sent_number("beside"))
        flash(translate("Accepted. Who responded is told. Agree on the steps of your work now."))
        return redirect(response_address(response), code=303)
    if response.status not in WAITS:
        return redirect(response_address(response))
    return render_template(
        "collaboration/accept.html",
        wanted=response.request,
        response=response,
        beside=accepted_count(response.request),
        ties=told(ties_of(response.request, [response])[response.id]),
        is_unable=bool(unable_ids([response])),
    )


@collaboration.route("/<public_id>/responses/<response_id>/decline", methods=["GET", "POST"])
@members_only
def decline_response(public_id: str, response_id: str) -> ResponseReturnValue:
    """Ask for a reason, and decline a response."""
    response = _response(public_id, response_id)
    form = DeclineForm()

    def act() -> ResponseReturnValue:
        with transaction():
            decline(actor(), response, reason=form.reason.data or "", words=form.words.data)
        flash(translate("Declined. Who responded reads your reason."))
        return redirect(url_for(".responses", public_id=public_id), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "collaboration/decline.html", wanted=response.request, response=response, form=form
        ),
        also=(ConflictError,),
    )


def _response(public_id: str, response_id: str) -> Response:
    somebody = viewer()
    return response_to_decide(request_by_id(public_id, somebody), response_id, somebody)


def _sent_number(name: str) -> int:
    number = request.form.get(name, default=0, type=int)
    return number if 0 <= number <= LARGEST_NUMBER else 0


def _back(response: Response) -> str:
    """Return to the table where the button stood there, else to the page of the response."""
    if request.form.get("then") == "table":
        return url_for(".responses", public_id=response.request.public_id)
    return response_address(response)
