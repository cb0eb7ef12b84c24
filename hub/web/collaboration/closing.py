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
from hub.collaboration.responses.queries import counted
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.closing_forms import CancelForm, WithdrawForm
from hub.web.collaboration.dates import DatesForm, dates_of
from hub.web.collaboration.own import own_request
from hub.web.fields import HubForm
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@collaboration.route("/<public_id>/withdraw", methods=["GET", "POST"])
@members_only
def withdraw(public_id: str) -> ResponseReturnValue:
    """Ask why, and end a request that has no partner."""
    request = own_request(public_id)
    if REQUESTS.row("withdraw", request.status) is None:
        raise ConflictError
    form = WithdrawForm()

    def act() -> ResponseReturnValue:
        with transaction():
            withdraw_request(actor(), request, words=form.words.data)
            answered = counted(request, viewer()).in_all
        flash(
            translate("Withdrawn. Everybody who responded was told and thanked.")
            if answered
            else translate("Withdrawn. Nobody had responded.")
        )
        return _back(public_id)

    return ask(form, act, lambda: _page("withdraw", request, form))


@collaboration.route("/<public_id>/cancel", methods=["GET", "POST"])
@members_only
def cancel(public_id: str) -> ResponseReturnValue:
    """Ask why, and end a partnership before its outcome."""
    request = own_request(public_id)
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
    request = own_request(public_id)
    if request.status not in TAKES_RESPONSES:
        raise ConflictError
    form = DatesForm(data=dates_of(request))

    def act() -> ResponseReturnValue:
        due_at, expires_at = form.moments(request.time_zone)
        was_due, expired = request.due_at, request.expires_at
        with transaction():
            extend_due_date(actor(), request, due_at=due_at, expires_at=expires_at)
            is_due_moved, is_expiry_moved = request.due_at != was_due, request.expires_at != expired
        flash(_moved(is_due_moved=is_due_moved, is_expiry_moved=is_expiry_moved))
        return _back(public_id)

    return ask(
        form,
        act,
        lambda: _page("extend", request, form, is_fixed=has_responses(request)),
        also=(ConflictError,),
    )


@collaboration.route("/<public_id>/reopen", methods=["GET", "POST"])
@members_only
def reopen(public_id: str) -> ResponseReturnValue:
    """Ask for new dates, and open an expired request again."""
    request = own_request(public_id)
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


def _moved(*, is_due_moved: bool, is_expiry_moved: bool) -> str:
    if is_due_moved:
        return translate("Moved. Everybody who responded or prepares a response was told.")
    if is_expiry_moved:
        return translate("The day on which it expires is changed.")
    return translate("Nothing was changed: these are its dates already.")


def _page(kind: str, request: CollaborationRequest, form: HubForm, **more: object) -> str:
    return render_template(
        f"collaboration/{kind}.html",
        sought=request,
        counts=counted(request, viewer()),
        form=form,
        **more,
    )


def _back(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("collaboration.show", public_id=public_id), code=303)
