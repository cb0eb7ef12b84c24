"""Withdrawing and cancelling a request, moving its due date, and opening an expired one again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.collaboration.closing.service import (
    can_reopen,
    cancel_request,
    extend_due_date,
    has_responses,
    reopen_request,
    withdraw_request,
)
from hub.collaboration.lifecycle import REQUESTS
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import is_requester
from hub.collaboration.queries import request_by_id
from hub.collaboration.responses.queries import counted
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.collaboration.asker import asker_of
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.closing_forms import CancelForm, WithdrawForm
from hub.web.collaboration.dates import DatesForm, dates_of
from hub.web.fields import HubForm
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@collaboration.route("/<public_id>/withdraw", methods=["GET", "POST"])
@members_only
def withdraw(public_id: str) -> ResponseReturnValue:
    """Ask why, and end a request that has no partner."""
    request = _own(public_id)
    if REQUESTS.row("withdraw", request.status) is None:
        raise ConflictError
    form = WithdrawForm()

    def act() -> ResponseReturnValue:
        with transaction():
            withdraw_request(actor(), request, words=form.words.data)
        flash(translate("Withdrawn. Everybody who responded was told and thanked."))
        return _back(public_id)

    return ask(form, act, lambda: _page("withdraw", request, form))


@collaboration.route("/<public_id>/cancel", methods=["GET", "POST"])
@members_only
def cancel(public_id: str) -> ResponseReturnValue:
    """Ask why, and end a partnership before its outcome."""
    request = _own(public_id)
    if REQUESTS.row("cancel", request.status) is None:
        raise ConflictError
    form = CancelForm()

    def act() -> ResponseReturnValue:
        with transaction():
            cancel_request(actor(), request, words=form.words.data)
        flash(translate("Cancelled. Your partners were told."))
        return _back(public_id)

    return ask(form, act, lambda: _page("cancel", request, form))


@collaboration.route("/<public_id>/extend", methods=["GET", "POST"])
@members_only
def extend(public_id: str) -> ResponseReturnValue:
    """Ask for another due date, and take it over."""
    request = _own(public_id)
    if request.status not in TAKES_RESPONSES:
        raise ConflictError
    form = DatesForm(data=dates_of(request))

    def act() -> ResponseReturnValue:
        due_at, expires_at = form.moments(request.time_zone)
        with transaction():
            extend_due_date(actor(), request, due_at=due_at, expires_at=expires_at)
        flash(translate("Moved. Everybody who responded or prepares a response was told."))
        return _back(public_id)

    return ask(form, act, lambda: _page("extend", request, form), also=(ConflictError,))


@collaboration.route("/<public_id>/reopen", methods=["GET", "POST"])
@members_only
def reopen(public_id: str) -> ResponseReturnValue:
    """Ask for new dates, and open an expired request again."""
    request = _own(public_id)
    if not can_reopen(request):
        raise ConflictError
    form = DatesForm(data={"due_time": dates_of(request)["due_time"]})

    def act() -> ResponseReturnValue:
        due_at, expires_at = form.moments(request.time_zone)
        with transaction():
            reopen_request(actor(), request, due_at=due_at, expires_at=expires_at)
        flash(translate("It is open again. Everybody who had responded was told."))
        return _back(public_id)

    return ask(form, act, lambda: _page("reopen", request, form), also=(ConflictError,))


def _own(public_id: str) -> CollaborationRequest:
    """Return a request of the requester's side; for others there is no such page."""
    request = request_by_id(public_id, viewer())
    if not is_requester(viewer(), request):
        raise NotFoundError
    return request


def _page(kind: str, request: CollaborationRequest, form: HubForm) -> str:
    return render_template(
        f"collaboration/{kind}.html",
        sought=request,
        asker=asker_of(request),
        counts=counted(request, viewer()),
        is_fixed=has_responses(request),
        form=form,
    )


def _back(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("collaboration.show", public_id=public_id), code=303)
