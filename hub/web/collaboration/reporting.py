"""Reporting a message of a conversation to the coordinators."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.collaboration.conversations import reporting
from hub.collaboration.conversations.permissions import can_report
from hub.collaboration.conversations.queries import message_by_id
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.members.models import MemberStatus
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.conversation import PATH, address_of, begun_about
from hub.web.fields import options
from hub.web.i18n import term_description, translate
from hub.web.limits import ABUSE_REPORTS, spend
from hub.web.members.reporting import AbuseForm
from hub.web.sessions import actor, viewer


@collaboration.route(f"{PATH}/messages/<message_id>/report", methods=["GET", "POST"])
@members_only
def report_message(public_id: str, response_id: str, message_id: str) -> ResponseReturnValue:
    """Ask what is wrong with a message, and send it with its words to the coordinators."""
    talk, begun = begun_about(public_id, response_id)
    message = message_by_id(message_id, viewer())
    is_gone = message.author.status is MemberStatus.ERASED
    if message.conversation_id != begun.id or is_gone or not can_report(viewer(), message):
        raise NotFoundError
    form = AbuseForm()

    def act() -> ResponseReturnValue:
        spend(ABUSE_REPORTS)
        with transaction():
            reporting.report_message(actor(), message, kind=form.kind.data, words=form.words.data or "")
        flash(
            translate("Sent to the coordinators. One who has no part in it decides within 10 working days.")
        )
        return redirect(url_for("account.abuse_reports"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "collaboration/conversation_report.html",
            form=form,
            message=message,
            back=address_of(talk),
            hints={code: term_description("abuse_kinds", code) for code, _label in options("abuse_kinds")},
        ),
        also=(ConflictError,),
    )
