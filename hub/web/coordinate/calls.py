"""A call from a conversation: what was asked, the way to the conversation, and the answer."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.collaboration.models import CoordinatorCall
from hub.collaboration.permissions import side_of
from hub.collaboration.review.calls import answer_call
from hub.collaboration.review.items import request_of
from hub.collaboration.review.queries import can_decide_item, item_by_id
from hub.collaboration.review.taking import WORDS_LENGTH
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, InvalidError
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.web.access import confirmed, role
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.forms import WordsForm
from hub.web.coordinate.matters import MATTERS, opened
from hub.web.fields import HTTP_INVALID, filled, text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

CALLS = MATTERS["calls"]


class AnswerForm(WordsForm):
    """What a coordinator answers to who called."""

    words = text_field(_l("Your answer"), WORDS_LENGTH, filled(_l("Enter your answer.")), area=True)


@coordinate.get("/coordinate/calls/<public_id>", endpoint="call")
@role(Role.COORDINATOR)
def show_call(public_id: str) -> ResponseReturnValue:
    """Show a taken call, with the form of the answer."""
    call = item_by_id(CoordinatorCall, public_id, viewer())
    return opened(CALLS, call, lambda: call_page(call, AnswerForm()))


def call_page(call: CoordinatorCall, form: AnswerForm) -> str:
    """Return the page of one call."""
    caller = session().get_one(Member, call.called_by_id)
    return render_template(
        "coordinate/call.html",
        about=request_of(call),
        response=call.conversation.response,
        matter=CALLS,
        item=call,
        since=call.called_at,
        caller=caller,
        side=side_of(viewer_of(caller), call.conversation.response),
        form=form,
        now=now(),
    )


@coordinate.post("/coordinate/calls/<public_id>/answer", endpoint="answer_call")
@role(Role.COORDINATOR)
@confirmed
def answer(public_id: str) -> ResponseReturnValue:
    """Answer a call, or show the page again with what is missing."""
    call, form = item_by_id(CoordinatorCall, public_id, viewer()), AnswerForm()
    try:
        form.check()
        with transaction():
            answer_call(actor(), call, words=form.words.data or "")
    except InvalidError as error:
        if not can_decide_item(viewer(), call):
            raise ConflictError from None
        form.refuse(error)
        return call_page(call, form), HTTP_INVALID
    flash(translate("Answered. Who called reads your words; you no longer read the conversation."))
    return redirect(url_for("coordinate.queue"), code=303)
