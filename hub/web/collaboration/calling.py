"""Calling a coordinator into a conversation, and taking the call back."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.collaboration.conversations.calling import (
    CALLED_ALREADY,
    call_coordinator,
    withdraw_call as take_back,
)
from hub.collaboration.conversations.permissions import can_call
from hub.collaboration.models.conversation import CALL_LENGTH
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.conversation import PATH, address_of, begun_about
from hub.web.collaboration.traces import TracesForm
from hub.web.fields import filled, text_field
from hub.web.i18n import translate
from hub.web.limits import CALLS, spend
from hub.web.sessions import actor, viewer


class CallForm(TracesForm):
    """What somebody needs help with."""

    traced = ("words",)

    words = text_field(
        _l("What do you need help with?"), CALL_LENGTH, filled(_l("Say what you need help with.")), area=True
    )


@collaboration.route(f"{PATH}/call", methods=["GET", "POST"])
@members_only
def call(public_id: str, response_id: str) -> ResponseReturnValue:
    """Ask what is wrong, and call a coordinator."""
    talk, begun = begun_about(public_id, response_id)
    if not can_call(viewer(), begun):
        raise NotFoundError
    form = CallForm()
    if talk.open_call is not None and not form.is_submitted():
        raise ConflictError(CALLED_ALREADY)

    def act() -> ResponseReturnValue:
        spend(CALLS)
        with transaction():
            call_coordinator(actor(), begun, words=form.words.data or "")
        flash(translate("A coordinator is called. You are told when they have answered."))
        return redirect(address_of(talk), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "collaboration/conversation_call.html", form=form, talk=talk, back=address_of(talk)
        ),
        also=(ConflictError,),
    )


@collaboration.post(f"{PATH}/call/withdraw")
@members_only
def withdraw_call(public_id: str, response_id: str) -> ResponseReturnValue:
    """Take back one's own call that is not answered."""
    talk, _begun = begun_about(public_id, response_id)
    if talk.open_call is None:
        raise NotFoundError
    with transaction():
        take_back(actor(), talk.open_call)
    flash(translate("The call is taken back. No coordinator reads this conversation."))
    return redirect(address_of(talk), code=303)
